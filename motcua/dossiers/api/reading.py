"""Reading dossiers: lists by cursor, one dossier whole; every reading is kept."""

from datetime import date
from typing import Annotated, Any

from django.http import FileResponse, HttpResponse
from ninja import Path, Router

from motcua.audit import actions as audit
from motcua.documents import queries as files
from motcua.dossiers import queries
from motcua.dossiers.api.shapes import DossierFull, DossierPage, DossierRow, Onward
from motcua.dossiers.api.words import Cursor, DossierCode, Id, Line, ProcedureCode, tag_of
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
    """Newest first. With `q`: found by code, identity number, phone or words of the name (a star at the end says that more
    letters may follow); the other filters rest."""
    if q:
        found = queries.search(request.actor, q, cursor, size=50)
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


@router.get(
    "/dossiers/{code}/targets", auth=READ, response=Onward, summary="Where the dossier may be handed over to"
)
def read_targets(request: ApiRequest, code: DossierCode) -> dict[str, Any]:
    """The steps that open when the caller's task is done, with the people of their posts; and the way back."""
    dossier = queries.get_dossier(request.actor, code)
    audit.record_reading(
        "dossiers.read", actor=request.actor, subject=dossier.code, ids=[dossier.pk], at=request.at
    )
    steps = queries.find_next_steps(request.actor, dossier, today(request))
    return {
        "next": [_tell_step(step) for step in steps],
        "back": queries.find_steps_back(request.actor, dossier),
    }


def _tell_step(step: queries.NextStep) -> dict[str, Any]:
    plain = {name: getattr(step, name) for name in ("no", "name", "post", "unit_id", "unit_name")}
    return plain | {"officers": [{"id": user_id, "name": name} for user_id, name in step.officers]}


@router.get(
    "/dossiers/{code}/files/{file_id}", auth=READ, response=bytes, summary="A scan or the result's paper"
)
def read_file(request: ApiRequest, code: DossierCode, file_id: Annotated[Id, Path()]) -> FileResponse:
    """The file as it was handed in; every reading is kept."""
    found = queries.get_file(request.actor, code, file_id)
    audit.record_reading(
        "dossiers.file_read", actor=request.actor, subject=code, ids=[file_id], at=request.at
    )
    return files.serve_file(found, inline=False)


def _tell(request: ApiRequest, dossier: Dossier) -> dict[str, Any]:
    audit.record_reading(
        "dossiers.read", actor=request.actor, subject=dossier.code, ids=[dossier.pk], at=request.at
    )
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
