"""The small province of the tests of units, seen from its processes."""

from motcua.organisations.tests.conftest import province

__all__ = ["province"]
