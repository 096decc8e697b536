"""One dossier: whose matter, until when, what can be done now, and everything behind it."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from motcua.audit import actions as audit
from motcua.core.pages import render
from motcua.dossiers import access, queries
from motcua.dossiers.models import Dossier, Result, Task
from motcua.dossiers.rules.papers import PAPERS, find_printable
from motcua.dossiers.rules.states import State
from motcua.dossiers.views.acts import links
from motcua.notifications import queries as notifications
from motcua.organisations.requests import OfficerRequest, today
from motcua.payments import queries as payments


@require_GET
def detail(request: OfficerRequest, code: str) -> HttpResponse:
    """The page of a dossier; opening it is a reading of personal data and is kept."""
    dossier = queries.get_dossier(request.actor, code)
    audit.record("dossiers.read", actor=request.actor, subject=dossier.code, ids=[dossier.pk], at=request.at)
    on, tasks, parts = today(request), queries.get_tasks(dossier), queries.get_parts(dossier)
    results = queries.find_results(dossier)
    context = {
        "dossier": dossier,
        "acts": links(dossier, queries.allowed_acts(request.actor, dossier, tasks)),
        "clock": queries.explain_clock(dossier, request.at),
        "tasks": _open_tasks(tasks, request),
        "parts": parts,
        "results": results,
        "first_file": _first_file(parts, results),
        "parties": queries.get_parties(dossier),
        "opinions": queries.find_opinions(dossier, on),
        "history": queries.get_history(dossier),
        "account": payments.get_account(dossier.code),
        "may_collect": access.may_collect(request.actor, dossier),
        "sent": notifications.find_messages(dossier.code, since=dossier.received_at),
        "receiving_name": queries.name_unit(dossier.receiving_unit_id, on),
        "competent_name": queries.name_unit(dossier.competent_agency_id, on),
        "returning_name": queries.name_unit(dossier.returning_unit_id, on),
        "printable": _printable(dossier),
    }
    return render(request, "dossiers/detail.html", context)


@require_GET
def received(request: OfficerRequest, code: str) -> HttpResponse:
    """Received: the code, the promise and the receipt ready to print."""
    return render(request, "dossiers/received.html", {"dossier": queries.get_dossier(request.actor, code)})


def _first_file(parts: Iterable[Any], results: Iterable[Result]) -> object | None:
    """What the viewer opens with: the first scan, else the result."""
    scans = (file for part in parts for file in part.shown_files)
    return next(scans, None) or next((r.file for r in results if r.file), None)


def _open_tasks(tasks: Sequence[Task], request: OfficerRequest) -> list[dict[str, object]]:
    return [
        {
            "name": task.name,
            "unit_name": queries.name_unit(task.unit_id, today(request)),
            "assignee_name": task.assignee.full_name if task.assignee else "",
            "due_at": task.due_at,
            "is_late": task.due_at < request.at,
        }
        for task in tasks
        if task.done_at is None
    ]


def _printable(dossier: Dossier) -> list[tuple[str, str]]:
    """The forms this dossier can be printed on, as its state allows."""
    return [(name, _(PAPERS[name].label)) for name in find_printable(State(dossier.state))]
