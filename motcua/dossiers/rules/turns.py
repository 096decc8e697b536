"""The turns a dossier can take, drawn: from where, to where, by whom, what the clock does, who is told, by which article."""

from dataclasses import dataclass
from enum import StrEnum

from motcua.dossiers.rules.states import ALIVE, Needs, State
from motcua.dossiers.rules.words import _
from motcua.organisations.rules import Post
from motcua.worktime.rules import ClockEventKind


class Turn(StrEnum):
    """An act beside the straight road."""

    RETURN_FOR_FIX = "return_for_fix"
    RESUBMIT = "resubmit"
    REQUEST_SUPPLEMENT = "request_supplement"
    ACCEPT_SUPPLEMENT = "accept_supplement"
    CLOSE_UNANSWERED = "close_unanswered"
    REQUEST_PAYMENT = "request_payment"
    CONFIRM_PAYMENT = "confirm_payment"
    SUSPEND = "suspend"
    RESUME = "resume"
    EXTEND = "extend"
    APOLOGISE = "apologise"
    REOPEN = "reopen"


@dataclass(frozen=True, slots=True)
class Row:
    """One row of the table; `target` None leaves the state as it is, no posts means a job of the house."""

    label: str
    sources: frozenset[State]
    target: State | None
    needs: Needs
    posts: frozenset[Post]
    clock: ClockEventKind | None
    notice: str
    basis: str


S, T, N, K, P = State, Turn, Needs, ClockEventKind, Post
COUNTER = frozenset({P.INTAKE_OFFICER, P.ONE_STOP_HEAD})
HANDLERS = frozenset({P.CASE_OFFICER, P.SECTION_HEAD})
HEADS = frozenset({P.APPROVER, P.UNIT_HEAD})
NOBODY: frozenset[Post] = frozenset()

# fmt: off
TURNS: dict[Turn, Row] = {
    # turn                    label                              from                                to                     needs        by whom            clock      told                             article
    T.RETURN_FOR_FIX:     Row(_("Trả lại để hoàn thiện"),      frozenset({S.SUBMITTED}),            S.RETURNED_FOR_FIX,    N.UNDECIDED, COUNTER,           None,      "dossiers/returned_for_fix",     "Nghị định 61/2018/NĐ-CP điều 17.1a, 17.2"),
    T.RESUBMIT:           Row(_("Nộp lại"),                    frozenset({S.RETURNED_FOR_FIX}),     S.SUBMITTED,           N.UNDECIDED, NOBODY,            None,      "",                              "Nghị định 297/2025/NĐ-CP"),
    T.REQUEST_SUPPLEMENT: Row(_("Yêu cầu bổ sung"),            frozenset({S.PROCESSING}),           S.AWAITING_SUPPLEMENT, N.UNDECIDED, HANDLERS | HEADS,  K.PAUSE,   "dossiers/supplement_requested", "Nghị định 61/2018/NĐ-CP điều 11.2c, 19.4"),
    T.ACCEPT_SUPPLEMENT:  Row(_("Nhận bổ sung"),               frozenset({S.AWAITING_SUPPLEMENT}),  S.PROCESSING,          N.UNDECIDED, COUNTER,           K.RESTART, "dossiers/supplement_accepted",  "Nghị định 61/2018/NĐ-CP điều 19.4"),
    T.CLOSE_UNANSWERED:   Row(_("Đóng vì không bổ sung"),      frozenset({S.RETURNED_FOR_FIX, S.AWAITING_SUPPLEMENT}), S.STOPPED, N.UNDECIDED, COUNTER,    None,      "dossiers/stopped",              "Nghị định 297/2025/NĐ-CP: 15 ngày làm việc"),
    T.REQUEST_PAYMENT:    Row(_("Chờ nghĩa vụ tài chính"),     frozenset({S.PROCESSING}),           S.AWAITING_PAYMENT,    N.UNDECIDED, HANDLERS | HEADS,  K.PAUSE,   "dossiers/payment_requested",    "Hồ sơ đất đai, hẹn hai lần"),
    T.CONFIRM_PAYMENT:    Row(_("Đã xong nghĩa vụ tài chính"), frozenset({S.AWAITING_PAYMENT}),     S.PROCESSING,          N.UNDECIDED, COUNTER | HANDLERS, K.RESUME, "dossiers/resumed",              "Hồ sơ đất đai, hẹn hai lần"),
    T.SUSPEND:            Row(_("Tạm dừng"),                   frozenset({S.PROCESSING}),           S.SUSPENDED,           N.UNDECIDED, HEADS,             K.PAUSE,   "dossiers/suspended",            "Luật chuyên ngành"),
    T.RESUME:             Row(_("Tiếp tục giải quyết"),        frozenset({S.SUSPENDED}),            S.PROCESSING,          N.UNDECIDED, HANDLERS | HEADS,  K.RESUME,  "dossiers/resumed",              "Luật chuyên ngành"),
    T.EXTEND:             Row(_("Gia hạn"),                    frozenset({S.RECEIVED, S.PROCESSING}), None,                N.NOTHING,   HEADS,             K.EXTEND,  "dossiers/extended",             "Nghị định 61/2018/NĐ-CP điều 19.9; luật chuyên ngành"),
    T.APOLOGISE:          Row(_("Xin lỗi, hẹn lại"),           frozenset({S.RECEIVED, S.PROCESSING}), None,                N.NOTHING,   HEADS,             K.EXTEND,  "dossiers/apologised",           "Nghị định 61/2018/NĐ-CP điều 19.9"),
    T.REOPEN:             Row(_("Mở lại"),                     frozenset({S.RESULT_READY, S.RETURNED, S.STOPPED, S.WITHDRAWN}), S.PROCESSING, N.NOTHING, HEADS, None, "dossiers/reopened",            "Quyết định của người có thẩm quyền"),
}
# fmt: on


def get_turns(state: State, *, is_decided: bool = False) -> tuple[Turn, ...]:
    """The turns the law allows in a state, in the order of the table."""
    return tuple(
        turn
        for turn, row in TURNS.items()
        if state in row.sources and (row.needs is N.NOTHING or (row.needs is N.DECIDED) == is_decided)
    )


def find_waiting_states() -> frozenset[State]:
    """The running states in which the clock stands still: a turn leads in, and another leads out."""
    return frozenset(row.target for row in TURNS.values() if row.clock is K.PAUSE and row.target in ALIVE)
