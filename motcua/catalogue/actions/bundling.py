"""Groups of procedures under one form: stated from a day, with their basis; what held before is kept."""

import json
from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.db import transaction
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
