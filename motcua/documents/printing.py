"""Printed forms: data in, PDF/A out. Each form is a typst file named by the first day it holds."""

import json
from collections.abc import Mapping
from datetime import date
from functools import cache
from pathlib import Path

from django.utils.translation import gettext as _

from motcua.core.refusal import Refused
from motcua.documents.codes import draw_bars, draw_qr
from motcua.documents.forms_data import FormData, to_plain
from motcua.documents.typesetting import typeset

FORMS = (
    "receipt", "supplement_slip", "refusal_slip", "apology_slip", "stop_notice", "control_slip", "handover_slip",
    "dossier_register", "joint_receipt", "transfer_slip", "extension_slip", "consignment_list",
    "suspension_notice", "resumption_notice",
)  # fmt: skip

_HERE = Path(__file__).resolve().parent
_FORMS_DIR = _HERE / "forms"
_PAPER = '#import "/%s/%s.typ": form\n#form(json("/data.json"))'

# Numbers in the annexes moved in 2025: form -> first day -> number (Circulars 01/2018 and 03/2025).
_ANNEX_NUMBERS = {
    "receipt": {"2018-06-21": "01", "2025-07-01": "01"},
    "supplement_slip": {"2018-06-21": "02", "2025-07-01": "02"},
    "refusal_slip": {"2018-06-21": "03", "2025-07-01": "03"},
    "apology_slip": {"2018-06-21": "04", "2025-07-01": "04"},
    "extension_slip": {"2018-06-21": "04", "2025-07-01": "04"},
    "stop_notice": {"2025-07-01": "05"},
    "control_slip": {"2018-06-21": "05", "2025-07-01": "06"},
    "dossier_register": {"2018-06-21": "06", "2025-07-01": "07"},
}
_UNIT_LABELS = {"2018-06-21": "Bộ phận tiếp nhận và trả kết quả", "2025-07-01": "Trung tâm/Bộ phận"}


@cache
def first_days(form: str) -> tuple[date, ...]:
    """Days from which a layout of the form holds, the earliest first."""
    found = (path.stem for path in (_FORMS_DIR / form).glob("[0-9]*.typ"))
    return tuple(sorted(date.fromisoformat(day) for day in found))


def get_annex_number(form: str, on: date) -> str:
    """The number a form bears in the annex in force on a day; empty for a form the annexes do not have."""
    numbers = _ANNEX_NUMBERS.get(form, {})
    held = [day for day in numbers if date.fromisoformat(day) <= on]
    return numbers[max(held)] if held else ""


def print_form(form: str, on: date, data: FormData | Mapping[str, object]) -> bytes:
    """The form as PDF/A-2b in the layout in force on the day that counts (the day the dossier was received).

    :raises Refused: there is no such form on that day.
    """
    first_day = _find_layout(form, on).isoformat()
    told = _tell(form, first_day, to_plain(data) if isinstance(data, FormData) else dict(data))
    return typeset(_FORMS_DIR, _PAPER % (form, first_day), told)


def _find_layout(form: str, on: date) -> date:
    days = [day for day in first_days(form) if day <= on] if form in FORMS else []
    if not days:
        raise Refused("no_form", _("Không có mẫu in này vào ngày %(day)s.") % {"day": f"{on:%d/%m/%Y}"})
    return days[-1]


def _tell(form: str, first_day: str, plain: dict[str, object]) -> dict[str, str]:
    """What the layout reads: the data, and the codes by themselves, because what is handed on is compared each time."""
    number = get_annex_number(form, date.fromisoformat(first_day))
    codes = {
        "qr.json": draw_qr(str(plain.get("tracking_url", ""))),
        "bars.svg": draw_bars(str(plain.get("dossier_code", ""))),
    }
    said = plain | {
        "form_no": f"Mẫu số {number}" if number else "",
        "unit_label": _UNIT_LABELS[first_day],
        "has_qr": bool(codes["qr.json"]),
        "has_bars": bool(codes["bars.svg"]),
    }
    return {"data.json": json.dumps(said, ensure_ascii=False)} | {k: v for k, v in codes.items() if v}
