"""The kinds of dossier there are: which counter, procedure, agency, steps and papers, read from the demonstration."""

from dataclasses import dataclass, field
from datetime import date
from itertools import pairwise
from random import Random
from typing import Any

from motcua.catalogue import queries as catalogue
from motcua.catalogue.models import Operation
from motcua.catalogue.queries import IntakeSheet
from motcua.dossiers.models import Dossier
from motcua.dossiers.queries.competence import find_competent
from motcua.dossiers.queries.placing import Places, find_involved
from motcua.dossiers.rules.route import Route, TaskKind, get_kind
from motcua.organisations import queries as organisations
from motcua.organisations.models import Assignment
from motcua.organisations.rules import Actor, Kind, Post
from motcua.processes import queries as processes
from motcua.processes.rules import StepView

MOST_PARTS = 3
SLOTS = 4096
PROVINCE_SHARE, SHOWN_SHARE = 0.35, 0.25
# The pool in which most work lies: the case officers of one department.
BUSIEST = "construction"
DAYS = {"working_day": 1.0, "calendar_day": 0.72, "month": 21.0, "same_day": 0.0, "working_hour": 0.2}


@dataclass(frozen=True, slots=True)
class Person:
    """An officer as events name them."""

    user_id: int
    name: str
    post: str
    unit_id: int
    unit_name: str


@dataclass(slots=True)
class Shape:
    """One kind of dossier; the rows of it differ only in people, days and numbers."""

    dossier: dict[str, Any]
    agency_code: str
    days: int
    parts: list[dict[str, Any]]
    units: list[dict[str, Any]]
    steps: list[dict[str, Any]]
    officers: dict[str, Person]
    weight: float = 1.0
    is_busiest: bool = field(default=False)


def read_shapes(on: date) -> list[Shape]:
    """Every counter of the demonstration with every procedure it may receive; then the communes without officers."""
    operated = _read_operated(on)
    shapes = [
        shape
        for actor in _read_counters(on)
        for sheet, level in operated
        if (level == "commune") == _is_commune(actor, on)
        for shape in _read_shape(actor, sheet, on)
    ]
    _share_out(shapes, on)
    return shapes


def assign_slots(shapes: list[Shape], random: Random) -> list[int]:
    """For each of the slots the number of a shape, in proportion to its weight."""
    total = sum(shape.weight for shape in shapes)
    edges, reached = [], 0.0
    for shape in shapes:
        reached += shape.weight / total
        edges.append(reached)
    slots = []
    for slot in range(SLOTS):
        place = (slot + random.random()) / SLOTS
        slots.append(next((n for n, edge in enumerate(edges) if place <= edge), len(shapes) - 1))
    return slots


def _read_operated(on: date) -> list[tuple[IntakeSheet, str]]:
    rows = Operation.objects.on(on).exclude(limit_unit="none").select_related("procedure").order_by("pk")
    return [
        (catalogue.get_intake_sheet(row.procedure.code, on, row.procedure.portal_id), row.agency_level)
        for row in rows
    ]


def _read_counters(on: date) -> list[Actor]:
    rows = Assignment.objects.on(on).filter(post=Post.INTAKE_OFFICER, is_reserve=False).select_related("user")
    found: dict[int, Actor] = {}
    for row in rows.order_by("pk"):
        actor = organisations.get_actor(row.user, row.pk, on)
        if actor is not None and actor.unit_kind == Kind.CENTRE:
            found.setdefault(actor.unit_id, actor)
    return list(found.values())


def _is_commune(actor: Actor, on: date) -> bool:
    return organisations.get_agency_of(actor.unit_id, on).kind == Kind.COMMUNE


def _read_shape(actor: Actor, sheet: IntakeSheet, on: date) -> list[Shape]:
    competent = find_competent(actor, sheet, None, on)
    process = processes.find_process(sheet.code, competent.id, on)
    if process is None or any(step.role == "opinion" for step in process.steps):
        return []
    case = sheet.cases[0] if sheet.cases else None
    dossier = {
        "receiving_unit_id": actor.unit_id,
        "competent_agency_id": competent.id,
        "returning_unit_id": actor.unit_id,
        "procedure_code": sheet.code,
        "procedure_name": sheet.name,
        "field_code": sheet.field_code,
        "version_id": sheet.version_id,
        "case_id": case.id if case else None,
        "process_version_id": process.version_id,
        "limit_amount": sheet.limit.amount,
        "limit_unit": str(sheet.limit.unit),
        "limit_basis": sheet.limit_basis,
        "start_rule": str(sheet.start_rule),
        "calendar_code": organisations.get_calendar_code(competent.id, on),
        "received_by_id": actor.user_id,
    }
    places = Places(_as_dossier(dossier), on)
    steps = _place_steps(process.steps, places)
    if [step["kind"] for step in steps].count(TaskKind.RETURN) != 1:
        return []
    units = find_involved(
        [
            (actor.unit_id, "receives"),
            (competent.id, "competent"),
            *((step["unit_id"], "handles") for step in steps),
        ],
        on,
    )
    return [
        Shape(
            dossier=dossier,
            agency_code=actor.agency_code,
            days=round(float(sheet.limit.amount) * DAYS.get(str(sheet.limit.unit), 1.0)),
            parts=[
                {"component_id": c.id, "name": c.name, "originals": max(c.originals, 1), "copies": c.copies}
                for c in (case.components if case else ())[:MOST_PARTS]
            ],
            units=units,
            steps=steps,
            officers=_read_officers(actor, steps, places, on),
            is_busiest=competent.code == BUSIEST,
        )
    ]


def _as_dossier(facts: dict[str, Any]) -> Dossier:
    names = ("receiving_unit_id", "competent_agency_id", "returning_unit_id", "field_code")
    return Dossier(**{name: facts[name] for name in names})


def _place_steps(steps: tuple[StepView, ...], places: Places) -> list[dict[str, Any]]:
    """The steps one after another, each with its unit; a demonstration process runs in one line."""
    route = Route(steps)
    placed = []
    for step in steps:
        kind = get_kind(step, route)
        unit_id = places.place(step, is_last=kind == TaskKind.RETURN)
        placed.append(
            {
                "no": step.no,
                "name": step.name,
                "post": str(step.post),
                "kind": str(kind),
                "hours": step.hours,
                "unit_id": unit_id,
            }
        )
    in_line = all(set(after.runs_after) == {before.no} for before, after in pairwise(steps))
    return placed if in_line else []


def _read_officers(actor: Actor, steps: list[dict[str, Any]], places: Places, on: date) -> dict[str, Person]:
    """Who does each kind of work; the counter's officer where a post is empty."""
    counter = Person(actor.user_id, actor.person_name, str(actor.post), actor.unit_id, actor.unit_name)
    found = {"intake": counter}
    for step in steps:
        name = organisations.get_unit(step["unit_id"], on).agency_name
        holders = (
            p for p in places.postings_of(step["unit_id"]) if p.post == step["post"] and not p.is_reserve
        )
        held = next(holders, None)
        officer = (
            Person(held.user_id, held.person_name, held.post, step["unit_id"], name) if held else counter
        )
        found.setdefault(step["kind"] if step["no"] > 1 else "intake", officer)
    return found


def _share_out(shapes: list[Shape], on: date) -> None:
    """A third of the work at the provincial centre, a quarter at the ten communes with officers, the rest elsewhere."""
    communes = [
        s for s in shapes if organisations.get_unit(s.dossier["competent_agency_id"], on).kind == Kind.COMMUNE
    ]
    others = [s for s in shapes if s not in communes]
    for share, kind in ((PROVINCE_SHARE, others), (SHOWN_SHARE, communes)):
        for shape in kind:
            shape.weight = share / len(kind)
    known = {s.dossier["competent_agency_id"] for s in communes}
    far = [
        u for u in organisations.find_units(kind=Kind.COMMUNE, province_code="44", on=on) if u.id not in known
    ]
    model = [
        s for s in communes if s.dossier["competent_agency_id"] == communes[0].dossier["competent_agency_id"]
    ]
    far_shapes = [_move(shape, unit.id, unit.name) for unit in far for shape in model]
    for shape in far_shapes:
        shape.weight = (1 - PROVINCE_SHARE - SHOWN_SHARE) / len(far_shapes)
    shapes += far_shapes


def _move(shape: Shape, unit_id: int, name: str) -> Shape:
    """The same work in a commune of which only the name is known here."""
    moved = {n: unit_id for n in ("receiving_unit_id", "competent_agency_id", "returning_unit_id")}
    return Shape(
        dossier=shape.dossier | moved,
        agency_code=f"H50.{unit_id % 1000:03}",
        days=shape.days,
        parts=shape.parts,
        units=[{"unit_id": unit_id, "role": "receives"}],
        steps=[step | {"unit_id": unit_id} for step in shape.steps],
        officers={
            kind: Person(p.user_id, p.name, p.post, unit_id, name[:200]) for kind, p in shape.officers.items()
        },
    )
