"""Procedures kept at hand on the intake desk."""

import pytest
from django.urls import reverse

from motcua.core.refusal import Refused
from motcua.dossiers import actions, queries
from motcua.dossiers.actions import preferences
from motcua.dossiers.models import Favourite
from motcua.dossiers.tests.conftest import SignIn
from motcua.dossiers.tests.factories import BIRTH, FEE, NOON, OPEN_ENDED, World, make_dossier

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("morning")]


def test_a_star_keeps_a_procedure_first_for_this_officer_only(world: World, as_: SignIn) -> None:
    make_dossier(world, code=FEE)
    client, address = as_("a.intake"), reverse("dossiers:favourite")
    answer = client.post(address, {"code": OPEN_ENDED, "keep": "1", "back": reverse("dossiers:choose")})
    assert answer.headers["Location"] == reverse("dossiers:choose")
    page = client.get(reverse("dossiers:choose")).content.decode()
    own, often = page.index('id="favourites"'), page.index('id="often"')
    assert own < page.index(OPEN_ENDED) < often < page.index(FEE)
    assert page.count('aria-pressed="true"') == 1
    assert 'id="favourites"' not in as_("a.intake2").get(reverse("dossiers:choose")).content.decode()
    client.post(address, {"code": OPEN_ENDED, "keep": "0"})
    assert 'id="favourites"' not in client.get(reverse("dossiers:choose")).content.decode()


def test_favourites_come_first_in_what_is_found(world: World, as_: SignIn) -> None:
    actor = world.actors["a.intake"]
    client, asked = as_("a.intake"), {"q": "th"}
    codes = (BIRTH, FEE, OPEN_ENDED)

    def order() -> list[str]:
        page = client.get(reverse("dossiers:find_procedure"), asked).content.decode()
        return sorted((code for code in codes if code in page), key=page.index)

    last = order()[-1]
    assert len(order()) > 1
    actions.keep_favourite(actor=actor, procedure_code=last, at=NOON)
    assert order()[0] == last


def test_every_kept_procedure_is_shown_and_the_forty_first_is_refused(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    actor = world.actors["a.intake"]
    monkeypatch.setattr(preferences, "MOST", 2)
    for code in (BIRTH, FEE):
        actions.keep_favourite(actor=actor, procedure_code=code, at=NOON)
    with pytest.raises(Refused) as no:
        actions.keep_favourite(actor=actor, procedure_code=OPEN_ENDED, at=NOON)
    assert no.value.code == "too_many_favourites"
    assert [sheet.code for sheet in queries.find_favourites(actor, on=world.on)] == [BIRTH, FEE]


def test_a_procedure_that_is_not_there_is_not_kept(world: World, as_: SignIn) -> None:
    answer = as_("a.intake").post(reverse("dossiers:favourite"), {"code": "9.999999", "keep": "1"})
    assert answer.status_code in (404, 409)
    assert not Favourite.objects.exists()
    assert (
        as_("a.leader").post(reverse("dossiers:favourite"), {"code": BIRTH, "keep": "1"}).status_code == 403
    )
