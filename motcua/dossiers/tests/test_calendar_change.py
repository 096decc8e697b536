"""When a calendar changes, running promises follow it: told, explained, and always what the events say."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from motcua.audit.models import Entry
from motcua.core.refusal import Refused
from motcua.dossiers import actions, jobs, queries
from motcua.dossiers.models import Dossier, Event, Task
from motcua.dossiers.tests.factories import BIRTH, BUILD, FEE, NOON, OPEN_ENDED, World, make_dossier
from motcua.integrations.models import Outgoing
from motcua.notifications.models import Message
from motcua.organisations.rules import SYSTEM
from motcua.worktime import actions as calendars
from motcua.worktime.actions.days import DayFacts
from motcua.worktime.models import CalendarChange, CalendarDay
from motcua.worktime.rules import ZONE

LATER = NOON + timedelta(hours=1)


def add_day_off(on: date, **more: Any) -> CalendarDay:
    facts = DayFacts(on=on, kind="local_off", name="Nghỉ bão", basis="Công điện 5", **more)
    return calendars.add_day(actor=SYSTEM, day=facts, at=NOON)


def test_a_day_off_on_the_way_moves_the_promise_and_leaves_what_was_promised_first(world: World) -> None:
    dossier = make_dossier(world, code=BUILD)
    before = dossier.due_at
    add_day_off(date(2026, 3, 12))
    assert jobs.follow_calendar_changes(LATER) == 1
    after = Dossier.objects.get()
    assert before is not None and after.due_at is not None
    assert (before.astimezone(ZONE).date(), after.due_at.astimezone(ZONE).date()) == (
        date(2026, 4, 7),
        date(2026, 4, 8),
    )
    assert after.original_due_at == before and after.revision == 2
    told = queries.recompute_due(after)
    assert told is not None and told.at == after.due_at
    assert queries.find_difference(after) == ""


def test_the_event_the_message_and_the_evidence_say_what_moved_and_why(world: World) -> None:
    make_dossier(world, code=BUILD)
    add_day_off(date(2026, 3, 12))
    jobs.follow_calendar_changes(LATER)
    event = Event.objects.get(act="recount")
    assert (event.user_id, event.data["reason"]) == (0, "12/03/2026 Nghỉ bão; Công điện 5")
    assert event.data["calendar_change"] == CalendarChange.objects.get().pk
    line = queries.get_history(Dossier.objects.get())[-1]
    assert "từ 17:00 07/04/2026 thành 17:00 08/04/2026" in line.sentence and "Nghỉ bão" in line.sentence
    assert Message.objects.filter(template="dossiers/due_moved").count() == 1
    assert Outgoing.objects.filter(payload__act="recount").count() == 1
    assert Entry.objects.filter(what="dossiers.recount").count() == 1
    change = CalendarChange.objects.get()
    assert (change.moved, change.followed_at) == (1, LATER)


def test_open_steps_take_their_hours_of_the_new_time(world: World) -> None:
    make_dossier(world, code=BUILD, at=datetime(2026, 3, 10, 16, 0, tzinfo=ZONE))
    before = Task.objects.get().due_at
    add_day_off(date(2026, 3, 11))
    jobs.follow_calendar_changes(LATER)
    after = Task.objects.get().due_at
    assert (before.astimezone(ZONE).date(), after.astimezone(ZONE).date()) == (
        date(2026, 3, 11),
        date(2026, 3, 12),
    )


def test_a_day_taken_back_brings_the_promise_forward_again(world: World) -> None:
    dossier = make_dossier(world, code=BUILD)
    day = add_day_off(date(2026, 3, 12))
    jobs.follow_calendar_changes(LATER)
    calendars.remove_day(actor=SYSTEM, day_id=day.pk, basis="Bão tan", at=LATER)
    assert jobs.follow_calendar_changes(LATER) == 1
    assert Dossier.objects.get().due_at == dossier.due_at == dossier.original_due_at
    assert Event.objects.filter(act="recount").count() == 2


def test_the_job_done_twice_moves_nothing_the_second_time(world: World) -> None:
    make_dossier(world, code=BUILD)
    add_day_off(date(2026, 3, 12))
    assert jobs.follow_calendar_changes(LATER) == 1
    CalendarChange.objects.update(followed_at=None)
    assert jobs.follow_calendar_changes(LATER) == 0
    assert Event.objects.filter(act="recount").count() == 1


@pytest.mark.parametrize("state", ["result_ready", "returned", "withdrawn", "stopped", "not_accepted"])
def test_what_has_ended_keeps_its_promise(world: World, state: str) -> None:
    dossier = make_dossier(world, state, code=FEE)
    add_day_off(date(2026, 3, 11))
    assert jobs.follow_calendar_changes(LATER) == 0
    assert Dossier.objects.get().due_at == dossier.due_at


def test_a_day_beyond_the_promise_and_an_agreed_day_move_nothing(world: World) -> None:
    make_dossier(world, code=BIRTH)
    make_dossier(world, code=OPEN_ENDED, agreed_due_at=NOON + timedelta(days=9), agreed_reason="hẹn")
    add_day_off(date(2026, 3, 12))
    assert jobs.follow_calendar_changes(LATER) == 0


def test_another_calendar_moves_nothing_here(world: World) -> None:
    calendars.create_calendar(actor=SYSTEM, code="mien-nui", name="Miền núi", at=NOON)
    make_dossier(world, code=BUILD)
    add_day_off(date(2026, 3, 12), calendar_code="mien-nui")
    assert jobs.follow_calendar_changes(LATER) == 0


def test_a_year_that_becomes_official_takes_the_mark_away_without_an_event(world: World) -> None:
    make_dossier(world, code=BUILD, at=datetime(2026, 12, 31, 9, 0, tzinfo=ZONE))
    assert Dossier.objects.get().is_provisional
    calendars.decide_year(actor=SYSTEM, year=2027, status="confirmed", basis="Thông báo", at=NOON)
    assert jobs.follow_calendar_changes(LATER) == 0
    assert not Dossier.objects.get().is_provisional and not Event.objects.filter(act="recount").exists()


def test_where_the_calendar_cannot_say_the_others_go_on(world: World) -> None:
    make_dossier(world, code=BUILD, at=datetime(2027, 12, 2, 9, 0, tzinfo=ZONE))
    make_dossier(world, code=BUILD)
    before = Dossier.objects.latest("pk").due_at
    late = Dossier.objects.earliest("pk")
    for number in range(1, 5):
        day = late.due_at.astimezone(ZONE).date() - timedelta(days=number)  # type: ignore[union-attr]
        if not CalendarDay.objects.filter(on=day).exists():
            add_day_off(day)
    add_day_off(date(2026, 3, 12))
    jobs.follow_calendar_changes(LATER)
    assert Entry.objects.filter(what="dossiers.recount_failed", note="no_calendar").exists()
    assert Dossier.objects.latest("pk").due_at != before


def test_no_officer_counts_anew(world: World) -> None:
    dossier = make_dossier(world)
    for name in ("a.leader", "p.admin"):
        with pytest.raises(Refused) as no:
            actions.recount(actor=world.actors[name], dossier_code=dossier.code, reason="", at=LATER)
        assert no.value.code == "forbidden"


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    moments=st.lists(
        st.datetimes(datetime(2026, 2, 1), datetime(2026, 5, 1)),  # noqa: DTZ001 - the zone is added below
        min_size=1,
        max_size=4,
    ),
    days=st.lists(st.dates(date(2026, 2, 1), date(2026, 6, 1)), min_size=1, max_size=5, unique=True),
)
def test_after_any_changes_the_stored_promises_are_what_the_events_say(
    world: World, moments: list[datetime], days: list[date]
) -> None:
    for moment in moments:
        make_dossier(world, code=BUILD, at=moment.replace(tzinfo=ZONE))
    for day in days:
        kept = CalendarDay.objects.filter(on=day).first()
        if kept:
            calendars.remove_day(actor=SYSTEM, day_id=kept.pk, basis="Thử", at=NOON)
        else:
            add_day_off(day)
    jobs.follow_calendar_changes(datetime(2026, 6, 2, tzinfo=ZONE))
    for dossier in Dossier.objects.all():
        told = queries.recompute_due(dossier)
        assert told is not None and told.at == dossier.due_at
        assert queries.find_difference(dossier) == ""


def test_what_is_finished_keeps_its_date_and_the_explanation_says_so(world: World) -> None:
    dossier = make_dossier(world, "result_ready", code=FEE)
    add_day_off(date(2026, 3, 11))
    assert jobs.follow_calendar_changes(LATER) == 0
    dossier.refresh_from_db()
    lines = queries.explain_clock(dossier, LATER).lines
    assert lines[-1].text.endswith("ngày hẹn giữ như đã báo: 17:00 11/03/2026.")


def test_between_a_change_and_the_recount_the_explanation_says_which_date_was_told(world: World) -> None:
    dossier = make_dossier(world, code=BUILD)
    add_day_off(date(2026, 3, 12))
    assert "đang được tính lại" in queries.explain_clock(dossier, LATER).lines[-1].text
    jobs.follow_calendar_changes(LATER)
    dossier.refresh_from_db()
    assert not any("đang được tính lại" in line.text for line in queries.explain_clock(dossier, LATER).lines)
