"""Words that very many names hold: found by walking the newest, within one's unit and at the beginning of a word."""

from collections.abc import Iterator
from datetime import timedelta

import pytest

from motcua.dossiers import queries
from motcua.dossiers.actions import PersonFacts
from motcua.dossiers.queries import lists, walking
from motcua.dossiers.tests.factories import NOON, World, make_dossier
from motcua.people import queries as people


@pytest.fixture(
    params=[(0, 50_000), (5000, 50_000), (5000, 1)],
    ids=["walked", "looked up", "looked among the newest first"],
)
def way(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[int]:
    """Every way of finding must find the same."""
    most, common = request.param
    monkeypatch.setattr(lists, "MOST_NAMES", most)
    monkeypatch.setattr(lists, "MOST_NAMES_OVER_ALL", most)
    monkeypatch.setattr(people, "_COMMON", common)
    monkeypatch.setattr(walking, "_WINDOWS", (1, None))
    yield most


def test_every_way_find_the_same_newest_first(world: World, way: int) -> None:
    names = ("Trần Anh Thư", "Lê Thanh Hà", "Trần Hà Anh", "Nguyễn Thị Ánh")
    made = [
        make_dossier(world, at=NOON + timedelta(minutes=n), applicant=PersonFacts(full_name=name))
        for n, name in enumerate(names)
    ]
    codes = [d.code for d in made]

    def found(who: str, words: str) -> list[str]:
        return [row.code for row in queries.search(world.actors[who], words).rows]

    assert found("a.intake", "tran anh") == [codes[2], codes[0]]
    assert found("a.intake", "anh") == [codes[3], codes[2], codes[0]], "not in the middle of a word"
    assert found("p.control", "anh tran") == [codes[2], codes[0]]
    assert found("b.intake", "tran anh") == []


def test_the_way_back_shows_the_page_one_came_from(world: World, way: int) -> None:
    for n in range(5):
        make_dossier(world, at=NOON + timedelta(minutes=n))
    actor, words = world.actors["a.intake"], "van thu"
    first = queries.search(actor, words, size=2)
    second = queries.search(actor, words, first.next_cursor, size=2)
    again = queries.search(actor, words, second.previous_cursor, size=2)
    assert len(second.rows) == 2
    assert [r.code for r in again.rows] == [r.code for r in first.rows]
