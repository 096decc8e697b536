"""Officers, steps, and what made dossiers late or incomplete, in one agency."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime

from motcua.dossiers import access as dossiers
from motcua.dossiers.rules.promise import CAUSES
from motcua.figures.models import work
from motcua.figures.queries.units import find_level
from motcua.figures.rules import Period
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


def get_target(agency_id: int, period: Period) -> int | None:
    """Dossiers one officer is to receive in a year, by the level of the agency; None on days nobody set a target for."""
    level = find_level(organisations.get_tree(period.last_on), agency_id)
    try:
        return legal.get_int(TARGETS[level], period.last_on)
    except legal.MissingParameter:
        return None


def find_officers(agency_id: int, period: Period, user_id: int | None = None) -> list[OfficerRow]:
    """Everybody who worked on the agency's dossiers, or one of them; the most received first."""
    target = get_target(agency_id, period)
    steps = work.count_steps_of_officers(agency_id, period.first_on, period.last_on)
    rows = [
        OfficerRow(
            who, name, unit, reckon(received, period.first_on, period.last_on, target), count, *steps.get(who, (0, 0))
        )
        for who, name, unit, received, count in work.find_officers(agency_id, period.first_on, period.last_on)
        if user_id is None or who == user_id
    ]  # fmt: skip
    return sorted(rows, key=lambda row: (-row.pace.received, -row.steps, row.name))


def find_steps(agency_id: int, period: Period) -> list[StepRow]:
    """Steps by name, those that ran over most often first."""
    rows = work.find_steps(agency_id, period.first_on, period.last_on, MOST_STEPS)
    return [
        StepRow(name, count, in_time, float(hours or 0), float(half or 0), float(most or 0))
        for name, count, in_time, hours, half, most in rows
    ]


def find_late_causes(agency_id: int, period: Period, at: datetime) -> list[LateCause]:
    """Late dossiers of a period by their cause, the most first."""
    rows = work.find_late(agency_id, period.first_on, period.last_on, at)
    told = Counter((cause, "" if cause else step) for _id, cause, step in rows)
    return [
        LateCause(CAUSES.get(cause, cause), step, count)
        for (cause, step), count in sorted(told.items(), key=lambda one: (-one[1], one[0]))
    ]


def find_late_dossiers(
    actor: Actor, agency_id: int, period: Period, at: datetime
) -> list[tuple[object, str, str]]:
    """The late dossiers the reader may see, each with its recorded cause and the step that ran over most."""
    rows = work.find_late(agency_id, period.first_on, period.last_on, at)
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
