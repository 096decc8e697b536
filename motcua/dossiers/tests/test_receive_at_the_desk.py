"""Receiving at the counter: what is kept, what is refused in words, and at what cost."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from motcua.audit.models import Entry
from motcua.core.refusal import Refused
from motcua.dossiers import actions
from motcua.dossiers.actions import PartFacts, PersonFacts
from motcua.dossiers.models import Dossier, Event, Involvement, Part, Party, Task
from motcua.dossiers.tests.factories import BUILD, FEE, NOON, OPEN_ENDED, World, make_intake
from motcua.integrations.models import Outgoing
from motcua.notifications.models import Message
from motcua.payments.models import Charge
from motcua.worktime.rules import ZONE


def receive(
    world: World, who: str = "a.intake", key: str = "", at=NOON, code: str = "1.001193", **changes
) -> Dossier:
    return actions.receive(
        actor=world.actors[who], intake=make_intake(world, code, **changes), key=key, at=at
    )


def test_everything_of_a_dossier_is_kept_at_once(world: World) -> None:
    dossier = receive(
        world,
        submitter=PersonFacts(full_name="Người Nộp Hộ", id_number="045190000001"),
        authorisation="12/UQ",
    )
    kept = Dossier.objects.get()
    assert kept.code == dossier.code == "H50.12-260310-0001"
    assert kept.state == "received" and kept.revision == 1 and len(kept.token) == 20
    assert kept.due_at.astimezone(ZONE).strftime("%d/%m/%Y") == "10/03/2026"
    assert {p.role for p in Party.objects.all()} == {"applicant", "submitter"}
    assert Party.objects.get(role="applicant").id_number == "045090000001"
    assert Part.objects.filter(is_present=True).count() == 3
    task = Task.objects.get()
    assert task.assignee_id == world.actors["a.intake"].user_id and task.due_at <= kept.due_at
    event = Event.objects.get()
    assert (event.act, event.from_state, event.to_state) == (
        "receive",
        "submitted",
        "received",
    ) and event.xact_id > 0
    assert {i.unit_id for i in Involvement.objects.all()} == {world.units["A.TT"], world.units["A"]}
    assert Message.objects.get().reference == Outgoing.objects.get().reference == kept.code
    assert Outgoing.objects.get().payload["status"] == 2
    assert Entry.objects.get(what="dossiers.receive").post == "intake_officer"


def test_receiving_costs_four_statements_its_key_and_charges_among_them(world: World) -> None:
    receive(world, code=FEE)
    intake = make_intake(world, FEE)
    with CaptureQueriesContext(
        connection,
    ) as spent:
        actions.receive(actor=world.actors["a.intake"], intake=intake, key="one", at=NOON)
    statements = [q["sql"] for q in spent if not q["sql"].startswith(("SAVEPOINT", "RELEASE"))]
    assert len(statements) <= 4, "\n".join(s[:90] for s in statements)


def test_a_missing_required_paper_is_refused_in_words_and_nothing_is_kept(world: World) -> None:
    intake = make_intake(world)
    with pytest.raises(Refused) as no:
        actions.receive(
            actor=world.actors["a.intake"], intake=replace(intake, parts=intake.parts[1:]), at=NOON
        )
    assert (
        no.value.code == "missing_component"
        and "Tờ khai đăng ký khai sinh" in no.value.message
        and no.value.basis
    )
    assert not Dossier.objects.exists() and not Event.objects.exists()


def test_a_paper_the_source_is_silent_about_asks_for_a_reason(world: World) -> None:
    intake = make_intake(world)
    without = replace(intake, parts=intake.parts[:1])
    with pytest.raises(Refused) as no:
        actions.receive(actor=world.actors["a.intake"], intake=without, at=NOON)
    assert no.value.field == "missing_reason"
    dossier = actions.receive(
        actor=world.actors["a.intake"], intake=replace(without, missing_reason="Có trong dữ liệu"), at=NOON
    )
    assert dossier.notes.get().text == "Có trong dữ liệu"


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"parts": (PartFacts(99_999_999, 1),)}, "unknown_component"),
        ({"case_id": 99_999_999}, "unknown_case"),
        ({"channel": "pigeon"}, "unknown_choice"),
        ({"result_delivery": "pigeon"}, "unknown_choice"),
        ({"part_files": ((1, 1),)}, None),
        ({"applicant": PersonFacts(full_name="  ")}, "name_missing"),
        ({"applicant": PersonFacts(full_name="A" * 10_000)}, "name_too_long"),
        ({"note": "x" * 10_001}, "too_long"),
    ],
)
def test_bad_input_is_refused_and_nothing_is_half_kept(world: World, changes: dict, code: str | None) -> None:
    if code is None:  # a file of a component nobody ticked is left aside
        receive(world, **changes)
        return
    with pytest.raises(Refused) as no:
        receive(world, **changes)
    assert no.value.code == code
    assert not Dossier.objects.exists()


def test_a_file_somebody_else_put_in_cannot_be_attached_by_its_number(world: World) -> None:
    foreign = world.make_file(world.actors["b.intake"])
    component = world.sheet().cases[0].components[0].id
    with pytest.raises(Refused) as no:
        receive(world, part_files=((component, foreign),))
    assert no.value.code == "unknown_file" and not Dossier.objects.exists()
    own = world.make_file(world.actors["a.intake"])
    dossier = receive(world, part_files=((component, own),))
    assert [f.file_id for part in dossier.parts.all() for f in part.files.all()] == [own]


def test_a_procedure_without_limit_asks_for_a_day_and_a_reason(world: World) -> None:
    for changes in (
        {},
        {"agreed_due_at": NOON + timedelta(days=5)},
        {"agreed_due_at": NOON, "agreed_reason": "hẹn"},
    ):
        with pytest.raises(Refused):
            receive(world, code=OPEN_ENDED, **changes)
    agreed = NOON + timedelta(days=5)
    dossier = receive(world, code=OPEN_ENDED, agreed_due_at=agreed, agreed_reason="Thống nhất với người nộp")
    assert dossier.due_at == agreed


def test_fees_are_charged_and_a_waiver_is_possible(world: World) -> None:
    dossier = receive(world, code=FEE)
    assert [(c.name, c.amount_vnd) for c in Charge.objects.filter(reference=dossier.code)] == [
        ("Phí cấp bản sao", 8000)
    ]
    waived = receive(world, code=FEE, fees=())
    assert not Charge.objects.filter(reference=waived.code).exists()


def test_four_units_are_four_facts(world: World) -> None:
    dossier = receive(
        world, "b.intake", competent_agency_id=world.units["A"], returning_unit_id=world.units["P.TT"],
        supported_unit_id=world.units["P.TT"],
    )  # fmt: skip
    assert dossier.code.startswith("H50.13-")
    assert (dossier.receiving_unit_id, dossier.competent_agency_id, dossier.returning_unit_id) == tuple(
        world.units[c] for c in ("B.TT", "A", "P.TT")
    )
    assert {world.units[c] for c in ("B.TT", "B", "A", "P.TT")} == {
        i.unit_id for i in Involvement.objects.all()
    }


def test_a_provincial_procedure_goes_to_its_department(world: World) -> None:
    dossier = receive(world, "p.intake", code=BUILD)
    assert dossier.competent_agency_id == world.units["XD"] and dossier.code.startswith("H50-")


def test_a_commune_procedure_at_the_provincial_centre_asks_which_commune(world: World) -> None:
    with pytest.raises(Refused) as no:
        receive(world, "p.intake")
    assert no.value.field == "competent_agency_id"


@pytest.mark.parametrize("who", ["a.case", "a.leader", "p.admin", "p.control"])
def test_only_the_counter_receives(world: World, who: str) -> None:
    with pytest.raises(Refused) as no:
        receive(world, who)
    assert no.value.code == "forbidden"


def test_a_year_without_calendar_is_refused_and_says_which(world: World) -> None:
    with pytest.raises(Refused) as no:
        receive(world, at=NOON.replace(year=2031))
    assert no.value.code == "no_calendar" and "2031" in no.value.message


def test_a_refusal_at_the_counter_needs_its_reason_and_has_no_clock(world: World) -> None:
    intake = make_intake(world, parts=())
    with pytest.raises(Refused):
        actions.refuse_intake(actor=world.actors["a.intake"], intake=intake, reason=" ", at=NOON)
    dossier = actions.refuse_intake(
        actor=world.actors["a.intake"],
        intake=intake,
        reason="Không thuộc thẩm quyền",
        basis="Điều 17",
        at=NOON,
    )
    assert dossier.state == "not_accepted" and dossier.due_at is None and not Task.objects.exists()
    assert dossier.notes.get().basis == "Điều 17" and Outgoing.objects.get().payload["status"] == 3


def test_names_are_kept_composed_and_found_by_folding(world: World) -> None:
    dossier = receive(world, applicant=PersonFacts(full_name="Nguyễn  Văn Đức"))
    assert dossier.applicant_name == "Nguyễn Văn Đức" and dossier.applicant_folded == "nguyen van duc"
