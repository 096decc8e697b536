"""What the tests of units share."""

from types import SimpleNamespace

import pytest

from motcua.organisations.tests.factories import make_province


@pytest.fixture
def province(db: None) -> SimpleNamespace:
    """The small province with all its people."""
    return make_province()
