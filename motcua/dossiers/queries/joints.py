"""A whole and its parts, as the rules read them and as pages show them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.db.models import Prefetch, QuerySet
from django.utils.translation import gettext as _

from motcua.catalogue.queries import BundleView
from motcua.core.clock import ClockView
from motcua.core.reading import follow, read_rows
from motcua.core.refusal import Refused
from motcua.core.writing import moment
from motcua.dossiers import access
from motcua.dossiers.models import Dossier, Joint, JointPart, SlipReturn, Transfer
from motcua.dossiers.queries.clock import explain_clock, make_clock
from motcua.dossiers.queries.reading import name_unit
from motcua.dossiers.rules import interlinked
from motcua.dossiers.rules.interlinked import STARTS, Group, Part, Plan, Promise, Standing, Start
from motcua.dossiers.rules.states import State
from motcua.organisations import queries as organisations
from motcua.organisations.rules import Actor
from motcua.worktime import queries as worktime
from motcua.worktime.rules import Calendar, LimitUnit, StartRule, compute_due, judge

ZERO = Decimal(0)


def find_total(bundle: BundleView, *, is_verified: bool) -> Decimal | None:
    """The limit of the whole in working days; longer where something has to be verified."""
    return bundle.verified_days if is_verified and bundle.verified_days is not None else bundle.total_days


def find_more(bundle: BundleView, *, is_verified: bool) -> Decimal:
    """How many working days verification adds, to the parts that may verify."""
    longer = find_total(bundle, is_verified=is_verified)
    return ZERO if longer is None or bundle.total_days is None else longer - bundle.total_days


def make_group(bundle: BundleView, *, is_verified: bool) -> Group:
    """A published group as the rules read it."""
    more = find_more(bundle, is_verified=is_verified)
    return Group(
        bundle.name, find_total(bundle, is_verified=is_verified), StartRule(bundle.start_rule),
        StartRule(bundle.part_start_rule),
        tuple(
            Part(p.no, p.name, p.days + (more if p.may_verify else ZERO), p.needs, Start(p.start)) for p in bundle.parts
        ),
        bundle.basis,
    )  # fmt: skip


def find_working_days(
    agencies: Mapping[int, int | None], default: str, on: date
) -> tuple[str, dict[int, Calendar]]:
    """By which calendar the whole is promised, which is that of its first part's agency, and each part by its own.

    Who receives may be open when nobody decides (a counter on Saturdays): that shortens no promise.
    """
    codes = {no: organisations.get_calendar_code(unit, on) for no, unit in sorted(agencies.items()) if unit}
    own = {no: worktime.get_calendar(code) for no, code in codes.items()}
    return next(iter(codes.values()), default), own


def get_group(joint: Joint, rows: Sequence[JointPart], bundle: BundleView) -> Group:
    """The group of a whole, with the limits its parts were received under."""
    return Group(
        joint.name, find_total(bundle, is_verified=joint.is_verified), StartRule(bundle.start_rule),
        StartRule(bundle.part_start_rule),
        tuple(Part(r.no, r.name, r.days, tuple(r.needs), Start(r.start)) for r in rows), bundle.basis,
    )  # fmt: skip


def get_plan(joint: Joint, rows: Sequence[JointPart]) -> Plan:
    """What the receipt promised."""
    parts = tuple(interlinked.PartPlan(r.no, r.planned_start_at, r.planned_due_at) for r in rows)
    return Plan(joint.original_due_at, parts)


def find_standings(rows: Sequence[JointPart]) -> dict[int, Standing]:
    """Where each part stands."""
    return {
        row.no: Standing(State(row.dossier.state), row.dossier.outcome)
        if row.dossier
        else Standing(is_dropped=row.dropped_at is not None)
        for row in rows
    }


def find_promises(rows: Sequence[JointPart]) -> dict[int, Promise]:
    """The promise of each part that has begun."""
    return {
        row.no: Promise(row.dossier.original_due_at, row.dossier.due_at, row.dossier.finished_at)
        for row in rows
        if row.dossier
    }


def require_joint(actor: Actor | None, code: str) -> Joint:
    """The whole with this code, if one of its parts may be seen.

    :raises Refused: there is none, or no part concerns the actor's unit.
    """
    joint = access.find_joint(actor, code)
    if joint is None:
        raise access.not_found(code)
    return joint


def find_joint_code(dossier: Dossier) -> str:
    """The code of the whole a dossier is a part of; empty for any other."""
    if dossier.joint_id is None:
        return ""
    return Joint.objects.values_list("code", flat=True).get(pk=dossier.joint_id)


def find_joints(actor: Actor, *, is_open: bool, size: int = 50) -> list[Joint]:
    """Wholes received or returned at the actor's place, those that press first; ended ones the newest first."""
    units = list(actor.reads)
    rows = Joint.objects.filter(receiving_unit_id__in=units) if not actor.sees_all else Joint.objects.all()
    if is_open:
        return list(rows.filter(finished_at=None).order_by("due_at", "pk")[:size])
    return list(rows.exclude(finished_at=None).order_by("-received_at", "-pk")[:size])


@dataclass(frozen=True, slots=True)
class PartLine:
    """A part as a page or the receipt shows it."""

    no: int
    name: str
    procedure_code: str
    agency_name: str
    limit_days: str
    code: str
    state_label: str
    tone: str
    outcome: str
    begins: str
    starts_at: datetime
    due_at: datetime
    planned_due_at: datetime
    second_days: str
    is_begun: bool
    is_dropped: bool
    clock: ClockView | None
    basis: str
    slip: Transfer | None
    first_appointment: "FirstAppointment | None" = None
    dossier: Dossier | None = None


@dataclass(frozen=True, slots=True)
class FirstAppointment:
    """The first of two appointments: until when, kept when, and how that is judged."""

    due_at: datetime
    kept_at: datetime | None
    judged: str


def get_rows(joint: Joint, held: Iterable[Dossier] = ()) -> list[JointPart]:
    """The parts in their order, each with its dossier; those the caller holds are not read again."""
    rows = read_rows(JointPart, "joint_id = %s ORDER BY no", [joint.pk])
    known = {dossier.pk: dossier for dossier in held}
    for row in rows:
        if row.dossier_id is None or row.dossier_id in known:
            row.dossier = known.get(row.dossier_id or 0)
    follow([row for row in rows if row.dossier_id not in known], "dossier")
    return rows


def find_part_lines(joint: Joint, on: date, now: datetime, *, is_full: bool = True) -> list[PartLine]:
    """Every part with its own appointment, clock and judgement."""
    slips = {slip.part_id: slip for slip in _slips(joint)}
    return [_line(row, slips.get(row.pk), on, now, is_full) for row in get_rows(joint)]


def _slips(joint: Joint) -> QuerySet[Transfer]:
    """Each with what came back of it, the oldest first."""
    returns = Prefetch("returns", SlipReturn.objects.order_by("pk"))
    return Transfer.objects.filter(joint=joint).prefetch_related(returns)


def _line(row: JointPart, slip: Transfer | None, on: date, now: datetime, is_full: bool) -> PartLine:
    dossier = row.dossier
    is_dropped = row.dropped_at is not None
    state = dossier.state_label if dossier else _("Không bắt đầu") if is_dropped else _("Chưa đến lượt")
    needs = {"needs": ", ".join(str(no) for no in row.needs)}
    return PartLine(
        no=row.no, name=row.name, procedure_code=row.procedure_code,
        agency_name=name_unit(dossier.competent_agency_id if dossier else row.competent_agency_id, on), limit_days=_number(row.days),
        code=dossier.code if dossier else "", state_label=state,
        tone=dossier.tone if dossier else "late" if is_dropped else "plain",
        outcome=dossier.outcome if dossier else "",
        begins=_(STARTS[Start(row.start)]) % needs if row.needs else _("ngay khi tiếp nhận"),
        starts_at=dossier.received_at if dossier else row.planned_start_at,
        due_at=(dossier.due_at if dossier else None) or row.planned_due_at,
        planned_due_at=row.planned_due_at,
        second_days=_number(row.second_days) if row.second_days else "",
        is_begun=dossier is not None, is_dropped=is_dropped,
        clock=explain_clock(dossier, now) if dossier and is_full else None, basis=row.basis, slip=slip,
        first_appointment=_first(row) if row.second_days and dossier else None, dossier=dossier,
    )  # fmt: skip


def _first(row: JointPart) -> FirstAppointment | None:
    """The first appointment was kept when the slip went to the tax office; the clock of today is the second's."""
    dossier = row.dossier
    assert dossier is not None
    told = Transfer.objects.filter(from_dossier=dossier).order_by("pk").first()
    due_at = (told.giver_due_at if told else None) or dossier.original_due_at
    if due_at is None:
        return None
    kept_at = told.handed_at if told else None
    judged = str(judge(kept_at, due_at, LimitUnit.WORKING_DAY, kept_at)) if kept_at else ""
    return FirstAppointment(due_at, kept_at, judged)


def _number(days: Decimal) -> str:
    return f"{days.normalize():f}".replace(".", ",")


def explain_whole(joint: Joint, bundle: BundleView, now: datetime) -> ClockView:
    """The promise of the whole with its reasons: the group's limit, its start rule, and what the parts moved."""
    calendar = worktime.get_calendar(joint.calendar_code)
    total = find_total(bundle, is_verified=joint.is_verified)
    rows = get_rows(joint)
    # Where one part waits for the applicant the whole does: what passes since then makes nobody late.
    stopped = sorted(row.dossier.paused_at for row in rows if row.dossier and row.dossier.paused_at)
    lines: list[worktime.ExplainedLine] = []
    if total is not None:
        due = compute_due(joint.received_at, total, LimitUnit.WORKING_DAY, bundle.start_rule, (), calendar)
        lines += worktime.explain(due.lines)
    lines += [worktime.ExplainedLine("part", _say_part(row), None, row.basis) for row in rows]
    if joint.due_at != joint.original_due_at:
        said = _("Có phần được lùi hạn theo luật: cả bộ hẹn trả %(at)s.") % {"at": moment(joint.due_at)}
        lines.append(worktime.ExplainedLine("moved", said, joint.due_at, ""))
    return make_clock(
        joint.received_at, joint.due_at, joint.finished_at, calendar_code=joint.calendar_code,
        limit_unit=LimitUnit.WORKING_DAY, lines=tuple(lines), now=min([*stopped, now]),
        pauses=tuple((since, None) for since in stopped[:1]),
    )  # fmt: skip


def _say_part(row: JointPart) -> str:
    days = {"no": row.no, "name": row.name, "days": _number(row.days)}
    if row.second_days:
        days["second"] = _number(row.second_days)
        return (
            _(
                "Phần %(no)s – %(name)s: %(days)s ngày làm việc, rồi %(second)s ngày làm việc từ khi xong nghĩa vụ tài chính."
            )
            % days
        )
    return _("Phần %(no)s – %(name)s: %(days)s ngày làm việc từ khi phần này bắt đầu.") % days


def find_open_return(dossier: Dossier) -> SlipReturn | None:
    """Why the slip of a part came back, while it was not sent again."""
    return SlipReturn.objects.filter(transfer__part__dossier=dossier, answered_at=None).first()


def find_last_return(slip: Transfer) -> SlipReturn | None:
    """The last time a slip went back; none when it never did."""
    return SlipReturn.objects.filter(transfer=slip).order_by("-pk").first()


def find_slip(actor: Actor | None, joint: Joint, no: int) -> Transfer:
    """The transfer slip of a part.

    :raises Refused: the part was not handed over.
    """
    slip = Transfer.objects.filter(joint=joint, part__no=no).select_related("part", "from_dossier").first()
    if slip is None:
        raise Refused("not_found", _("Phần này chưa có phiếu chuyển xử lý."))
    return slip


def propose_judgement(dossier: Dossier) -> str:
    """How the giving side kept its time, by the slip's own two moments; the receiving side has the last word."""
    slip = find_slip_of(dossier)
    if slip is None:
        return ""
    return str(judge(slip.handed_at, slip.giver_due_at, LimitUnit.WORKING_DAY, slip.handed_at))


def find_slip_of(dossier: Dossier) -> Transfer | None:
    """The slip by which a part came over; none for one that began at the counter."""
    return Transfer.objects.filter(part__dossier=dossier).first()
