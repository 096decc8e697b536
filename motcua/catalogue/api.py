"""Procedures as machines read them."""

from typing import Annotated, Any

from ninja import Path, Router, Schema
from pydantic import StringConstraints

from motcua.catalogue import queries
from motcua.organisations.api import READ, ApiRequest
from motcua.organisations.requests import today

router = Router(tags=["procedures"])
Code = Annotated[str, Path(max_length=40, pattern=r"^[^\x00/]+$", description="Mã thủ tục")]
Line = Annotated[str, StringConstraints(max_length=250, pattern=r"^[^\x00]*$")]
Cursor = Annotated[str, StringConstraints(max_length=400, pattern=r"^[A-Za-z0-9_=-]+$")]


class ProcedureRow(Schema):
    """A procedure in a list."""

    code: str
    portal_id: str
    name: str
    levels: list[str]
    is_operated: bool


class ProcedurePage(Schema):
    """A page of procedures; follow `next_cursor` for more."""

    items: list[ProcedureRow]
    next_cursor: str | None
    previous_cursor: str | None


class Component(Schema):
    """A paper to bring; only a required one, with its basis, can refuse an intake."""

    id: int
    code: str
    name: str
    originals: int
    copies: int
    is_required: bool
    basis: str


class Case(Schema):
    """One case with its papers."""

    id: int
    name: str
    components: list[Component]


class Fee(Schema):
    """A fee in đồng; none where another text sets it."""

    name: str
    amount: int | None
    kind: str


class Procedure(Schema):
    """Everything the counter needs to know of a procedure today."""

    code: str
    portal_id: str
    name: str
    field_code: str
    field_name: str
    level: str
    limit_amount: float
    limit_unit: str
    start_rule: str
    limit_basis: str
    is_operated: bool
    cases: list[Case]
    fees: list[Fee]


class BundleRow(Schema):
    """A group of procedures under one form."""

    code: str
    name: str
    basis: str


class BundlePart(Schema):
    """One procedure of a group: its agency's own limit in working days, what it waits for, the papers asked for it."""

    no: int
    procedure_code: str
    name: str
    days: float
    second_days: float | None
    needs: list[int]
    start: str
    may_verify: bool
    components: list[Component]


class Bundle(BundleRow):
    """A group as of today; a limit of the whole is none where it follows from its parts."""

    total_days: float | None
    verified_days: float | None
    start_rule: str
    order: str
    parts: list[BundlePart]


@router.get("/bundles", auth=READ, response=list[BundleRow], summary="Groups of procedures under one form")
def list_bundles(request: ApiRequest) -> list[Any]:
    """Every group in force today."""
    return list(queries.find_bundles(today(request)))


@router.get("/bundles/{code}", auth=READ, response=Bundle, summary="One group as of today")
def read_bundle(request: ApiRequest, code: Code) -> dict[str, Any]:
    """Its parts in their order, each with the papers the one form asks for it."""
    bundle = queries.get_bundle(code, today(request))
    own = {name: getattr(bundle, name) for name in Bundle.model_fields if name != "parts"}
    return own | {"parts": [_tell_part(part, request) for part in bundle.parts]}


def _tell_part(part: queries.BundlePartView, request: ApiRequest) -> dict[str, Any]:
    case = queries.find_part_case(queries.get_intake_sheet(part.procedure_code, today(request)), part.papers)
    own = {name: getattr(part, name) for name in BundlePart.model_fields if name != "components"}
    components = [c._asdict() for c in case.components] if case else []
    return own | {"needs": list(part.needs), "components": components}


@router.get("/procedures", auth=READ, response=ProcedurePage, summary="Procedures by words of their name")
def list_procedures(request: ApiRequest, q: Line = "", cursor: Cursor | None = None) -> dict[str, Any]:
    """Words without accents in any order, or the beginning of a code."""
    found = queries.search_public(q, cursor=cursor)
    return {"items": found.rows, "next_cursor": found.next_cursor, "previous_cursor": found.previous_cursor}


@router.get("/procedures/{code}", auth=READ, response=Procedure, summary="One procedure as of today")
def read_procedure(request: ApiRequest, code: Code) -> dict[str, Any]:
    """The intake sheet: cases, papers, limit and fees."""
    sheet = queries.get_intake_sheet(code, today(request))
    own = {name: getattr(sheet, name) for name in Procedure.model_fields if hasattr(sheet, name)}
    return own | {
        "limit_amount": sheet.limit.amount,
        "limit_unit": sheet.limit.unit,
        "cases": [
            {"id": case.id, "name": case.name, "components": [c._asdict() for c in case.components]}
            for case in sheet.cases
        ],
        "fees": [fee._asdict() for fee in sheet.fees],
    }
