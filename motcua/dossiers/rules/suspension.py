"""Tạm dừng: the clock stands still only for a reason on this list, each with its article, its proof and its end."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from motcua.core.marking import _
from motcua.core.refusal import Refused
from motcua.dossiers.rules.states import State

Say = Callable[[str], str]


class Reason(StrEnum):
    """Why handling may stand still."""

    FINANCIAL_OBLIGATION = "financial_obligation"
    OPINION = "opinion"


@dataclass(frozen=True, slots=True)
class Ground:
    """One row of the list."""

    label: str
    state: State
    needs_basis: bool
    """The article of the sector's law that stops the clock must be named: the general decree does not."""
    ended_by: str
    """The act that ends it."""
    basis: str


# Not on the list, and never a reason: a slow colleague, a system that is down, a consulted body that is late
# (Decree 61 art. 19.5 has the lead report it instead), a hand-over between agencies.
# fmt: off
S = State
GROUNDS: dict[Reason, Ground] = {
    # reason                        words                                                  state               basis  ended by           article
    Reason.FINANCIAL_OBLIGATION: Ground(_("Chờ người nộp thực hiện nghĩa vụ tài chính"), S.AWAITING_PAYMENT, False, "confirm_payment",
                                        "Hồ sơ đất đai: hẹn lần hai tính từ khi hoàn thành nghĩa vụ tài chính"),
    Reason.OPINION:              Ground(_("Chờ ý kiến cơ quan khác mà luật chuyên ngành cho dừng tính thời hạn"), S.SUSPENDED, True, "resume",
                                        "Luật chuyên ngành phải nêu rõ; Nghị định 61/2018/NĐ-CP điều 19.5 không dừng thời hạn"),
}
# fmt: on


@dataclass(frozen=True, slots=True)
class Suspension:
    """A stand-still as it was ordered; `review_at` is when somebody looks whether it still holds."""

    reason: Reason
    since: datetime
    review_at: datetime
    basis: str = ""
    until: datetime | None = None


def require_suspension(
    reason: str, *, basis: str, review_at: datetime, at: datetime, say: Say = str
) -> Ground:
    """The ground of a stand-still, when there is one.

    :raises Refused: the reason is not on the list, its article is not named, or nobody will look at it again.
    """
    if reason not in {one.value for one in Reason}:
        listed = "; ".join(say(ground.label) for ground in GROUNDS.values())
        sentence = say(_("Chỉ tạm dừng vì một trong các lý do: {reasons}."))
        raise Refused("not_a_ground", sentence.format(reasons=listed), field="reason")
    ground = GROUNDS[Reason(reason)]
    if ground.needs_basis and not basis.strip():
        sentence = say(_("Nêu điều luật cho dừng tính thời hạn."))
        raise Refused("basis_needed", sentence, field="basis", basis=ground.basis)
    if review_at <= at:
        raise Refused("bad_day", say(_("Ngày xem lại phải sau lúc tạm dừng.")), field="review_at")
    return ground
