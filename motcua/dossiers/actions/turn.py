"""One act on one dossier: locked and guarded first, then written with its tasks, event, messages and audit row."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from motcua.core.refusal import Refused
from motcua.dossiers import access
from motcua.dossiers.actions.facts import Target
from motcua.dossiers.actions.following import TOLD_BY, follow
from motcua.dossiers.actions.telling import clean_text, make_event, repeat_of, require_text, tell
from motcua.dossiers.models import Dossier, Task, store
from motcua.dossiers.queries.placing import Places, find_involved
from motcua.dossiers.rules.route import Route, TaskKind, TaskOutcome, cap_due, get_kind
from motcua.dossiers.rules.states import Act, State, move
from motcua.organisations import queries as organisations
from motcua.organisations.rules import Actor, Post
from motcua.processes import queries as processes
from motcua.processes.rules import StepView
from motcua.worktime import queries as worktime
from motcua.worktime.rules import add_working_hours

__all__ = ["Turn", "begin", "clean_text", "make_event", "repeat_of", "require_text", "tell"]


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
    places: Places = field(init=False)

    def __post_init__(self) -> None:
        self.places = Places(self.dossier, timezone.localdate(self.at))

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
            "name": name,
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

    def finish(self, *, is_followed: bool = True) -> Dossier:
        """Write the turn and tell whoever is to know. The dossier as it now is.

        An act on the whole says by `is_followed` that it settles the whole itself, once, after its last part.
        """
        to_state = move(State(self.dossier.state), self.act, is_decided=self.dossier.is_decided, say=_)
        event = make_event(
            actor=self.actor, act=self.act, from_state=self.dossier.state, data=self.data, at=self.at
        )
        changes = {**self.changes, "state": str(to_state)}
        involved = find_involved([(row["unit_id"], "handles") for row in self.opened], self.places.on)
        rows = store.make_rows(event, tasks=self.opened, involved=involved, notes=self.notes)
        revision = store.write_step(
            self.dossier.pk,
            changes,
            closed=self.closed,
            taken=self.taken,
            moved=self.moved,
            opinions=self.opinions,
            rows=rows,
        )
        concerns_whole = any(
            changes.get(name, getattr(self.dossier, name)) != getattr(self.dossier, name) for name in TOLD_BY
        )
        for name, value in {**changes, "revision": revision}.items():
            setattr(self.dossier, name, value)
        tell(actor=self.actor, act=self.act, dossier=self.dossier, key=self.key, said=self.told, at=self.at)
        if self.dossier.joint_id and concerns_whole and is_followed:
            follow(actor=self.actor, act=self.act, dossier=self.dossier, at=self.at)
        return self.dossier


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
        message = _("Hồ sơ vừa được người khác cập nhật. Xem lại trang mới rồi làm tiếp.")
        raise Refused("stale", message, possible=allowed)
    held = access.require_act(actor, dossier, tasks, act)
    return Turn(actor, act, dossier, tasks, _chosen(held, task_id), at, key=key)


def _chosen(held: list[Task], task_id: int | None) -> list[Task]:
    if task_id is None:
        return held
    chosen = [task for task in held if task.pk == task_id]
    if not chosen:
        raise Refused("not_yours", _("Việc này không còn chờ anh/chị."))
    return chosen
