"""Nobody is forgotten: what an officer was reminded of, and what rests without anybody moving it."""

from typing import Any

from django.http import HttpResponse, HttpResponseBase
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from motcua.audit import actions as audit
from motcua.core.pages import render
from motcua.core.paging import Page
from motcua.dossiers import queries
from motcua.dossiers.queries import StallRow
from motcua.dossiers.views.cells import say_task
from motcua.dossiers.views.exports import AT_ONCE, send_table
from motcua.organisations.requests import OfficerRequest, today


@require_GET
def reminders(request: OfficerRequest) -> HttpResponse:
    """What presses and was told to this officer, newest first."""
    page = queries.find_reminders(request.actor, request.GET.get("cursor"))
    ids = [row.dossier_id for row in page.rows if row.dossier_id]
    audit.record_reading("dossiers.reminders", actor=request.actor, ids=ids, at=request.at)
    return render(request, "dossiers/reminders.html", {"page": page})


@require_GET
def stalled(request: OfficerRequest) -> HttpResponse:
    """Dossiers of the unit that nobody holds or whose moment passed, most urgent first."""
    page = queries.find_stalled(request.actor, request.GET.get("cursor"), at=request.at)
    audit.record_reading(
        "dossiers.stalled", actor=request.actor, ids=[row.id for row in page.rows], at=request.at
    )
    names = {row.id: _name(request, row) for row in page.rows}
    context = {"page": page, "names": names, "say_task": say_task}
    return render(request, "dossiers/stalled.html", context)


@require_GET
def export(request: OfficerRequest) -> HttpResponseBase:
    """The same as a file."""

    def read(cursor: str | None) -> Page:
        return queries.find_stalled(request.actor, cursor, size=AT_ONCE, at=request.at)

    def line(row: Any) -> list[object]:
        return [
            row.code,
            row.procedure_name,
            row.state_label,
            row.stall_label,
            row.wake_at,
            _name(request, row),
            say_task(row.next_acts),
            row.due_at,
        ]

    head = [
        _("Mã hồ sơ"),
        _("Thủ tục"),
        _("Trạng thái"),
        _("Vì sao"),
        _("Mốc đã qua"),
        _("Đang ở"),
        _("Việc tiếp theo"),
        _("Hẹn trả"),
    ]
    names = ("dossiers.stalled_exported", "ho-so-bo-quen")
    return send_table(request, read, (head, line), _("Hồ sơ bị bỏ quên"), names, lambda row: row.id)


def _name(request: OfficerRequest, row: StallRow) -> str:
    """Who holds it, and where."""
    unit = queries.name_unit(row.owner_unit_id, today(request))
    return ", ".join(word for word in (row.owner_name, unit) if word)
