"""The step tables that come with the product, published the first time they are loaded."""

import json
from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.db import transaction

from motcua.organisations.rules import Actor
from motcua.processes.actions.drafting import DraftFacts, save_draft
from motcua.processes.actions.publishing import publish
from motcua.processes.models import Process
from motcua.processes.rules import StepView

DATA = Path(__file__).resolve().parent.parent / "data" / "processes.json"


@transaction.atomic
def load_processes(*, actor: Actor, unit_codes: Mapping[str, str], path: Path = DATA, at: datetime) -> int:
    """Write and publish the tables of the file whose procedures have no process yet; answers how many.

    `unit_codes` says which unit an agency named in the file is; one left out keeps its name as its code.
    """
    held = set(Process.objects.filter(agency=None).values_list("procedure_code", flat=True))
    fresh = [row for row in json.loads(path.read_text(encoding="utf-8")) if row["code"] not in held]
    for row in fresh:
        draft = save_draft(actor=actor, facts=_facts(row, unit_codes), at=at)
        if row["published_on"]:
            day = date.fromisoformat(row["published_on"])
            publish(
                actor=actor,
                version_id=draft.pk,
                decision_number=row["decision_number"],
                published_on=day,
                at=at,
            )
    return len(fresh)


def _facts(row: Mapping[str, Any], unit_codes: Mapping[str, str]) -> DraftFacts:
    return DraftFacts(
        procedure_code=row["code"],
        steps=tuple(_step(step, unit_codes) for step in row["steps"]),
        total_hours=Decimal(str(row["total_hours"])),
        source=row["source"],
        is_demonstration=row["is_demonstration"],
    )


def _step(row: Mapping[str, Any], unit_codes: Mapping[str, str]) -> StepView:
    role, colon, name = row["unit_role"].partition(":")
    return StepView(
        no=row["no"],
        name=row["name"],
        post=row["post"],
        unit_role=role + colon + unit_codes.get(name, name),
        hours=Decimal(str(row["hours"])),
        product=row["product"],
        runs_after=tuple(row["runs_after"]),
    )
