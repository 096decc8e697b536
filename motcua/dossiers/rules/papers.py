"""Which printed forms tell the truth in which state: a slip says what has happened, never what might."""

from collections.abc import Callable, Collection
from dataclasses import dataclass

from motcua.core.marking import _
from motcua.core.refusal import Refused
from motcua.dossiers.rules.states import State

RECEIVED = frozenset(State) - {State.NOT_ACCEPTED, State.DRAFT, State.SUBMITTED, State.RETURNED_FOR_FIX}
ENDED = frozenset({State.RETURNED, State.STOPPED, State.WITHDRAWN})


@dataclass(frozen=True, slots=True)
class Paper:
    """One printed form: its short name on buttons, the states it tells of and the mark that follows its serial.

    `needs` is what must have happened besides; `tail` ends the number where the form is not the one-stop unit's.
    """

    label: str
    states: frozenset[State]
    mark: str
    needs: str = ""
    tail: str = "TTPVHCC"


SUPPLEMENT, APOLOGY, EXTENSION = "supplement", "apology", "extension"
SUSPENSION, RESUMPTION = "suspension", "resumption"

# Marks: Circulars 01/2018 and 03/2025, annex I.
PAPERS: dict[str, Paper] = {
    "receipt": Paper(_("Giấy tiếp nhận"), RECEIVED, ""),
    "control_slip": Paper(_("Phiếu kiểm soát"), RECEIVED, "PKS-"),
    # It says what is handed on at this moment: of what has ended nothing is.
    "handover_slip": Paper(_("Phiếu chuyển xử lý"), RECEIVED - ENDED, "PCXL-"),
    "supplement_slip": Paper(_("Phiếu yêu cầu bổ sung"), RECEIVED, "PBS-", SUPPLEMENT),
    "apology_slip": Paper(_("Phiếu xin lỗi, hẹn lại"), RECEIVED, "PXL", APOLOGY, ""),
    "extension_slip": Paper(_("Phiếu gia hạn"), RECEIVED, "PXL", EXTENSION, ""),
    # Letters of the agency that the circulars have no form for: marked apart from the notice that handling ends.
    "suspension_notice": Paper(_("Thông báo tạm dừng"), RECEIVED, "TBTD", SUSPENSION, ""),
    "resumption_notice": Paper(_("Thông báo tiếp tục giải quyết"), RECEIVED, "TBTT", RESUMPTION, ""),
    "refusal_slip": Paper(_("Phiếu từ chối"), frozenset({State.NOT_ACCEPTED}), "PTC-"),
    "stop_notice": Paper(_("Thông báo dừng"), frozenset({State.STOPPED, State.WITHDRAWN}), "TB-"),
}


def number_paper(name: str, code: str, no: int = 1) -> str:
    """The serial of the dossier with the mark of the form; from the second paper of a mark on, with its place among them.

    What was handed out once keeps its number, and no other paper of the dossier has it.
    """
    if (paper := PAPERS.get(name)) is None:
        return ""
    serial = code.rpartition("-")[2]
    return f"{serial}{f'-{no}' if no > 1 else ''}/{paper.mark}{paper.tail}"


def find_printable(state: State, happened: Collection[str] = ()) -> tuple[str, ...]:
    """The forms a dossier in this state may be printed on; `happened` are the turns it took."""
    return tuple(
        name
        for name, paper in PAPERS.items()
        if state in paper.states and (not paper.needs or paper.needs in happened)
    )


def require_printable(
    name: str, state: State, happened: Collection[str] = (), *, say: Callable[[str], str] = str
) -> Paper:
    """The form; :raises Refused: there is none of that name, or it would tell of what has not happened."""
    if (paper := PAPERS.get(name)) is None:
        raise Refused("not_found", say(_("Không có mẫu in này.")))
    printable = find_printable(state, happened)
    if name not in printable:
        message = say(_("Hồ sơ chưa tới lúc in giấy này."))
        raise Refused("not_printable", message, possible=printable)
    return paper
