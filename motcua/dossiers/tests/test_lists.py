"""Inbox, register, search and tracking: what they show, and what they cost."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from motcua.core.refusal import Refused
from motcua.dossiers import actions, queries
from motcua.dossiers.actions import PersonFacts
from motcua.dossiers.models import Dossier, Involvement, Task
from motcua.dossiers.queries import Narrowing, lists
from motcua.dossiers.queries.inbox import SIZE
from motcua.dossiers.tests.factories import BIRTH, FEE, NOON, World, make_dossier
from motcua.people import actions as people_actions

LATER = NOON + timedelta(hours=1)


def codes(page) -> list[str]:
    return [row.code for row in page.rows]


def test_each_tab_shows_what_it_says(world: World) -> None:
    received, working, ready = (make_dossier(world, s) for s in ("received", "processing", "result_ready"))
    seen = {
        (who, tab): codes(queries.find_inbox(world.actors[who], tab, at=LATER))
        for who in ("a.intake", "a.case", "a.leader", "a.clerk")
        for tab in queries.TABS
    }
    assert set(seen["a.intake", "new"]) == {received.code}
    assert seen["a.intake", "to_return"] == [ready.code]
    assert set(seen["a.intake", "following"]) == {received.code, working.code}
    assert seen["a.case", "doing"] == [working.code] and seen["a.case", "near_due"] == [working.code]
    assert seen["a.leader", "new"] == [] and seen["a.case", "to_sign"] == []
    actions.propose(actor=world.actors["a.case"], dossier_code=working.code, outcome="approved", at=LATER)
    assert codes(queries.find_inbox(world.actors["a.leader"], "to_sign", at=LATER)) == [working.code]
    assert codes(queries.find_inbox(world.actors["a.leader"], "new", at=LATER)) == []
    tomorrow = LATER + timedelta(days=2)
    assert codes(queries.find_inbox(world.actors["a.leader"], "overdue", at=tomorrow)) == [working.code]
    row = queries.find_inbox(world.actors["a.leader"], "overdue", at=tomorrow).rows[0]
    assert row.clock.is_late and row.step == "Ký duyệt" and row.state_label == "Đang giải quyết"


def test_the_counts_are_those_of_the_tabs(world: World) -> None:
    for state in ("received", "received", "processing", "result_ready"):
        make_dossier(world, state)
    for actor in world.actors.values():
        counts = queries.count_tabs(actor, at=LATER)
        assert counts == {tab: len(queries.find_inbox(actor, tab, at=LATER).rows) for tab in queries.TABS}


def test_the_inbox_costs_two_statements_with_its_counts(world: World) -> None:
    make_dossier(world)
    with CaptureQueriesContext(connection) as spent:
        queries.find_inbox(world.actors["a.intake"], "new", at=LATER)
        queries.count_tabs(world.actors["a.intake"], at=LATER)
    assert len(spent) <= 3


_OTHERS = """
SELECT indexrelid::regclass::text FROM pg_index
WHERE indrelid = 'dossiers_task'::regclass AND NOT indisprimary AND indexrelid::regclass::text <> ALL(%s)
"""


@pytest.mark.parametrize(
    ("tab", "indexes"),
    [
        ("new", {"task_new_to_person", "task_open_in_pool"}),
        ("doing", {"task_open_of_person"}),
        ("near_due", {"task_open_of_person", "task_open_in_pool"}),
        ("overdue", {"task_open_of_person", "task_open_in_pool"}),
    ],
)
def test_a_page_of_work_finds_all_it_says_of_its_tasks_within_their_indexes(
    world: World, tab: str, indexes: set[str]
) -> None:
    asked: list[tuple[str, dict]] = []

    def keep(execute, sql, params, many, context):
        asked.append((sql, params))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(keep):
        queries.find_inbox(world.actors["a.case"], tab, at=LATER)
    ((sql, params),) = [one for one in asked if "dossiers_task" in one[0]]
    with connection.cursor() as db:
        # Tables of tests are so small that reading them whole costs nothing.
        db.execute("SET LOCAL enable_seqscan = off; SET LOCAL enable_bitmapscan = off")
        # Among so few tasks any index will do, so that no other is left.
        db.execute(_OTHERS, [list(indexes)])
        for (other,) in db.fetchall():
            db.execute(f"DROP INDEX {other}")
        db.execute("EXPLAIN " + sql, params)
        plan = "\n".join(line for (line,) in db.fetchall())
    on_tasks = re.findall(r"(Index.*Scan) using (\w+) on dossiers_task", plan)
    assert set(on_tasks) == {("Index Only Scan", name) for name in indexes}, plan


def test_what_is_new_lies_first_by_its_due_moment_whether_given_or_in_the_pool(world: World) -> None:
    """One page of both: the nearest of the two ranges, each dossier once, and what was taken in neither."""
    made = [make_dossier(world, at=NOON + timedelta(minutes=n)).code for n in range(5)]
    actor = world.actors["a.intake"]
    given = Task.objects.filter(dossier__code__in=made[1:4:2], done_at=None)
    assert given.update(assignee=actor.user_id, unit=actor.unit_id) == 2
    assert codes(queries.find_inbox(actor, "new", at=LATER)) == made
    assert codes(queries.find_inbox(actor, "new", at=LATER, size=2)) == made[:2]
    given.update(taken_at=LATER)
    assert codes(queries.find_inbox(actor, "new", at=LATER)) == made[0:5:2]
    assert codes(queries.find_inbox(actor, "doing", at=LATER)) == made[1:4:2]
    assert queries.count_tabs(actor, at=LATER)["new"] == 3


def test_pages_follow_each_other_both_ways_and_miss_nothing(world: World) -> None:
    made = [make_dossier(world, at=NOON + timedelta(minutes=n)).code for n in range(SIZE + 7)]
    actor = world.actors["a.intake"]
    first = queries.find_inbox(actor, "new", at=LATER)
    second = queries.find_inbox(actor, "new", cursor=first.next_cursor, at=LATER)
    assert first.previous_cursor is None and second.next_cursor is None
    assert sorted(codes(first) + codes(second)) == sorted(made)
    assert codes(queries.find_inbox(actor, "new", cursor=second.previous_cursor, at=LATER)) == codes(first)
    for wrong in ("x", "W10", "bnVsbA"):
        with pytest.raises(Refused):
            queries.find_inbox(actor, "new", cursor=wrong, at=LATER)
    register = queries.find_register(actor)
    rest = queries.find_register(actor, cursor=register.next_cursor)
    assert codes(register) + codes(rest) == made[::-1]


def test_the_register_narrows_by_state_and_days(world: World) -> None:
    actor, today = world.actors["a.intake"], NOON.date()
    old = make_dossier(world, at=NOON - timedelta(days=7))
    stopped, returned = make_dossier(world, "stopped"), make_dossier(world, "returned")
    assert codes(queries.find_register(actor, Narrowing(state="stopped"))) == [stopped.code]
    assert codes(queries.find_register(actor, Narrowing(state="returned"))) == [returned.code]
    assert codes(queries.find_register(actor, Narrowing(until=today - timedelta(days=1)))) == [old.code]
    assert set(codes(queries.find_register(actor, Narrowing(since=today, until=today)))) == {
        stopped.code,
        returned.code,
    }
    assert codes(queries.find_register(world.actors["b.intake"], Narrowing(state="stopped"))) == []
    assert codes(queries.find_register(world.actors["p.control"], Narrowing(state="stopped"))) == [
        stopped.code
    ]


def test_the_register_and_a_common_word_hold_the_whole_scope_once_each(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = [make_dossier(world, at=NOON + timedelta(minutes=n)).code for n in range(4)]
    own = make_dossier(world, "processing", at=NOON + timedelta(minutes=9)).code
    leader = world.actors["a.leader"]
    # Nothing is held for the People's Committee itself: what it sees lies with its centre and its sections.
    Involvement.objects.filter(unit_id=leader.unit_id).delete()
    assert len(leader.scope) > 1
    monkeypatch.setattr(lists, "COMMON", 0)
    monkeypatch.setattr(lists, "COMMON_OVER_ALL", 0)
    for find in (queries.find_register, lambda actor, **more: queries.search(actor, "nguyễn", **more)):
        first = find(leader, size=2)
        second = find(leader, size=2, cursor=first.next_cursor)
        third = find(leader, size=2, cursor=second.next_cursor)
        assert codes(first) + codes(second) + codes(third) == [own, *made[::-1]]
        assert codes(find(leader, size=2, cursor=second.previous_cursor)) == codes(first)
        assert codes(find(world.actors["b.intake"])) == []
        assert codes(find(world.actors["p.control"])) == [own, *made[::-1]]


def test_lists_narrow_by_agency_due_day_and_words_of_the_procedure(world: World) -> None:
    birth, copy = make_dossier(world), make_dossier(world, code=FEE)
    actor, due = world.actors["a.intake"], copy.due_at.astimezone(NOON.tzinfo).date()
    before = due - timedelta(days=1)
    for asked, found in (
        (Narrowing(agency_id=world.units["A"]), [copy, birth]),
        (Narrowing(agency_id=world.units["B"]), []),
        (Narrowing(procedure="trich luc"), [copy]),
        (Narrowing(procedure=BIRTH), [birth]),
        (Narrowing(procedure="không có thủ tục này"), []),
        (Narrowing(due_from=due), [copy]),
        (Narrowing(due_to=before), [birth]),
        (Narrowing(state="stopped"), []),
    ):
        assert codes(queries.find_register(actor, asked)) == [d.code for d in found], asked
        here = queries.find_inbox(actor, "following", asked, at=LATER)
        assert set(codes(here)) == {d.code for d in found}, asked


def test_filters_narrow_by_procedure_and_by_words(world: World) -> None:
    birth = make_dossier(world, applicant=PersonFacts(full_name="Trần Thị Đào"))
    copy = make_dossier(world, code=FEE)
    actor = world.actors["a.intake"]
    for filters, found in (
        ({"procedure": FEE}, [copy]),
        ({"q": "dao tran"}, [birth]),
        ({"q": birth.code[-4:]}, [birth]),
        ({"q": "100%"}, []),
    ):
        assert codes(queries.find_inbox(actor, "new", Narrowing(**filters), at=LATER)) == [
            d.code for d in found
        ]
    assert queries.find_inbox(actor, "new", Narrowing(field="G15-TP07"), at=LATER).rows


def test_search_finds_by_code_number_phone_and_words_in_any_order(world: World) -> None:
    person = PersonFacts(full_name="Lê Thị Đường", id_number="045190123456", phone="0912345678")
    dossier = make_dossier(world, applicant=person)
    actor = world.actors["a.intake"]
    for text in (
        dossier.code,
        dossier.code.lower(),
        "045190123456",
        "0912 345 678",
        "duong le",
        "Thị Đường",
        "Lê",
    ):
        assert codes(queries.search(actor, text)) == [dossier.code], text
    for text in ("khong co", "045190000000"):
        assert codes(queries.search(actor, text)) == []
    with pytest.raises(Refused):
        queries.search(actor, " ")


def test_a_person_with_an_open_dossier_is_shown_before_receiving(world: World) -> None:
    person = PersonFacts(full_name="Lê Thị Đường", id_number="045190123456")
    open_one = make_dossier(world, applicant=person)
    make_dossier(world, "returned", applicant=person)
    actor = world.actors["a.intake"]
    assert queries.find_open_of_person(actor, id_number="045190123456") == [open_one]
    assert queries.find_possible_duplicates(actor, procedure_code=BIRTH, id_number="045190123456") == [
        open_one
    ]
    assert queries.find_possible_duplicates(actor, procedure_code=FEE, id_number="045190123456") == []
    assert queries.find_open_of_person(world.actors["b.intake"], id_number="045190123456") == []


def test_tracking_shows_the_clock_only_to_who_holds_the_receipt(world: World) -> None:
    dossier = make_dossier(world, code=FEE)
    with CaptureQueriesContext(connection) as spent:
        full = queries.get_tracking(dossier.code, dossier.token, at=LATER)
    assert len(spent) <= 2
    assert full is not None and full.clock is not None and full.clock.lines and full.competent_name
    by_code = queries.get_tracking(dossier.code, None, at=LATER)
    assert by_code is not None and by_code.clock is None and not by_code.procedure_name
    assert all(note == "" for _name, _state, note in by_code.steps)
    assert queries.get_tracking(dossier.code, "x" * 20, at=LATER) is None
    assert queries.get_tracking("H50.12-260310-9999", None, at=LATER) is None


@pytest.mark.parametrize(
    "state", ["received", "processing", "result_ready", "returned", "withdrawn", "stopped", "not_accepted"]
)
def test_tracking_has_words_for_every_state(world: World, state: str) -> None:
    dossier = make_dossier(world, state)
    found = queries.get_tracking(dossier.code, Dossier.objects.get().token, at=LATER)
    assert found is not None and found.steps and found.state_label and found.explanation.endswith(".")


def test_favourites_are_the_chosen_then_the_frequent(world: World) -> None:
    make_dossier(world, code=FEE)
    make_dossier(world, code=FEE)
    make_dossier(world)
    assert [s.code for s in queries.find_favourites(world.actors["a.intake"], on=world.on)] == [FEE, BIRTH]


def test_a_preview_of_the_promise_is_what_receiving_gives(world: World) -> None:
    view = queries.preview_due(world.actors["a.intake"], world.sheet(FEE), at=NOON)
    assert view is not None and view.due_at == make_dossier(world, code=FEE).due_at


_IN_SIGHT = re.compile(r"(?<!\(SELECT )(?<!\(SELECT string_to_array\()%\(\w+\)s")


@pytest.mark.parametrize("who", ["a.intake", "p.control"])
@pytest.mark.parametrize("common", [0, 5000], ids=["walked", "by words"])
def test_what_lists_ask_is_planned_once(
    world: World, monkeypatch: pytest.MonkeyPatch, who: str, common: int
) -> None:
    """A value in the planner's sight, a limit above all, makes it plan a statement anew each time: among millions of rows only."""
    for n in range(3):
        make_dossier(world, at=NOON + timedelta(minutes=n))
    monkeypatch.setattr(lists, "COMMON", common)
    monkeypatch.setattr(lists, "COMMON_OVER_ALL", common)
    monkeypatch.setattr(people_actions, "COMMON", 1)
    asked: list[str] = []

    def keep(execute, sql, params, many, context):
        asked.append(sql)
        return execute(sql, params, many, context)

    actor = world.actors[who]
    with connection.execute_wrapper(keep):
        for few in (0, 9000):
            monkeypatch.setattr(lists, "FEW", few)
            for words in ("nguyễn", "an nguyen", "van an nguyen", "nguye*", "nobody at all"):
                first = queries.search(actor, words, size=1)
                queries.search(actor, words, first.next_cursor, size=1)
        register = queries.find_register(actor, size=1)
        queries.find_register(actor, cursor=register.next_cursor, size=1)
        queries.find_inbox(actor, "new", at=LATER)
    assert len(set(asked)) > 5
    assert {text: seen for text in asked if (seen := _IN_SIGHT.findall(text))} == {}
