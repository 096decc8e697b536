"""Officers, steps, and what made dossiers late or incomplete, in one agency."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache

from motcua.dossiers import access as dossiers
from motcua.dossiers.rules.promise import CAUSES
from motcua.figures.models import work
from motcua.figures.queries.board import Stamp, get_stamp
from motcua.figures.queries.counting import are_marks_told, get_rows, is_summed
from motcua.figures.queries.once import ask_once
from motcua.figures.queries.units import find_level
from motcua.figures.rules import Counts, Period
from motcua.figures.rules.productivity import TARGETS, Pace, reckon
from motcua.legal import queries as legal
from motcua.organisations import queries as organisations
from motcua.organisations.rules import Actor

MOST_STEPS, MOST_ITEMS, MOST_LATE = 30, 20, 60


@dataclass(frozen=True, slots=True)
class OfficerRow:
    """One officer in a period; `rate` is the percent of steps done in time, None when none was done."""

    user_id: int
    name: str
    unit: str
    pace: Pace
    dossiers: int
    steps: int
    in_time: int

    @property
    def rate(self) -> float | None:
        """Percent of steps in time, one decimal."""
        return round(self.in_time * 100 / self.steps, 1) if self.steps else None


@dataclass(frozen=True, slots=True)
class StepRow:
    """One step: how often, how often in time, hours it has; hours on the wall that half and nine of ten needed."""

    name: str
    count: int
    in_time: int
    hours: float
    half: float
    most: float


@dataclass(frozen=True, slots=True)
class LateCause:
    """Why dossiers are late: the cause somebody recorded, else the step that ran over most; both may be unknown."""

    cause: str
    step: str
    count: int


@dataclass(frozen=True, slots=True)
class Rounds:
    """Requests for completion of a period, and what was asked most."""

    count: int
    dossiers: int
    repeated: int
    by_counter: int
    answered: int
    items: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class AgencyRow:
    """One agency beside the others: officers with something to do and those who receive, what a receiving officer does in a
    year at this pace, the most one of them received, acts, and how its dossiers went."""

    agency_id: int
    name: str
    officers: int
    receivers: int
    received: int
    most: int
    acts: int
    pace: Pace
    target: int | None
    counts: Counts

    @property
    def rate(self) -> float | None:
        """Percent of finished dossiers finished in time, one decimal."""
        done = self.counts.resolved
        return round((self.counts.early + self.counts.on_time) * 100 / done, 1) if done else None


def find_agencies_at_work(unit_id: int, period: Period) -> list[AgencyRow]:
    """Every agency below a unit that handles dossiers, the highest yearly pace of a receiving officer first."""
    tree = organisations.get_tree(period.last_on)
    below = [one for one in tree.get_subtree(unit_id) if one != unit_id and tree.units[one].agency_code]
    stamp = get_stamp()
    did = {row[0]: row[1:] for row in (_keep if stamp else _keep.__wrapped__)(stamp, tuple(below), period)}
    counts = {row.agency_id: row.counts for row in get_rows(period, below, by=("agency",))}
    rows = [_compare(tree, one, did.get(one, (0, 0, 0, 0, 0)), counts.get(one, Counts()), period) for one in below if one in did or one in counts]  # fmt: skip
    return sorted(rows, key=lambda row: (-row.pace.yearly, -row.received, row.name))


@lru_cache(maxsize=64)
def _keep(stamp: Stamp, agencies: tuple[int, ...], period: Period) -> tuple[tuple[int, ...], ...]:
    is_kept = _is_kept(period)
    return tuple(work.find_agencies(list(agencies), period.first_on, period.last_on, is_kept=is_kept))


def _compare(
    tree: organisations.Tree, agency_id: int, did: tuple[int, ...], counts: Counts, period: Period
) -> AgencyRow:
    officers, receivers, received, most, acts = did
    target = get_target(agency_id, period)
    each = round(received / receivers) if receivers else 0
    pace = reckon(each, period.first_on, period.last_on, target)
    name = tree.units[agency_id].short_agency_name
    return AgencyRow(agency_id, name, officers, receivers, received, most, acts, pace, target, counts)


@dataclass(frozen=True, slots=True)
class OldTarget:
    """A target that holds no more, shown for comparison alone: its name, so many a year, up to which day."""

    name: str
    dossiers: int
    ended_on: date


def find_old_targets(agency_ids: Iterable[int], period: Period) -> list[OldTarget]:
    """The last targets of the levels of these agencies that no longer hold; none of a level for which one holds."""
    tree = organisations.get_tree(period.last_on)
    keys = {TARGETS[find_level(tree, one)] for one in agency_ids}
    found = [last for key in sorted(keys) if (last := legal.find_last(key, period.last_on))]
    return [
        OldTarget(one.name, int(one.value), one.valid_to - timedelta(days=1)) for one in found if one.valid_to
    ]


def get_target(agency_id: int, period: Period) -> int | None:
    """Dossiers one officer is to receive in a year, by the level of the agency; None on days nobody set a target for."""
    level = find_level(organisations.get_tree(period.last_on), agency_id)
    return ask_once(("target", level, period.last_on), lambda: _read_target(level, period.last_on))


def _read_target(level: str, on: date) -> int | None:
    try:
        return legal.get_int(TARGETS[level], on)
    except legal.MissingParameter:
        return None


def find_officers(agency_id: int, period: Period, user_id: int | None = None) -> list[OfficerRow]:
    """Everybody who worked on the agency's dossiers, or one of them; the most received first.

    Of one officer, `dossiers` are those worked on in the period; of all, those begun in it, so that periods add up.
    """
    target = get_target(agency_id, period)
    days = (period.first_on, period.last_on)
    steps = work.count_steps_of_officers(agency_id, *days, user_id)
    if user_id is None:
        told = work.find_officers(agency_id, *days, is_kept=_is_kept(period))
    else:
        told = work.find_officer(agency_id, user_id, *days)
    rows = [
        OfficerRow(
            who, name, unit, reckon(received, period.first_on, period.last_on, target), count, *steps.get(who, (0, 0))
        )
        for who, name, unit, received, count in told
    ]  # fmt: skip
    return sorted(rows, key=lambda row: (-row.pace.received, -row.steps, row.name))


def _is_kept(period: Period) -> bool:
    """Whether the sums of officers know the days of a period."""
    return is_summed(period) and are_marks_told()


def find_steps(agency_id: int, period: Period) -> list[StepRow]:
    """Steps by name, those that ran over most often first."""
    rows = work.find_steps(agency_id, period.first_on, period.last_on, MOST_STEPS)
    return [
        StepRow(name, count, in_time, float(hours or 0), float(half or 0), float(most or 0))
        for name, count, in_time, hours, half, most in rows
    ]


def find_late_causes(agency_id: int, period: Period, at: datetime) -> list[LateCause]:
    """Late dossiers of a period by their cause, the most first."""
    rows = _find_late(agency_id, period, at)
    told = Counter((cause, "" if cause else step) for _id, cause, step in rows)
    return [
        LateCause(CAUSES.get(cause, cause), step, count)
        for (cause, step), count in sorted(told.items(), key=lambda one: (-one[1], one[0]))
    ]


def _find_late(agency_id: int, period: Period, at: datetime) -> list[tuple[int, str, str]]:
    """Read once for the table of causes and the list beside it."""
    key = ("late", agency_id, period, at)
    return ask_once(key, lambda: work.find_late(agency_id, period.first_on, period.last_on, at))


def find_late_dossiers(
    actor: Actor, agency_id: int, period: Period, at: datetime
) -> list[tuple[object, str, str]]:
    """The late dossiers the reader may see, each with its recorded cause and the step that ran over most."""
    rows = _find_late(agency_id, period, at)
    why = {dossier_id: (CAUSES.get(cause, cause), step) for dossier_id, cause, step in rows}
    seen = dossiers.visible_to(actor).filter(pk__in=why).order_by("due_at", "pk")[:MOST_LATE]
    return [(one, *why[one.pk]) for one in seen]


def get_rounds(agency_id: int, period: Period) -> Rounds:
    """Requests for completion in a period."""
    counts = work.count_rounds(agency_id, period.first_on, period.last_on)
    items = work.find_items(agency_id, period.first_on, period.last_on, MOST_ITEMS)
    return Rounds(*counts, tuple(items))


def find_months_of_officer(agency_id: int, user_id: int, period: Period) -> list[tuple[date, int, int, int]]:
    """Six calendar months that end with the period: month, received, acts, dossiers."""
    last = period.last_on
    first = date(last.year - (last.month < 6), (last.month - 6) % 12 + 1, 1)
    return work.find_months_of_officer(agency_id, user_id, first, last)
