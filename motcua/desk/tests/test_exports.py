"""No list that leaves the house carries a formula: whatever a name begins with, in a file it is a text."""

import csv
import io
import re
import zipfile
from datetime import timedelta
from decimal import Decimal
from itertools import cycle
from typing import Any

import pytest
from django.urls import reverse

from motcua.accounts.models import User
from motcua.catalogue.queries import forget as forget_catalogue
from motcua.catalogue.tests.factories import make_procedure
from motcua.dossiers.actions import PersonFacts
from motcua.dossiers.models import Series
from motcua.dossiers.tests.conftest import SignIn, as_
from motcua.dossiers.tests.factories import NOON, OPEN_ENDED, TODAY, World, make_dossier, make_world
from motcua.legal.models import Parameter
from motcua.organisations.models import Absence, Assignment, Reorganisation, UnitVersion
from motcua.organisations.queries import forget_trees
from motcua.processes.rules import StepView
from motcua.processes.tests.factories import make_process
from motcua.programme.models import RegisterEntry
from motcua.programme.queries.registers import get_register
from motcua.programme.rules.registers import Kind
from motcua.worktime.models import CalendarDay
from tests.ground import begins_with, give

__all__ = ["as_"]
# A link that calls a program, sums that begin with a sign, the old mark of a formula, and a tab before one.
HOSTILE = ("=CMD|' /C calc'!A0", "+1+1|x", "-2+3|x", "@SUM(1|2)", "\t=1+1|x")
SIGNS = ("=", "+", "-", "@", "\t", "\r")
FILES = (
    ("dossiers:export_register", (), "a.intake", "dang=xlsx"),
    ("dossiers:export_register", (), "a.intake", "dang=csv"),
    ("dossiers:export_inbox", ("new",), "a.intake", "dang=csv"),
    ("dossiers:export_inbox", ("new",), "a.intake", "dang=xlsx"),
    ("dossiers:series", (), "p.admin", "dang=xlsx"),
    ("desk:export_entries", (), "p.admin", ""),
    ("organisations:export_units", (), "p.admin", ""),
    ("organisations:export_assignments", (), "p.admin", ""),
    ("catalogue:export", (), "p.admin", ""),
    ("processes:export", (), "p.control", ""),
    ("legal:parameters", (), "p.admin", "dang=xlsx"),
    ("worktime:export_year", (2026,), "p.admin", ""),
    ("dossiers:export_stalled", (), "a.leader", "dang=csv"),
    ("dossiers:export_stalled", (), "a.leader", "dang=xlsx"),
    ("organisations:absences", (), "p.admin", "dang=xlsx"),
    ("desk:reorganisations", (), "p.admin", "dang=xlsx"),
    ("programme:export_register", ("truyen-thong",), "p.control", ""),
)


def make_spoiled_world() -> World:
    """Every name an officer or a neighbour may write begins as a formula would."""
    world = make_world()
    for model, column in (
        (UnitVersion, "name"),
        (User, "full_name"),
        (Series, "name"),
        (Parameter, "name"),
        (CalendarDay, "name"),
    ):
        for row, text in zip(model.objects.order_by("pk"), cycle(HOSTILE), strict=False):
            model.objects.filter(pk=row.pk).update(**{column: text})
    steps = [
        StepView(no, text, "case_officer", "competent", Decimal(4)) for no, text in enumerate(HOSTILE, 1)
    ]
    make_process(OPEN_ENDED, agency_id=world.units["XD"], steps=tuple(steps))
    for no, text in enumerate(HOSTILE):
        make_procedure(f"9.00000{no}", name=text)
    forget_trees()
    forget_catalogue()
    for no, text in enumerate(HOSTILE):
        make_dossier(world, applicant=PersonFacts(full_name=text))
        _spoil_beside(world, no, text)
    return world


@pytest.fixture
@begins_with(make_spoiled_world)
def world(db: None) -> World:
    return give(make_spoiled_world)


def _spoil_beside(world: World, no: int, text: str) -> None:
    """What hangs on no dossier: who is away by which paper, a decision on units, an entry of a register of plans."""
    kept: dict[str, Any] = {"kept_at": NOON, "kept_by": text}
    posting = Assignment.objects.order_by("pk").last()
    assert posting
    Absence.objects.create(
        assignment=posting, reason="leave", decision_number=text, valid_from=TODAY + timedelta(days=10 * no),
        valid_to=None if no == len(HOSTILE) - 1 else TODAY + timedelta(days=10 * no + 5), **kept,
    )  # fmt: skip
    Reorganisation.objects.create(
        kind="rename", title=text, decision_number=text, first_day=TODAY, agency_id=world.units["P"], **kept
    )
    values = {
        column.name: text for column in get_register("truyen-thong").columns if column.kind == Kind.TEXT
    }
    RegisterEntry.objects.create(register="truyen-thong", unit_id=world.units["P"], values=values, **kept)


def _find_formulas(content: bytes) -> list[str]:
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        sheets = [book.read(name).decode() for name in book.namelist() if "/sheet" in name]
    return [found for sheet in sheets for found in re.findall(r"<f[ >][^<]*", sheet)]


def _find_texts(content: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        return "".join(book.read(name).decode() for name in book.namelist() if name.endswith(".xml"))


@pytest.mark.parametrize(("name", "words", "who", "query"), FILES, ids=lambda value: str(value))
def test_a_name_is_a_text_in_every_file(
    world: World, as_: SignIn, name: str, words: tuple[Any, ...], who: str, query: str
) -> None:
    client = as_(who)
    address = f"{reverse(name, args=words)}?{query}"
    client.get(address)  # leaves its reader's name in the evidence, which is a list too
    answer: Any = client.get(address, follow=True)
    assert answer.status_code == 200 and "attachment" in answer["Content-Disposition"]
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    if content.startswith(b"PK"):
        assert not _find_formulas(content)
        assert "|" in _find_texts(content)
    else:
        cells = [cell for line in csv.reader(io.StringIO(content.decode("utf-8-sig"))) for cell in line]
        assert not [cell for cell in cells if cell.startswith(SIGNS)]
        assert any(cell.startswith("'") and "|" in cell for cell in cells)
