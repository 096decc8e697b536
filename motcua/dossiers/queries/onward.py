"""What comes after a task: the next steps, who could do them, and where a file may be sent back to."""

from dataclasses import dataclass
from datetime import date

from motcua.dossiers import access
from motcua.dossiers.models import Dossier, Task
from motcua.dossiers.queries.placing import Places
from motcua.dossiers.queries.reading import name_unit
from motcua.dossiers.rules.route import Route, TaskKind, TaskOutcome, get_kind
from motcua.dossiers.rules.states import Act
from motcua.organisations import queries as organisations
from motcua.organisations.rules import Actor
from motcua.processes import queries as processes
from motcua.processes.rules import StepView


@dataclass(frozen=True, slots=True)
class NextStep:
    """A step that opens when the task is done, with the people it may be given to.

    `here` are those of the unit it goes to when nobody is named.
    """

    no: int
    name: str
    post: str
    unit_id: int
    unit_name: str
    officers: tuple[tuple[int, str], ...]
    here: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class StepBack:
    """A done step the file may be sent back to."""

    no: int
    name: str


def find_next_steps(actor: Actor, dossier: Dossier, on: date, act: Act = Act.HAND_OVER) -> list[NextStep]:
    """Steps that open when the actor's task is done; empty while a join waits for other branches."""
    tasks = list(Task.objects.filter(dossier=dossier))
    held = access.find_held(actor, tasks, act)
    if not held or dossier.process_version_id is None:
        return []
    route = Route(processes.get_version(dossier.process_version_id).steps)
    done = {t.step_no for t in tasks if t.outcome == TaskOutcome.DONE and t.step_no is not None}
    opened = {t.step_no for t in tasks if t.done_at is None and t.step_no is not None}
    mine = {held[0].step_no} - {None}
    numbers = route.ready(done | {n for n in mine if n is not None}, opened - mine)
    places = Places(dossier, on)
    return [
        _view(step, route, places, on)
        for step in processes.get_version(dossier.process_version_id).steps
        if step.no in numbers
    ]


def find_branches_beside(actor: Actor, dossier: Dossier, on: date, act: Act) -> list[tuple[str, str]]:
    """Other steps still open beside the actor's own, name and unit: a join opens only when these are done too."""
    tasks = list(Task.objects.filter(dossier=dossier, done_at=None).order_by("due_at", "pk"))
    held = access.find_held(actor, tasks, act)
    beside = [task for task in tasks if task.step_no is not None and held and task.pk != held[0].pk]
    return [(task.name, name_unit(task.unit_id, on)) for task in beside]


def _view(step: StepView, route: Route, places: Places, on: date) -> NextStep:
    unit_id = places.place(step, is_last=get_kind(step, route) == TaskKind.RETURN)
    root = unit_id if step.role in ("one_stop", "opinion") else places.dossier.competent_agency_id
    named = [p for p in places.postings_of(root) if p.post == step.post]
    away = organisations.find_absentees({p.unit_id for p in named}, on) if named else set()
    holders = [p for p in named if (p.user_id, p.unit_id) not in away]
    return NextStep(
        no=step.no,
        name=step.name,
        post=step.post,
        unit_id=unit_id,
        unit_name=name_unit(unit_id, on),
        officers=tuple((p.user_id, p.person_name) for p in holders),
        here=tuple(p.person_name for p in holders if p.unit_id == unit_id),
    )


def find_steps_back(actor: Actor, dossier: Dossier) -> list[StepBack]:
    """Where the actor may send the file back to, the nearest first."""
    tasks = list(Task.objects.filter(dossier=dossier))
    held = access.find_held(actor, tasks, Act.RETURN_FOR_REDO)
    if not held or held[0].step_no is None or dossier.process_version_id is None:
        return []
    steps = processes.get_version(dossier.process_version_id).steps
    done = {t.step_no for t in tasks if t.outcome == TaskOutcome.DONE and t.step_no is not None}
    names = {step.no: step.name for step in steps}
    return [StepBack(no, names[no]) for no in Route(steps).may_go_back_to(held[0].step_no, done)]
