"""The small province of the tests of units, seen from the catalogue."""

from motcua.organisations.tests.conftest import province

__all__ = ["province"]
