"""What the tests of units share."""

from types import SimpleNamespace

import pytest

from motcua.organisations.tests.factories import make_province
from tests.ground import begins_with, give


@pytest.fixture
@begins_with(make_province)
def province(db: None) -> SimpleNamespace:
    """The small province with all its people."""
    return give(make_province)
