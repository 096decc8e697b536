"""Tables an officer has kept."""

from django.db.models import QuerySet

from motcua.figures.models import SavedTable
from motcua.organisations.rules import Actor


def find_tables(actor: Actor) -> QuerySet[SavedTable]:
    """The officer's own, by name."""
    return SavedTable.objects.filter(user_id=actor.user_id).order_by("name")
