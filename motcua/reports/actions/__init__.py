"""What is done with reports: one function per act."""

from motcua.reports.actions.forms import change_form, load_forms
from motcua.reports.actions.life import (
    accept,
    adjust,
    amend,
    generate,
    import_sheet,
    lock,
    return_report,
    send,
    sign,
    write_narrative,
)

__all__ = [
    "accept",
    "adjust",
    "amend",
    "change_form",
    "generate",
    "import_sheet",
    "load_forms",
    "lock",
    "return_report",
    "send",
    "sign",
    "write_narrative",
]
