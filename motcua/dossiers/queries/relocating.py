"""How much a reorganisation would move: asked before, changing nothing."""

from collections.abc import Sequence
from typing import NamedTuple

from django.db.models import Q

from motcua.dossiers.models import Dossier, Filing, Involvement, Series, Task
from motcua.dossiers.rules.states import ALIVE, State
from motcua.organisations.rules import MoveLine


class Load(NamedTuple):
    """What lies in a unit."""

    dossiers: int
    tasks: int
    filings: int
    books: int
    known: int


def count_load(lines: Sequence[MoveLine], unit_id: int) -> Load:
    """Running dossiers, open tasks, filings and books that would move out of a unit, and all it ever had."""
    mine = [line for line in lines if line.from_id == unit_id]
    is_whole = any(not line.fields for line in mine)
    fields = [code for line in mine for code in line.fields]
    running = Dossier.objects.filter(state__in=[s.value for s in ALIVE | {State.RESULT_READY}])
    here = Q(competent_agency_id=unit_id)
    if is_whole:
        here |= Q(receiving_unit_id=unit_id) | Q(returning_unit_id=unit_id)
    concerned = running.filter(here)
    if not is_whole:
        concerned = concerned.filter(field_code__in=fields)
    if not is_whole:
        return Load(concerned.count(), 0, 0, 0, 0)
    return Load(
        dossiers=concerned.count(),
        tasks=Task.objects.filter(unit_id=unit_id, done_at=None).count(),
        filings=Filing.objects.filter(unit_id=unit_id, ended_at=None).count(),
        books=Series.objects.filter(agency_id=unit_id, valid_to=None).count(),
        known=Involvement.objects.filter(unit_id=unit_id).count(),
    )


def count_moving(lines: Sequence[MoveLine]) -> tuple[int, int]:
    """Running dossiers that would move, and all dossiers the new units would see: each once, however many units it names."""
    whole = [line.from_id for line in lines if not line.fields]
    here = Q(receiving_unit_id__in=whole) | Q(competent_agency_id__in=whole) | Q(returning_unit_id__in=whole)
    here |= Q(pk__in=Task.objects.filter(done_at=None, unit_id__in=whole).values("dossier_id"))
    for line in lines:
        if line.fields:
            here |= Q(competent_agency_id=line.from_id, field_code__in=line.fields)
    running = Dossier.objects.filter(here, state__in=[s.value for s in ALIVE | {State.RESULT_READY}])
    known = Involvement.objects.filter(unit_id__in=whole).values("dossier_id").distinct()
    return running.count(), known.count()
