"""One occurrence per period; none before an event has come."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.programme.rules.deadline import Period
from motcua.programme.rules.deadlines import parse_deadline
from motcua.programme.rules.occurrences import list_occurrences


def dues(text: str, year: int = 2024) -> list[str]:
    return [str(o.due) for o in list_occurrences(parse_deadline(text, year), year)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("15/02/2024", ["2024-02-15"]),
        ("Trước ngày 05/9/2024", ["2024-09-04"]),
        ("Chậm nhất ngày 05/9/2024", ["2024-09-05"]),
        ("Quý I/2024", ["2024-03-31"]),
        ("Quý II, III/2024", ["2024-09-30"]),
        ("Quý I và quý III/2024", ["2024-03-31", "2024-09-30"]),
        ("Quý III hoặc quý IV/2024", ["2024-12-31"]),
        ("Tháng 3 đến tháng 7 năm 2024", ["2024-07-31"]),
        ("02 lần/năm", ["2024-06-30", "2024-12-31"]),
        ("2 lần/năm (tháng 6 và tháng 12)", ["2024-06-30", "2024-12-31"]),
        ("6 tháng, năm", ["2024-06-30", "2024-12-31"]),
        ("Hàng quý, năm", ["2024-03-31", "2024-06-30", "2024-09-30", "2024-12-31"]),
        ("Hàng quý", ["2024-03-31", "2024-06-30", "2024-09-30", "2024-12-31"]),
        ("Quý I, Quý II, Quý III và 1 năm", ["2024-03-31", "2024-06-30", "2024-09-30", "2024-12-31"]),
        (
            "Báo cáo quý I, II, III (trước ngày 25 của tháng cuối quý); báo cáo năm (trước ngày 25/12)",
            ["2024-03-25", "2024-06-25", "2024-09-25", "2024-12-25"],
        ),
        ("Trước ngày 10 của tháng đầu quý sau", ["2024-04-10", "2024-07-10", "2024-10-10", "2025-01-10"]),
        ("Quý IV/2024 hoặc đột xuất", ["2024-12-31"]),
        ("Khi có yêu cầu", []),
        ("Theo Kế hoạch của UBND tỉnh", []),
        ("Trước ngày 15/6 (6 tháng) và 15/12 (năm)", ["2024-06-15", "2024-12-15"]),
        ("Quý I, Quý III/2024 (trước ngày 15 của tháng cuối quý)", ["2024-03-15", "2024-09-15"]),
        ("Quý II và quý IV hằng năm", ["2024-06-30", "2024-12-31"]),
        ("Hàng tháng từ tháng 10 đến tháng 12", ["2024-10-31", "2024-11-30", "2024-12-31"]),
        ("Đợt 1: trước 30/4/2024; đợt 2: trước 30/9/2024", ["2024-04-29", "2024-09-29"]),
    ],
)
def test_a_year_has_these_days(text: str, expected: list[str]) -> None:
    assert dues(text) == expected


def test_a_continuous_task_is_never_due_but_is_looked_at_each_quarter() -> None:
    found = list_occurrences(parse_deadline("Thường xuyên"), 2024)
    assert [o.due for o in found] == [None] * 4
    assert [o.review_by for o in found] == [
        date(2024, m, d) for m, d in ((3, 31), (6, 30), (9, 30), (12, 31))
    ]


def test_the_end_of_a_short_month_stands_for_a_day_it_has_not() -> None:
    assert dues("Trước ngày 31 hàng tháng", 2023)[1] == "2023-02-28"


@given(
    st.sampled_from(["Hàng tháng", "Hàng quý", "Hàng tuần", "6 tháng/lần", "Hàng năm"]),
    st.integers(2000, 2090),
)
def test_periods_follow_one_another_without_gap(text: str, year: int) -> None:
    found = list_occurrences(parse_deadline(text), year)
    for one, following in zip(found, found[1:], strict=False):
        assert one.due is not None and (following.first - one.due).days == 1


@pytest.mark.parametrize("review", [Period.MONTH, Period.QUARTER, Period.HALF_YEAR])
def test_evidence_may_be_asked_for_more_or_less_often(review: Period) -> None:
    expected = {Period.MONTH: 12, Period.QUARTER: 4, Period.HALF_YEAR: 2}[review]
    assert len(list_occurrences(parse_deadline("Thường xuyên"), 2024, review)) == expected
