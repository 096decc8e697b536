"""What pages of figures ask of the database: few statements, over sums and not over dossiers."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from motcua.accounts.models import User
from motcua.dossiers.tests.factories import NOON, World, make_dossier, make_world
from motcua.figures import actions
from motcua.legal import actions as legal
from tests.ground import begins_with, give

pytestmark = pytest.mark.django_db
BUDGET = 20  # session and user counted (settled point 20)
QUERY = {"ky": "quarter", "so": 1, "nam": 2026}
PAGES = [
    ("figures:overview", {}),
    *(("figures:statistics", {"theo": theo}) for theo in ("don-vi", "linh-vuc", "thu-tuc", "cap", "kenh")),
    ("figures:closing", {}),
]


def make_counted() -> World:
    """The small province with three dossiers done and counted."""
    made = make_world()
    legal.load_parameters()
    for _n in range(3):
        make_dossier(made, "result_ready", at=NOON)
    actions.recount_all(at=NOON)
    return made


@pytest.fixture
@begins_with(make_counted)
def world(db: None) -> World:
    return give(make_counted)


def _ask(name: str, query: dict[str, str], times: int = 2) -> list[str]:
    """The statements of a page that was opened before."""
    client = Client()
    client.force_login(User.objects.get(username="p.control"))
    for _n in range(times):
        with CaptureQueriesContext(
            connection,
        ) as asked:
            assert client.get(reverse(name), {**QUERY, **query}).status_code == 200
    told = [one["sql"] for one in asked.captured_queries]
    return [sql for sql in told if not sql.startswith(("SAVEPOINT", "RELEASE", "BEGIN", "COMMIT"))]


@pytest.mark.parametrize(("name", "query"), PAGES)
def test_a_page_of_figures_reads_sums_in_few_statements(
    world: World, name: str, query: dict[str, str]
) -> None:
    asked = _ask(name, query)
    assert len(asked) <= BUDGET, "\n".join(sql[:120] for sql in asked)
    # Of the events, only the first beyond the cursor is looked at.
    told = [sql for sql in asked if "figures_stay" in sql or "dossiers_event" in sql]
    assert not [sql for sql in told if "motcua_horizon" not in sql]


@pytest.mark.parametrize("measures", ["late,pending_overdue", "new_counter", "early,on_time,late", "waiting"])
def test_a_list_behind_a_figure_opens_in_few_statements(world: World, measures: str) -> None:
    asked = _ask("figures:behind", {"so-lieu": measures})
    assert len(asked) <= BUDGET, "\n".join(sql[:120] for sql in asked)
