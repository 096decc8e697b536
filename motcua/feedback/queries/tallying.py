"""Answers added up, always with how many were asked."""

from collections.abc import Iterable
from datetime import date

from motcua.feedback.models import Rating, store
from motcua.feedback.rules import Level, Tally


def tally(first: date, last: date, agencies: list[int] | None) -> Tally:
    """Answers of some units, or all, as one."""
    rows = store.tally("all", first, last, agencies)
    return Tally(*rows[0][1:]) if rows else Tally()


def tally_agencies(first: date, last: date, agencies: list[int] | None) -> dict[int, Tally]:
    """Answers of each unit."""
    return {int(share): Tally(*told) for share, *told in store.tally("agency", first, last, agencies)}


def tally_fields(first: date, last: date, agencies: list[int] | None) -> dict[str, Tally]:
    """Answers of each field."""
    return {share: Tally(*told) for share, *told in store.tally("field", first, last, agencies)}


def count_contents(first: date, last: date, agencies: list[int] | None) -> dict[str, dict[int, int]]:
    """How often each content got each level."""
    told: dict[str, dict[int, int]] = {}
    for name, level, count in store.count_contents(first, last, agencies):
        told.setdefault(name, {})[level] = count
    return told


def find_disliked(first: date, last: date, agencies: Iterable[int] | None) -> list[tuple[int, int]]:
    """Dossier and agency of each low answer given in a period."""
    rows = Rating.objects.filter(level=Level.DISSATISFIED, rated_on__gte=first, rated_on__lte=last)
    if agencies is not None:
        rows = rows.filter(agency_id__in=list(agencies))
    return list(rows.values_list("dossier_id", "agency_id"))
