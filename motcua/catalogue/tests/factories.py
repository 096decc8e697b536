"""Procedures for tests."""

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from motcua.catalogue import queries
from motcua.catalogue.models import (
    CatalogueStamp,
    Channel,
    Component,
    Field,
    Operation,
    OperationFee,
    Procedure,
    ProcedureCase,
    ProcedureVersion,
    RequiredPaper,
    ResultKind,
)
from motcua.catalogue.rules import component_key, short_label
from motcua.catalogue.stamps import new_stamp
from motcua.core.text import fold

FIRST_DAY = date(2018, 6, 21)


def make_procedure(
    code: str = "1.001193",
    *,
    name: str = "Thủ tục đăng ký khai sinh",
    portal_id: str = "",
    level: str = "commune",
    components: tuple[tuple[str, bool], ...] = (
        ("Tờ khai đăng ký khai sinh", True),
        ("Giấy chứng sinh", False),
        ("Giấy ủy quyền", False),
    ),
    limit: tuple[int | str, str] = (1, "same_day"),
    start_rule: str = "next_day_after_15",
    fees: tuple[tuple[str, int], ...] = (),
    is_operated: bool = True,
    valid_from: date = FIRST_DAY,
    results: tuple[str, ...] = ("Giấy khai sinh",),
    field_code: str = "G15-TP07",
    field_name: str = "Hộ tịch",
    **facts: Any,
) -> Procedure:
    """A procedure with one version, one case and, unless told otherwise, an operation; returns the procedure."""
    field, _new = Field.objects.get_or_create(code=field_code, defaults={"name": field_name})
    procedure = Procedure.objects.create(
        code=code,
        portal_id=portal_id or f"portal-{code}",
        name=name,
        name_folded=fold(name),
        field=field,
        levels=[level],
        has_limit=limit[1] != "none",
    )
    version = ProcedureVersion.objects.create(
        procedure=procedure,
        number=1,
        name=name,
        decision_number="163/QĐ-BTP",
        decided_on=date(2026, 1, 16),
        field=field,
        field_name=field_name,
        levels=[level],
        agencies=["Ủy ban nhân dân cấp xã"],
        legal_basis=["60/2014/QH13"],
        fingerprint=f"test-{code}",
        recorded_at=datetime(2026, 1, 16, tzinfo=UTC),
        valid_from=valid_from,
        **facts,
    )
    _fill(version, components, results, limit)
    if is_operated:
        make_operation(
            procedure,
            level=level,
            limit=limit,
            start_rule=start_rule,
            fees=fees,
            components=components,
            valid_from=valid_from,
        )
    touch()
    return procedure


def make_operation(
    procedure: Procedure,
    *,
    level: str = "commune",
    limit: tuple[int | str, str] = (1, "same_day"),
    start_rule: str = "default",
    fees: tuple[tuple[str, int], ...] = (),
    components: tuple[tuple[str, bool], ...] = (),
    valid_from: date = FIRST_DAY,
    **facts: Any,
) -> Operation:
    """The province operates the procedure from a day."""
    operation = Operation.objects.create(
        procedure=procedure,
        agency_level=level,
        limit_amount=Decimal(limit[0]),
        limit_unit=limit[1],
        start_rule=start_rule,
        basis="Luật Hộ tịch 2014",
        valid_from=valid_from,
        **facts,
    )
    for paper, is_required in components:
        if is_required:
            RequiredPaper.objects.create(
                operation=operation, component_key=component_key("", paper), basis="Luật Hộ tịch 2014 Điều 16"
            )
    for no, (name, amount) in enumerate(fees, 1):
        OperationFee.objects.create(
            operation=operation,
            no=no,
            kind="charge",
            name=name,
            amount=amount,
            basis="Nghị quyết HĐND (trình diễn)",
        )
    touch()
    return operation


def touch() -> None:
    """What every change of the catalogue does: a new stamp, and this process forgets."""
    CatalogueStamp.objects.update_or_create(name="catalogue", defaults={"value": new_stamp()})
    queries.forget()


def _fill(
    version: ProcedureVersion,
    components: tuple[tuple[str, bool], ...],
    results: tuple[str, ...],
    limit: tuple[int | str, str],
) -> None:
    case = ProcedureCase.objects.create(version=version, no=1, name="", kind="heading")
    for no, (name, _is_required) in enumerate(components, 1):
        Component.objects.create(case=case, no=no, name=name, label=short_label(name), originals=1)
    Channel.objects.create(
        version=version, no=1, kind="direct", limit_amount=Decimal(limit[0]), limit_unit=limit[1]
    )
    for no, name in enumerate(results, 1):
        ResultKind.objects.create(version=version, no=no, name=name)
