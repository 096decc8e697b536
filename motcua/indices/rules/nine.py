"""The nine indicators of Circular 01/2018/TT-VPCP (art. 13–15): two, one or no points each, for a dossier or a unit."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

TENTH = Decimal("0.1")
EARLY, ON_TIME, LATE = "early", "on_time", "late"
TIMES = {EARLY: 2, ON_TIME: 1, LATE: 0}
OF_DOSSIER, OF_UNIT = ("1", "2", "3", "4", "7"), ("5", "6", "8", "9")


@dataclass(frozen=True, slots=True, kw_only=True)
class DossierMarks:
    """What is known of one finished dossier; None is not known and is left out.

    `timeliness` and `agency_timeliness` are early, on_time or late; `contacts` counts supplements that were not the
    applicant's fault; `bodies` other bodies the applicant had to go to; `is_complaint_upheld` a justified complaint.
    """

    timeliness: str | None = None
    agency_timeliness: str | None = None
    contacts: int | None = None
    bodies: int | None = None
    is_complaint_upheld: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitMarks:
    """What is known of a unit in a period; rates in percent, None is not known and is left out."""

    level: str = "commune"
    whole_process_rate: Decimal | None = None
    one_stop_rate: Decimal | None = None
    is_posted: bool | None = None
    is_online: bool | None = None
    feedback_on_time_rate: Decimal | None = None
    has_dragging_feedback: bool = False
    online_procedures_rate: Decimal | None = None
    online_dossiers_rate: Decimal | None = None
    late_online: int = 0


@dataclass(frozen=True, slots=True)
class NineLimits:
    """The rates the Circular sets, in percent."""

    whole_process: dict[str, Decimal]
    feedback_on_time: Decimal
    online_procedures: Decimal
    online_dossiers_high: Decimal
    online_dossiers_low: Decimal


def score_dossier(marks: DossierMarks) -> dict[str, int]:
    """Points of indicators 1, 2, 3, 4 and 7; one that lacks its facts is left out (art. 15.4b)."""
    points: dict[str, int] = {}
    if marks.timeliness is not None:
        points["1"] = TIMES[marks.timeliness]
    if marks.agency_timeliness is not None:
        points["2"] = TIMES[marks.agency_timeliness]
    if marks.contacts is not None:
        points["3"] = max(2 - marks.contacts, 0)
    if marks.bodies is not None:
        points["4"] = max(2 - marks.bodies, 0)
    if marks.timeliness is not None and marks.is_complaint_upheld is not None:
        points["7"] = 0 if marks.is_complaint_upheld else TIMES[marks.timeliness]
    return points


def score_unit(marks: UnitMarks, limits: NineLimits) -> dict[str, int]:
    """Points of indicators 5, 6, 8 and 9; one that lacks its facts is left out."""
    told = {
        "5": _organisation(marks, limits),
        "6": _publication(marks),
        "8": _feedback(marks, limits),
        "9": _online(marks, limits),
    }
    return {code: points for code, points in told.items() if points is not None}


def _organisation(marks: UnitMarks, limits: NineLimits) -> int | None:
    if marks.one_stop_rate is None and marks.whole_process_rate is None:
        return None
    wanted = limits.whole_process.get(marks.level)
    if wanted is not None and marks.whole_process_rate is not None and marks.whole_process_rate >= wanted:
        return 2
    return 1 if marks.one_stop_rate is not None and marks.one_stop_rate >= 100 else 0


def _publication(marks: UnitMarks) -> int | None:
    if marks.is_posted is None and marks.is_online is None:
        return None
    return int(bool(marks.is_posted)) + int(bool(marks.is_online))


def _feedback(marks: UnitMarks, limits: NineLimits) -> int | None:
    rate = marks.feedback_on_time_rate
    if rate is None:
        return None
    if marks.has_dragging_feedback or rate < limits.feedback_on_time:
        return 0
    return 2 if rate >= 100 else 1


def _online(marks: UnitMarks, limits: NineLimits) -> int | None:
    rate, procedures = marks.online_dossiers_rate, marks.online_procedures_rate
    if rate is None:
        return None
    if marks.late_online or rate < limits.online_dossiers_low:
        return 0
    is_wide = procedures is not None and procedures >= limits.online_procedures
    return 2 if is_wide and rate >= limits.online_dossiers_high else 1


def sum_up(dossiers: Iterable[dict[str, int]], unit: dict[str, int] | None = None) -> dict[str, Decimal]:
    """Each indicator over many dossiers: the sum of their points by their number, one decimal (art. 15.2a)."""
    told: dict[str, list[int]] = {}
    for points in dossiers:
        for code, value in points.items():
            told.setdefault(code, []).append(value)
    sums = {code: _mean(values) for code, values in told.items()}
    return sums | {code: Decimal(value) for code, value in (unit or {}).items()}


def sum_up_groups(
    groups: Iterable[tuple[dict[str, int], int]], unit: dict[str, int] | None = None
) -> dict[str, Decimal]:
    """The same from groups of dossiers that are alike, each with its size."""
    points: dict[str, int] = {}
    sizes: dict[str, int] = {}
    for told, size in groups:
        for code, value in told.items():
            points[code] = points.get(code, 0) + value * size
            sizes[code] = sizes.get(code, 0) + size
    sums = {code: (Decimal(points[code]) / sizes[code]).quantize(TENTH, ROUND_HALF_UP) for code in points}
    return sums | {code: Decimal(value) for code, value in (unit or {}).items()}


def _mean(values: Sequence[int]) -> Decimal:
    return (Decimal(sum(values)) / len(values)).quantize(TENTH, ROUND_HALF_UP)


def get_total(sums: dict[str, Decimal], codes: Sequence[str]) -> Decimal:
    """The total of an officer (indicators of dossiers) or of a unit (all nine)."""
    return sum((sums[code] for code in codes if code in sums), Decimal(0))
