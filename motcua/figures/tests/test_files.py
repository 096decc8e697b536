"""Tables of figures as files, opened again: each row and sum of the page, for the province and for a commune alone."""

import csv
import io
import re
from collections.abc import Iterator
from itertools import product
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from lxml import html
from python_calamine import CalamineWorkbook

from motcua.accounts.models import User
from motcua.catalogue.models import Field
from motcua.catalogue.queries import forget as forget_catalogue
from motcua.catalogue.tests.factories import make_procedure
from motcua.core.text import fold
from motcua.core.writing import number
from motcua.dossiers.tests.factories import World, make_dossier, make_world
from motcua.figures import actions
from motcua.figures.tests.lives import put_every_class
from motcua.figures.tests.test_counting import AT
from motcua.legal import actions as legal
from motcua.organisations.models import UnitVersion
from motcua.organisations.queries import forget_trees
from tests.ground import begins_with, give

pytestmark = pytest.mark.django_db
QUERY = {"ky": "quarter", "so": "1", "nam": "2026"}
HOSTILE = "=cmd|' /C calc'!A0 \"An\" & <b>Huế</b>"
TABLES = ("don-vi", "linh-vuc", "thu-tuc", "don-vi-linh-vuc", "cap", "kenh")


def make_hostile() -> World:
    """Every class of life in the small province; what can be named is called as a formula is written."""
    world = make_world()
    legal.load_parameters()
    _put_lives(world)
    make_procedure("9.999999", name=HOSTILE)
    Field.objects.update(name=HOSTILE)
    UnitVersion.objects.filter(unit_id=world.units["A"]).update(
        name=f"{HOSTILE} A", name_folded=fold(HOSTILE)
    )
    forget_trees()
    forget_catalogue()
    return world


@pytest.fixture
@begins_with(make_hostile)
def world(db: None) -> Iterator[World]:
    yield give(make_hostile)
    forget_trees()
    forget_catalogue()


def _put_lives(world: World) -> None:
    agencies = [world.units[name] for name in ("A", "B", "XD")]
    put_every_class(make_dossier(world), agencies, field_code="lạ", procedure_code="9.999999")
    actions.recount_all(at=AT)


def _client(name: str) -> Client:
    client = Client()
    client.force_login(User.objects.get(username=name))
    return client


def _read_page(client: Client, query: dict[str, str]) -> tuple[list[list[str]], list[str]]:
    """The rows of the table, and the row of sums."""
    page = html.fromstring(client.get(reverse("figures:statistics"), query).content.decode())
    rows = [
        (row.get("class"), [" ".join(cell.text_content().split()) for cell in row.iter("th", "td")])
        for row in page.xpath("//tr[td[contains(@class, 'figure')]]")
    ]
    [sums] = [cells for kind, cells in rows if kind == "sum"]
    return [cells for kind, cells in rows if kind != "sum"], sums


def _fetch(client: Client, query: dict[str, str], form: str) -> list[list[Any]]:
    answer: Any = client.get(reverse("figures:export"), {**query, "dang": form})
    assert answer.status_code == 200
    content = b"".join(answer.streaming_content)
    if form == "csv":
        return list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))
    return CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0).to_python()


def _say(cell: object) -> str:
    """As the page writes it: a sign before a formula's is no part of a name."""
    return number(cell) if isinstance(cell, int | float) else " ".join(str(cell).removeprefix("'").split())


@pytest.mark.parametrize(("who", "theo"), [*product(("p.control", "a.leader"), TABLES)])
def test_a_file_holds_the_rows_and_sums_of_its_page(world: World, who: str, theo: str) -> None:
    query = {**QUERY, "theo": theo} | ({"donvi": str(world.units["P"])} if who == "p.control" else {})
    client = _client(who)
    rows, sums = _read_page(client, query)
    assert rows
    for form in ("csv", "xlsx"):
        head, *lines = _fetch(client, query, form)
        assert len(head) == len(rows[0])
        shown = [[cell or "0" if n else cell for n, cell in enumerate(row[:-1])] for row in rows]
        assert [[_say(cell) for cell in line[:-1]] for line in lines] == shown
        added = [sum(int(line[n]) for line in lines) for n in range(1, len(head) - 1)]
        assert [number(one) for one in added] == [cell or "0" for cell in sums[1:-1]]
        rates = [re.sub("[%–]", "", row[-1]).strip() for row in rows]
        assert [_say(line[-1]).removesuffix(",0") for line in lines] == rates


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_a_commune_takes_along_its_own_figures_alone(world: World, form: str) -> None:
    client, query = _client("a.leader"), {**QUERY, "theo": "don-vi"}
    _head, *lines = _fetch(client, query, form)
    assert len(lines) == 1 and HOSTILE in lines[0][0]
    for other in ("B", "XD", "P"):
        asked = {**query, "donvi": str(world.units[other]), "dang": form}
        assert client.get(reverse("figures:export"), asked).status_code == 403
