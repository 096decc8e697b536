"""The page of the index asks each of its questions once."""

import pytest

from motcua.dossiers.tests.factories import World
from motcua.figures.tests.test_costs import BUDGET, _ask, world

__all__ = ["world"]

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("name", ["indices:index", "indices:public", "indices:nine"])
def test_a_page_of_the_index_takes_few_statements(world: World, name: str) -> None:  # noqa: F811
    asked = _ask(name, {})
    assert len(asked) <= BUDGET, "\n".join(sql[:120] for sql in asked)
