"""A second print of the same form says that it is one."""

from datetime import timedelta
from io import BytesIO
from typing import Any

import pypdfium2
import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from motcua.audit.queries import find_entries
from motcua.dossiers import actions
from motcua.dossiers.actions.printing import print_form
from motcua.dossiers.models import Dossier, Printing
from motcua.dossiers.tests.conftest import SignIn
from motcua.dossiers.tests.factories import NOON, World, make_dossier
from motcua.dossiers.views.slips import make_head
from motcua.worktime.rules import ZONE

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("morning")]
MARK = "BẢN IN LẠI"


def read(client: Client, dossier: Dossier, form: str = "receipt", **query: Any) -> str:
    answer = client.get(reverse("dossiers:print", args=[dossier.code, form]), query)
    assert answer.status_code == 200
    return pypdfium2.PdfDocument(BytesIO(answer.content))[0].get_textpage().get_text_range()


def test_the_second_print_is_marked_by_itself_whoever_prints_it(world: World, as_: SignIn) -> None:
    dossier = make_dossier(world)
    assert MARK not in read(as_("a.intake"), dossier)
    again = read(as_("a.leader"), dossier)
    assert f"{MARK} lần 2" in again
    assert [(p.no, p.person_name) for p in Printing.objects.order_by("no")] == [
        (1, "Lê Thị Tiếp"),
        (2, "Nguyễn Văn Duyệt"),
    ]
    kept = [entry for entry in find_entries().rows if entry.what == "dossiers.printed.receipt"]
    assert {entry.note for entry in kept} == {"no. 1", "no. 2"}


def test_the_reader_that_asks_again_prints_nothing_new(world: World, as_: SignIn) -> None:
    dossier, client = make_dossier(world), as_("a.intake")
    for _n in range(3):
        assert MARK not in read(client, dossier, lan="nhan")
    assert Printing.objects.count() == 1
    assert MARK in read(as_("a.intake2"), dossier, lan="nhan")
    with time_machine.travel(NOON + timedelta(minutes=31), tick=False):
        assert MARK in read(client, dossier, lan="nhan")


def test_a_slip_that_changes_with_the_dossier_is_new_with_each_revision(world: World, as_: SignIn) -> None:
    dossier, client = make_dossier(world), as_("a.intake")
    assert MARK not in read(client, dossier, "control_slip")
    assert MARK in read(client, dossier, "control_slip")
    actions.hand_over(actor=world.actors["a.intake"], dossier_code=dossier.code, at=NOON)
    assert MARK not in read(client, dossier, "control_slip")
    assert MARK in read(client, dossier, "control_slip")


def test_a_receipt_says_who_received_and_the_first_promise_whoever_prints_it_in_whatever_language(
    world: World, as_: SignIn
) -> None:
    dossier = make_dossier(world)
    first = dossier.due_at
    assert first is not None
    Dossier.objects.filter(pk=dossier.pk).update(due_at=first + timedelta(days=5), turns=1)
    client = as_("a.leader")
    client.cookies["django_language"] = "en"
    said = read(client, dossier)
    assert "Lê Thị Tiếp" in said and "Nguyễn Văn Duyệt" not in said
    assert f"{first.astimezone(ZONE):%d/%m/%Y}" in said
    assert "Cách tính: Nhận hồ sơ lúc" in said


def test_the_stop_notice_says_the_state_it_was_in_and_is_of_its_own_day(world: World, as_: SignIn) -> None:
    dossier, later = make_dossier(world, "processing"), NOON + timedelta(days=1)
    actions.withdraw(
        actor=world.actors["a.intake"], dossier_code=dossier.code, reason="Người nộp đề nghị", at=later
    )
    said = read(as_("a.intake"), dossier, "stop_notice")
    assert "Đang giải quyết" in said and "chưa thu" in said
    assert f"ngày {later.astimezone(ZONE):%d} tháng" in said


def test_the_peoples_committee_signs_by_its_full_name_and_others_under_it(world: World, as_: SignIn) -> None:
    dossier = make_dossier(world)
    on = dossier.received_at.astimezone(ZONE).date()
    own = make_head(dossier.competent_agency_id, on, "1")
    assert own.parent_body == "" and own.unit_name.startswith("Ủy ban nhân dân")
    assert make_head(dossier.receiving_unit_id, on, "1").parent_body.startswith("UBND")
    assert (
        "trước hạn" not in read(as_("a.intake"), dossier, "control_slip").split("Kết quả")[-1].split(")")[-1]
    )


def test_forms_are_counted_apart(world: World) -> None:
    dossier, actor = make_dossier(world), world.actors["a.intake"]
    numbers = [
        print_form(actor=actor, dossier=dossier, form=form, at=NOON).no
        for form in ("receipt", "handover_slip", "receipt")
    ]
    assert numbers == [1, 1, 2]


def test_the_dossier_says_what_was_printed(world: World, as_: SignIn) -> None:
    dossier, client = make_dossier(world), as_("a.intake")
    read(client, dossier)
    page = client.get(reverse("dossiers:detail", args=[dossier.code])).content.decode()
    assert "Đã in 1 lần" in page


def test_nobody_hands_anything_over_to_themselves(world: World, as_: SignIn) -> None:
    dossier = make_dossier(world, "processing")
    with time_machine.travel(NOON + timedelta(minutes=5), tick=False):
        actions.request_supplement(
            actor=world.actors["a.case"], dossier_code=dossier.code, items=["Ảnh"], reason="Thiếu", at=NOON
        )
        slip = read(as_("a.intake"), dossier, "handover_slip")
    assert "Tổng số: 1 hồ sơ" in slip and "Nhận bổ sung" not in slip
