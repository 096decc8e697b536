"""The intake sheet: everything the counter needs to know of a procedure on a day, in one frozen object."""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from django.db.models import Prefetch
from django.utils.translation import gettext as _

from motcua.catalogue.models import (
    Channel,
    Component,
    Fee,
    Operation,
    OperationFee,
    ProcedureCase,
    ProcedureVersion,
    RequiredPaper,
    ResultKind,
)
from motcua.catalogue.queries.kept import answers
from motcua.catalogue.rules import BlockKind, ChannelKind, Level, LimitUnit, component_key
from motcua.core.refusal import Refused


class LimitView(NamedTuple):
    """A time limit; the unit `none` asks the officer for a day and a reason."""

    amount: Decimal
    unit: str


class FeeView(NamedTuple):
    """A fee in đồng; `amount` None means that the source leaves it to another text."""

    name: str
    amount: int | None
    kind: str


class ResultView(NamedTuple):
    """The paper the procedure ends with."""

    code: str
    name: str


class ComponentView(NamedTuple):
    """A paper to bring; only `is_required` with its `basis` can refuse an intake."""

    id: int
    code: str
    name: str
    label: str
    originals: int
    copies: int
    is_required: bool
    basis: str
    group: str = ""


@dataclass(frozen=True, slots=True)
class Case:
    """One case with its own papers and those that always apply."""

    id: int
    name: str
    components: tuple[ComponentView, ...]


@dataclass(frozen=True, slots=True)
class IntakeSheet:
    """A procedure as operated on a day."""

    version_id: int
    procedure_id: int
    code: str
    portal_id: str
    name: str
    field_code: str
    field_name: str
    level: str
    cases: tuple[Case, ...]
    limit: LimitView
    start_rule: str
    limit_basis: str
    fees: tuple[FeeView, ...]
    results: tuple[ResultView, ...]
    is_non_territorial: bool
    is_operated: bool
    unit_codes: tuple[str, ...] = ()
    retention_years: int | None = None
    signing_post: str = ""
    remarks: tuple[str, ...] = ()
    decision_number: str = ""
    agencies: tuple[str, ...] = ()
    legal_basis: tuple[str, ...] = ()
    channels: tuple[tuple[str, LimitView], ...] = ()
    levels: tuple[str, ...] = field(default=())

    @property
    def no_deadline(self) -> bool:
        """No limit is stated: receiving asks for a day and a reason."""
        return self.limit.unit == LimitUnit.NONE


def get_intake_sheet(code: str, on: date, portal_id: str | None = None) -> IntakeSheet:
    """The sheet of a procedure in force on a day.

    :raises Refused: no such procedure is in force that day.
    """
    sheet = answers.get(("sheet", code, portal_id, on), lambda: _read_sheet(code, on, portal_id))
    if sheet is None:
        raise Refused(
            "not_found",
            _("Không có thủ tục %(code)s còn hiệu lực vào ngày này.") % {"code": code},
            field="procedure",
        )
    return sheet


def get_public_sheet(code: str, on: date, portal_id: str | None = None) -> IntakeSheet:
    """What a visitor may know of a procedure: the same facts as at the counter."""
    return get_intake_sheet(code, on, portal_id)


def _read_sheet(code: str, on: date, portal_id: str | None) -> IntakeSheet | None:
    versions = ProcedureVersion.objects.on(on).filter(procedure__code=code)
    if portal_id is not None:
        versions = versions.filter(procedure__portal_id=portal_id)
    version = (
        versions.select_related("procedure", "field")
        .prefetch_related(*_children())
        .order_by("procedure_id")
        .first()
    )
    if version is None:
        return None
    operation = (
        Operation.objects.on(on)
        .filter(procedure=version.procedure_id)
        .prefetch_related(
            Prefetch("required_papers", RequiredPaper.objects.order_by("pk")),
            Prefetch("fees", OperationFee.objects.order_by("no")),
        )
        .first()
    )
    return _make_sheet(version, operation)


def _children() -> tuple[Prefetch, ...]:
    return (
        Prefetch("cases", ProcedureCase.objects.order_by("no")),
        Prefetch("cases__components", Component.objects.order_by("no")),
        Prefetch("channels", Channel.objects.order_by("no")),
        Prefetch("channels__fees", Fee.objects.order_by("no")),
        Prefetch("results", ResultKind.objects.order_by("no")),
    )


def _make_sheet(version: ProcedureVersion, operation: Operation | None) -> IntakeSheet:
    required = {p.component_key: p for p in operation.required_papers.all()} if operation else {}
    cases, remarks = _cases(version, required)
    return IntakeSheet(
        version_id=version.pk,
        procedure_id=version.procedure_id,
        code=version.procedure.code,
        portal_id=version.procedure.portal_id,
        name=version.name,
        field_code=version.field.code,
        field_name=version.field_name,
        level=operation.agency_level if operation else _level(version.levels),
        cases=cases,
        limit=_limit(version, operation),
        start_rule=operation.start_rule if operation else "default",
        limit_basis=operation.basis if operation else version.decision_number,
        fees=_fees(version, operation),
        results=tuple(ResultView(r.code, r.name) for r in version.results.all()),
        is_non_territorial=operation.is_non_territorial if operation else version.is_non_territorial,
        is_operated=operation is not None,
        unit_codes=tuple(operation.unit_codes) if operation else (),
        retention_years=operation.retention_years if operation else None,
        signing_post=operation.signing_post if operation else "",
        remarks=remarks,
        decision_number=version.decision_number,
        agencies=tuple(version.agencies),
        legal_basis=tuple(version.legal_basis),
        channels=tuple((c.kind, LimitView(c.limit_amount, c.limit_unit)) for c in version.channels.all()),
        levels=tuple(version.levels),
    )


def _level(levels: list[str]) -> str:
    """A procedure of several levels is met first at the commune's counter."""
    return next(
        (level for level in (Level.COMMUNE, Level.PROVINCE) if level in levels), levels[0] if levels else ""
    )


def _limit(version: ProcedureVersion, operation: Operation | None) -> LimitView:
    if operation and operation.limit_unit != LimitUnit.NONE:
        return LimitView(operation.limit_amount, operation.limit_unit)
    stated = [c for c in version.channels.all() if c.limit_unit != LimitUnit.NONE]
    stated.sort(key=lambda c: c.kind != ChannelKind.DIRECT)
    if stated:
        return LimitView(stated[0].limit_amount, stated[0].limit_unit)
    return LimitView(Decimal(0), LimitUnit.NONE)


def _fees(version: ProcedureVersion, operation: Operation | None) -> tuple[FeeView, ...]:
    if operation:
        return tuple(FeeView(f.name, f.amount, f.kind) for f in operation.fees.all())
    found = {
        FeeView(f.name, f.amount, f.kind): None
        for channel in version.channels.all()
        for f in channel.fees.all()
        if f.currency in ("", "VND")
    }
    return tuple(found)


def _cases(
    version: ProcedureVersion, required: dict[str, RequiredPaper]
) -> tuple[tuple[Case, ...], tuple[str, ...]]:
    """Alternatives each with the papers of every heading; lines asking for no paper become remarks."""
    blocks = list(version.cases.all())
    remarks = [c.name for b in blocks if b.kind == BlockKind.NOTE for c in b.components.all()]
    papers = {
        b.pk: [_component(c, b, required) for c in b.components.all()]
        for b in blocks
        if b.kind != BlockKind.NOTE
    }
    if any(p.originals or p.copies for found in papers.values() for p in found):
        for pk, found in papers.items():
            remarks += [p.name for p in found if not _is_paper(p)]
            papers[pk] = [p for p in found if _is_paper(p)]
    headings = [b for b in blocks if b.kind == BlockKind.HEADING]
    always = tuple(p for b in headings for p in papers[b.pk])
    # Papers under headings make the usual case; each named case adds its own to them.
    usual = [Case(headings[0].pk, "", _required_first(always))] if always else []
    named = [
        Case(b.pk, b.name, _required_first(always + tuple(papers[b.pk])))
        for b in blocks
        if b.kind == BlockKind.CASE
    ]
    return tuple(usual + named), tuple(remarks)


def _is_paper(component: ComponentView) -> bool:
    return bool(component.originals or component.copies or component.is_required)


def _required_first(components: tuple[ComponentView, ...]) -> tuple[ComponentView, ...]:
    return tuple(sorted(components, key=lambda c: not c.is_required))


def _component(
    component: Component, block: ProcedureCase, required: dict[str, RequiredPaper]
) -> ComponentView:
    paper = required.get(component_key(component.code, component.name))
    return ComponentView(
        id=component.pk,
        code=component.code,
        name=component.name,
        label=(paper.label if paper else "") or component.label,
        originals=component.originals,
        copies=component.copies,
        is_required=paper is not None,
        basis=paper.basis if paper else "",
        group=block.name if block.kind == BlockKind.HEADING else "",
    )
