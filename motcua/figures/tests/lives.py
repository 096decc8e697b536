"""Lives of dossiers, drawn at random or by hand, and put into the tables as the acts would have left them."""

import json
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta
from itertools import product

from django.db import connection
from hypothesis import strategies as st

from motcua.dossiers.models import Dossier, Party, SupplementRequest, Task
from motcua.dossiers.rules.states import ALIVE, State
from motcua.figures.rules import Fact, Origin, Way
from motcua.worktime.rules import ZONE

WRITER = 900001  # who wrote the events of lives, and nobody else did
FIRST_DAY = date(2026, 1, 5)
KINDS = ("finish", "withdraw", "stop", "pause", "resume", "move", "promise", "reopen", "noise", "start")
CHANNELS = ("online", "online_assisted", "counter", "postal")


@dataclass
class Life:
    """One dossier to be: what it was received with and what happens to it."""

    agency: int
    received_on: date
    limit_days: int
    limit_unit: str
    channel: str
    has_limit: bool
    is_refused: bool
    steps: list[tuple[int, str, int]]
    is_behalf: bool = False
    facts: list[Fact] = field(default_factory=list)

    @property
    def origin(self) -> Origin:
        """What the rules are told of it."""
        due = _moment(self.received_on + timedelta(days=self.limit_days), 17) if self.has_limit else None
        return Origin(due, self.told_unit)

    @property
    def way(self) -> Way:
        """How it came."""
        return Way(self.channel, self.is_behalf)

    @property
    def told_unit(self) -> str:
        """The unit of its limit as the row keeps it: a dossier without a limit has none, whatever it is promised later."""
        return self.limit_unit if self.has_limit else "none"

    def tell(self, agencies: list[int]) -> list[tuple[Fact, dict[str, object]]]:
        """Its events with their data, in order; a step that cannot be taken then is left out."""
        agency = agencies[self.agency]
        state = State.NOT_ACCEPTED if self.is_refused else State.RECEIVED
        told: list[tuple[Fact, dict[str, object]]] = [
            (Fact(_moment(self.received_on, 8), agency, State.SUBMITTED, state), {})
        ]
        day = self.received_on
        for gap, kind, number in [] if self.is_refused else self.steps:
            day += timedelta(days=gap)
            step = _take(kind, state, agency, agencies, number)
            if step is None:
                continue
            to_state, to_agency, data = step
            at = _moment(day, 9 + len(told) % 8)
            due = _moment(day + timedelta(days=number), 17) if kind == "promise" else None
            if kind == "finish":
                data = {**data, "is_electronic": number % 2 == 1, "is_digitised": number % 4 == 3}
            if due:
                data = {**data, "new_due_at": due.isoformat()}
            ended = (bool(data.get("is_electronic")), bool(data.get("is_digitised")))
            told.append((Fact(at, to_agency, state, to_state, due, *ended), data))
            state, agency = to_state, to_agency
        return told


def _moment(day: date, hour: int) -> datetime:
    return datetime.combine(day, time(hour), ZONE).astimezone(UTC)


def _take(
    kind: str, state: State, agency: int, agencies: list[int], number: int
) -> tuple[State, int, dict[str, object]] | None:
    if kind == "reopen":
        return (State.PROCESSING, agency, {}) if state == State.RESULT_READY else None
    if state not in ALIVE:
        return (State.RETURNED, agency, {}) if kind == "noise" and state == State.RESULT_READY else None
    ends = {"finish": State.RESULT_READY, "withdraw": State.WITHDRAWN, "stop": State.STOPPED}
    if kind in ends:
        return ends[kind], agency, {}
    if kind == "pause":
        return State.AWAITING_SUPPLEMENT, agency, {}
    if kind in ("resume", "start"):
        return State.PROCESSING, agency, {}
    if kind == "move":
        other = agencies[number % len(agencies)]
        return (state, other, {"old_agency_id": agency}) if other != agency else None
    return state, agency, {}


lives = st.builds(
    Life,
    agency=st.integers(0, 2),
    received_on=st.integers(0, 60).map(lambda n: FIRST_DAY + timedelta(days=n)),
    limit_days=st.integers(0, 20),
    limit_unit=st.sampled_from(["working_day", "working_hour", "calendar_day"]),
    channel=st.sampled_from(CHANNELS),
    has_limit=st.sampled_from([True, True, True, False]),
    is_refused=st.sampled_from([False, False, False, False, False, True]),
    steps=st.lists(st.tuples(st.integers(0, 9), st.sampled_from(KINDS), st.integers(0, 9)), max_size=8),
    is_behalf=st.booleans(),
)


def _by_hand(
    *steps: tuple[int, str, int], days: int = 1, channel: str = "online", told: int = 5, **more: bool
) -> Life:
    """Received on the first day or some days later, with a limit of so many days."""
    received_on = FIRST_DAY + timedelta(days=days)
    given = {"has_limit": True, "is_refused": False} | more
    return Life(0, received_on, told, "working_day", channel, steps=list(steps), **given)


# At least one of everything that is counted, so that a class that is left out is found by these alone.
EVERY_CLASS = [
    _by_hand((1, "finish", 3), is_behalf=True),
    _by_hand((5, "finish", 1), channel="counter"),
    _by_hand((9, "finish", 0), channel="postal"),
    _by_hand((9, "finish", 0), (2, "reopen", 0), (3, "finish", 0), channel="online_assisted"),
    _by_hand((2, "withdraw", 0)),
    _by_hand((2, "stop", 0)),
    _by_hand((2, "move", 1)),
    _by_hand((2, "move", 1), (1, "promise", 9), days=0),
    _by_hand((1, "pause", 0), channel="counter"),
    _by_hand(told=90),
    _by_hand(is_refused=True),
]


def put_dossier(like: Dossier, life: Life, agencies: list[int]) -> int:
    """A row like another one, with the origin of this life."""
    fresh = {field.attname: getattr(like, field.attname) for field in Dossier._meta.concrete_fields}
    serial = Dossier.objects.order_by("-pk").values_list("pk", flat=True)[0] + 1
    fresh |= {
        "id": serial,
        "code": f"TEST-{serial}",
        "channel": life.channel,
        "competent_agency_id": agencies[life.agency],
        "original_due_at": life.origin.original_due_at,
        "due_at": life.origin.original_due_at,
        "limit_unit": life.told_unit,
        "received_at": _moment(life.received_on, 8),
        "finished_at": None,
    }
    pk = Dossier.objects.create(**fresh).pk
    if life.is_behalf:
        Party.objects.create(
            dossier_id=pk, role="authorised", person_id=like.applicant_id, kind="citizen", full_name="Thử"
        )
    return pk


def put_work(dossier_id: int, unit_id: int, fact: Fact, number: int) -> None:
    """What stands beside an event: a step done by one of three officers, in time or not; now and then a request to complete."""
    due = fact.at + timedelta(hours=(-30, 2, 50)[number % 3])
    task = Task(
        dossier_id=dossier_id, kind="step", name="Thử", post="case_officer", unit_id=unit_id, opened_at=fact.at, due_at=due,
        done_at=fact.at, done_by_id=number % 3 + 1, outcome=("done", "redo", "skipped")[number % 5 // 2],
    )  # fmt: skip
    task.save()
    if fact.to_state == State.AWAITING_SUPPLEMENT:
        SupplementRequest.objects.create(
            dossier_id=dossier_id, no=SupplementRequest.objects.filter(dossier_id=dossier_id).count() + 1, stage="processing",
            asker="agency", agency_id=unit_id, unit_id=unit_id, reason="x", asked_at=fact.at, due_at=fact.at, ended_at=fact.at,
        )  # fmt: skip


_EVENT = """
INSERT INTO dossiers_event (at, dossier_id, agency_id, act, user_id, person_name, post, unit_id, unit_name, from_state,
                            to_state, revision, data, xact_id)
VALUES (%s, %s, %s, 'test', 900001, 'Thử', 'case_officer', %s, 'Thử', %s, %s, %s, %s, %s)
"""


def put_event(dossier_id: int, revision: int, fact: Fact, data: dict[str, object], xact_id: int) -> None:
    """One event with its number in the order of writing."""
    values = [fact.at, dossier_id, fact.agency_id, fact.agency_id, fact.from_state, fact.to_state, revision]
    with connection.cursor() as cursor:
        cursor.execute(_EVENT, [*values, json.dumps(data), xact_id])


def put_every_class(like: Dossier, agencies: list[int], **odd: str) -> list[int]:
    """Every class of life in each of the agencies, every fourth with odd facts of its dossier; the dossiers' ids."""
    made = []
    for n, (life, agency) in enumerate(product(EVERY_CLASS, range(len(agencies)))):
        lived = replace(life, agency=agency)
        pk = put_dossier(like, lived, agencies)
        if n % 4 == 0:
            Dossier.objects.filter(pk=pk).update(**odd)
        for revision, (fact, data) in enumerate(lived.tell(agencies), start=1):
            put_event(pk, revision, fact, data, 10 * n + revision)
        made.append(pk)
    return made
