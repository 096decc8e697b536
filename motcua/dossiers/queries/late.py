"""The public list of broken promises, month by month, agency by agency."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count

from motcua.core.paging import Page, page
from motcua.dossiers.models import LateDossier
from motcua.dossiers.queries.reading import name_unit

MONTHS = 24


@dataclass(frozen=True, slots=True)
class LateCount:
    """An agency in a month: how many promises were broken, and for how many of them an apology was made."""

    agency_id: int
    name: str
    number: int
    apologised: int


def find_late_months() -> list[date]:
    """The months that were published, the latest first."""
    rows = LateDossier.objects.order_by("-month").values_list("month", flat=True).distinct()
    return list(rows[:MONTHS])


def count_late(month: date) -> list[LateCount]:
    """Agencies of a month, those with the most first."""
    rows = (
        LateDossier.objects.filter(month=month)
        .values("agency_id")
        .annotate(number=Count("pk"), apologised=Count("apologised_on"))
    )
    counts = [
        LateCount(row["agency_id"], name_unit(row["agency_id"], month), row["number"], row["apologised"])
        for row in rows
    ]
    return sorted(counts, key=lambda one: (-one.number, one.name))


def find_late(month: date, agency_id: int, cursor: str | None = None) -> Page:
    """The dossiers of an agency in a month, by the day that was promised.

    :raises Refused: the cursor is not one of ours.
    """
    rows = LateDossier.objects.filter(month=month, agency_id=agency_id)
    return page(rows, order=("due_on", "id"), cursor=cursor)
