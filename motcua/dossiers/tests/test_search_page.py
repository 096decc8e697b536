"""The search page: what was looked for, what was found, and what to do when nothing was."""

import pytest
from django.urls import reverse

from motcua.dossiers import queries
from motcua.dossiers.actions import PersonFacts
from motcua.dossiers.models import Dossier
from motcua.dossiers.tests.conftest import SignIn
from motcua.dossiers.tests.factories import BUILD, World, make_dossier

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("morning")]
ADDRESS = "/ho-so/tim/"


def test_one_exact_code_opens_at_once_in_whatever_case(world: World, as_: SignIn) -> None:
    dossier = make_dossier(world)
    for text in (dossier.code, f" {dossier.code.lower()} "):
        answer = as_("a.intake").get(ADDRESS, {"q": text})
        assert answer.headers["Location"] == reverse("dossiers:detail", args=[dossier.code])
    assert as_("b.intake").get(ADDRESS, {"q": dossier.code}).status_code == 200


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("duong le", "theo họ tên"),
        ("045190123456", "theo số giấy tờ"),
        ("260310-9999", "phần cuối của mã hồ sơ"),
        ("H50.12-260310-9999", "theo mã hồ sơ"),
    ],
)
def test_the_page_says_what_was_searched(world: World, as_: SignIn, text: str, said: str) -> None:
    person = PersonFacts(full_name="Lê Thị Đường", id_number="045190123456")
    dossier = make_dossier(world, applicant=person)
    page = as_("a.intake").get(ADDRESS, {"q": text}).content.decode()
    assert said in page
    assert (dossier.code in page) == ("9999" not in text)


def test_nothing_found_says_what_to_do(world: World, as_: SignIn) -> None:
    page = as_("a.intake").get(ADDRESS, {"q": "Không Có Ai"}).content.decode()
    assert "Thử ít chữ hơn" in page
    assert "Gõ điều anh/chị biết" in as_("a.intake").get(ADDRESS).content.decode()


def test_too_little_is_said_at_the_field(world: World, as_: SignIn) -> None:
    answer = as_("a.intake").get(ADDRESS, {"q": "x"})
    assert answer.status_code == 422
    assert 'id="q_error"' in answer.content.decode()
    make_dossier(world)
    assert as_("a.intake").get(ADDRESS, {"q": "nguyen", "cursor": "x"}).status_code == 400


def test_a_link_lets_the_last_word_go_on(world: World, as_: SignIn) -> None:
    make_dossier(world, applicant=PersonFacts(full_name="Trần An Thương"))
    made = make_dossier(world, applicant=PersonFacts(full_name="Trần An Thư"))
    client = as_("a.intake")
    strict = client.get(reverse("dossiers:search"), {"q": "trần thư"}).content.decode()
    assert made.code in strict
    assert "Trần An Thương" not in strict
    way = 'href="?q=tr%E1%BA%A7n+th%C6%B0%2A"'
    assert way in strict
    freer = client.get(reverse("dossiers:search") + "?q=tr%E1%BA%A7n+th%C6%B0%2A").content.decode()
    assert "Trần An Thương" in freer
    assert made.code in freer
    assert way not in freer


def test_the_end_of_a_code_is_enough_as_it_is_read_out(world: World, as_: SignIn) -> None:
    dossier = make_dossier(world)
    end = dossier.code.partition("-")[2]
    short, hidden = end.replace("-000", "-"), end.replace("-", "\u200b-")
    for text in (end, end.replace("-", " "), end.replace("-", " - "), short, hidden):
        answer = as_("a.intake").get(ADDRESS, {"q": text})
        assert answer.headers.get("Location") == reverse("dossiers:detail", args=[dossier.code]), text
    assert [row.code for row in queries.search(world.actors["a.intake"], end).rows] == [dossier.code]
    for none in ("269999-0001", "000101-0001"):
        assert not queries.search(world.actors["a.intake"], none).rows, "no such day, and before anything"
    other = as_("b.intake").get(ADDRESS, {"q": end})
    assert other.status_code == 200 and dossier.code not in other.content.decode()


def test_two_places_with_one_end_are_both_listed(world: World, as_: SignIn) -> None:
    first = make_dossier(world)
    second = make_dossier(world, code=BUILD)
    Dossier.objects.filter(pk=second.pk).update(code=first.code.replace("H50.12", "H50"))
    page = as_("p.control").get(ADDRESS, {"q": first.code.partition("-")[2]}).content.decode()
    assert first.code in page and first.code.replace("H50.12", "H50") in page


def test_what_is_no_word_is_not_let_go_on(world: World, as_: SignIn) -> None:
    for text in ("0028", "!!!"):
        assert "bắt đầu bằng" not in as_("a.intake").get(ADDRESS, {"q": text}).content.decode()


def test_what_is_no_procedure_is_offered_as_a_dossier(world: World, as_: SignIn) -> None:
    """The box of procedures has the keyboard when the counter opens: a code is typed there, and the stroke that leads to the search."""
    client, way = as_("a.intake"), f"{ADDRESS}?q=260310-0001"
    for name in ("dossiers:choose", "dossiers:find_procedure"):
        assert way in client.get(reverse(name), {"q": "/260310-0001"}).content.decode()
        assert way not in client.get(reverse(name), {"q": "th"}).content.decode()
