"""Deadlines: every literal form of the five plans, their kin, and what must hold of any text."""

import csv
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.bench.plans import read_kinds
from motcua.programme.rules.deadline import Kind
from motcua.programme.rules.deadlines import find_in_content, parse_deadline


def _read_kin(name: str) -> list[dict[str, str]]:
    with (Path(__file__).parent / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


KIN = [*_read_kin("deadline_kin.csv"), *_read_kin("deadline_more.csv")]


@pytest.mark.parametrize(("text", "kind"), read_kinds().items())
def test_every_form_met_in_a_real_plan_has_its_kind(text: str, kind: str) -> None:
    read = parse_deadline(text, 2023)
    assert read.kind == kind and read.text == text and "partly" not in read.doubts


def test_the_nineteen_kinds_are_all_used_or_hidden_in_content() -> None:
    assert len(Kind) == 19
    assert set(read_kinds().values()) | {Kind.DATE_IN_CONTENT} == set(Kind)


@pytest.mark.parametrize("row", KIN, ids=[row["text"] for row in KIN])
def test_their_kin_are_read_alike(row: dict[str, str]) -> None:
    read = parse_deadline(row["text"], 2024)
    got = {
        "kind": read.kind or "",
        "from": str(read.first or ""),
        "to": str(read.last or ""),
        "every": read.every,
        "days": "" if read.days is None else str(read.days),
        "doubts": "+".join(read.doubts),
    }
    assert got == {name: row[name] for name in got}


@pytest.mark.parametrize(
    ("text", "days", "event"),
    [
        ("Trong thời gian 10 ngày kể từ ngày tiếp nhận", 10, "tiếp nhận"),
        ("Thường xuyên (Trước 01 ngày của hồ sơ đến hạn trả kết quả).", 1, "hồ sơ đến hạn trả kết quả"),
        ("Sau 05 ngày làm việc kể từ khi có Quyết định công bố", 5, "có Quyết định công bố"),
        ("Ngay sau khi có quyết định công bố", 0, "có quyết định công bố"),
    ],
)
def test_days_are_counted_from_an_event_in_the_cells_own_words(text: str, days: int, event: str) -> None:
    read = parse_deadline(text)
    assert (read.days, read.event) == (days, event)


def test_ngay_and_ngày_are_told_apart() -> None:
    assert parse_deadline("Ngay khi tiếp nhận").kind is Kind.AT_ONCE
    assert parse_deadline("05 ngày sau khi tiếp nhận").kind is Kind.DAYS_AFTER


def test_đúng_and_dựng_are_told_apart() -> None:
    assert parse_deadline("Đúng quy định").kind is Kind.BY_DOCUMENT
    assert parse_deadline("Xây dựng kế hoạch kiểm tra").kind is None


def test_days_of_several_months_are_each_kept() -> None:
    days = [each.day for each in parse_deadline("Ngày 01 và ngày 15 hằng tháng", 2024).rhythm]
    assert days == [1, 15]


def test_a_limit_behind_an_event_counts_from_that_event() -> None:
    read = parse_deadline("Ngay sau khi kết thúc đợt kiểm tra, chậm nhất 05 ngày làm việc", 2024)
    assert (read.event, read.days, read.working_days) == ("kết thúc đợt kiểm tra", 5, True)


def test_without_a_year_nothing_is_invented() -> None:
    read = parse_deadline("Quý II")
    assert (read.kind, read.first, read.doubts) == (Kind.QUARTER, None, ("year",))


def test_a_day_that_does_not_exist_is_said() -> None:
    read = parse_deadline("Trước ngày 30/02/2024")
    assert (read.last, read.doubts) == (None, ("day",))


def test_a_deadline_inside_the_words_of_a_task_is_found() -> None:
    text = (
        "Rà soát; trình UBND tỉnh trước 31/8/2025. UBND cấp huyện gửi trước 30/7/2025 theo Quyết định số 766/QĐ-TTg"
        " ngày 23/6/2022; công bố chậm nhất 05 ngày sau khi Bộ công bố."
    )
    found = find_in_content(text, 2025)
    assert [(d.kind, d.last, d.days) for d in found] == [
        (Kind.DATE_IN_CONTENT, date(2025, 8, 31), None),
        (Kind.DATE_IN_CONTENT, date(2025, 7, 30), None),
        (Kind.DAYS_AFTER, None, 5),
    ]


def test_days_of_documents_are_no_deadlines() -> None:
    assert find_in_content("theo Thông tư số 01/2020/TT-VPCP ngày 21/10/2020 của Văn phòng Chính phủ") == []


@given(st.text(max_size=80))
def test_any_text_is_read_without_fault_and_kept(text: str) -> None:
    read = parse_deadline(text, 2024)
    assert read.kind is not None or read.doubts in {("none",), ("unread",)}
    assert read.text == parse_deadline(read.text, 2024).text


@given(st.dates(date(2000, 1, 1), date(2099, 12, 31)), st.sampled_from(["Trước ngày ", "", "Chậm nhất "]))
def test_any_day_is_read_as_it_is_printed(on: date, before: str) -> None:
    read = parse_deadline(f"{before}{on.day}/{on.month}/{on.year}")
    assert read.last == on and not read.doubts
    assert read.kind is (Kind.BEFORE_DATE if before else Kind.DATE)


@given(
    st.integers(1, 4), st.integers(2000, 2099), st.sampled_from(["Quý {} năm {}", "Quý {}/{}", "quý {}/ {}"])
)
def test_any_quarter_is_three_months(quarter: int, year: int, form: str) -> None:
    for name in (str(quarter), ["I", "II", "III", "IV"][quarter - 1]):
        read = parse_deadline(form.format(name, year))
        assert read.first == date(year, quarter * 3 - 2, 1) and read.last and read.last.month == quarter * 3
