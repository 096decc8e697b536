"""The small province of the dossiers' tests, seen from the officers' front door."""

from motcua.dossiers.tests.conftest import as_, morning, world

__all__ = ["as_", "morning", "world"]
