"""The life of a report as one drawn table (Circular 01/2020/TT-VPCP: aggregated, approved, sent, accepted or returned)."""

from dataclasses import dataclass
from enum import StrEnum

from motcua.core.marking import _
from motcua.core.refusal import Refused


class State(StrEnum):
    """Where a report stands."""

    DRAFT = "draft"
    SIGNED = "signed"
    SENT = "sent"
    ACCEPTED = "accepted"
    RETURNED = "returned"
    LOCKED = "locked"
    AMENDED = "amended"


class Act(StrEnum):
    """What people do to a report."""

    GENERATE = "generate"
    ADJUST = "adjust"
    SIGN = "sign"
    SEND = "send"
    ACCEPT = "accept"
    RETURN = "return"
    LOCK = "lock"
    AMEND = "amend"
    RECORD = "record"


@dataclass(frozen=True, slots=True)
class Move:
    """One row of the table."""

    label: str
    sources: frozenset[State]
    target: State


S, A = State, Act
LABELS = {
    S.DRAFT: _("Đang lập"),
    S.SIGNED: _("Đã ký"),
    S.SENT: _("Đã gửi"),
    S.ACCEPTED: _("Đã nhận"),
    S.RETURNED: _("Bị trả lại"),
    S.LOCKED: _("Đã khóa"),
    S.AMENDED: _("Đã thay bằng bản sau"),
}
TONES = {
    S.DRAFT: "plain", S.SIGNED: "brand", S.SENT: "info", S.ACCEPTED: "ok", S.RETURNED: "late", S.LOCKED: "ok",
    S.AMENDED: "plain",
}  # fmt: skip
OPEN = frozenset({S.DRAFT, S.RETURNED})
# fmt: off
MOVES: dict[Act, Move] = {
    # act            label                      from                                to
    A.GENERATE: Move(_("Lấy lại số liệu"),      OPEN,                               S.DRAFT),
    A.ADJUST:   Move(_("Điều chỉnh"),           OPEN,                               S.DRAFT),
    A.SIGN:     Move(_("Ký"),                   OPEN,                               S.SIGNED),
    A.SEND:     Move(_("Gửi cấp trên"),         frozenset({S.SIGNED}),              S.SENT),
    A.ACCEPT:   Move(_("Nhận báo cáo"),         frozenset({S.SENT}),                S.ACCEPTED),
    A.RETURN:   Move(_("Trả lại"),              frozenset({S.SENT, S.ACCEPTED}),    S.RETURNED),
    A.LOCK:     Move(_("Khóa"),                 frozenset({S.SENT, S.ACCEPTED}),    S.LOCKED),
    A.RECORD:   Move(_("Ghi nhận bản giấy"),    OPEN,                               S.ACCEPTED),
    A.AMEND:    Move(_("Lập bản thay thế"),     frozenset({S.ACCEPTED, S.LOCKED}),  S.AMENDED),
}
# fmt: on


def move(state: State, act: Act, say: object = str) -> State:
    """The state an act leads to. :raises Refused: the act is not possible now; the refusal names what is."""
    row = MOVES[act]
    if state in row.sources:
        return row.target
    told = say if callable(say) else str
    sentence = told(_("Không thể “{act}” khi báo cáo ở trạng thái “{state}”."))
    message = sentence.format(act=told(row.label), state=told(LABELS[state]))
    raise Refused("not_possible_now", message, possible=get_allowed(state))


def get_allowed(state: State) -> tuple[Act, ...]:
    """What may be done to a report in this state."""
    return tuple(act for act, row in MOVES.items() if state in row.sources)
