"""What the public pages tell of the procedures that are counted."""

from collections.abc import Mapping
from datetime import date
from functools import lru_cache

from motcua.catalogue import queries as catalogue
from motcua.figures import queries as figures

Published = Mapping[str, catalogue.PublishedFacts]


def find_facts(on: date) -> Published:
    """Of every procedure with dossiers that stands on the public pages: read once for every state of the counting."""
    stamp = figures.get_stamp()
    return (_keep if stamp else _keep.__wrapped__)(stamp, on)


@lru_cache(maxsize=16)
def _keep(stamp: tuple[object, ...], on: date) -> Published:
    return catalogue.find_published(figures.find_counted_codes(), on)
