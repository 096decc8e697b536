"""Reading dossiers: lists by cursor, one dossier whole; every reading is kept."""

from datetime import date
from typing import Any

from django.http import HttpResponse
from ninja import Router

from motcua.audit import actions as audit
from motcua.dossiers import queries
from motcua.dossiers.api.shapes import DossierFull, DossierPage, DossierRow
from motcua.dossiers.api.words import Cursor, DossierCode, Line, ProcedureCode, tag_of
from motcua.dossiers.models import Dossier
from motcua.dossiers.rules.states import State
from motcua.organisations.api import READ, ApiRequest
from motcua.organisations.requests import today

router = Router(tags=["dossiers"])
OWN = (*DossierRow.model_fields, "channel", "result_delivery", "receiving_unit_id", "competent_agency_id",
       "returning_unit_id", "supported_unit_id")  # fmt: skip


@router.get("/dossiers", auth=READ, response=DossierPage, summary="Dossiers that concern the caller's unit")
def list_dossiers(
    request: ApiRequest,
    q: Line = "",
    state: State | None = None,
    procedure: ProcedureCode | None = None,
    since: date | None = None,
    until: date | None = None,
    cursor: Cursor | None = None,
) -> dict[str, Any]:
    """Newest first. With `q`: found by code, identity number, phone or words of the name; the other filters rest."""
    if q:
        found = queries.search(request.actor, q, cursor)
    else:
        found = queries.find_register(
            request.actor,
            queries.Narrowing(state=state or "", procedure=procedure or "", since=since, until=until),
            cursor=cursor,
        )
    ids = [row.pk for row in found.rows]
    audit.record_reading("dossiers.listed", actor=request.actor, ids=ids, at=request.at)
    return {"items": found.rows, "next_cursor": found.next_cursor, "previous_cursor": found.previous_cursor}


@router.get("/dossiers/{code}", auth=READ, response=DossierFull, summary="One dossier, whole")
def read_dossier(request: ApiRequest, response: HttpResponse, code: DossierCode) -> dict[str, Any]:
    """State, clock with its explanation, papers, steps, history, and the acts open to the caller."""
    dossier = queries.get_dossier(request.actor, code)
    response["ETag"] = tag_of(dossier.revision)
    return _tell(request, dossier)


def _tell(request: ApiRequest, dossier: Dossier) -> dict[str, Any]:
    audit.record("dossiers.read", actor=request.actor, subject=dossier.code, ids=[dossier.pk], at=request.at)
    tasks = queries.get_tasks(dossier)
    return {name: getattr(dossier, name) for name in OWN} | {
        "clock": queries.explain_clock(dossier, request.at),
        "allowed_acts": queries.allowed_acts(request.actor, dossier, tasks),
        "parties": queries.get_parties(dossier),
        "parts": queries.get_parts(dossier),
        "tasks": tasks,
        "opinions": queries.find_opinions(dossier, today(request)),
        "results": queries.find_results(dossier),
        "history": queries.get_history(dossier),
    }
