"""How the province operates a procedure: the limit, the required papers and the fees, each with its basis."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from types import MappingProxyType
from typing import Any, NamedTuple

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from motcua.audit import actions as audit
from motcua.catalogue import access
from motcua.catalogue.actions.importing import FIRST_KNOWN_FROM
from motcua.catalogue.actions.stamping import touch
from motcua.catalogue.models import Component, Operation, OperationFee, Procedure, RequiredPaper
from motcua.catalogue.queries import get_procedure
from motcua.catalogue.rules import FeeKind, LimitUnit, component_key
from motcua.core.refusal import Refused
from motcua.organisations.rules import Actor

DATA = Path(__file__).resolve().parent.parent / "data"
NAMED_AS_WRITTEN: Mapping[str, str] = MappingProxyType({})
START_RULES = ("default", "next_day_after_15", "after_17_next_day", "last_hour_next_day")


class PaperFacts(NamedTuple):
    """A paper stated as required, by the key it keeps from version to version."""

    key: str
    basis: str
    label: str = ""


class ChargeFacts(NamedTuple):
    """A fee collected here, in đồng."""

    name: str
    amount: int
    kind: str
    basis: str


@dataclass(frozen=True, slots=True)
class OperationFacts:
    """All that is stated of one procedure."""

    agency_level: str
    limit_amount: Decimal
    limit_unit: str
    basis: str
    start_rule: str = "default"
    unit_codes: tuple[str, ...] = ()
    papers: tuple[PaperFacts, ...] = ()
    fees: tuple[ChargeFacts, ...] = ()
    is_non_territorial: bool = False
    retention_years: int | None = None
    retention_basis: str = ""
    signing_post: str = "approver"


@transaction.atomic
def operate(
    *,
    actor: Actor,
    code: str,
    portal_id: str | None = None,
    facts: OperationFacts,
    first_day: date | None = None,
    at: datetime,
) -> Operation:
    """State how a procedure is operated from a day on, today when none is named; what held before is kept.

    :raises Refused: the actor may not, the procedure is unknown, the day is past, or something is stated without its basis.
    """
    access.require_keeper(actor)
    _check(facts)
    procedure = get_procedure(code, portal_id)
    operation = _open(procedure, facts, _require_to_come(first_day, timezone.localdate(at)))
    touch()
    audit.record(
        "catalogue.operated",
        actor=actor,
        subject=f"catalogue.procedure:{procedure.pk}",
        note=facts.basis,
        at=at,
    )
    return operation


@transaction.atomic
def stop_operating(*, actor: Actor, code: str, portal_id: str | None = None, at: datetime) -> None:
    """No longer receive the procedure here from tomorrow on; what was stated of later days is dropped.

    :raises Refused: the actor may not, or the procedure is not operated.
    """
    access.require_keeper(actor)
    procedure = get_procedure(code, portal_id)
    today = timezone.localdate(at)
    rows = Operation.objects.select_for_update().filter(procedure=procedure)
    if not rows.filter(valid_to=None).exists():
        raise Refused("not_operated", _("Thủ tục này chưa được tiếp nhận tại tỉnh."))
    rows.filter(valid_from__gt=today).delete()
    rows.filter(Q(valid_to=None) | Q(valid_to__gt=today)).update(valid_to=today + timedelta(days=1))
    touch()
    audit.record(
        "catalogue.operation_stopped", actor=actor, subject=f"catalogue.procedure:{procedure.pk}", at=at
    )


@transaction.atomic
def load_operated(
    *,
    actor: Actor,
    unit_codes: Mapping[str, str] = NAMED_AS_WRITTEN,
    path: Path = DATA / "operated.json",
    at: datetime,
) -> int:
    """State the procedures of the overlay file that are not operated yet; answers how many were.

    `unit_codes` says which unit an agency named in the file is; one left out is any agency of the level.

    :raises Refused: a code, a name or a component of the file is not in the catalogue.
    """
    access.require_keeper(actor)
    rows = json.loads(path.read_text(encoding="utf-8"))
    codes = [row["code"] for row in rows]
    held = set(
        Operation.objects.filter(procedure__code__in=codes, valid_to=None).values_list(
            "procedure__code", flat=True
        )
    )
    fresh = [row for row in rows if row["code"] not in held]
    for row in fresh:
        procedure = _get_named(row)
        facts = read_operation(row, unit_codes)
        _check(facts)
        _check_papers(procedure, facts.papers)
        _open(procedure, facts, FIRST_KNOWN_FROM)
    if fresh:
        touch()
        audit.record("catalogue.operated_loaded", actor=actor, note=str(len(fresh)), at=at)
    return len(fresh)


def read_operation(
    row: Mapping[str, Any], unit_codes: Mapping[str, str] = NAMED_AS_WRITTEN
) -> OperationFacts:
    """A row of the overlay file."""
    return OperationFacts(
        agency_level=row["level"],
        limit_amount=Decimal(str(row["limit"][0])),
        limit_unit=row["limit"][1],
        start_rule=row.get("start_rule", "default"),
        basis=row["basis"],
        unit_codes=tuple(unit_codes[name] for name in row.get("units", ()) if name in unit_codes),
        papers=tuple(PaperFacts(p["key"], p["basis"], p.get("label", "")) for p in row.get("required", ())),
        fees=tuple(ChargeFacts(f["name"], f["amount"], f["kind"], f["basis"]) for f in row.get("fees", ())),
        is_non_territorial=row.get("is_non_territorial", False),
        retention_years=row.get("retention_years"),
        retention_basis=row.get("retention_basis", ""),
        signing_post=row.get("signing_post", "approver"),
    )


def _check(facts: OperationFacts) -> None:
    if not facts.basis.strip():
        raise Refused("no_basis", _("Hãy nêu căn cứ của thời hạn."), field="basis")
    if facts.limit_unit not in set(LimitUnit) or facts.start_rule not in START_RULES:
        raise Refused(
            "unknown_word", _("Đơn vị thời hạn hoặc cách tính không thuộc danh mục."), field="limit_unit"
        )
    if facts.limit_unit != LimitUnit.NONE and facts.limit_amount <= 0:
        raise Refused("no_limit", _("Thời hạn phải lớn hơn 0."), field="limit_amount")
    if any(not paper.basis.strip() for paper in facts.papers):
        raise Refused("no_basis", _("Giấy tờ bắt buộc phải có căn cứ."), field="papers")
    if any(fee.amount < 0 or fee.kind not in set(FeeKind) or not fee.basis.strip() for fee in facts.fees):
        raise Refused("bad_fee", _("Phí, lệ phí phải có mức thu không âm, loại và căn cứ."), field="fees")


def _get_named(row: Mapping[str, Any]) -> Procedure:
    procedure = get_procedure(row["code"], row.get("portal_id"))
    if row["name"] != procedure.name:
        raise Refused(
            "name_differs", _("Tên thủ tục %(code)s khác với danh mục quốc gia.") % {"code": row["code"]}
        )
    return procedure


def _check_papers(procedure: Procedure, papers: Iterable[PaperFacts]) -> None:
    rows = Component.objects.filter(case__version__procedure=procedure, case__version__valid_to=None)
    keys = {component_key(code, name) for code, name in rows.values_list("code", "name")}
    for paper in papers:
        if paper.key not in keys:
            message = _("Thủ tục %(code)s không có giấy tờ %(key)s.") % {
                "code": procedure.code,
                "key": paper.key,
            }
            raise Refused("unknown_component", message, field="papers")


def _require_to_come(first_day: date | None, today: date) -> date:
    """Dossiers received on a day keep what held that day, so no day that was is stated anew."""
    if first_day is not None and first_day < today:
        message = _("Chọn từ hôm nay trở đi: hồ sơ đã nhận giữ cách tiếp nhận của ngày nhận.")
        raise Refused("past_day", message, field="first_day")
    return first_day or today


def _open(procedure: Procedure, facts: OperationFacts, on: date) -> Operation:
    """From the day until the next statement there is; the one that held on the day ends before it."""
    rows = Operation.objects.select_for_update().filter(procedure=procedure).order_by("valid_from")
    following = rows.filter(valid_from__gt=on).first()
    # Stated of one day and corrected before it: nothing older is lost.
    rows.filter(valid_from=on).delete()
    rows.filter(Q(valid_to=None) | Q(valid_to__gt=on), valid_from__lt=on).update(valid_to=on)
    operation = Operation.objects.create(
        procedure=procedure,
        valid_from=on,
        valid_to=following.valid_from if following else None,
        agency_level=facts.agency_level,
        unit_codes=list(facts.unit_codes),
        limit_amount=facts.limit_amount,
        limit_unit=facts.limit_unit,
        start_rule=facts.start_rule,
        basis=facts.basis,
        is_non_territorial=facts.is_non_territorial,
        retention_years=facts.retention_years,
        retention_basis=facts.retention_basis,
        signing_post=facts.signing_post,
    )
    _fill(operation, facts)
    return operation


def _fill(operation: Operation, facts: OperationFacts) -> None:
    RequiredPaper.objects.bulk_create(
        RequiredPaper(operation=operation, component_key=p.key, label=p.label, basis=p.basis)
        for p in facts.papers
    )
    OperationFee.objects.bulk_create(
        OperationFee(operation=operation, no=no, kind=f.kind, name=f.name, amount=f.amount, basis=f.basis)
        for no, f in enumerate(facts.fees, 1)
    )
