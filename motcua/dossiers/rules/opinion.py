"""Lấy ý kiến: what silence means when the day has passed (Decree 61 art. 19.5; the law of the sector)."""

from collections.abc import Callable
from enum import StrEnum

from motcua.core.marking import _
from motcua.core.refusal import Refused

Say = Callable[[str], str]


class Silence(StrEnum):
    """What no answer by the day means."""

    WAITS = "waits"
    AGREES = "agrees"


# By the general decree the lead tells the one-stop unit and goes on waiting; only a law of the sector makes it a yes.
SILENCE: dict[Silence, str] = {
    Silence.WAITS: _("Chưa trả lời là chưa có ý kiến: báo người đứng đầu Bộ phận Một cửa, tiếp tục đôn đốc"),
    Silence.AGREES: _("Không trả lời là đồng ý, theo luật chuyên ngành"),
}


def require_silence(silence: str, basis: str, say: Say = str) -> Silence:
    """What silence means; :raises Refused: unknown, or taken for a yes without the article that says so."""
    if silence not in set(Silence):
        raise Refused("unknown_choice", say(_("Lựa chọn không có trong danh sách.")), field="silence")
    if silence == Silence.AGREES and not basis.strip():
        sentence = say(_("Nêu điều luật coi im lặng là đồng ý."))
        raise Refused(
            "basis_needed", sentence, field="silence_basis", basis="Nghị định 61/2018/NĐ-CP điều 19.5"
        )
    return Silence(silence)
