"""The nine indicators of Circular 01/2018 for an agency and its officers."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from motcua.figures import queries as figures
from motcua.figures.rules import Counts, Period, add_up
from motcua.indices import sets
from motcua.indices.models import TypedFigure, nine_store
from motcua.indices.rules.nine import (
    EARLY,
    LATE,
    OF_DOSSIER,
    ON_TIME,
    DossierMarks,
    UnitMarks,
    get_total,
    score_dossier,
    score_unit,
    sum_up_groups,
)
from motcua.indices.rules.scoring import HUNDRED, Band, Indicator, find_band
from motcua.organisations import queries as organisations

ENDS = {1: EARLY, 2: ON_TIME, 3: LATE}
STEPS = {2: EARLY, 1: ON_TIME, 0: LATE}
ALL = ("1", "2", "3", "4", "5", "6", "7", "8", "9")


@dataclass(frozen=True, slots=True)
class NineScore:
    """Points of each indicator that is known, their sum, its word, and how many dossiers stand behind it."""

    sums: Mapping[str, Decimal]
    total: Decimal
    most: int
    band: Band | None
    dossiers: int


def get_nine(period: Period, agency_id: int, on: date) -> tuple[tuple[Indicator, ...], NineScore]:
    """The indicators and the score of an agency's own dossiers, counted up to a day.

    The band is judged by what is known, in proportion: indicators without data are left out (art. 15.4b).
    """
    counted = period.until(on)
    groups = nine_store.find_groups(agency_id, counted.first_on, counted.last_on)
    marks = [
        (score_dossier(_mark(end, step, contacts, complaint)), n)
        for end, step, contacts, complaint, n in groups
    ]
    unit = score_unit(_mark_unit(counted, agency_id), sets.get_nine_limits(period.last_on))
    made = _make(sum_up_groups(marks, unit), ALL, sum(n for _told, n in marks), period, "unit")
    return sets.get_indicators(period.last_on, sets.NINE), made


def find_officers(period: Period, agency_id: int, on: date) -> list[tuple[str, str, NineScore]]:
    """Name, unit and score of each officer who did a step of a finished dossier, the lowest score first."""
    counted = period.until(on)
    rows = nine_store.find_groups_of_officers(agency_id, counted.first_on, counted.last_on)
    told: dict[int, list[tuple[dict[str, int], int]]] = {}
    for user_id, end, step, contacts, complaint, count in rows:
        told.setdefault(user_id, []).append((score_dossier(_mark(end, step, contacts, complaint)), count))
    names = {row.user_id: (row.name, row.unit) for row in figures.find_officers(agency_id, counted)}
    made = [
        (*names.get(user_id, ("", "")), _make(sum_up_groups(groups), OF_DOSSIER, sum(n for _t, n in groups), period, "officer"))
        for user_id, groups in told.items()
        if user_id in names
    ]  # fmt: skip
    return sorted(made, key=lambda one: (one[2].total, one[0]))


def _mark(end: int, step: int | None, contacts: int, is_upheld: bool) -> DossierMarks:
    return DossierMarks(
        timeliness=ENDS[end],
        agency_timeliness=STEPS[step] if step is not None else None,
        contacts=contacts,
        is_complaint_upheld=is_upheld,
    )


def _mark_unit(period: Period, agency_id: int) -> UnitMarks:
    typed = {
        row.code: row.numerator * HUNDRED / row.denominator
        for row in TypedFigure.objects.filter(
            unit_id=agency_id, last_on__gte=period.last_on, first_on=period.first_on
        )
        if row.denominator
    }
    counts = add_up(row.counts for row in figures.get_rows(period, [agency_id], by=()))
    level = figures.find_level(organisations.get_tree(period.last_on), agency_id)
    return UnitMarks(
        level=level,
        whole_process_rate=typed.get("9c5a"),
        one_stop_rate=typed.get("9c5b"),
        is_posted=typed["9c6a"] >= HUNDRED if "9c6a" in typed else None,
        is_online=typed["9c6b"] >= HUNDRED if "9c6b" in typed else None,
        feedback_on_time_rate=typed.get("9c8"),
        online_procedures_rate=typed.get("9c9"),
        online_dossiers_rate=_share_online(counts),
        late_online=nine_store.count_late_online(agency_id, period.first_on, period.last_on),
    )


def _share_online(counts: Counts) -> Decimal | None:
    online = counts.new_online + counts.new_assisted
    return Decimal(online) * HUNDRED / counts.new if counts.new else None


def _make(
    sums: Mapping[str, Decimal], codes: tuple[str, ...], dossiers: int, period: Period, scope: str
) -> NineScore:
    total = get_total(dict(sums), codes)
    most = 2 * sum(code in sums for code in codes)
    full = total * 2 * len(codes) / most if most else Decimal(0)
    band = find_band(sets.get_bands(period.last_on, sets.NINE, scope), full) if most else None
    return NineScore(sums, total, most, band, dossiers)
