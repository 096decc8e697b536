"""Which printed forms tell the truth in which state: a slip says what has happened, never what might."""

from collections.abc import Callable
from dataclasses import dataclass

from motcua.core.refusal import Refused
from motcua.dossiers.rules.states import State
from motcua.dossiers.rules.words import _

RECEIVED = frozenset(State) - {State.NOT_ACCEPTED, State.DRAFT, State.SUBMITTED, State.RETURNED_FOR_FIX}


@dataclass(frozen=True, slots=True)
class Paper:
    """One printed form: its short name on buttons, the states it tells of and the mark that follows its serial."""

    label: str
    states: frozenset[State]
    mark: str


# Marks: Circulars 01/2018 and 03/2025, annex I.
PAPERS: dict[str, Paper] = {
    "receipt": Paper(_("Giấy tiếp nhận"), RECEIVED, ""),
    "control_slip": Paper(_("Phiếu kiểm soát"), RECEIVED, "PKS-"),
    "handover_slip": Paper(_("Phiếu chuyển xử lý"), RECEIVED, "PCXL-"),
    "refusal_slip": Paper(_("Phiếu từ chối"), frozenset({State.NOT_ACCEPTED}), "PTC-"),
    "stop_notice": Paper(_("Thông báo dừng"), frozenset({State.STOPPED, State.WITHDRAWN}), "TB-"),
}


def find_printable(state: State) -> tuple[str, ...]:
    """The forms a dossier in this state may be printed on."""
    return tuple(name for name, paper in PAPERS.items() if state in paper.states)


def require_printable(name: str, state: State, *, say: Callable[[str], str] = str) -> Paper:
    """The form; :raises Refused: there is none of that name, or it would tell of what has not happened."""
    if (paper := PAPERS.get(name)) is None:
        raise Refused("not_found", say(_("Không có mẫu in này.")))
    if state not in paper.states:
        message = say(_("Hồ sơ chưa tới lúc in giấy này."))
        raise Refused("not_printable", message, possible=find_printable(state))
    return paper
