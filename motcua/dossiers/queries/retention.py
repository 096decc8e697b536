"""Dossiers of an agency whose time of keeping is over and of which nothing was decided yet, the oldest first."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from django.db import connection
from django.db.models import Count
from django.utils import timezone

from motcua.catalogue import queries as catalogue
from motcua.core.reading import follow, read_rows
from motcua.dossiers import access
from motcua.dossiers.models import Disposal, DisposedDossier, Dossier
from motcua.dossiers.rules.retention import last_day_kept
from motcua.organisations.queries import get_tree
from motcua.organisations.rules import Actor
from motcua.worktime.rules import ZONE

PAGE = 100
# Walked along the index of the agency, and of each it took over from, from the oldest dossier; what was received too
# lately is never read.
_ENDED = """
SELECT found.* FROM unnest(%(agencies)s::bigint[]) AS kept(unit_id) CROSS JOIN LATERAL (
    SELECT d.id, d.code, d.procedure_name, d.applicant_name, d.received_at, d.finished_at, r.years, r.basis
    FROM dossiers_involvement i
    JOIN dossiers_dossier d ON d.id = i.dossier_id
    JOIN jsonb_to_recordset(%(rules)s::jsonb) AS r(code text, since date, until date, years int, basis text)
      ON r.code = d.procedure_code AND (d.received_at AT TIME ZONE %(zone)s)::date >= r.since
     AND (r.until IS NULL OR (d.received_at AT TIME ZONE %(zone)s)::date < r.until)
    WHERE i.unit_id = kept.unit_id AND d.competent_agency_id = kept.unit_id AND i.received_at < %(latest)s
      AND d.finished_at IS NOT NULL
      AND extract(year FROM d.finished_at AT TIME ZONE %(zone)s) + r.years < %(year)s
      AND NOT EXISTS (SELECT 1 FROM dossiers_disposeddossier x WHERE x.dossier_id = d.id)
      AND (%(ids)s::bigint[] IS NULL OR d.id = ANY(%(ids)s::bigint[]))
    ORDER BY i.received_at, i.dossier_id LIMIT %(most)s
) AS found
ORDER BY found.received_at, found.id LIMIT %(most)s
"""


@dataclass(frozen=True, slots=True)
class EndedRow:
    """A dossier that need not be kept any longer, and by which rule."""

    id: int
    code: str
    procedure_name: str
    applicant_name: str
    received_at: datetime
    finished_at: datetime
    years: int
    basis: str

    @property
    def kept_until(self) -> date:
        """The last day it had to be kept."""
        return last_day_kept(timezone.localdate(self.finished_at), self.years)


def find_ended(
    actor: Actor, *, ids: Sequence[int] | None = None, most: int = PAGE + 1, at: datetime
) -> list[EndedRow]:
    """What the actor's agency may decide of today; of these ids only, when some are given.

    :raises Refused: the actor keeps no archive.
    """
    access.require_archivist(actor)
    rules = [rule for rule in catalogue.find_retentions() if rule.years is not None]
    if not rules:
        return []
    today = timezone.localdate(at)
    fewest = min(rule.years or 0 for rule in rules)
    parameters: dict[str, Any] = {
        "rules": json.dumps([_plain(rule) for rule in rules]),
        "zone": str(ZONE),
        "agencies": sorted({actor.agency_id} | get_tree(today).find_taken_over([actor.agency_id])),
        "latest": datetime.combine(date(today.year - fewest, 1, 1), time.min, ZONE),
        "year": today.year,
        "ids": None if ids is None else list(ids),
        "most": most,
    }
    with connection.cursor() as cursor:
        cursor.execute(_ENDED, parameters)
        return [EndedRow(*row) for row in cursor.fetchall()]


def _plain(rule: catalogue.KeptFor) -> dict[str, Any]:
    since, until = rule.since.isoformat(), rule.until and rule.until.isoformat()
    return {
        "code": rule.procedure_code,
        "since": since,
        "until": until,
        "years": rule.years,
        "basis": rule.basis,
    }


def find_disposals(actor: Actor, most: int = PAGE) -> list[Disposal]:
    """The agency's decisions, the newest first, with how many dossiers each."""
    access.require_archivist(actor)
    rows = Disposal.objects.filter(agency_id=actor.agency_id).annotate(dossiers=Count("lines"))
    return list(rows.order_by("-done_at")[:most])


def find_fate(dossier: Dossier) -> DisposedDossier | None:
    """What was decided of a dossier after its time, if anything was."""
    rows = read_rows(DisposedDossier, "dossier_id = %s ORDER BY id LIMIT 1", [dossier.pk])
    follow(rows, "disposal")
    return rows[0] if rows else None
