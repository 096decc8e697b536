"""What the turns of a dossier say: its rounds of completion, its stand-stills, its moved promises."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from motcua.core.reading import read_rows
from motcua.core.writing import moment
from motcua.dossiers.models import Dossier, Event, JointPart, PromiseChange, SupplementRequest, Suspension
from motcua.dossiers.queries.history import find_events
from motcua.dossiers.rules import supplement as rules
from motcua.dossiers.rules.papers import APOLOGY, EXTENSION, PAPERS, RESUMPTION, SUPPLEMENT, SUSPENSION
from motcua.dossiers.rules.promise import CAUSES, Change, Timing
from motcua.dossiers.rules.states import Act
from motcua.dossiers.rules.suspension import GROUNDS, Reason
from motcua.worktime import queries as worktime

# What closes a dossier before its result; reopened, it may be closed once more.
ENDING_ACTS = frozenset({Act.STOP, Act.WITHDRAW, Act.CLOSE_UNANSWERED})
STOP_NOTICE = "stop_notice"
NAMES_OF_CHANGES = {Change.APOLOGISE: APOLOGY, Change.EXTEND: EXTENSION}


@dataclass(frozen=True, slots=True)
class TurnLine:
    """A turn as a person reads it: what it was, its days, and the words written with it."""

    title: str
    tone: str
    facts: tuple[tuple[str, str], ...]
    items: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class IndexClock:
    """The dossier as Decision 766 (2.1) counts it: the limit does not begin anew, only the waits are taken off."""

    waited: timedelta
    times_asked: int
    is_overdue_by_times: bool


def find_requests(dossier: Dossier) -> list[SupplementRequest]:
    """The rounds in which the applicant was asked, the first first."""
    return read_rows(SupplementRequest, "dossier_id = %s ORDER BY no", [dossier.pk])


def find_suspensions(dossier: Dossier) -> list[Suspension]:
    """The stand-stills on a ground of the list, the first first."""
    return read_rows(Suspension, "dossier_id = %s ORDER BY id", [dossier.pk])


def find_second_days(dossier: Dossier, suspension: Suspension) -> str:
    """The working days counted after a financial obligation, for a part with two appointments; empty where there is one."""
    if dossier.joint_id is None or suspension.ground != Reason.FINANCIAL_OBLIGATION:
        return ""
    rows = JointPart.objects.filter(dossier=dossier)
    days = rows.values_list("second_days", flat=True).first()
    return f"{days.normalize():f}" if days else ""


def find_promise_changes(dossier: Dossier) -> list[PromiseChange]:
    """How the promise was moved, the first first."""
    return read_rows(PromiseChange, "dossier_id = %s ORDER BY id", [dossier.pk])


@dataclass(frozen=True, slots=True)
class Turns:
    """Every turn of a dossier, each kind the first first."""

    requests: tuple[SupplementRequest, ...] = ()
    suspensions: tuple[Suspension, ...] = ()
    changes: tuple[PromiseChange, ...] = ()

    @property
    def resumed(self) -> tuple[Suspension, ...]:
        """The stand-stills that ended by what they waited for, not with the dossier."""
        return tuple(one for one in self.suspensions if one.ended_at and one.proof)

    @property
    def times(self) -> dict[str, int]:
        """The turns that happened, as the printed forms name them, and how often each did."""
        moved = [NAMES_OF_CHANGES[Change(one.change)] for one in self.changes]
        counted = {
            SUPPLEMENT: len(self.requests),
            APOLOGY: moved.count(APOLOGY),
            EXTENSION: moved.count(EXTENSION),
            SUSPENSION: len(self.suspensions),
            RESUMPTION: len(self.resumed),
        }
        return {name: times for name, times in counted.items() if times}

    def find_place(self, turn: str, no: int) -> int:
        """The place of a paper among those of its mark: an apology and an extension are numbered together."""
        if turn not in (APOLOGY, EXTENSION):
            return no
        alike = [
            place for place, one in enumerate(self.changes, 1) if NAMES_OF_CHANGES[Change(one.change)] == turn
        ]
        return alike[no - 1]


def gather_turns(dossier: Dossier, events: Sequence[Event] | None = None) -> Turns:
    """The turns of a dossier: none is asked for when nothing happened to its clock, and of the kinds the events name."""
    if not dossier.turns:
        return Turns()
    acts = {event.act for event in events} if events is not None else set(Act)

    def happened(*turns: Act) -> bool:
        return bool(acts & set(turns))

    return Turns(
        tuple(find_requests(dossier)) if happened(Act.REQUEST_SUPPLEMENT) else (),
        tuple(find_suspensions(dossier)) if happened(Act.REQUEST_PAYMENT, Act.SUSPEND) else (),
        tuple(find_promise_changes(dossier)) if happened(Act.EXTEND, Act.APOLOGISE) else (),
    )


def count_papers(dossier: Dossier, form: str, turns: Turns, events: Sequence[Event] | None = None) -> int:
    """How many papers of a form the dossier has: one for each turn it tells of."""
    if form == STOP_NOTICE:
        told = find_events(dossier) if events is None else events
        return max(1, sum(event.act in ENDING_ACTS for event in told))
    return turns.times.get(PAPERS[form].needs, 1)


def find_return_by(dossier: Dossier, days: int) -> datetime:
    """Until when a dossier found wanting is to be returned after appraisal (Decree 61 art. 19.4)."""
    calendar = worktime.get_calendar(dossier.calendar_code)
    return rules.compute_return_by(dossier.received_at, days, calendar)


def as_round(request: SupplementRequest) -> rules.Round:
    """A kept round as the rules read it; one that ended with the dossier is answered then."""
    return rules.Round(
        rules.Stage(request.stage),
        rules.Asker(request.asker),
        request.agency_id,
        request.asked_at,
        request.due_at,
        request.answered_at or request.ended_at,
        request.override_reason,
    )


def find_turn_lines(turns: Turns) -> list[TurnLine]:
    """Every turn in the order of time, in words."""
    dated = [
        *((one.asked_at, _say_request(one)) for one in turns.requests),
        *((one.since, _say_suspension(one)) for one in turns.suspensions),
        *((one.at, _say_change(one)) for one in turns.changes),
    ]
    return [line for _at, line in sorted(dated, key=lambda pair: pair[0])]


def _say_request(one: SupplementRequest) -> TurnLine:
    answered = _("đã bổ sung") if one.answered_at else _("đã đóng") if one.ended_at else _("đang chờ")
    title = _("Yêu cầu bổ sung lần %(no)s: %(state)s") % {"no": one.no, "state": answered}
    facts = (
        (_("Yêu cầu lúc"), moment(one.asked_at)),
        (_("Bổ sung trước"), moment(one.due_at)),
        (_("Nhận đủ lúc"), moment(one.answered_at)),
        (_("Lý do"), one.reason),
        (_("Căn cứ"), one.basis),
        (_("Lý do đặc biệt"), one.override_reason),
        (_("Người hướng dẫn"), ", ".join(w for w in (one.contact_name, one.contact_phone) if w)),
    )
    return TurnLine(title, "ok" if one.answered_at else "wait", facts, tuple(one.items))


def _say_suspension(one: Suspension) -> TurnLine:
    label = _(GROUNDS[Reason(one.ground)].label)
    facts = (
        (_("Dừng từ"), moment(one.since)),
        (_("Tính tiếp từ"), moment(one.ended_at)),
        (_("Xem lại"), "" if one.ended_at else moment(one.review_at)),
        (_("Căn cứ"), one.basis),
        (_("Thông báo"), one.paper),
        (_("Kết thúc bằng"), one.proof),
    )
    return TurnLine(label, "ok" if one.ended_at else "wait", facts)


def _say_change(one: PromiseChange) -> TurnLine:
    title = _("Gia hạn") if one.change == Change.EXTEND else _("Xin lỗi, hẹn lại")
    timing = {Timing.LAST_MOMENT: _("muộn hơn luật định"), Timing.TOO_LATE: _("sau ngày hẹn")}
    facts = (
        (_("Lúc"), moment(one.at)),
        (_("Từ"), moment(one.old_due_at)),
        (_("Đến"), moment(one.new_due_at)),
        (_("Nguyên nhân"), _(CAUSES[one.cause]) if one.cause else ""),
        (_("Lý do"), one.reason),
        (_("Căn cứ"), one.basis),
        (_("Giải trình"), one.explanation),
        (_("Người ký"), ", ".join(w for w in (one.signer_name, one.signer_title) if w)),
        (_("Thời điểm"), timing.get(Timing(one.timing), "") if one.change == Change.APOLOGISE else ""),
    )
    return TurnLine(title, "ok", facts)


def measure_index(requests: Sequence[SupplementRequest], most_times: int, until: datetime) -> IndexClock:
    """What the national index sees of the rounds up to a moment."""
    rounds = [as_round(one) for one in requests]
    times = sum(one.stage is rules.Stage.DURING_HANDLING for one in rounds)
    return IndexClock(
        rules.measure_index_wait(rounds, until), times, rules.counts_as_late_in_index(rounds, most_times)
    )
