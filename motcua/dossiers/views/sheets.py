"""Lists of dossiers as workbooks."""

from collections.abc import Iterable
from io import BytesIO

import xlsxwriter
from django.utils import timezone
from django.utils.translation import gettext as _

from motcua.dossiers.models import Dossier


def write_register(rows: Iterable[Dossier], title: str) -> bytes:
    """The register with real dates; names are written as text, never as formulas."""
    kept = BytesIO()
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "remove_timezone": True,
    }
    with xlsxwriter.Workbook(kept, options) as book:
        sheet = book.add_worksheet(title[:31])
        moment = book.add_format({"num_format": "hh:mm dd/mm/yyyy"})
        head = [
            _("Mã hồ sơ"),
            _("Người đề nghị"),
            _("Thủ tục"),
            _("Trạng thái"),
            _("Nhận"),
            _("Hẹn trả"),
            _("Trả kết quả"),
        ]
        sheet.write_row(0, 0, head, book.add_format({"bold": True, "bottom": 1}))
        sheet.freeze_panes(1, 0)
        sheet.set_column(0, 6, 24)
        for number, dossier in enumerate(rows, start=1):
            words = [
                dossier.code,
                dossier.applicant_name,
                dossier.procedure_name,
                str(dossier.get_state_display()),
            ]
            for column, word in enumerate(words):
                sheet.write_string(number, column, word)
            for column, at in enumerate((dossier.received_at, dossier.due_at, dossier.returned_at), start=4):
                if at:
                    sheet.write_datetime(number, column, timezone.localtime(at).replace(tzinfo=None), moment)
    return kept.getvalue()
