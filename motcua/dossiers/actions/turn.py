"""One act on a dossier, or on several parts of a whole: locked and guarded first, then written with all it leaves."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import Model

from motcua.core.drafts import Draft
from motcua.core.keeping import draft_amended, draft_rows
from motcua.core.marking import _ as _mark
from motcua.core.refusal import Refused
from motcua.core.wording import gettext as _
from motcua.core.writing import find_day
from motcua.dossiers import access
from motcua.dossiers.actions.facts import Target
from motcua.dossiers.actions.following import TOLD_BY, follow, lock_whole, speaks_for
from motcua.dossiers.actions.telling import (
    Account,
    clean_text,
    is_told_by_the_whole,
    make_event,
    repeat_of,
    require_text,
)
from motcua.dossiers.models import Dossier, Joint, Task, store
from motcua.dossiers.queries.placing import Places, find_involved
from motcua.dossiers.rules.route import Route, TaskKind, TaskOutcome, cap_due, get_kind
from motcua.dossiers.rules.states import Act, State, move
from motcua.organisations import queries as organisations
from motcua.organisations.rules import Actor, Post
from motcua.processes import queries as processes
from motcua.processes.rules import StepView
from motcua.worktime import queries as worktime
from motcua.worktime.rules import add_working_hours

__all__ = ["Turn", "begin", "clean_text", "make_event", "repeat_of", "require_text"]

CHANGED_SINCE = _mark("Hồ sơ đã thay đổi sau khi mở trang này. Xem lại trang mới rồi làm tiếp.")


@dataclass(slots=True)
class Turn:
    """An act being carried out; everything it changes is collected here and written once by `finish`."""

    actor: Actor
    act: Act
    dossier: Dossier
    tasks: list[Task]
    held: list[Task]
    at: datetime
    key: str = ""
    is_repeat: bool = False
    changes: dict[str, Any] = field(default_factory=dict)
    data: dict[str, Any] = field(default_factory=dict)
    closed: list[dict[str, Any]] = field(default_factory=list)
    taken: list[dict[str, Any]] = field(default_factory=list)
    moved: list[dict[str, Any]] = field(default_factory=list)
    told: dict[str, Any] = field(default_factory=dict)
    """What the message says beside code, due and outcome."""
    opened: list[dict[str, Any]] = field(default_factory=list)
    opinions: list[dict[str, Any]] = field(default_factory=list)
    notes: list[dict[str, Any]] = field(default_factory=list)
    rows: list[Draft] = field(default_factory=list)
    """Rows of the act's own, written with what it leaves in other packages."""
    places: Places = field(init=False)

    def __post_init__(self) -> None:
        self.places = Places(self.dossier, find_day(self.at))

    @property
    def task(self) -> Task:
        """The task the act is done on."""
        return self.held[0]

    @property
    def steps(self) -> tuple[StepView, ...]:
        """The step table the dossier was received under."""
        version_id = self.dossier.process_version_id
        return processes.get_version(version_id).steps if version_id else ()

    @property
    def route(self) -> Route:
        """The same as a way to walk."""
        return Route(self.steps)

    def get_done(self) -> set[int]:
        """Numbers of the steps done, those closed in this turn among them."""
        ended = {row["id"]: row["outcome"] for row in self.closed}
        outcomes = ((task.step_no, ended.get(task.pk, task.outcome)) for task in self.tasks)
        return {no for no, outcome in outcomes if no is not None and outcome == TaskOutcome.DONE}

    def get_open(self) -> list[Task]:
        """Tasks still open after what this turn closed."""
        ended = {row["id"] for row in self.closed}
        return [task for task in self.tasks if task.done_at is None and task.pk not in ended]

    def close(self, task: Task, outcome: TaskOutcome = TaskOutcome.DONE) -> None:
        """End a task; ending a done one as undone keeps when and by whom it was done."""
        self.closed.append({"id": task.pk, "outcome": outcome})

    def close_all(self, outcome: TaskOutcome = TaskOutcome.LAPSED) -> None:
        """End whatever is still open."""
        for task in self.get_open():
            self.close(task, outcome)

    def advance(self, targets: Sequence[Target] = (), assignee_id: int | None = None) -> None:
        """Open every step that has nothing left to wait for; a join waits until its last branch arrives."""
        opened = {task.step_no for task in self.get_open() if task.step_no is not None}
        numbers = self.route.ready(self.get_done(), opened)
        chosen = {target.step_no: target.assignee_id for target in targets}
        if assignee_id is not None and len(numbers) == 1:
            chosen.setdefault(numbers[0], assignee_id)
        for step in self.steps:
            if step.no in numbers:
                self.open_step(step, chosen.get(step.no))

    def open_step(self, step: StepView, assignee_id: int | None = None) -> None:
        """Open one step where its people are."""
        kind = get_kind(step, self.route)
        unit_id = self.places.place(step, is_last=kind == TaskKind.RETURN)
        if assignee_id is not None:
            root = self.dossier.competent_agency_id if step.role != "one_stop" else unit_id
            unit_id = self.places.require_holder(root, step.post, assignee_id).unit_id
        self.open_task(
            kind,
            step.name,
            step.post,
            unit_id,
            step_no=step.no,
            hours=step.hours,
            assignee_id=assignee_id,
            is_present=True,
        )
        if kind == TaskKind.OPINION:
            self._ask(unit_id, step.name, self.opened[-1]["due_at"])

    def open_task(self, kind: TaskKind, name: str, post: str, unit_id: int, **more: Any) -> None:
        """Open a task with its share of the time."""
        due_at = more.pop("due_at", None) or self.get_share(more.get("hours") or 0)
        row = {
            "kind": kind,
            "name": str(name),
            "post": str(post),
            "unit_id": unit_id,
            "due_at": due_at,
            "opened_at": self.at,
        }
        if more.get("assignee_id") is not None and not more.pop("is_present", False):
            # Whoever did the step before may be away or gone by now: then a substitute, or whoever is there.
            more["assignee_id"] = organisations.find_stand_in(
                more["assignee_id"], unit_id, str(post), self.places.on
            )
        defaults = {"step_no": None, "hours": 0, "assignee_id": None, "asked_by_unit_id": None}
        self.opened.append({**defaults, **more, **row})

    def ask(self, unit_id: int, question: str, due_at: datetime, **more: str) -> None:
        """Open a question to another unit, beside the steps; `more` says what silence means and who is asked outside."""
        self.open_task(
            TaskKind.OPINION,
            question[:300],
            Post.CASE_OFFICER,
            unit_id,
            due_at=due_at,
            asked_by_unit_id=self.actor.unit_id,
        )
        self._ask(unit_id, question, due_at, **more)

    def _ask(self, unit_id: int, question: str, due_at: datetime, **more: str) -> None:
        self.opinions.append({"asked_unit_id": unit_id, "question": question, "due_at": due_at, **more})

    def get_share(self, hours: Any) -> datetime:
        """When a step of so many working hours opened now is due."""
        if not hours and self.dossier.due_at:
            return self.dossier.due_at
        calendar = worktime.get_calendar(self.dossier.calendar_code)
        return cap_due(add_working_hours(self.at, hours, calendar), self.at, self.dossier.due_at)

    def take(self, task: Task, user_id: int) -> None:
        """Give a task to one person."""
        self.taken.append({"id": task.pk, "assignee_id": user_id})

    def move(self, task: Task, due_at: datetime) -> None:
        """Have an open task due at another moment."""
        if task.due_at != due_at:
            self.moved.append({"id": task.pk, "due_at": due_at})

    def note(self, text: str, basis: str = "") -> None:
        """Keep what was written beside the act, apart from the permanent event."""
        if text.strip() or basis.strip():
            self.notes.append({"text": clean_text(text), "basis": clean_text(basis)[:300]})

    def keep(self, row: Model) -> None:
        """Keep a new row of the act's own; it does not come to know its number."""
        self.rows.append(draft_rows([row]))

    def amend(self, row: Model, *names: str) -> None:
        """Keep what these fields of a row of the act's own hold now."""
        self.rows.append(draft_amended(row, *names))

    def finish(self) -> Dossier:
        """Write the turn and tell whoever is to know. The dossier as it now is."""
        dossier, stood = self.dossier, self._stand()
        _write([self])
        account = Account(self.actor, self.act, self.at, self.key, self.rows)
        account.report(dossier)
        if dossier.joint_id is None or stood == self._stand():
            if not is_told_by_the_whole(self.act, dossier):
                account.tell_applicant(dossier, self.told)
        else:
            joint, parts = lock_whole(dossier.joint_id, [dossier])
            if not speaks_for(joint, parts, self.act, dossier):
                account.tell_applicant(dossier, self.told)
            follow(account, joint, parts, dossier)
        account.keep(dossier.code)
        return dossier

    def _stand(self) -> list[object]:
        return [getattr(self.dossier, name) for name in TOLD_BY]

    def make_changes(self) -> dict[str, Any]:
        """The columns of the dossier as the act leaves them; :raises Refused: it leads nowhere from here."""
        to_state = move(State(self.dossier.state), self.act, is_decided=self.dossier.is_decided, say=_)
        return {**self.changes, "state": str(to_state)}

    def make_step(self) -> store.Step:
        """Everything else the act writes."""
        event = make_event(
            actor=self.actor, act=self.act, from_state=self.dossier.state, data=self.data, at=self.at
        )
        involved = find_involved([(row["unit_id"], "handles") for row in self.opened], self.places.on)
        return store.Step(
            self.dossier.pk, event, self.closed, self.taken, self.moved, self.opinions, self.opened, involved, self.notes
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class WholeTurn:
    """An act on several parts of a whole at once, or on none of them; the caller settles the whole, once."""

    actor: Actor
    act: Act
    turns: Sequence[Turn]
    at: datetime

    @property
    def dossiers(self) -> list[Dossier]:
        """The parts the act is done on."""
        return [turn.dossier for turn in self.turns]

    def write(self, account: Account, *, speaking: Collection[int] = ()) -> None:
        """Write the turns; the caller keeps the account of them, with what becomes of the whole.

        `speaking` are dossiers that speak for themselves all the same: for the others the whole does.
        """
        _write(self.turns)
        for turn in self.turns:
            if turn.dossier.pk in speaking:
                account.tell_applicant(turn.dossier, turn.told)
            account.report(turn.dossier)
            account.rows += turn.rows


def _write(turns: Sequence[Turn]) -> None:
    """Keep turns of one act, and bring their dossiers up to date: one statement for all whose columns change alike."""
    alike: dict[tuple[object, ...], list[Turn]] = {}
    for turn in turns:
        alike.setdefault(tuple(turn.make_changes().items()), []).append(turn)
    for changed, group in alike.items():
        changes: dict[str, Any] = dict(changed)  # type: ignore[arg-type]
        revisions = store.write_steps(changes, [turn.make_step() for turn in group])
        for turn in group:
            for name, value in {**changes, "revision": revisions[turn.dossier.pk]}.items():
                setattr(turn.dossier, name, value)


def begin(
    *,
    actor: Actor,
    act: Act,
    code: str,
    revision: int | None,
    key: str,
    task_id: int | None = None,
    at: datetime,
) -> Turn:
    """Lock the dossier, then ask the table, the post, the tie and the revision the person saw.

    :raises Refused: any of them says no; the refusal names what is possible.
    """
    if key and (reference := repeat_of(actor=actor, act=act, key=key, content={"code": code})):
        return Turn(actor, act, access.require_visible(actor, reference), [], [], at, is_repeat=True)
    dossier, tasks = access.lock(actor, code)
    if revision is not None and revision != dossier.revision:
        allowed = access.find_allowed(actor, dossier, tasks)
        raise Refused("stale", _(CHANGED_SINCE), possible=allowed)
    held = access.require_act(actor, dossier, tasks, act)
    return Turn(actor, act, dossier, tasks, _chosen(held, task_id), at, key=key)


def begin_parts(
    *,
    actor: Actor,
    act: Act,
    joint: Joint,
    states: Collection[State],
    is_undecided: bool = False,
    at: datetime,
) -> WholeTurn:
    """Begin an act on every part of a whole that is in one of these states, locked in the one order all keep.

    :raises Refused: the act is not the actor's to do on one of them.
    """
    locked = access.lock_parts(actor, joint, states, is_undecided=is_undecided)
    turns = [
        Turn(actor, act, dossier, tasks, access.require_act(actor, dossier, tasks, act), at)
        for dossier, tasks in locked
    ]
    return WholeTurn(actor, act, turns, at)


def _chosen(held: list[Task], task_id: int | None) -> list[Task]:
    if task_id is None:
        return held
    chosen = [task for task in held if task.pk == task_id]
    if not chosen:
        raise Refused("not_yours", _("Việc này không còn chờ anh/chị."))
    return chosen
