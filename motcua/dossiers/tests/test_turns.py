"""The turns as acts: supplement, payment, suspension, extension, apology, reopening — clock, tasks, words, budget."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from motcua.core.refusal import Refused
from motcua.dossiers import actions, queries
from motcua.dossiers.models import (
    Dossier,
    Event,
    Part,
    PromiseChange,
    Result,
    SupplementRequest,
    Suspension,
    Task,
)
from motcua.dossiers.rules.states import MOVES, Act
from motcua.dossiers.tests.factories import BIRTH, FEE, NOON, OPEN_ENDED, World, make_dossier
from motcua.integrations.models import Outgoing
from motcua.legal.actions import load_parameters
from motcua.notifications.models import Message
from motcua.worktime.rules import ZONE

HOUR = timedelta(hours=1)


def moment(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZONE)


@pytest.fixture(autouse=True)
def numbers(db: None) -> None:
    load_parameters()


def ask(
    world: World, dossier: Dossier, at: datetime = NOON + HOUR, who: str = "a.case", **more: Any
) -> Dossier:
    facts = {"items": ["Bản chính giấy chứng sinh"], "reason": "Bản sao mờ"} | more
    return actions.request_supplement(actor=world.actors[who], dossier_code=dossier.code, at=at, **facts)


def accept(world: World, dossier: Dossier, at: datetime, **more: Any) -> Dossier:
    return actions.accept_supplement(actor=world.actors["a.intake"], dossier_code=dossier.code, at=at, **more)


def told(dossier: Dossier) -> str:
    return Message.objects.filter(reference=dossier.code).order_by("-id").first().template


def due_anew(dossier: Dossier) -> datetime:
    return queries.recompute_due(Dossier.objects.get(pk=dossier.pk)).at


def open_tasks(dossier: Dossier) -> list[Task]:
    return list(Task.objects.filter(dossier=dossier, done_at=None).order_by("pk"))


# Supplement


def test_a_request_stops_the_clock_and_the_counter_waits_for_the_answer(world: World) -> None:
    dossier = ask(world, make_dossier(world, "processing", FEE))
    assert (dossier.state, dossier.paused_at, dossier.turns) == ("awaiting_supplement", NOON + HOUR, 1)
    round_ = SupplementRequest.objects.get()
    assert (round_.no, round_.due_at) == (1, moment("2026-03-31 17:00")), "fifteen working days"
    handler, counter = open_tasks(dossier)
    assert handler.due_at == counter.due_at == round_.due_at
    assert (counter.kind, counter.unit_id) == ("complete", world.units["A.TT"])
    assert told(dossier) == "dossiers/supplement_requested"
    assert Outgoing.objects.order_by("-sequence").first().payload["status"] == 5
    assert queries.brief_clock(dossier, NOON + timedelta(days=9)).words == "Tạm dừng"


def test_the_whole_limit_begins_anew_when_the_dossier_is_complete(world: World) -> None:
    dossier = make_dossier(world, "processing", FEE)
    original = dossier.due_at
    ask(world, dossier)
    dossier = accept(world, dossier, moment("2026-03-19 10:00"))
    assert (dossier.state, dossier.paused_at, dossier.due_at) == (
        "processing",
        None,
        moment("2026-03-20 17:00"),
    )
    assert dossier.original_due_at == original and due_anew(dossier) == dossier.due_at
    event = Event.objects.get(act="accept_supplement")
    assert event.data["new_due_at"] and event.data["clock"]["kind"] == "restart"
    (handler,) = open_tasks(dossier)
    assert handler.step_no == 2 and moment("2026-03-19 10:00") < handler.due_at <= dossier.due_at
    index = queries.measure_index(queries.find_requests(dossier), 1, NOON + timedelta(days=30))
    assert index.waited == moment("2026-03-19 10:00") - (NOON + HOUR) and not index.is_overdue_by_times
    kinds = [line.kind for line in queries.explain_clock(dossier, NOON).lines]
    assert "paused" in kinds and "restarted" in kinds


def test_papers_that_were_missing_are_there_when_the_counter_has_them(world: World) -> None:
    dossier = ask(world, make_dossier(world, "processing"))
    missing = Part.objects.filter(dossier=dossier).first()
    Part.objects.filter(pk=missing.pk).update(is_present=False, originals=0)
    other = Part.objects.filter(dossier=make_dossier(world)).first()
    with pytest.raises(Refused, match="không thuộc hồ sơ"):
        accept(world, dossier, NOON + 2 * HOUR, part_ids=[other.pk])
    foreign = world.make_file(world.actors["b.intake"])
    with pytest.raises(Refused, match="Tải tệp lên lại"):
        accept(world, dossier, NOON + 2 * HOUR, part_files=[(missing.pk, foreign)])
    accept(world, dossier, NOON + 2 * HOUR, part_ids=[missing.pk])
    missing.refresh_from_db()
    assert missing.is_present and missing.originals == 1


def test_the_same_agency_asks_again_only_for_a_special_reason(world: World) -> None:
    dossier = make_dossier(world, "processing")
    ask(world, dossier)
    accept(world, dossier, NOON + 2 * HOUR)
    with pytest.raises(Refused) as no:
        ask(world, dossier, NOON + 3 * HOUR)
    assert (no.value.code, no.value.field) == ("asked_already", "override_reason")
    ask(world, dossier, NOON + 3 * HOUR, override_reason="Luật vừa thay đổi")
    assert [r.no for r in queries.find_requests(dossier)] == [1, 2]
    assert queries.measure_index(queries.find_requests(dossier), 1, NOON + 9 * HOUR).is_overdue_by_times


@pytest.mark.parametrize(
    ("changed", "field"),
    [({"items": [" "]}, "items"), ({"reason": ""}, "reason"), ({"answer_days": 0}, "answer_days"),
     ({"answer_days": 30}, "basis")],
)  # fmt: skip
def test_a_request_says_what_why_and_until_when(world: World, changed: dict[str, Any], field: str) -> None:
    dossier = make_dossier(world, "processing")
    with pytest.raises(Refused) as no:
        ask(world, dossier, **changed)
    assert no.value.field == field and not SupplementRequest.objects.exists()


def test_a_sector_sets_its_own_days_with_its_article(world: World) -> None:
    ask(world, make_dossier(world, "processing"), answer_days=5, basis="Luật chuyên ngành điều 9")
    assert SupplementRequest.objects.get().due_at == moment("2026-03-17 17:00")


def test_it_is_closed_only_when_the_time_has_passed(world: World) -> None:
    dossier = ask(world, make_dossier(world, "processing"))
    act = {"actor": world.actors["a.intake"], "dossier_code": dossier.code}
    with pytest.raises(Refused, match=r"17:00 31/03/2026"):
        actions.close_unanswered(**act, at=moment("2026-03-31 16:00"))
    closed = actions.close_unanswered(**act, at=moment("2026-04-01 08:00"))
    assert (closed.state, closed.paused_at) == ("stopped", None) and open_tasks(closed) == []
    assert SupplementRequest.objects.get().ended_at == moment("2026-04-01 08:00")
    assert queries.find_difference(Dossier.objects.get(pk=closed.pk)) == ""


@pytest.mark.parametrize("act", ["withdraw", "stop"])
def test_who_ends_the_dossier_ends_the_wait(world: World, act: str) -> None:
    dossier = ask(world, make_dossier(world, "processing"))
    ended = getattr(actions, act)(
        actor=world.actors["a.intake"], dossier_code=dossier.code, reason="Người nộp rút", at=NOON + 2 * HOUR
    )
    assert ended.paused_at is None and SupplementRequest.objects.get().ended_at and open_tasks(ended) == []


def test_an_agreed_day_is_promised_anew_by_the_days_that_were_agreed(world: World) -> None:
    dossier = make_dossier(
        world, "processing", OPEN_ENDED, agreed_due_at=moment("2026-03-13 17:00"), agreed_reason="hẹn"
    )
    ask(world, dossier)
    dossier = accept(world, dossier, moment("2026-03-17 09:00"))
    assert dossier.due_at == moment("2026-03-20 17:00"), "three working days again"


# Payment and suspension


def test_the_wait_for_a_payment_is_nobodys_delay(world: World) -> None:
    dossier = make_dossier(world, "processing", FEE)
    assert open_tasks(dossier)[0].due_at == moment("2026-03-10 14:40")
    act = {"actor": world.actors["a.case"], "dossier_code": dossier.code, "at": moment("2026-03-10 14:00")}
    with pytest.raises(Refused):
        actions.request_payment(**act, review_at=moment("2026-04-10 09:00"), paper=" ")
    waiting = actions.request_payment(**act, review_at=moment("2026-04-10 09:00"), paper="TB 12/TB-CCT")
    assert waiting.state == "awaiting_payment" and told(waiting) == "dossiers/payment_requested"
    assert {t.due_at for t in open_tasks(waiting)} == {moment("2026-04-10 09:00")}
    done = actions.confirm_payment(
        actor=world.actors["a.intake"],
        dossier_code=dossier.code,
        proof="Giấy nộp tiền 77",
        at=moment("2026-03-16 15:00"),
    )
    assert done.due_at == moment("2026-03-17 17:00") == due_anew(done), "one working day was left"
    (handler,) = open_tasks(done)
    assert handler.due_at == moment("2026-03-16 15:40"), "forty minutes of the step were left"
    assert told(done) == "dossiers/resumed" and Suspension.objects.get().proof == "Giấy nộp tiền 77"


def test_only_the_head_suspends_and_only_with_the_article(world: World) -> None:
    dossier = make_dossier(world, "processing")
    act = {"dossier_code": dossier.code, "review_at": moment("2026-03-20 09:00"), "at": NOON + HOUR}
    with pytest.raises(Refused) as no:
        actions.suspend(actor=world.actors["a.case"], basis="Luật Đất đai", **act)
    assert no.value.code == "forbidden"
    for wrong in (
        {"basis": ""},
        {"basis": "Luật", "ground": "colleague_is_slow"},
        {"basis": "L", "ground": "financial_obligation"},
    ):
        with pytest.raises(Refused):
            actions.suspend(actor=world.actors["a.leader"], **wrong, **act)
    held = actions.suspend(actor=world.actors["a.leader"], basis="Luật X điều 1", **act)
    assert held.state == "suspended" and "resume" in labels(world, "a.case", held) & labels(
        world, "a.leader", held
    )
    with pytest.raises(Refused):
        actions.resume(actor=world.actors["a.case"], dossier_code=dossier.code, proof="", at=NOON + 2 * HOUR)
    again = actions.resume(
        actor=world.actors["a.leader"],
        dossier_code=dossier.code,
        proof="Công văn 5",
        at=moment("2026-03-12 09:00"),
    )
    assert again.due_at > dossier.due_at and due_anew(again) == again.due_at


def labels(world: World, who: str, dossier: Dossier) -> set[str]:
    return {view.act for view in queries.allowed_acts(world.actors[who], Dossier.objects.get(pk=dossier.pk))}


def test_what_was_late_when_it_stopped_stays_late(world: World) -> None:
    dossier = make_dossier(world, "processing", FEE)
    late = moment("2026-03-12 09:00")
    act = {"actor": world.actors["a.leader"], "dossier_code": dossier.code}
    held = actions.suspend(**act, basis="Luật X", review_at=late + timedelta(days=3), at=late)
    assert queries.brief_clock(held, late + timedelta(days=2)).is_late
    again = actions.resume(**act, proof="xong", at=late + timedelta(days=1))
    assert again.due_at == dossier.due_at == due_anew(again)
    assert all(task.due_at < late for task in open_tasks(again))


# Promise


def move(
    world: World, act: str, dossier: Dossier, at: datetime = NOON + HOUR, who: str = "a.leader", **more: Any
) -> Dossier:
    facts: dict[str, Any] = {"new_due_at": moment("2026-03-17 17:00"), "reason": "Chờ xác minh"}
    facts |= {"cause": "verification"} if act == "apologise" else {"basis": "Luật Hộ tịch điều 1"}
    return getattr(actions, act)(actor=world.actors[who], dossier_code=dossier.code, at=at, **(facts | more))


@pytest.mark.parametrize("act", ["extend", "apologise"])
def test_the_head_moves_the_promise_once(world: World, act: str) -> None:
    dossier = make_dossier(world, "processing", FEE)
    with pytest.raises(Refused):
        move(world, act, dossier, who="a.case")
    moved = move(world, act, dossier)
    assert (
        moved.due_at == moment("2026-03-17 17:00") == due_anew(moved)
        and moved.original_due_at == dossier.original_due_at
    )
    assert Event.objects.get(act=act).data["new_due_at"]
    assert told(moved) == f"dossiers/{'extended' if act == 'extend' else 'apologised'}"
    with pytest.raises(Refused) as no:
        move(world, act, dossier, new_due_at=moment("2026-03-20 17:00"))
    assert no.value.code == "moved_already" and PromiseChange.objects.count() == 1
    assert any(line.kind == "extended" for line in queries.explain_clock(moved, NOON).lines)


def test_after_the_date_an_extension_is_too_late_and_an_apology_explains(world: World) -> None:
    dossier = make_dossier(world, "processing", FEE)
    late = moment("2026-03-12 09:00")
    with pytest.raises(Refused) as no:
        move(world, "extend", dossier, late)
    assert no.value.code == "too_late"
    with pytest.raises(Refused) as no:
        move(world, "apologise", dossier, late)
    assert (no.value.code, no.value.field) == ("explanation_needed", "explanation")
    move(world, "apologise", dossier, late, explanation="Cán bộ ốm, không ai thay")
    assert PromiseChange.objects.get().timing == "too_late"
    with pytest.raises(Refused, match="danh sách"):
        move(world, "apologise", make_dossier(world, "processing"), cause="bad_luck")


# Reopening


@pytest.mark.parametrize("state", ["result_ready", "returned", "stopped", "withdrawn"])
def test_a_closed_dossier_is_handled_again_by_decision(world: World, state: str) -> None:
    dossier = make_dossier(world, state)
    act = {"actor": world.actors["a.leader"], "dossier_code": dossier.code, "at": moment("2026-03-16 09:00")}
    with pytest.raises(Refused):
        actions.reopen(**act, reason="Sai nội dung", basis=" ")
    again = actions.reopen(**act, reason="Sai nội dung", basis="QĐ 7/QĐ-UBND")
    kept = Dossier.objects.get(pk=again.pk)
    assert (kept.state, kept.outcome, kept.finished_at, kept.returned_at) == ("processing", "", None, None)
    assert kept.due_at == due_anew(kept) == moment("2026-03-16 17:00") and len(open_tasks(kept)) == 1
    assert queries.find_difference(kept) == "" and told(kept) == "dossiers/reopened"
    if state in ("result_ready", "returned"):
        assert Result.objects.get().void_reason == "Sai nội dung" and open_tasks(kept)[0].step_no == 2


def test_a_reopened_dossier_can_be_finished_again_with_a_new_number(world: World) -> None:
    dossier = make_dossier(world, "returned")
    actor = world.actors
    code, at = dossier.code, moment("2026-03-16 09:00")
    actions.reopen(actor=actor["a.leader"], dossier_code=code, reason="Sai", basis="QĐ 7", at=at)
    actions.propose(actor=actor["a.case"], dossier_code=code, outcome="approved", at=at)
    actions.decide(actor=actor["a.leader"], dossier_code=code, outcome="approved", at=at)
    actions.sign_result(
        actor=actor["a.clerk"], dossier_code=code, signed_on=at.date(), signer_name="N",
        file_id=world.make_file(actor["a.clerk"]), at=at,
    )  # fmt: skip
    done = actions.return_result(actor=actor["a.intake"], dossier_code=code, collector_name="N", at=at)
    assert done.state == "returned" and Result.objects.get(voided_at=None).serial == 2


# Every turn


def test_no_turn_costs_more_than_ten_statements_and_a_key_has_one_effect(world: World) -> None:
    make_dossier(world, "processing")
    dossier = make_dossier(world, "processing", FEE)
    spent: dict[str, int] = {}

    def count(name: str, run: Any) -> None:
        with CaptureQueriesContext(connection) as counted:
            run()
        statements = [q["sql"] for q in counted if not (q["sql"] or "").startswith(("SAVEPOINT", "RELEASE"))]
        spent[name] = len(statements)
        run()

    actor, code = world.actors, dossier.code
    count("request", lambda: ask(world, dossier, key="1"))
    count("accept", lambda: accept(world, dossier, NOON + 2 * HOUR, key="2"))
    count("extend", lambda: move(world, "extend", dossier, key="3", new_due_at=moment("2026-03-18 17:00")))
    pay = {"actor": actor["a.case"], "dossier_code": code, "at": NOON + 3 * HOUR}
    count(
        "pay", lambda: actions.request_payment(**pay, review_at=NOON + timedelta(days=9), paper="TB", key="4")
    )
    count("paid", lambda: actions.confirm_payment(**pay, proof="CT", key="5"))
    assert max(spent.values()) <= 10, spent
    assert (
        Event.objects.filter(dossier_id=dossier.pk, act__in=[a for a in Act if MOVES[a].basis]).count() == 5
    )


def test_the_states_of_every_turn_can_be_told_anew_from_the_events(world: World) -> None:
    dossier = make_dossier(world, "processing", BIRTH)
    ask(world, dossier)
    assert queries.find_difference(Dossier.objects.get(pk=dossier.pk)) == ""
    accept(world, dossier, NOON + 2 * HOUR)
    assert queries.find_difference(Dossier.objects.get(pk=dossier.pk)) == ""
