"""The only door: whose plans one sees, who keeps them, who reports and who accepts."""

from datetime import date

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from motcua.core.refusal import Refused
from motcua.organisations import queries as organisations
from motcua.organisations.rules import SYSTEM, Actor, Post
from motcua.programme.models import Plan, PlanCall, PlanReading, PlanTask, PlanUpload

# Who draws up and follows the plan of an agency: its control officers, heads and clerks.
KEEPERS = frozenset(
    {
        Post.CONTROL_OFFICER,
        Post.UNIT_HEAD,
        Post.APPROVER,
        Post.SECTION_HEAD,
        Post.ONE_STOP_HEAD,
        Post.CLERK,
    }
)
# Who signs a plan.
SIGNERS = frozenset({Post.UNIT_HEAD, Post.APPROVER})
# Who says that a task is done (nghiệm thu).
ACCEPTERS = KEEPERS - {Post.CLERK}


def visible_to(actor: Actor, on: date) -> QuerySet[Plan]:
    """Plans of the actor's agency, of the agencies above it, and of everything below the actor."""
    above = {unit.id for unit in organisations.get_lineage(actor.unit_id, on)}
    below = Q(unit_id__in=actor.scope)
    return (
        Plan.objects.all()
        if actor.sees_all
        else Plan.objects.filter(below | Q(unit_id__in=above | {actor.agency_id}))
    )


def readings_of(actor: Actor) -> QuerySet[PlanReading]:
    """Drafts of the actor's agency, of those it took over from, and of ended units it asked for their plans."""
    mine = agencies_of(actor)
    return PlanReading.objects.filter(
        Q(unit_id__in=mine) | Q(unit_id__in=find_calls_to_ended(mine).values("unit_id"))
    )


def uploads_of(actor: Actor) -> QuerySet[PlanUpload]:
    """Files being read for the actor's agency, for those it took over from, and for ended units it asked."""
    mine = agencies_of(actor)
    return PlanUpload.objects.filter(
        Q(unit_id__in=mine) | Q(unit_id__in=find_calls_to_ended(mine).values("unit_id"))
    )


def agencies_of(actor: Actor) -> set[int]:
    """The actor's agency and those it took over from: their plans of old years are its own."""
    return _with_predecessors({actor.agency_id})


def _with_predecessors(units: set[int]) -> set[int]:
    for before, after, _day in reversed(organisations.find_default_successions()):
        if after in units:
            units.add(before)
    return units


def may_keep(actor: Actor, unit_id: int | None = None) -> bool:
    """Whether the actor draws up the plan of the agency: their own, or one it took over from."""
    if actor is SYSTEM:
        return True
    if actor.post not in KEEPERS:
        return False
    if unit_id is None or unit_id == actor.agency_id or unit_id in agencies_of(actor):
        return True
    return stands_for_ended(actor, unit_id)


def stands_for_ended(actor: Actor, unit_id: int) -> bool:
    """Whether nobody took over from the unit (a district of before 1 July 2025) and the actor's agency asked it for its plan."""
    return find_calls_to_ended(agencies_of(actor)).filter(unit_id=unit_id).exists()


def find_calls_to_ended(agencies: set[int]) -> QuerySet[PlanCall]:
    """Calls of these agencies to units that are no more and that nobody took over from."""
    calls = PlanCall.objects.filter(plan__unit_id__in=agencies, unit__successions=None)
    return calls.exclude(unit__versions__valid_to=None)


def may_type_value(actor: Actor, plan: Plan, unit_id: int) -> bool:
    """Whether the actor types a unit's value of a target: the unit's own keepers, or those of the plan."""
    if actor.post not in KEEPERS:
        return False
    return may_keep(actor, plan.unit_id) or unit_id in agencies_of(actor)


def require_value_typist(actor: Actor, plan: Plan, unit_id: int) -> None:
    """:raises Refused: the value is another unit's, and the plan too."""
    if not may_type_value(actor, plan, unit_id):
        raise Refused("forbidden", _("Chỉ đơn vị phải đạt chỉ tiêu hoặc cơ quan ban hành được nhập số liệu."))


def is_observer(actor: Actor) -> bool:
    """Whether the actor watches over plans for a supervising organisation: reads and comments, changes nothing."""
    return actor.post == Post.OBSERVER


def require_no_observer(actor: Actor) -> None:
    """:raises Refused: the actor only watches over plans."""
    if is_observer(actor):
        raise Refused("forbidden", _("Tổ chức giám sát chỉ xem và góp ý."))


def may_sign(actor: Actor, unit_id: int) -> bool:
    """Whether the actor signs this agency's plans."""
    return actor.post in SIGNERS and may_keep(actor, unit_id)


def require_signer(actor: Actor, unit_id: int) -> None:
    """:raises Refused: the actor is no head of this agency."""
    if not may_sign(actor, unit_id):
        raise Refused("forbidden", _("Chỉ lãnh đạo cơ quan ký kế hoạch."))


def require_visible(actor: Actor, plan_id: int, on: date) -> Plan:
    """A plan the actor sees.

    :raises Refused: there is none.
    """
    plan = visible_to(actor, on).filter(pk=plan_id).first()
    if plan is None:
        raise Refused("not_found", _("Không có kế hoạch này."))
    return plan


def require_keeper(actor: Actor, unit_id: int | None = None) -> None:
    """:raises Refused: the actor does not draw up this agency's plan."""
    if not may_keep(actor, unit_id):
        raise Refused(
            "forbidden", _("Chỉ lãnh đạo, văn thư và cán bộ kiểm soát thủ tục của cơ quan được làm việc này.")
        )


def speaks_for(actor: Actor) -> set[int]:
    """The units a person speaks for: their own, those below, their agency, and those all these took over from."""
    return _with_predecessors({actor.unit_id, actor.agency_id, *actor.scope})


def require_reporter(actor: Actor, unit_id: int) -> None:
    """:raises Refused: the actor does not speak for this unit, or only watches over it."""
    require_no_observer(actor)
    if unit_id not in speaks_for(actor):
        raise Refused("forbidden", _("Chỉ đơn vị được giao chủ trì mới báo cáo kết quả của mình."))


def may_accept(actor: Actor, task: PlanTask) -> bool:
    """Whether the actor accepts what is reported for a task of this plan."""
    return actor.post in ACCEPTERS and task.plan.unit_id == actor.agency_id


def require_accepter(actor: Actor, task: PlanTask) -> None:
    """:raises Refused: the plan is another agency's, or the post may not accept."""
    if not may_accept(actor, task):
        raise Refused("forbidden", _("Chỉ cơ quan ban hành kế hoạch được nghiệm thu kết quả."))


def sign(actor: Actor) -> str:
    """Who did it, as kept beside a record."""
    return f"{actor.person_name}, {actor.unit_name}"[:240]
