"""Every sentence of the pages is also said in English, with the same places filled in."""

import pytest
from django.conf import settings
from django.test import Client

from motcua.commands.check_translations import find_faults, find_marked, find_places


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
