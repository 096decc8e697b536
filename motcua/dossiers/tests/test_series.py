"""Books of numbers and what an officer keeps at hand."""

from datetime import date, timedelta

import pytest

from motcua.core.refusal import Refused
from motcua.dossiers import actions, queries
from motcua.dossiers.models import Favourite, Series
from motcua.dossiers.tests.factories import FEE, NOON, World, make_dossier


def test_an_administrator_opens_a_series_for_one_procedure(world: World) -> None:
    facts = {
        "agency_id": world.units["A"],
        "code": "TL",
        "name": "Trích lục",
        "pattern": "{n}/TLKS-BS",
        "first_day": date(2026, 1, 1),
    }
    for nobody in ("x.clerk", "a.leader", "a.intake"):
        with pytest.raises(Refused):
            actions.open_series(actor=world.actors[nobody], **facts, at=NOON)
    for wrong in (
        {"pattern": "không số"},
        {"pattern": "{n}{x}"},
        {"pattern": "{n:999999999}"},
        {"pattern": "{n.real}{nn}"},
        {"code": ""},
        {"code": "KQ"},
    ):
        with pytest.raises(Refused):
            actions.open_series(actor=world.actors["p.admin"], **{**facts, **wrong}, at=NOON)
    actions.open_series(actor=world.actors["p.admin"], **facts, procedure_codes=(FEE,), at=NOON)
    assert make_dossier(world, "result_ready", FEE).results.get().number == "1/TLKS-BS"
    assert make_dossier(world, "result_ready").results.get().number == "1/2026/KQ"


def test_the_clerk_opens_the_books_of_the_own_agency(world: World) -> None:
    made = actions.open_series(
        actor=world.actors["a.clerk"], agency_id=world.units["A"], code="QD", name="Quyết định", pattern="{nn}/QĐ-UBND",
        first_day=date(2026, 1, 1), at=NOON,
    )  # fmt: skip
    assert made.agency_id == world.units["A"]


def test_a_closed_series_numbers_nothing_more(world: World) -> None:
    series = Series.objects.get(agency_id=world.units["A"])
    actions.close_series(
        actor=world.actors["p.admin"], series_id=series.pk, last_day=NOON.date() - timedelta(days=1), at=NOON
    )
    with pytest.raises(Refused) as no:
        make_dossier(world, "result_ready")
    assert no.value.code == "no_series"


def test_favourites_and_lists_are_kept_per_person(world: World) -> None:
    actor = world.actors["a.intake"]
    for _time in range(2):
        actions.keep_favourite(actor=actor, procedure_code=FEE, at=NOON)
    assert Favourite.objects.count() == 1 and queries.find_favourite_codes(actor) == {FEE}
    actions.drop_favourite(actor=actor, procedure_code=FEE, at=NOON)
    assert queries.find_favourite_codes(actor) == set()
    actions.save_list(actor=actor, list_name="inbox", columns=["code", "due"], filters={"q": "x"}, at=NOON)
    saved = queries.find_saved_list(actor, "inbox")
    assert saved is not None and saved.columns == ["code", "due"]
    assert queries.find_saved_list(world.actors["a.case"], "inbox") is None
