"""What is done with reports: one function per act."""

from motcua.reports.actions.asked import answer, ask, close_request, give_back
from motcua.reports.actions.forms import change_form, load_forms
from motcua.reports.actions.life import (
    accept,
    adjust,
    amend,
    generate,
    import_sheet,
    lock,
    make_fingerprint,
    record,
    return_report,
    say_hindrance,
    send,
    sign,
    write_narrative,
)
from motcua.reports.actions.reminding import remind

__all__ = [
    "accept",
    "adjust",
    "amend",
    "answer",
    "ask",
    "change_form",
    "close_request",
    "generate",
    "give_back",
    "import_sheet",
    "load_forms",
    "lock",
    "make_fingerprint",
    "record",
    "remind",
    "return_report",
    "say_hindrance",
    "send",
    "sign",
    "write_narrative",
]
