"""Telling every server process that the catalogue has changed."""

from django.db import transaction

from motcua.catalogue.models import CatalogueStamp
from motcua.catalogue.queries.kept import STAMP, forget
from motcua.catalogue.stamps import new_stamp


def touch() -> None:
    """Set a new stamp; this process forgets at once, and again when the change is kept."""
    CatalogueStamp.objects.update_or_create(name=STAMP, defaults={"value": new_stamp()})
    forget()
    transaction.on_commit(forget)
