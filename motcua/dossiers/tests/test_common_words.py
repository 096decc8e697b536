"""Words that very many names hold: found by walking the newest, within one's unit and at the beginning of a word."""

from datetime import timedelta
from importlib import import_module

import pytest
from django.db import connection

from motcua.dossiers import queries
from motcua.dossiers.actions import PersonFacts
from motcua.dossiers.models import Dossier, Involvement
from motcua.dossiers.queries import lists
from motcua.dossiers.queries.by_name import find_by_words
from motcua.dossiers.tests.factories import BUILD, NOON, World, make_dossier
from motcua.organisations.rules import Actor
from motcua.people import actions as people_actions
from motcua.people import queries as people
from motcua.people.models import Name
from motcua.people.rules import gather_initials, turn_name, words_of

_TURNING = import_module("motcua.people.migrations.0002_names_by_two_words")
_UPGRADE = import_module("motcua.dossiers.migrations.0027_whole_words")


@pytest.fixture(
    params=[(0, 90), (5000, 90), (5000, 1), (5000, 0)],
    ids=["walked", "by words", "by names after a stretch", "by names"],
)
def way(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every way of finding must find the same."""
    common, stretches = request.param
    monkeypatch.setattr(lists, "COMMON", common)
    monkeypatch.setattr(lists, "COMMON_OVER_ALL", common)
    monkeypatch.setattr(lists, "FEW", 1)
    monkeypatch.setattr(lists, "NEWEST_STRETCHES", stretches)
    monkeypatch.setattr(people_actions, "COMMON", 1 if stretches else 1000)


def test_every_way_find_the_same_newest_first(world: World, way: None) -> None:
    names = ("Trần Anh Thư", "Lê Thanh Hà", "Trần Hà Anh", "Nguyễn Thị Ánh")
    made = [
        make_dossier(world, at=NOON + timedelta(minutes=n), applicant=PersonFacts(full_name=name))
        for n, name in enumerate(names)
    ]
    codes = [d.code for d in made]
    people_actions.count_common_words()

    def found(who: str, words: str) -> list[str]:
        return [row.code for row in queries.search(world.actors[who], words).rows]

    assert found("a.intake", "tran anh") == [codes[2], codes[0]]
    assert found("a.intake", "anh") == [codes[3], codes[2], codes[0]], "not in the middle of a word"
    assert found("p.control", "anh tran") == [codes[2], codes[0]]
    assert found("b.intake", "tran anh") == []


def test_words_are_whole_unless_a_star_lets_the_last_go_on_and_punctuation_is_none_of_them(
    world: World, way: None
) -> None:
    names = ("Trần Anh Thư", "Trần An Thương", "Cửa hàng “An–Thư” & Bạn (Trần)")
    made = [
        make_dossier(world, at=NOON + timedelta(minutes=n), applicant=PersonFacts(full_name=name)).code
        for n, name in enumerate(names)
    ]
    people_actions.count_common_words()

    def found(words: str) -> list[str]:
        return [row.code for row in queries.search(world.actors["a.intake"], words).rows]

    assert found("an thu") == found("thu an") == [made[2]]
    assert found("an thu*") == [made[2], made[1]], "the last word may go on, the other may not"
    assert found("thu an *") == [made[2], made[0]]
    assert found("tran ban") == [made[2]]
    assert found("tran thuo") == [made[1]], "nobody has the last word whole"
    assert found("tra th") == made[::-1], "nobody has any of them whole"


def test_what_names_begin_with_is_kept_beside_every_unit_and_goes_with_the_name(world: World) -> None:
    dossier = make_dossier(world, "processing", applicant=PersonFacts(full_name="Trần Anh Thư"))
    asked = people.read_words("anh tran").initials
    rows = list(Involvement.objects.filter(dossier=dossier))
    assert len(rows) > 1
    assert all(row.initials & asked == asked for row in [*rows, Dossier.objects.get(pk=dossier.pk)])


_NAMES = (
    "",
    "ty",
    "nguyen van an",
    "tran thi hung",
    "lan thi lan",
    "cong ty co phan (tnhh) a-b, c & d",
    "đ — á",
    "mlo h'lan",
)


@pytest.mark.django_db
@pytest.mark.parametrize("folded", _NAMES)
def test_an_upgrade_writes_what_the_desk_writes(folded: str) -> None:
    """Names kept before the two columns and turned names came are laid out as today's are."""
    words = words_of(folded)
    name = Name.objects.create(folded=" ".join(words), sort_key="")
    with connection.cursor() as cursor:
        cursor.execute(_UPGRADE.FUNCTIONS)
        cursor.execute("SELECT pg_temp.initials(%s)", [folded])
        assert cursor.fetchone()[0] == gather_initials(words)
        cursor.execute("DELETE FROM people_namesuffix")
        cursor.execute(_TURNING.PAIRS)
        cursor.execute(_TURNING.LONG)
        cursor.execute("SELECT suffix FROM people_namesuffix WHERE name_id = %s", [name.pk])
        assert sorted(row[0] for row in cursor.fetchall()) == sorted(turn_name(folded))


@pytest.mark.parametrize("who", ["a.intake", "p.control"])
def test_the_way_back_shows_the_page_one_came_from(world: World, way: None, who: str) -> None:
    for n in range(5):
        make_dossier(world, at=NOON + timedelta(minutes=n))
    people_actions.count_common_words()
    actor, words = world.actors[who], "van thu"
    first = queries.search(actor, words, size=2)
    second = queries.search(actor, words, first.next_cursor, size=2)
    again = queries.search(actor, words, second.previous_cursor, size=2)
    assert len(second.rows) == 2
    assert [r.code for r in again.rows] == [r.code for r in first.rows]


_SPREAD = (0, 1, 1, 20, 31, 32, 33, 34, 60, 64, 65, 130, 131, 200)
_BORNE = ("Trần Văn Thư", "Trần Thư Văn", "Lê Văn Thương")


def _spread(world: World) -> list[Dossier]:
    """Dossiers received over seven months, some in the same moment; the newest first."""
    made = []
    for n, days in enumerate(_SPREAD):
        dossier = make_dossier(world, applicant=PersonFacts(full_name=_BORNE[n % 3]))
        at = NOON - timedelta(days=days)
        Involvement.objects.filter(dossier=dossier).update(received_at=at)
        Dossier.objects.filter(pk=dossier.pk).update(received_at=at)
        made.append((at, dossier.pk, dossier))
    return [dossier for *_, dossier in sorted(made, reverse=True)]


def _leaf(actor: Actor, words: str, size: int) -> tuple[list[list[str]], list[list[str]]]:
    """The codes of all pages as one goes on, and as one goes back from the last."""
    forth = [queries.search(actor, words, size=size)]
    while forth[-1].next_cursor:
        forth.append(queries.search(actor, words, forth[-1].next_cursor, size=size))
    back = [forth[-1]]
    while back[-1].previous_cursor:
        back.append(queries.search(actor, words, back[-1].previous_cursor, size=size))
    return [[r.code for r in page.rows] for page in forth], [[r.code for r in page.rows] for page in back]


def test_pages_lead_through_every_stretch_of_time_and_back(world: World, way: None) -> None:
    made = _spread(world)
    people_actions.count_common_words()
    for words, bears in (
        ("thu van", {"Trần Văn Thư", "Trần Thư Văn"}),
        ("van thu*", set(_BORNE)),
        ("van", set(_BORNE)),
    ):
        expected = [dossier.code for dossier in made if dossier.applicant_name in bears]
        pages = [expected[n : n + 3] for n in range(0, len(expected), 3)]
        for who in ("a.intake", "a.leader", "p.control"):
            forth, back = _leaf(world.actors[who], words, 3)
            assert forth == pages, (words, who)
            assert back == pages[::-1], (words, who)


@pytest.mark.parametrize(
    ("who", "index"), [("a.intake", "involvement_by_words"), ("p.control", "involvement_by_words_of_all")]
)
def test_words_are_asked_of_their_index(world: World, who: str, index: str) -> None:
    """The text of the index stands in a migration, that of the question in the query."""
    asked: list[tuple[str, dict]] = []

    def keep(execute, sql, params, many, context):
        asked.append((sql, params))
        return execute(sql, params, many, context)

    names = people.seek_names(people.read_words("an"))
    with connection.execute_wrapper(keep):
        find_by_words(world.actors[who], names, cursor=None, size=3)
    with connection.cursor() as db:
        db.execute("SET LOCAL enable_seqscan = off")
        db.execute("EXPLAIN " + asked[0][0], asked[0][1])
        plan = "\n".join(line for (line,) in db.fetchall())
    assert f"Bitmap Index Scan on {index} " in plan, plan


def test_every_dossier_has_a_row_of_who_received_it(world: World) -> None:
    """What is sought over the whole province is found by that row alone."""
    for state in ("received", "processing", "returned"):
        make_dossier(world, state)
    make_dossier(world, code=BUILD)
    assert not Dossier.objects.exclude(involvements__role="receives").exists()
