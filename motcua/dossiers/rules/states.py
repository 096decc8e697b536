"""The life of a dossier as two drawn tables: what each state means, and which act leads where."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from motcua.core.marking import _
from motcua.core.refusal import Refused
from motcua.worktime.rules import ClockEventKind


class State(StrEnum):
    """Where a dossier stands before the law; late, due soon and stalled are computed, never stored."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    RETURNED_FOR_FIX = "returned_for_fix"
    RECEIVED = "received"
    PROCESSING = "processing"
    AWAITING_SUPPLEMENT = "awaiting_supplement"
    AWAITING_PAYMENT = "awaiting_payment"
    SUSPENDED = "suspended"
    RESULT_READY = "result_ready"
    RETURNED = "returned"
    NOT_ACCEPTED = "not_accepted"
    WITHDRAWN = "withdrawn"
    STOPPED = "stopped"


class Clock(StrEnum):
    """What a state does to the time limit."""

    NOT_STARTED = "not_started"
    RUNS = "runs"
    PAUSED = "paused"
    ENDED = "ended"


class Act(StrEnum):
    """What people do to a dossier; each act is a function of `actions`."""

    RECEIVE = "receive"
    REFUSE_INTAKE = "refuse_intake"
    START = "start"
    SETTLE_ON_SPOT = "settle_on_spot"
    TAKE = "take"
    HAND_OVER = "hand_over"
    ASK_OPINION = "ask_opinion"
    ANSWER_OPINION = "answer_opinion"
    LAPSE_OPINION = "lapse_opinion"
    PROPOSE = "propose"
    RETURN_FOR_REDO = "return_for_redo"
    DECIDE = "decide"
    SIGN_RESULT = "sign_result"
    VOID_NUMBER = "void_number"
    RETURN_RESULT = "return_result"
    WITHDRAW = "withdraw"
    STOP = "stop"
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
    RECOUNT = "recount"
    REASSIGN = "reassign"
    RELOCATE = "relocate"
    CONSIGN = "consign"
    TRANSFER = "transfer"
    TAKE_OVER = "take_over"
    SEND_BACK = "send_back"
    RESEND = "resend"


class Needs(StrEnum):
    """A condition beside the state: whether the competent person has decided."""

    NOTHING = ""
    UNDECIDED = "undecided"
    DECIDED = "decided"


@dataclass(frozen=True, slots=True)
class Meaning:
    """One row of the table of states."""

    label: str
    national_code: int
    clock: Clock
    tone: str
    explanation: str


@dataclass(frozen=True, slots=True)
class Move:
    """One row of the table of moves; `target` None means the state stays as it is.

    `clock` is what the act does to the time limit, `basis` the article a turn rests on.
    """

    label: str
    sources: frozenset[State]
    target: State | None
    needs: Needs = Needs.NOTHING
    clock: ClockEventKind | None = None
    basis: str = ""


S, A, C, N, K = State, Act, Clock, Needs, ClockEventKind

# The national code is the status shown on the National Public Service Portal; returned_for_fix and suspended
# have no code of their own and go to the nearest one.
# fmt: off
MEANINGS: dict[State, Meaning] = {
    # state                          label                        code  clock          tone        what it means
    S.DRAFT:               Meaning(_("Bản nháp"),                    1, C.NOT_STARTED, "plain",    _("Đang được soạn, chưa nộp.")),
    S.SUBMITTED:           Meaning(_("Mới nộp"),                     1, C.NOT_STARTED, "info",     _("Đã nộp, chờ bộ phận một cửa kiểm tra.")),
    S.RETURNED_FOR_FIX:    Meaning(_("Chờ hoàn thiện để nộp lại"),   5, C.NOT_STARTED, "wait",     _("Chưa được tiếp nhận; người nộp đang hoàn thiện theo hướng dẫn.")),
    S.RECEIVED:            Meaning(_("Đã tiếp nhận"),                2, C.RUNS,        "info",     _("Đã có mã hồ sơ và ngày hẹn trả; đang chuyển tới cơ quan giải quyết.")),
    S.PROCESSING:          Meaning(_("Đang giải quyết"),             4, C.RUNS,        "brand",    _("Cơ quan có thẩm quyền đang thẩm định, trình, quyết định.")),
    S.AWAITING_SUPPLEMENT: Meaning(_("Chờ bổ sung"),                 5, C.PAUSED,      "wait",     _("Đang chờ người nộp bổ sung giấy tờ.")),
    S.AWAITING_PAYMENT:    Meaning(_("Chờ nghĩa vụ tài chính"),      6, C.PAUSED,      "wait",     _("Đang chờ người nộp hoàn thành nghĩa vụ tài chính.")),
    S.SUSPENDED:           Meaning(_("Tạm dừng"),                    4, C.PAUSED,      "wait",     _("Việc giải quyết tạm dừng theo căn cứ pháp luật.")),
    S.RESULT_READY:        Meaning(_("Đã có kết quả"),               9, C.ENDED,       "ok",       _("Đã giải quyết xong; kết quả chờ trả cho người nộp.")),
    S.RETURNED:            Meaning(_("Đã trả kết quả"),             10, C.ENDED,       "plain",    _("Người nộp đã nhận kết quả.")),
    S.NOT_ACCEPTED:        Meaning(_("Từ chối tiếp nhận"),           3, C.ENDED,       "late",     _("Không được tiếp nhận, có nêu lý do.")),
    S.WITHDRAWN:           Meaning(_("Đã rút"),                      7, C.ENDED,       "plain",    _("Người nộp đã rút hồ sơ.")),
    S.STOPPED:             Meaning(_("Dừng giải quyết"),             8, C.ENDED,       "plain",    _("Việc giải quyết đã dừng, có thông báo.")),
}

ALIVE = frozenset({S.RECEIVED, S.PROCESSING, S.AWAITING_SUPPLEMENT, S.AWAITING_PAYMENT, S.SUSPENDED})
BEFORE = frozenset({S.DRAFT, S.SUBMITTED, S.RETURNED_FOR_FIX})
WORK = frozenset({S.RECEIVED, S.PROCESSING, S.RESULT_READY})
HANDLED = frozenset({S.RECEIVED, S.PROCESSING})
CLOSED = frozenset({S.RESULT_READY, S.RETURNED, S.STOPPED, S.WITHDRAWN})

MOVES: dict[Act, Move] = {
    # act                       label                              from                         to             needs
    A.RECEIVE:         Move(_("Tiếp nhận"),                frozenset({S.DRAFT, S.SUBMITTED}), S.RECEIVED),
    A.REFUSE_INTAKE:   Move(_("Từ chối tiếp nhận"),        frozenset({S.DRAFT, S.SUBMITTED}), S.NOT_ACCEPTED),
    A.START:           Move(_("Bắt đầu giải quyết"),       frozenset({S.RECEIVED}),           S.PROCESSING),
    A.SETTLE_ON_SPOT:  Move(_("Giải quyết tại chỗ"),       frozenset({S.RECEIVED}),           S.RESULT_READY, N.UNDECIDED, None, "Nghị định 61/2018/NĐ-CP điều 17.4, 17.5"),
    A.TAKE:            Move(_("Nhận việc"),                WORK,                              None),
    A.HAND_OVER:       Move(_("Chuyển bước tiếp theo"),    WORK,                              None),
    A.ASK_OPINION:     Move(_("Xin ý kiến"),               frozenset({S.PROCESSING}),         None,           N.UNDECIDED),
    A.ANSWER_OPINION:  Move(_("Trả lời ý kiến"),           frozenset({S.RECEIVED, S.PROCESSING}), None,       N.UNDECIDED),
    A.LAPSE_OPINION:   Move(_("Quá hạn trả lời là đồng ý"), ALIVE,                            None,           N.UNDECIDED),
    A.PROPOSE:         Move(_("Trình"),                    frozenset({S.PROCESSING}),         None,           N.UNDECIDED),
    A.RETURN_FOR_REDO: Move(_("Trả lại để làm lại"),       frozenset({S.PROCESSING}),         None,           N.UNDECIDED),
    A.DECIDE:          Move(_("Quyết định"),               frozenset({S.PROCESSING}),         None,           N.UNDECIDED),
    A.SIGN_RESULT:     Move(_("Ký, cấp số kết quả"),       frozenset({S.PROCESSING}),         S.RESULT_READY, N.DECIDED),
    A.VOID_NUMBER:     Move(_("Hủy số kết quả"),           frozenset({S.RESULT_READY}),       S.PROCESSING,   N.DECIDED),
    A.RETURN_RESULT:   Move(_("Trả kết quả"),              frozenset({S.RESULT_READY}),       S.RETURNED,     N.DECIDED),
    A.WITHDRAW:        Move(_("Rút hồ sơ"),                ALIVE | BEFORE,                    S.WITHDRAWN,    N.UNDECIDED),
    A.STOP:            Move(_("Dừng giải quyết"),          ALIVE,                             S.STOPPED,      N.UNDECIDED),
    A.RECOUNT:         Move(_("Tính lại ngày hẹn"),        ALIVE,                             None),
    A.CONSIGN:         Move(_("Giao nhận qua bưu chính"),  ALIVE | {S.RESULT_READY},          None),
    A.TRANSFER:        Move(_("Chuyển xử lý"),             frozenset({S.SUBMITTED}),          S.RECEIVED,     N.NOTHING,   None, "Nghị định 61/2018/NĐ-CP điều 19.6, 19.7"),
    A.TAKE_OVER:       Move(_("Nhận chuyển xử lý"),        frozenset({S.RECEIVED}),           None,           N.UNDECIDED, None, "Nghị định 61/2018/NĐ-CP điều 19.6"),
    A.SEND_BACK:       Move(_("Trả lại phiếu chuyển"),     frozenset({S.RECEIVED}),           None,           N.UNDECIDED, None, "Nghị định 61/2018/NĐ-CP điều 19.6"),
    A.RESEND:          Move(_("Chuyển lại phiếu"),         frozenset({S.RECEIVED}),           None,           N.UNDECIDED, None, "Nghị định 61/2018/NĐ-CP điều 19.6"),
    A.RELOCATE:        Move(_("Chuyển đơn vị do sắp xếp tổ chức"), ALIVE | {S.RESULT_READY},  None),
    A.REASSIGN:        Move(_("Chuyển người xử lý"),       ALIVE | {S.RESULT_READY},          None),
    # turns                       label                               from                                 to                     needs        clock      article
    A.REQUEST_SUPPLEMENT: Move(_("Yêu cầu bổ sung"),            frozenset({S.PROCESSING}),           S.AWAITING_SUPPLEMENT, N.UNDECIDED, K.PAUSE,   "Nghị định 61/2018/NĐ-CP điều 11.2c, 19.4"),
    A.ACCEPT_SUPPLEMENT:  Move(_("Nhận bổ sung"),               frozenset({S.AWAITING_SUPPLEMENT}),  S.PROCESSING,          N.UNDECIDED, K.RESTART, "Nghị định 61/2018/NĐ-CP điều 19.4"),
    A.CLOSE_UNANSWERED:   Move(_("Đóng vì không bổ sung"),      frozenset({S.AWAITING_SUPPLEMENT}),  S.STOPPED,             N.UNDECIDED, None,      "Nghị định 297/2025/NĐ-CP: 15 ngày làm việc"),
    A.REQUEST_PAYMENT:    Move(_("Chờ nghĩa vụ tài chính"),     frozenset({S.PROCESSING}),           S.AWAITING_PAYMENT,    N.UNDECIDED, K.PAUSE,   "Hồ sơ đất đai, hẹn hai lần"),
    A.CONFIRM_PAYMENT:    Move(_("Đã xong nghĩa vụ tài chính"), frozenset({S.AWAITING_PAYMENT}),     S.PROCESSING,          N.UNDECIDED, K.RESUME,  "Hồ sơ đất đai, hẹn hai lần"),
    A.SUSPEND:            Move(_("Tạm dừng"),                   frozenset({S.PROCESSING}),           S.SUSPENDED,           N.UNDECIDED, K.PAUSE,   "Luật chuyên ngành"),
    A.RESUME:             Move(_("Tiếp tục giải quyết"),        frozenset({S.SUSPENDED}),            S.PROCESSING,          N.UNDECIDED, K.RESUME,  "Luật chuyên ngành"),
    A.EXTEND:             Move(_("Gia hạn"),                    HANDLED,                             None,                  N.NOTHING,   K.EXTEND,  "Nghị định 61/2018/NĐ-CP điều 19.9; luật chuyên ngành"),
    A.APOLOGISE:          Move(_("Xin lỗi, hẹn lại"),           HANDLED,                             None,                  N.NOTHING,   K.EXTEND,  "Nghị định 61/2018/NĐ-CP điều 19.9"),
    A.REOPEN:             Move(_("Mở lại"),                     CLOSED,                              S.PROCESSING,          N.NOTHING,   K.RESTART, "Quyết định của người có thẩm quyền"),
}
# fmt: on


def get_allowed(state: State, *, is_decided: bool = False) -> tuple[Act, ...]:
    """The acts the law allows in this state, in the order of the table; posts are another table."""
    return tuple(act for act, row in MOVES.items() if state in row.sources and _is_met(row.needs, is_decided))


def move(state: State, act: Act, *, is_decided: bool = False, say: Callable[[str], str] = str) -> State:
    """The guard every act passes: the state it leads to. `say` puts the words in the reader's language.

    :raises Refused: the act is not possible now; the refusal names what is.
    """
    row = MOVES[act]
    if state in row.sources and _is_met(row.needs, is_decided):
        return row.target or state
    possible = get_allowed(state, is_decided=is_decided)
    raise Refused("not_possible_now", why_not(state, act, say=say), possible=tuple(possible))


def why_not(state: State, act: Act, *, say: Callable[[str], str] = str) -> str:
    """The sentence of a refusal by this table."""
    row = MOVES[act]
    if state not in row.sources:
        sentence = say(_("Không thể “{act}” khi hồ sơ ở trạng thái “{state}”."))
    elif row.needs == Needs.DECIDED:
        sentence = say(_("Chưa thể “{act}”: hồ sơ chưa có quyết định của người có thẩm quyền."))
    else:
        sentence = say(_("Không thể “{act}”: hồ sơ đã có quyết định."))
    return sentence.format(act=say(row.label), state=say(MEANINGS[state].label))


def _is_met(needs: Needs, is_decided: bool) -> bool:
    return needs == Needs.NOTHING or (needs == Needs.DECIDED) == is_decided


def find_waiting_states() -> frozenset[State]:
    """The running states in which the clock stands still: a turn leads in, and another leads out."""
    targets = {row.target for row in MOVES.values() if row.clock is ClockEventKind.PAUSE}
    return frozenset(target for target in targets if target in ALIVE)
