"""What happened to a dossier, in sentences; and whether its row says the same."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from motcua.core.marking import _ as _mark
from motcua.core.reading import read_rows
from motcua.core.refusal import Refused
from motcua.core.wording import gettext as _
from motcua.core.writing import moment
from motcua.dossiers.models import Dossier, Event, Note
from motcua.dossiers.rules.clock import Happening, Standing, replay
from motcua.dossiers.rules.states import MEANINGS, Act, State
from motcua.organisations.rules import POST_LABELS, Post

PHRASES: dict[Act, str] = {
    Act.RECEIVE: _mark("tiếp nhận hồ sơ"),
    Act.REFUSE_INTAKE: _mark("từ chối tiếp nhận"),
    Act.START: _mark("bắt đầu giải quyết"),
    Act.SETTLE_ON_SPOT: _mark("giải quyết tại chỗ, %(outcome)s, cấp số kết quả %(number)s"),
    Act.TAKE: _mark("nhận việc"),
    Act.HAND_OVER: _mark("hoàn thành “%(step)s” và chuyển tới: %(opened)s"),
    Act.ASK_OPINION: _mark("xin ý kiến đơn vị khác"),
    Act.ANSWER_OPINION: _mark("trả lời ý kiến"),
    Act.LAPSE_OPINION: _mark("coi im lặng là đồng ý vì đã quá hạn trả lời"),
    Act.PROPOSE: _mark("trình %(outcome)s, chuyển tới: %(opened)s"),
    Act.RETURN_FOR_REDO: _mark("trả lại để làm lại: %(opened)s"),
    Act.DECIDE: _mark("quyết định %(outcome)s"),
    Act.SIGN_RESULT: _mark("cấp số kết quả %(number)s"),
    Act.VOID_NUMBER: _mark("hủy số kết quả %(number)s"),
    Act.RETURN_RESULT: _mark("trả kết quả"),
    Act.WITHDRAW: _mark("ghi nhận người nộp rút hồ sơ"),
    Act.STOP: _mark("dừng giải quyết hồ sơ"),
    Act.REQUEST_SUPPLEMENT: _mark("yêu cầu bổ sung hồ sơ lần %(round)s, trả lời trước %(answer_by)s"),
    Act.ACCEPT_SUPPLEMENT: _mark("nhận đủ bổ sung, thời hạn tính lại từ đầu%(until)s"),
    Act.CLOSE_UNANSWERED: _mark("đóng hồ sơ vì quá hạn mà không bổ sung"),
    Act.REQUEST_PAYMENT: _mark("dừng tính thời hạn, chờ người nộp hoàn thành nghĩa vụ tài chính"),
    Act.CONFIRM_PAYMENT: _mark("ghi nhận đã xong nghĩa vụ tài chính, tính tiếp thời hạn%(until)s"),
    Act.SUSPEND: _mark("tạm dừng tính thời hạn theo luật chuyên ngành"),
    Act.RESUME: _mark("tiếp tục giải quyết, tính tiếp thời hạn%(until)s"),
    Act.EXTEND: _mark("gia hạn từ %(old)s đến %(new)s"),
    Act.APOLOGISE: _mark("xin lỗi và hẹn lại từ %(old)s đến %(new)s"),
    Act.REOPEN: _mark("mở lại hồ sơ, thời hạn tính lại từ đầu%(until)s"),
    Act.CONSIGN: _mark("%(stage)s theo bảng kê %(number)s"),
    Act.TRANSFER: _mark("chuyển xử lý từ hồ sơ %(from_code)s theo phiếu %(slip)s"),
    Act.TAKE_OVER: _mark("nhận chuyển xử lý theo phiếu %(slip)s; bên giao %(judged)s"),
    Act.SEND_BACK: _mark("trả lại phiếu chuyển xử lý %(slip)s"),
    Act.RESEND: _mark("sửa và chuyển lại phiếu %(slip)s"),
    Act.RELOCATE: _mark("chuyển hồ sơ từ %(from_unit)s sang %(to_unit)s (%(reason)s)"),
    Act.REASSIGN: _mark("chuyển “%(step)s” cho người khác (%(reason)s)"),
    Act.RECOUNT: _mark("tính lại ngày hẹn từ %(old)s thành %(new)s do lịch làm việc thay đổi (%(reason)s)"),
}
OUTCOME_WORDS = {"approved": _mark("đồng ý giải quyết"), "refused": _mark("từ chối giải quyết")}


JUDGED = {"early": _mark("trước hạn"), "on_time": _mark("đúng hạn"), "late": _mark("quá hạn")}
STAGES = {
    "handed": _mark("giao bưu chính"),
    "received": _mark("ký nhận qua bưu chính"),
    "missing": _mark("báo thiếu khi nhận qua bưu chính"),
    "lost": _mark("ghi nhận mất khi giao nhận qua bưu chính"),
    "delivered": _mark("bưu chính đã phát"),
    "returned": _mark("bưu chính không phát được, chuyển lại"),
}
REASONS = {
    "away": _mark("người được giao vắng mặt"),
    "gone": _mark("người được giao không còn làm việc ở đơn vị"),
    "desk": _mark("bàn giao việc"),
}


@dataclass(frozen=True, slots=True)
class HistoryLine:
    """One event as a person reads it."""

    at: datetime
    act: str
    sentence: str
    note: str
    basis: str
    state_label: str
    revision: int


def find_events(dossier: Dossier) -> list[Event]:
    """The dossier's events in their order; months before it was received are not looked at."""
    return read_rows(
        Event,
        "dossier_id = %s AND at >= (SELECT %s::timestamptz) ORDER BY revision",
        [dossier.pk, dossier.received_at],
    )


def get_history(dossier: Dossier, events: Sequence[Event] | None = None) -> list[HistoryLine]:
    """What happened, newest last: two statements, one when the events are at hand."""
    notes: dict[int, list[Note]] = {}
    for note in read_rows(Note, "dossier_id = %s ORDER BY id", [dossier.pk]):
        notes.setdefault(note.revision, []).append(note)
    told = find_events(dossier) if events is None else events
    return [_make_line(event, notes.get(event.revision, [])) for event in told]


_POSTS = frozenset(Post)


def _make_line(event: Event, notes: list[Note]) -> HistoryLine:
    post = _(POST_LABELS[Post(event.post)]) if event.post in _POSTS else event.post
    who = _("%(person)s (%(post)s, %(unit)s)") % {
        "person": event.person_name,
        "post": post,
        "unit": event.unit_name,
    }
    return HistoryLine(
        at=event.at,
        act=event.act,
        sentence=f"{who} {_phrase(event)}.",
        note="\n".join(note.text for note in notes),
        basis="; ".join(note.basis for note in notes if note.basis),
        state_label=_(MEANINGS[State(event.to_state)].label),
        revision=event.revision,
    )


def _phrase(event: Event) -> str:
    opened = "; ".join(str(row["name"]) for row in event.data.get("opened", ()))
    facts = {
        "step": event.data.get("step", ""),
        "opened": opened or _("chờ các nhánh còn lại"),
        "outcome": _(OUTCOME_WORDS.get(event.data.get("outcome", ""), ""))
        if event.data.get("outcome")
        else "",
        "number": event.data.get("number", ""),
        "old": _day_told(event, "old_due_at"),
        "new": _day_told(event, "new_due_at"),
        "round": event.data.get("round", ""),
        "answer_by": _day_told(event, "answer_by"),
        "until": _(", hẹn trả %(day)s") % {"day": _day_told(event, "new_due_at")}
        if event.data.get("new_due_at")
        else "",
        "reason": _(REASONS.get(str(event.data.get("reason", "")), "")) or event.data.get("reason", ""),
        "slip": event.data.get("slip", ""),
        "from_code": event.data.get("from_code", ""),
        "judged": _(JUDGED.get(str(event.data.get("judged", "")), "")),
        "stage": _(STAGES.get(str(event.data.get("stage", "")), "")),
        "from_unit": event.data.get("from_name", ""),
        "to_unit": event.data.get("to_name", ""),
    }
    return _(PHRASES[Act(event.act)]) % facts


def _day_told(event: Event, name: str) -> str:
    told = event.data.get(name)
    return moment(datetime.fromisoformat(told)) if told else ""


def make_happenings(events: Iterable[Event]) -> list[Happening]:
    """Events as the rules read them."""
    return [Happening(Act(event.act), event.at, event.data) for event in events]


def recompute_state(dossier: Dossier) -> Standing:
    """State, outcome and ends as the events alone tell them.

    :raises Refused: the events contradict the table of moves.
    """
    return replay(make_happenings(find_events(dossier)))


def find_difference(dossier: Dossier) -> str:
    """How the row differs from its events, in a few words for the operator; empty when it does not."""
    try:
        told = recompute_state(dossier)
    except Refused as broken:
        return broken.code
    kept = Standing(State(dossier.state), dossier.outcome, dossier.finished_at, dossier.returned_at)
    names = ("state", "outcome", "finished_at", "returned_at")
    return "; ".join(name for name in names if getattr(told, name) != getattr(kept, name))
