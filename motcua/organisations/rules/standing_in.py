"""Who stands in for whom: absences, and the forms of signing for another."""

from collections.abc import Mapping
from enum import StrEnum

from motcua.core.marking import _
from motcua.organisations.rules.actor import Post


class SigningForm(StrEnum):
    """How a person signs for another (Decree 30/2020/NĐ-CP art. 13)."""

    KT = "KT."
    TL = "TL."
    TUQ = "TUQ."


SIGNING_LABELS: Mapping[SigningForm, str] = {
    SigningForm.KT: _("Ký thay (cấp phó ký thay người đứng đầu)"),
    SigningForm.TL: _("Thừa lệnh"),
    SigningForm.TUQ: _("Thừa ủy quyền (có văn bản ủy quyền)"),
}


ABSENCE_REASONS: Mapping[str, str] = {
    "leave": _("Nghỉ phép"),
    "sick": _("Nghỉ ốm, thai sản"),
    "travel": _("Đi công tác"),
    "training": _("Đi học, bồi dưỡng"),
    "suspended": _("Tạm đình chỉ công tác"),
    "other": _("Lý do khác"),
}


# A head records the absence of the people of the unit; whom they choose must hold the same post there already.
HEADS = frozenset({Post.ONE_STOP_HEAD, Post.SECTION_HEAD, Post.UNIT_HEAD, Post.APPROVER})


def write_signing_title(form: str, principal: str, signer: str) -> str:
    """The title above a signature: `KT. CHỦ TỊCH` over `PHÓ CHỦ TỊCH`; one's own title where nobody is signed for."""
    return f"{form} {principal.upper()}\n{signer.upper()}" if form else signer.upper()
