"""The nine indicators of Circular 01/2018, by the letter of articles 13 and 15."""

from datetime import date
from decimal import Decimal

import pytest

from motcua.indices import sets
from motcua.indices.rules import DossierMarks, UnitMarks, find_band, score_dossier, score_unit, sum_up
from motcua.indices.rules.nine import OF_DOSSIER, get_total

ON = date(2026, 11, 1)
LIMITS = sets.get_nine_limits(ON)


def test_there_are_nine_of_two_points_each() -> None:
    told = sets.get_indicators(ON, sets.NINE)
    assert [one.code for one in told] == [str(n) for n in range(1, 10)] and {one.points for one in told} == {
        2
    }


@pytest.mark.parametrize(
    ("marks", "points"),
    [
        (DossierMarks(timeliness="early"), {"1": 2}),
        (DossierMarks(timeliness="on_time", is_complaint_upheld=False), {"1": 1, "7": 1}),
        (DossierMarks(timeliness="early", is_complaint_upheld=True), {"1": 2, "7": 0}),
        (DossierMarks(timeliness="late", is_complaint_upheld=False), {"1": 0, "7": 0}),
        (DossierMarks(contacts=0, bodies=1), {"3": 2, "4": 1}),
        (DossierMarks(contacts=3, agency_timeliness="late"), {"2": 0, "3": 0}),
        (DossierMarks(), {}),
    ],
)
def test_points_of_a_dossier(marks: DossierMarks, points: dict[str, int]) -> None:
    assert score_dossier(marks) == points


@pytest.mark.parametrize(
    ("marks", "points"),
    [
        (UnitMarks(level="province", whole_process_rate=Decimal(20)), {"5": 2}),
        (UnitMarks(level="commune", whole_process_rate=Decimal(99), one_stop_rate=Decimal(100)), {"5": 1}),
        (UnitMarks(level="district", whole_process_rate=Decimal(49), one_stop_rate=Decimal(99)), {"5": 0}),
        (UnitMarks(is_posted=True, is_online=True), {"6": 2}),
        (UnitMarks(is_posted=True, is_online=False), {"6": 1}),
        (UnitMarks(feedback_on_time_rate=Decimal(90)), {"8": 1}),
        (UnitMarks(feedback_on_time_rate=Decimal(100), has_dragging_feedback=True), {"8": 0}),
        (UnitMarks(online_procedures_rate=Decimal(20), online_dossiers_rate=Decimal(30)), {"9": 2}),
        (UnitMarks(online_procedures_rate=Decimal(50), online_dossiers_rate=Decimal("29.9")), {"9": 1}),
        (UnitMarks(online_procedures_rate=Decimal(50), online_dossiers_rate=Decimal("14.9")), {"9": 0}),
        (UnitMarks(online_procedures_rate=Decimal(50), online_dossiers_rate=Decimal(60), late_online=1), {"9": 0}),
    ],
)  # fmt: skip
def test_points_of_a_unit(marks: UnitMarks, points: dict[str, int]) -> None:
    assert score_unit(marks, LIMITS) == points


def test_one_decimal_and_what_is_not_known_is_left_out() -> None:
    sums = sum_up([{"1": 2, "7": 2}, {"1": 1}, {"1": 2}], {"5": 1})
    assert sums == {"1": Decimal("1.7"), "7": Decimal("2.0"), "5": 1}


@pytest.mark.parametrize(
    ("total", "scope", "label"),
    [("5", "officer", "Hoàn thành 100% nhiệm vụ"), ("4.9", "officer", "Hoàn thành từ 70% đến dưới 100% nhiệm vụ"),
     ("3.4", "officer", "Hoàn thành dưới 70% nhiệm vụ"), ("15", "unit", "Xuất sắc"), ("14.9", "unit", "Tốt"), ("5.9", "unit", "Yếu")],
)  # fmt: skip
def test_classes(total: str, scope: str, label: str) -> None:
    band = find_band(sets.get_bands(ON, sets.NINE, scope), Decimal(total))
    assert band and band.label == label


def test_the_total_of_an_officer_is_of_five() -> None:
    assert get_total({"1": Decimal(2), "2": Decimal(1), "5": Decimal(2)}, OF_DOSSIER) == 3
