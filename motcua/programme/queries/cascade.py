"""Plans below a plan: who was asked, who sent theirs, how far they are, and what a unit has to carry out."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from motcua.core.text import fold
from motcua.organisations import queries as organisations
from motcua.organisations.queries import Tree, UnitView
from motcua.organisations.rules import AGENCY_KINDS, Actor, Kind
from motcua.programme.access import agencies_of, find_calls_to_ended
from motcua.programme.models import Plan, PlanCall, PlanReading, PlanTask
from motcua.programme.queries.drafts import as_row
from motcua.programme.queries.plans import TaskView, view_plans
from motcua.programme.queries.units import find_owner_on
from motcua.programme.rules.handing_down import Below, hand_down
from motcua.programme.rules.standing import Receipt, Standing


@dataclass(frozen=True, slots=True)
class Progress:
    """Parts of tasks accepted, all that are to be done, and those late."""

    done: int = 0
    total: int = 0
    late: int = 0

    def __add__(self, other: "Progress") -> "Progress":
        return Progress(self.done + other.done, self.total + other.total, self.late + other.late)


@dataclass
class CalledUnit:
    """A unit asked for its plan: the plan it sent, its progress, and that of all plans below."""

    call: PlanCall
    name: str
    kind: str
    receipt: Receipt
    plan: Plan | None = None
    progress: Progress = field(default_factory=Progress)
    below: Progress = field(default_factory=Progress)


def get_plan_day(plan: Plan) -> date:
    """The day as of which units are meant: the plan's own, else the first of its year."""
    return plan.dated or date(plan.year, 1, 1)


def find_callable(plan: Plan) -> list[UnitView]:
    """Agencies below the plan's, as of the plan's day: departments, districts of old plans, communes."""
    tree = organisations.get_tree(get_plan_day(plan))
    owner = find_owner_on(plan.unit_id, get_plan_day(plan))
    units = [tree.units[u] for u in tree.get_subtree(owner) if u != owner]
    agencies = [u for u in units if u.kind in AGENCY_KINDS]
    working = {u.kind for u in agencies if u.agency_code}
    found = [u for u in agencies if u.agency_code or u.kind not in working]
    return sorted(found, key=lambda unit: (unit.kind, unit.name))


def find_call_for(parent: Plan, unit_id: int) -> PlanCall | None:
    """The call of a plan that this unit answers, itself or for a unit it took over from."""
    return parent.calls.filter(unit_id__in=_with_before(unit_id)).order_by("pk").first()


def _with_before(unit_id: int) -> set[int]:
    units = {unit_id}
    for before, after, _day in reversed(organisations.find_default_successions()):
        if after in units:
            units.add(before)
    return units


def find_open_calls(actor: Actor) -> QuerySet[PlanCall]:
    """Calls the actor's agency has not answered with a plan yet; one for each plan, however many units became one."""
    mine = agencies_of(actor)
    answered = Plan.objects.filter(unit_id__in=mine).exclude(parent=None).values("parent_id")
    calls = PlanCall.objects.filter(unit_id__in=mine).exclude(plan__in=answered)
    return calls.order_by("plan_id", "unit_id").distinct("plan_id").select_related("plan")


def list_rows_for(parent: Plan, unit_id: int) -> list[dict[str, Any]]:
    """What a plan above gives this unit to do, in the unit's own words, each row with the task it comes from."""
    on = get_plan_day(parent)
    below = _describe(unit_id, on)
    tasks = PlanTask.objects.filter(
        plan=parent, is_withdrawn=False, responsibilities__unit__in=_reach(unit_id, on)
    )
    rows = []
    for task in tasks.distinct().select_related("group").order_by("order"):
        row, doubts = hand_down(as_row(task, parent.year), below)
        rows.append(row | {"unsure": doubts, "source": task.pk, "above": _say_above(task)})
    return rows


def _say_above(task: PlanTask) -> dict[str, str]:
    """Who leads and takes part in the plan above, to be seen beside the row."""
    return {"lead": task.lead, "coordinating": task.coordinating}


def _reach(unit_id: int, on: date) -> set[int]:
    """The unit, what it took over from, and what stands below each, as of a day."""
    tree = organisations.get_tree(on)
    return {u for one in _with_before(unit_id) for u in tree.get_subtree(one)}


def _describe(unit_id: int, on: date) -> Below:
    tree = organisations.get_tree(on)
    unit = tree.units[find_owner_on(unit_id, on)]
    sections = [u for u in tree.get_children(unit.id) if u.kind in {Kind.SECTION, Kind.OFFICE}]
    office = next((u.name for u in sections if fold(u.name).startswith("van phong")), "")
    name = unit.short_agency_name
    return Below(unit.kind, name, office, f"Các phòng, đơn vị thuộc {name}")


def make_cascade(plan: Plan, today: date) -> list[CalledUnit]:
    """The received/missing board of a plan: units asked, in the order of their kinds and names."""
    calls = list(plan.calls.all())
    tree = organisations.get_tree(get_plan_day(plan))
    children = {child.unit_id: child for child in plan.children.all()}
    progress = sum_up(children.values(), today)
    drafts = set(
        plan.drafts.filter(is_for_parent=True).exclude(state="discarded").values_list("unit_id", flat=True)
    )
    rows = [_view_call(call, tree, children, drafts, progress, today) for call in calls]
    return sorted(rows, key=lambda row: (row.kind, row.name))


def _view_call(
    call: PlanCall,
    tree: Tree,
    children: dict[int, Plan],
    drafts: set[int],
    progress: dict[int, tuple[Progress, Progress]],
    today: date,
) -> CalledUnit:
    answerers = {call.unit_id, *_after(call.unit_id)}
    sent = next((children[unit] for unit in answerers if unit in children), None)
    unit = tree.units.get(call.unit_id)
    own, below = progress.get(sent.pk, (Progress(), Progress())) if sent else (Progress(), Progress())
    receipt = _find_receipt(call, sent, bool(answerers & drafts), today)
    name = unit.short_agency_name if unit else organisations.get_name(call.unit_id, today)
    return CalledUnit(call, name, unit.kind if unit else "", receipt, sent, own, below)


def _after(unit_id: int) -> set[int]:
    units = {unit_id}
    for before, after, _day in organisations.find_default_successions():
        if before in units:
            units.add(after)
    return units


def _find_receipt(call: PlanCall, sent: Plan | None, is_drafted: bool, today: date) -> Receipt:
    if sent is not None:
        return Receipt.RECEIVED
    if call.due_on is not None and today > call.due_on:
        return Receipt.LATE
    return Receipt.DRAFTED if is_drafted else Receipt.MISSING


def sum_up(plans: Iterable[Plan], today: date) -> dict[int, tuple[Progress, Progress]]:
    """For each plan its own progress and that of all plans below it, level by level."""
    levels, found = [list(plans)], {plan.pk for plan in plans}
    while levels[-1]:
        below = list(Plan.objects.filter(parent__in=levels[-1]).exclude(pk__in=found))
        found |= {plan.pk for plan in below}
        levels.append(below)
    own = {
        plan_id: measure(views)
        for plan_id, views in view_plans([p for ps in levels for p in ps], today).items()
    }
    below_of: dict[int, Progress] = {}
    for plan in [p for level in reversed(levels[1:]) for p in level]:
        sum_of_plan = own[plan.pk] + below_of.get(plan.pk, Progress())
        assert plan.parent_id is not None
        below_of[plan.parent_id] = below_of.get(plan.parent_id, Progress()) + sum_of_plan
    return {pk: (own[pk], below_of.get(pk, Progress())) for pk in own}


def measure(views: Iterable[TaskView]) -> Progress:
    """The progress of tasks: parts whose time has come."""
    counted = Progress()
    for view in views:
        for part in view.parts:
            if part.standing is not Standing.NOT_YET:
                is_late = part.standing is Standing.LATE
                counted += Progress(int(part.standing is Standing.ACCEPTED), 1, int(is_late))
    return counted


def find_copies(task: PlanTask, today: date) -> list[tuple[Plan, TaskView]]:
    """What the plans below make of a task, each with its standing there."""
    copies = PlanTask.objects.filter(source=task, is_withdrawn=False).values_list("plan_id", "pk")
    wanted = {pk for _plan, pk in copies}
    plans = list(Plan.objects.filter(pk__in={plan for plan, _pk in copies}).select_related("unit"))
    viewed = view_plans(plans, today)
    return [(plan, view) for plan in plans for view in viewed[plan.pk] if view.task.pk in wanted]


def find_drafts_of(actor: Actor) -> QuerySet[PlanReading]:
    """Drafts written here that are not issued yet."""
    return (
        PlanReading.objects.filter(Q(unit_id__in=agencies_of(actor)), file=None)
        .exclude(state__in=["kept", "discarded"])
        .order_by("-created_at")
    )


def group_callable(plan: Plan) -> list[tuple[Kind, list[UnitView]]]:
    """Agencies below by kind."""
    groups: dict[Kind, list[UnitView]] = {}
    for unit in find_callable(plan):
        groups.setdefault(Kind(unit.kind), []).append(unit)
    return list(groups.items())


def find_ended_called(actor: Actor, today: date) -> list[UnitView]:
    """Units this agency asked that are no more and that nobody took over from; their plans are entered by it."""
    calls = find_calls_to_ended(agencies_of(actor)).select_related("plan")
    units: dict[int, UnitView] = {}
    for call in calls:
        view = organisations.get_tree(get_plan_day(call.plan)).units.get(call.unit_id)
        if view is not None:
            units[view.id] = view
    return sorted(units.values(), key=lambda unit: unit.name)


def find_sources(actor: Actor, today: date) -> list[tuple[Plan, int | None, str]]:
    """What a plan may begin from: plans above that ask for one, for ended units too, then one's own, newest first."""
    mine = agencies_of(actor)
    above = [(call.plan, None, _say_above_plan(call.plan)) for call in find_open_calls(actor)]
    ended = {unit.id: unit.name for unit in find_ended_called(actor, today)}
    calls = PlanCall.objects.filter(unit_id__in=ended, plan__unit_id__in=mine).select_related("plan")
    for_ended = [
        (call.plan, call.unit_id, f"{_say_above_plan(call.plan)} – {ended[call.unit_id]}") for call in calls
    ]
    own = Plan.objects.filter(unit_id__in=mine).order_by("-year", "-id")[:10]
    return [*above, *for_ended, *((plan, None, _say_own_plan(plan)) for plan in own)]


def _say_above_plan(plan: Plan) -> str:
    return _("Kế hoạch cấp trên: %(title)s (%(number)s)") % {
        "title": plan.title,
        "number": plan.number or plan.year,
    }


def _say_own_plan(plan: Plan) -> str:
    return _("Kế hoạch của mình năm %(year)s: %(title)s") % {"year": plan.year, "title": plan.title}
