"""Notes of weeks."""

from django.db.models import QuerySet

from motcua.indices.models import WeeklyNote


def find_notes(unit_id: int) -> QuerySet[WeeklyNote]:
    """The notes of a unit, the latest week first."""
    return WeeklyNote.objects.filter(unit_id=unit_id).order_by("-week_on")
