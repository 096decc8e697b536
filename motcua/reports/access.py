"""The only door to reports: who sees, prepares, signs and receives them."""

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from motcua.core.refusal import Refused
from motcua.organisations.rules import Actor, Post
from motcua.reports.models import DataAnswer, DataRequest, Report
from motcua.reports.rules.states import Act, State, get_allowed

READERS = frozenset(
    {Post.CONTROL_OFFICER, Post.ONE_STOP_HEAD, Post.SECTION_HEAD, Post.UNIT_HEAD, Post.APPROVER}
)
SIGNERS = frozenset({Post.APPROVER, Post.UNIT_HEAD})
BELOW = frozenset({Act.GENERATE, Act.ADJUST, Act.SEND, Act.AMEND})


def require_reader(actor: Actor | None) -> Actor:
    """Heads and control officers work with reports.

    :raises Refused: anybody else.
    """
    if actor is None or actor.post not in READERS:
        raise Refused("forbidden", _("Chỉ lãnh đạo và cán bộ kiểm soát thủ tục dùng trang báo cáo."))
    return actor


def visible_to(actor: Actor | None) -> QuerySet[Report]:
    """Reports of the units the actor answers for, and those sent to the actor's agency."""
    reader = require_reader(actor)
    if reader.sees_all:
        return Report.objects.all()
    return Report.objects.filter(
        Q(unit_id__in=[*reader.scope, reader.agency_id]) | Q(parent_unit_id=reader.agency_id)
    )


def require_visible(actor: Actor | None, report_id: int) -> Report:
    """The report, if it may be seen.

    :raises Refused: there is none, or it is not the actor's to see; the answer is the same.
    """
    report = visible_to(actor).filter(pk=report_id).first()
    if report is None:
        raise Refused("not_found", _("Không tìm thấy báo cáo này."))
    return report


def may_prepare(actor: Actor, unit_id: int) -> bool:
    """Whether the actor prepares the reports of a unit: those of the actor's own agency."""
    return actor.post in READERS and actor.agency_id == unit_id


def may_enter(actor: Actor, parent_unit_id: int | None) -> bool:
    """Whether the actor's agency enters the reports of a unit below that works elsewhere: the one they are sent to."""
    return actor.post in READERS and parent_unit_id is not None and actor.agency_id == parent_unit_id


def find_allowed(actor: Actor, report: Report) -> tuple[Act, ...]:
    """What this officer may do to the report now: the table and the tie, both."""
    return tuple(act for act in get_allowed(State(report.state)) if _is_tied(actor, report, act))


def require_act(actor: Actor, report: Report, act: Act) -> None:
    """Stop whoever may not do this to the report.

    :raises Refused: another unit's, or another post's work; the refusal names what is possible.
    """
    if not _is_tied(actor, report, act):
        message = _("Việc này không thuộc phần của anh/chị đối với báo cáo này.")
        raise Refused("forbidden", message, possible=find_allowed(actor, report))


def _is_tied(actor: Actor, report: Report, act: Act) -> bool:
    own = may_prepare(actor, report.unit_id)
    entered = report.is_entered_above and may_enter(actor, report.parent_unit_id)
    if act == Act.RECORD:
        return entered
    if act in (Act.GENERATE, Act.ADJUST) and entered:
        return True
    if act == Act.SIGN:
        return own and actor.post in SIGNERS
    if act in BELOW:
        return own
    return actor.post in READERS and actor.agency_id == (report.parent_unit_id or report.unit_id)


def get_root(actor: Actor) -> int:
    """The unit whose whole tree the actor may ask: the own agency, which for who oversees a province is its People's Committee."""
    return actor.agency_id


def require_asker(actor: Actor | None) -> Actor:
    """Who asks other units for figures: heads and control officers.

    :raises Refused: anybody else.
    """
    return require_reader(actor)


def may_answer(actor: Actor) -> bool:
    """Who answers for the agency that was asked."""
    return actor.post in READERS


def owns_request(actor: Actor, request: DataRequest) -> bool:
    """Whether the actor's agency asked."""
    return actor.post in READERS and request.unit_id == actor.agency_id


def requests_visible_to(actor: Actor | None) -> QuerySet[DataRequest]:
    """Requests the actor's agency made or was asked in."""
    reader = require_reader(actor)
    asked = DataAnswer.objects.filter(unit_id=reader.agency_id).values("request_id")
    return DataRequest.objects.filter(Q(unit_id=reader.agency_id) | Q(pk__in=asked))


def require_request(actor: Actor | None, request_id: int) -> DataRequest:
    """The request, if it concerns the actor's agency.

    :raises Refused: there is none, or it does not; the answer is the same.
    """
    found = requests_visible_to(actor).filter(pk=request_id).first()
    if found is None:
        raise Refused("not_found", _("Không tìm thấy yêu cầu này."))
    return found
