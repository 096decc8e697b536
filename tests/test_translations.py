"""Every sentence of the pages is also said in English, with the same places filled in."""

import polib
import pytest
from django.conf import settings
from django.template import engines
from django.test import Client

from motcua.commands.check_translations import find_faults, find_marked, find_places, judge_on_pages


def test_every_sentence_has_its_english_and_those_of_code_and_pages_are_found() -> None:
    marked = find_marked()
    assert find_faults(marked) == []
    places = {place for _plural, files in marked.values() for place in files}
    assert any(place.endswith(".html") for place in places)
    assert any("/rules/" in place for place in places)


def test_places_are_compared_by_name_and_kind() -> None:
    assert find_places("%(a)s và {b}, %d") == {"%(a)s", "{b}", "%d"}
    assert find_places("100 % hồ sơ") == set()


@pytest.mark.django_db
def test_a_visitor_who_reads_english_gets_english(client: Client) -> None:
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    page = client.get("/dang-nhap/").content.decode()
    assert "Track a dossier" in page
    assert "Tra cứu hồ sơ" not in page


@pytest.mark.parametrize("place", ["a.html", "a.txt", "a.py"])
def test_a_page_says_no_bare_percent_sign(place: str) -> None:
    """In code it is a word like any other; a page puts places into all it says, and stops at it."""
    for said in ("Satisfied (%)", "100 % of them"):
        entry = polib.POEntry(msgid="Tỷ lệ hài lòng", msgstr=said)
        assert bool(judge_on_pages(entry, [place])) == (place != "a.py")
    good = polib.POEntry(msgid="%(n)s%% hồ sơ", msgstr="%(n)s%% of the dossiers")
    assert not judge_on_pages(good, [place])


@pytest.mark.django_db
def test_every_page_can_be_said_in_english() -> None:
    """What a sentence says is put into a page when it is compiled, so that each compiles or none of it is seen."""
    env = engines["jinja2"].env  # type: ignore[attr-defined]
    names = [name for name in env.list_templates() if name.endswith((".html", ".txt"))]
    assert "feedback/results.html" in names
    for code, _name in settings.LANGUAGES:
        for name in names:
            env.speak(code).get_template(name)
