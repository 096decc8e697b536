"""Groups of procedures under one form: stated from a day, with their basis; what held before is kept."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from motcua.audit import actions as audit
from motcua.catalogue import access
from motcua.catalogue.models import Bundle, BundlePart, Procedure
from motcua.core.refusal import Refused
from motcua.organisations.rules import Actor

DATA = Path(__file__).resolve().parent.parent / "data" / "bundles.json"


@transaction.atomic
def load_bundles(*, actor: Actor, path: Path = DATA, at: datetime) -> int:
    """State the groups of the file that are not stated from that day yet; answers how many were.

    A group of the same code that was in force ends on the first day of the new one.

    :raises Refused: the actor may not, or the file names a procedure the catalogue does not have.
    """
    access.require_keeper(actor)
    rows = json.loads(path.read_text(encoding="utf-8"))
    fresh = [row for row in rows if not _is_held(row)]
    for row in fresh:
        _require_procedures(row)
        first_day = date.fromisoformat(row["valid_from"])
        Bundle.objects.filter(code=row["code"], valid_to=None).update(valid_to=first_day)
        _state(row, first_day)
    if fresh:
        audit.record("catalogue.bundles_loaded", actor=actor, note=str(len(fresh)), at=at)
    return len(fresh)


def _is_held(row: Mapping[str, Any]) -> bool:
    return Bundle.objects.filter(code=row["code"], valid_from=row["valid_from"]).exists()


def _require_procedures(row: Mapping[str, Any]) -> None:
    codes = {part["procedure"] for part in row["parts"]}
    missing = codes - set(Procedure.objects.filter(code__in=codes).values_list("code", flat=True))
    if missing:
        message = _("Không có thủ tục %(code)s trong danh mục.") % {"code": ", ".join(sorted(missing))}
        raise Refused("not_found", message)


def _state(row: Mapping[str, Any], first_day: date) -> None:
    bundle = Bundle.objects.create(
        code=row["code"], name=row["name"], valid_from=first_day, basis=row["basis"],
        total_days=_days(row.get("total_days")), verified_days=_days(row.get("verified_days")),
        start_rule=row.get("start_rule", "default"), part_start_rule=row.get("part_start_rule", "default"),
        order=row.get("order", "at_once"), take_over_hours=Decimal(str(row.get("take_over_hours", 2))),
    )  # fmt: skip
    BundlePart.objects.bulk_create(
        BundlePart(
            bundle=bundle, no=part["no"], procedure_code=part["procedure"], name=part["name"], days=Decimal(str(part["days"])),
            second_days=_days(part.get("second_days")), needs=part.get("needs", []), start=part.get("start", "result"),
            may_verify=part.get("may_verify", False), tells_at_once=part.get("tells_at_once", False),
            work=part.get("work", ""), papers=part.get("papers", []), basis=part["basis"],
        )
        for part in row["parts"]
    )  # fmt: skip


def _days(number: object) -> Decimal | None:
    return None if number is None else Decimal(str(number))


@dataclass(frozen=True, slots=True, kw_only=True)
class BundlePartFacts:
    """One procedure of a group as it is to be stated; `papers` are codes of components, none for the first case's."""

    no: int
    procedure_code: str
    name: str
    days: Decimal
    basis: str
    second_days: Decimal | None = None
    needs: tuple[int, ...] = ()
    start: str = "result"
    may_verify: bool = False
    tells_at_once: bool = False
    work: str = ""
    papers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class BundleFacts:
    """A group as it is to be stated from a day."""

    code: str
    name: str
    basis: str
    parts: tuple[BundlePartFacts, ...]
    total_days: Decimal | None = None
    verified_days: Decimal | None = None
    start_rule: str = "default"
    part_start_rule: str = "default"
    order: str = "at_once"
    take_over_hours: Decimal = Decimal(2)


@transaction.atomic
def state_bundle(*, actor: Actor, facts: BundleFacts, first_day: date, at: datetime) -> Bundle:
    """State a group anew from a day; the version in force ends the day before and is never changed.

    A version stated from the same day to come takes its place: nothing was received under it yet.

    :raises Refused: not the province's keeper, a day that is past, or a version from this or a later day is there.
    """
    access.require_keeper(actor)
    require_new_day(facts.code, first_day, timezone.localdate(at))
    Bundle.objects.filter(code=facts.code, valid_from=first_day).delete()
    Bundle.objects.filter(code=facts.code, valid_from__lt=first_day).filter(
        Q(valid_to=None) | Q(valid_to__gt=first_day)
    ).update(valid_to=first_day)
    bundle = _keep(facts, first_day)
    _record(actor, "catalogue.bundle_stated", bundle, at)
    return bundle


@transaction.atomic
def end_bundle(*, actor: Actor, code: str, last_day: date, at: datetime) -> Bundle:
    """Nothing more is received under a group after a day; wholes received before keep their version.

    :raises Refused: not the keeper, no such group is in force, the day is past, or a later version waits.
    """
    access.require_keeper(actor)
    on = timezone.localdate(at)
    if last_day < on:
        raise Refused("bad_day", _("Ngày cuối không được trước hôm nay."), field="last_day")
    bundle = Bundle.objects.on(on).filter(code=code).first()
    if bundle is None:
        raise Refused("not_found", _("Không có nhóm thủ tục liên thông này còn hiệu lực."))
    if Bundle.objects.filter(code=code, valid_from__gt=on).exists():
        raise Refused("waiting", _("Có bản sắp áp dụng: bỏ bản ấy trước."), field="last_day")
    bundle.valid_to = last_day + timedelta(days=1)
    bundle.save(update_fields=["valid_to"])
    _record(actor, "catalogue.bundle_ended", bundle, at)
    return bundle


@transaction.atomic
def drop_bundle(*, actor: Actor, bundle_id: int, at: datetime) -> str:
    """Take back a version that is to come; the one it would have ended goes on. The group's code.

    :raises Refused: not the keeper, or it holds already: what was received under it keeps it.
    """
    access.require_keeper(actor)
    bundle = Bundle.objects.filter(pk=bundle_id).first()
    if bundle is None:
        raise Refused("not_found", _("Không có nhóm thủ tục liên thông này còn hiệu lực."))
    if bundle.valid_from <= timezone.localdate(at):
        raise Refused("in_force", _("Bản này đã áp dụng, không bỏ được; hãy lập bản mới từ một ngày."))
    _record(actor, "catalogue.bundle_dropped", bundle, at)
    code, first_day = bundle.code, bundle.valid_from
    bundle.delete()
    Bundle.objects.filter(code=code, valid_to=first_day).update(valid_to=None)
    return code


def require_new_day(code: str, first_day: date, on: date) -> None:
    """:raises Refused: the day is past, or a version from this or a later day is there."""
    if first_day < on:
        raise Refused("bad_day", _("Bản mới áp dụng từ hôm nay hoặc một ngày sau."), field="first_day")
    held = Bundle.objects.filter(code=code, valid_from__gte=first_day).order_by("-valid_from").first()
    if held is not None and not held.valid_from == first_day > on:
        message = _("Đã có bản từ ngày %(day)s. Chọn ngày sau đó, hoặc bỏ bản ấy nếu chưa áp dụng.")
        raise Refused("stated", message % {"day": f"{held.valid_from:%d/%m/%Y}"}, field="first_day")


def _keep(facts: BundleFacts, first_day: date) -> Bundle:
    own = {name: value for name, value in asdict(facts).items() if name != "parts"}
    bundle = Bundle.objects.create(valid_from=first_day, **own)
    BundlePart.objects.bulk_create(
        BundlePart(bundle=bundle, **asdict(part) | {"needs": list(part.needs), "papers": list(part.papers)})
        for part in facts.parts
    )
    return bundle


def _record(actor: Actor, what: str, bundle: Bundle, at: datetime) -> None:
    note = f"{bundle.code} {bundle.valid_from:%d/%m/%Y}"
    audit.record(what, actor=actor, subject=f"catalogue.bundle:{bundle.pk}", note=note, at=at)
