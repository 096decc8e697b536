"""Whole lives: from the counter to the result, with a join, an opinion, a redo, a voided number."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from motcua.core.refusal import Refused
from motcua.dossiers import actions, queries
from motcua.dossiers.models import Dossier, Event, Opinion, Result, Task
from motcua.dossiers.tests.factories import BIRTH, BUILD, FEE, NOON, World, make_dossier, make_intake
from motcua.integrations.models import Outgoing

LATER = NOON + timedelta(hours=1)


def open_steps(dossier: Dossier) -> list[int | None]:
    return sorted(
        Task.objects.filter(dossier=dossier, done_at=None).values_list("step_no", flat=True), key=str
    )


def labels(world: World, who: str, dossier: Dossier) -> set[str]:
    return {
        view.act
        for view in queries.allowed_acts(
            world.actors[who], queries.get_dossier(world.actors[who], dossier.code)
        )
    }


def sign(world: World, dossier: Dossier, who: str = "a.clerk", **more) -> Dossier:
    return actions.sign_result(
        actor=world.actors[who], dossier_code=dossier.code, signed_on=LATER.date(), signer_name="Nguyễn Văn Duyệt",
        file_id=world.make_file(world.actors[who]), at=LATER, **more,
    )  # fmt: skip


@pytest.mark.parametrize("code", [BIRTH, FEE])
def test_a_commune_dossier_goes_from_the_counter_to_the_person(world: World, code: str) -> None:
    dossier = make_dossier(world, "returned", code)
    kept = Dossier.objects.get(pk=dossier.pk)
    assert (kept.state, kept.outcome, open_steps(kept)) == ("returned", "approved", [])
    acts = [event.act for event in queries.find_events(kept)]
    assert acts == ["receive", "hand_over", "start", "propose", "decide", "sign_result", "return_result"]
    assert kept.revision == len(acts)
    result = Result.objects.get()
    assert (result.number, result.collector_name) == ("1/2026/KQ", "Nguyễn Văn Thử")
    assert [m.payload["status"] for m in Outgoing.objects.order_by("sequence")] == [2, 2, 4, 4, 4, 9, 10]
    assert "(Cán bộ tiếp nhận" in queries.get_history(kept)[0].sentence


def test_branches_run_beside_each_other_and_the_join_waits(world: World) -> None:
    actor = world.actors
    dossier = actions.receive(actor=actor["p.intake"], intake=make_intake(world, BUILD), at=NOON)
    code = dossier.code
    actions.hand_over(actor=actor["p.intake"], dossier_code=code, at=NOON)
    assert open_steps(dossier) == [2, 3]
    assert Opinion.objects.get().asked_unit_id == world.units["MT.DD"]
    actions.start(actor=actor["x.case"], dossier_code=code, at=LATER)
    actions.propose(actor=actor["x.case"], dossier_code=code, outcome="approved", at=LATER)
    assert open_steps(dossier) == [3], "the join waits for the opinion"
    assert labels(world, "x.section", dossier) == set()
    actions.answer_opinion(actor=actor["m.case"], dossier_code=code, answer="Phù hợp quy hoạch", at=LATER)
    assert open_steps(dossier) == [4]
    assert Opinion.objects.get().answered_by_name == "Chu Văn Đất"
    actions.propose(actor=actor["x.section"], dossier_code=code, outcome="approved", at=LATER)
    decided = actions.decide(actor=actor["x.leader"], dossier_code=code, outcome="approved", at=LATER)
    assert decided.state == "processing" and decided.outcome == "approved"
    assert open_steps(dossier) == [None], "the table names no clerk: the number has a task of its own"
    sign(world, dossier, "x.clerk")
    assert open_steps(dossier) == [6]
    done = actions.return_result(
        actor=actor["p.intake"], dossier_code=code, collector_name="Người nhận", at=LATER
    )
    assert done.state == "returned" and done.returned_at == LATER


def test_an_opinion_may_be_asked_beside_the_steps_and_lapses_with_the_decision(world: World) -> None:
    actor = world.actors
    dossier = make_dossier(world, "processing")
    ask = {"actor": actor["a.case"], "dossier_code": dossier.code, "at": LATER}
    for wrong in ({"question": ""}, {"due_at": LATER}, {"unit_id": world.units["A.VH"]}):
        with pytest.raises(Refused):
            actions.ask_opinion(
                **{
                    **ask,
                    "unit_id": world.units["MT"],
                    "question": "Ý kiến?",
                    "due_at": LATER + timedelta(days=1),
                    **wrong,
                }
            )
    actions.ask_opinion(
        **ask, unit_id=world.units["MT"], question="Ý kiến?", due_at=LATER + timedelta(days=1)
    )
    with pytest.raises(Refused, match="chưa trả lời"):
        actions.ask_opinion(
            **ask, unit_id=world.units["MT"], question="Lần nữa?", due_at=LATER + timedelta(days=1)
        )
    assert labels(world, "m.case", dossier) == {"take", "answer_opinion"}
    actions.propose(actor=actor["a.case"], dossier_code=dossier.code, outcome="approved", at=LATER)
    actions.decide(actor=actor["a.leader"], dossier_code=dossier.code, outcome="approved", at=LATER)
    assert Task.objects.get(kind="opinion").outcome == "lapsed"
    assert labels(world, "m.case", dossier) == set()


def test_a_redo_gives_the_step_back_to_whoever_did_it(world: World) -> None:
    actor, dossier = world.actors, make_dossier(world, "processing")
    actions.propose(actor=actor["a.case"], dossier_code=dossier.code, outcome="approved", at=LATER)
    with pytest.raises(Refused):
        actions.return_for_redo(actor=actor["a.leader"], dossier_code=dossier.code, note=" ", at=LATER)
    actions.return_for_redo(
        actor=actor["a.leader"], dossier_code=dossier.code, note="Bổ sung căn cứ", at=LATER
    )
    task = Task.objects.get(dossier=dossier, done_at=None)
    assert (task.step_no, task.assignee_id) == (2, actor["a.case"].user_id)
    assert labels(world, "a.case2", dossier) == set(), "it waits for one person"
    actions.propose(
        actor=actor["a.case"],
        dossier_code=dossier.code,
        outcome="refused",
        note="Không đủ điều kiện",
        at=LATER,
    )
    actions.decide(
        actor=actor["a.leader"], dossier_code=dossier.code, outcome="refused", note="Thiếu căn cứ", at=LATER
    )
    assert sign(world, dossier).outcome == "refused"


def test_a_refusal_in_substance_needs_its_reason(world: World) -> None:
    dossier = make_dossier(world, "processing")
    with pytest.raises(Refused) as no:
        actions.propose(actor=world.actors["a.case"], dossier_code=dossier.code, outcome="refused", at=LATER)
    assert no.value.field == "note"


def test_a_number_never_repeats_and_a_voided_one_keeps_its_reason(world: World) -> None:
    first, second = make_dossier(world, "result_ready"), make_dossier(world, "result_ready")
    voided = actions.void_number(
        actor=world.actors["a.clerk"], dossier_code=first.code, reason="Sai tên", at=LATER
    )
    assert voided.state == "processing" and voided.finished_at is None
    sign(world, first)
    numbers = list(Result.objects.order_by("serial").values_list("number", "void_reason"))
    assert numbers == [("1/2026/KQ", "Sai tên"), ("2/2026/KQ", ""), ("3/2026/KQ", "")]
    series = Result.objects.first().series_id
    assert queries.find_gaps(series, 2026) == [] and queries.find_voided(series, 2026).count() == 1
    assert second.state == "result_ready"


def test_a_failed_signing_skips_no_number(world: World) -> None:
    dossier = make_dossier(world, "processing")
    actions.propose(actor=world.actors["a.case"], dossier_code=dossier.code, outcome="approved", at=LATER)
    actions.decide(actor=world.actors["a.leader"], dossier_code=dossier.code, outcome="approved", at=LATER)
    foreign = world.make_file(world.actors["b.intake"])
    for wrong in (
        {"file_id": None},
        {"file_id": foreign},
        {"series": "LẠ"},
        {"signed_on": LATER.date() + timedelta(days=1)},
        {"signer_name": " "},
    ):
        facts = {
            "signed_on": LATER.date(),
            "signer_name": "N",
            "file_id": world.make_file(world.actors["a.clerk"]),
            **wrong,
        }
        with pytest.raises(Refused):
            actions.sign_result(actor=world.actors["a.clerk"], dossier_code=dossier.code, at=LATER, **facts)
    assert sign(world, dossier).state == "result_ready" and Result.objects.get().serial == 1


@pytest.mark.parametrize("act", ["withdraw", "stop"])
def test_an_end_needs_a_reason_and_comes_before_a_decision(world: World, act: str) -> None:
    dossier = make_dossier(world, "processing")
    carry_out = getattr(actions, act)
    with pytest.raises(Refused):
        carry_out(actor=world.actors["a.intake"], dossier_code=dossier.code, reason="", at=LATER)
    ended = carry_out(
        actor=world.actors["a.intake"], dossier_code=dossier.code, reason="Người nộp đề nghị", at=LATER
    )
    assert ended.finished_at == LATER and open_steps(ended) == []
    decided = make_dossier(world, "result_ready")
    with pytest.raises(Refused) as no:
        carry_out(actor=world.actors["a.intake"], dossier_code=decided.code, reason="Muộn", at=LATER)
    assert no.value.possible == ("take", "return_result")


def test_a_stale_page_is_told_so(world: World) -> None:
    dossier = make_dossier(world)
    actions.hand_over(actor=world.actors["a.intake"], dossier_code=dossier.code, revision=1, at=LATER)
    with pytest.raises(Refused) as no:
        actions.start(actor=world.actors["a.case"], dossier_code=dossier.code, revision=1, at=LATER)
    assert no.value.code == "stale" and "start" in no.value.possible


def test_the_same_key_twice_has_one_effect(world: World) -> None:
    intake = make_intake(world)
    first = actions.receive(actor=world.actors["a.intake"], intake=intake, key="k", at=NOON)
    again = actions.receive(actor=world.actors["a.intake"], intake=intake, key="k", at=LATER)
    assert first.code == again.code and Dossier.objects.count() == 1
    for _time in range(2):
        actions.hand_over(
            actor=world.actors["a.intake"], dossier_code=first.code, revision=1, key="h", at=LATER
        )
    assert Event.objects.filter(act="hand_over").count() == 1


def test_a_head_gives_a_task_to_a_colleague_and_nobody_else(world: World) -> None:
    actor, dossier = world.actors, make_dossier(world)
    actions.hand_over(actor=actor["a.intake"], dossier_code=dossier.code, at=LATER)
    with pytest.raises(Refused) as no:
        actions.take(
            actor=actor["a.section"],
            dossier_code=dossier.code,
            assignee_id=actor["b.leader"].user_id,
            at=LATER,
        )
    assert no.value.code == "not_a_holder"
    actions.take(
        actor=actor["a.section"], dossier_code=dossier.code, assignee_id=actor["a.case2"].user_id, at=LATER
    )
    assert labels(world, "a.case", dossier) == set() and "start" in labels(world, "a.case2", dossier)


def test_the_next_step_may_be_given_to_one_person(world: World) -> None:
    actor, dossier = world.actors, make_dossier(world)
    actions.hand_over(
        actor=actor["a.intake"], dossier_code=dossier.code, assignee_id=actor["a.case2"].user_id, at=LATER
    )
    task = Task.objects.get(dossier=dossier, done_at=None)
    assert (task.unit_id, task.assignee_id) == (world.units["A.VH"], actor["a.case2"].user_id)


def test_the_page_is_told_who_could_do_the_next_step(world: World) -> None:
    actor, dossier = world.actors, make_dossier(world, code=BUILD)
    steps = queries.find_next_steps(actor["p.intake"], dossier, world.on)
    assert [(s.no, s.unit_id) for s in steps] == [(2, world.units["XD.QH"]), (3, world.units["MT.DD"])]
    assert steps[0].officers == ((actor["x.case"].user_id, "Lý Văn Xây"),)
    birth = make_dossier(world, "processing")
    actions.propose(actor=actor["a.case"], dossier_code=birth.code, outcome="approved", at=LATER)
    assert [s.no for s in queries.find_steps_back(actor["a.leader"], birth)] == [2]


def test_handing_over_costs_at_most_five_statements(world: World) -> None:
    make_dossier(world, "processing")
    dossier = make_dossier(world)
    with CaptureQueriesContext(connection) as spent:
        actions.hand_over(
            actor=world.actors["a.intake"],
            dossier_code=dossier.code,
            note="Chuyển",
            revision=1,
            key="k",
            at=LATER,
        )
    statements = [q["sql"] for q in spent if not q["sql"].startswith(("SAVEPOINT", "RELEASE"))]
    assert len(statements) <= 5, "\n".join(s[:90] for s in statements)
