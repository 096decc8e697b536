"""The pages of interlinked dossiers at their addresses: the counter, the whole, the police, the citizen."""

from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from django.utils import translation
from pypdfium2 import PdfDocument

from motcua.dossiers import actions
from motcua.dossiers.models import Joint, Printing, Transfer
from motcua.dossiers.rules.states import State
from motcua.dossiers.tests.conftest import SignIn
from motcua.dossiers.tests.factories import NOON, World
from motcua.dossiers.tests.joint_factories import (
    GROUP,
    LAND_GROUP,
    RESIDENCE,
    bring_in,
    finish_part,
    make_joint,
    make_joint_world,
    require_dossier,
)
from tests.ground import begins_with, give

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("morning")]


@pytest.fixture
@begins_with(make_joint_world)
def world(db: None) -> World:
    return give(make_joint_world)


def typed(world: World, **changes: Any) -> dict[str, Any]:
    components = [
        c for code in ("1.001193", RESIDENCE, "1.014137") for c in world.sheet(code).cases[0].components
    ]
    papers = {
        name: value
        for c in components
        for name, value in ((f"part_{c.id}", "on"), (f"part_{c.id}_originals", "1"))
    }
    person = {
        "applicant_kind": "person", "applicant_name": "Trần Thị Mẹ", "applicant_id_kind": "citizen_id",
        "applicant_id_number": "045190000001", "channel": "counter", "result_delivery": "counter",
        "idempotency_key": "k-1",
    }  # fmt: skip
    return {**person, **papers, **changes}


def test_one_form_makes_one_receipt_that_names_every_part(world: World, as_: SignIn) -> None:
    counter = as_("a.intake")
    desk = counter.get(reverse("dossiers:receive_joint", args=[GROUP])).content.decode()
    assert "Công an xã An" in desk and desk.count('<caption class="unseen">Giấy tờ của phần') == 3
    answer = counter.post(reverse("dossiers:receive_joint", args=[GROUP]), typed(world))
    joint = Joint.objects.get()
    assert answer.headers["Location"] == reverse("dossiers:joint", args=[joint.code])
    page = counter.get(answer.headers["Location"]).content.decode()
    assert "Chưa đến lượt" in page and "khi có kết quả đồng ý của phần 1" in page
    for _n in range(2):
        pdf = counter.get(reverse("dossiers:print_joint", args=[joint.code]))
        assert pdf.headers["Content-Type"] == "application/pdf"
    assert [p.no for p in Printing.objects.filter(form="joint_receipt").order_by("no")] == [1, 2]
    first = require_dossier(joint, 1)
    own = counter.get(reverse("dossiers:print", args=[first.code, "receipt"]))
    assert own.headers["Location"].startswith(reverse("dossiers:print_joint", args=[joint.code])), (
        "no second receipt"
    )


def test_what_is_missing_is_said_and_what_was_typed_stays(world: World, as_: SignIn) -> None:
    needed = next(c.id for c in world.sheet(RESIDENCE).cases[0].components if c.is_required)
    form = typed(world)
    del form[f"part_{needed}"]
    answer = as_("a.intake").post(reverse("dossiers:receive_joint", args=[GROUP]), form)
    said = answer.content.decode()
    assert answer.status_code == 409 and "Trần Thị Mẹ" in said and f"Tờ khai {RESIDENCE}" in said
    assert not Joint.objects.exists()


def test_the_police_take_over_on_their_own_page_and_sign_the_slip(world: World, as_: SignIn) -> None:
    joint = make_joint(world, at=NOON - timedelta(hours=24))
    finish_part(world, joint, 1, NOON - timedelta(minutes=30))
    police = require_dossier(joint, 2)
    officer = as_("ca.case")
    assert police.code in officer.get(reverse("dossiers:inbox")).content.decode()
    address = reverse("dossiers:act", args=[police.code, "nhan-chuyen"])
    page = officer.get(address).content.decode()
    slip = Transfer.objects.get(part__dossier=police)
    assert slip.number in page and "Giải quyết Thường trú" in page
    sent = {"revision": police.revision, "idempotency_key": "k-2"}
    assert officer.post(address, sent).status_code == 422
    assert officer.post(address, {**sent, "judged": "early", "note": "Đủ"}).status_code == 302
    slip.refresh_from_db()
    assert (slip.judged, slip.received_at, slip.note) == ("early", NOON, "Đủ")
    pdf = officer.get(reverse("dossiers:print_slip", args=[joint.code, 2]))
    assert pdf.headers["Content-Type"] == "application/pdf"
    assert officer.get(reverse("dossiers:print_slip", args=[joint.code, 1])).status_code == 404
    assert as_("b.intake").get(reverse("dossiers:joint", args=[joint.code])).status_code == 404


def test_a_slip_is_sent_back_on_a_page_and_the_whole_is_taken_back_on_another(
    world: World, as_: SignIn
) -> None:
    joint = make_joint(world, at=NOON - timedelta(hours=24))
    finish_part(world, joint, 1, NOON - timedelta(minutes=30))
    police = require_dossier(joint, 2)
    officer, giver, counter = as_("ca.case"), as_("a.case"), as_("a.intake")
    address = reverse("dossiers:act", args=[police.code, "tra-phieu"])
    sent = {"revision": police.revision, "idempotency_key": "k-5"}
    assert officer.post(address, sent).status_code == 422
    assert officer.post(address, {**sent, "reason": "Thiếu bản sao khai sinh"}).status_code == 302
    again = reverse("dossiers:act", args=[police.code, "chuyen-lai"])
    assert "Thiếu bản sao khai sinh" in giver.get(again).content.decode()
    assert "Chưa chuyển lại" in counter.get(reverse("dossiers:joint", args=[joint.code])).content.decode()
    pdf = officer.get(reverse("dossiers:print_slip", args=[joint.code, 2]))
    assert pdf.headers["Content-Type"] == "application/pdf"
    police.refresh_from_db()
    sent = {"revision": police.revision, "idempotency_key": "k-6", "answer": "Đã gửi"}
    assert giver.post(again, sent).status_code == 302
    whole = reverse("dossiers:withdraw_whole", args=[joint.code])
    assert whole in counter.get(reverse("dossiers:joint", args=[joint.code])).content.decode()
    asked = {"request_channel": "counter", "requested_on": "10/03/2026"}
    assert counter.post(whole, {"idempotency_key": "k-7"}).status_code == 422
    assert officer.post(whole, {"idempotency_key": "k-8", "reason": "Không", **asked}).status_code == 409
    assert counter.post(whole, {"idempotency_key": "k-9", "reason": "Đổi ý", **asked}).status_code == 302
    assert whole not in counter.get(reverse("dossiers:joint", args=[joint.code])).content.decode()


def test_everything_is_given_back_at_once(world: World, as_: SignIn) -> None:
    joint = make_joint(world, at=NOON - timedelta(hours=24))
    for no in (1, 2, 3):
        finish_part(world, joint, no, NOON - timedelta(hours=1))
    address = reverse("dossiers:return_whole", args=[joint.code])
    counter = as_("a.intake")
    assert counter.get(address).content.decode().count("<li>") >= 3
    sent = {"idempotency_key": "k-3", "collector_relation": "applicant", "method": "counter"}
    assert counter.post(address, sent).status_code == 422
    assert counter.post(address, {**sent, "collector_name": "Trần Thị Mẹ"}).status_code == 302
    joint.refresh_from_db()
    assert joint.state == State.RETURNED
    assert counter.post(address, {**sent, "idempotency_key": "k-4", "collector_name": "X"}).status_code == 409


def test_the_citizen_sees_every_part_with_the_receipt_and_only_how_far_without(
    world: World, client: Client
) -> None:
    joint = make_joint(world, at=NOON - timedelta(hours=24))
    finish_part(world, joint, 1, NOON - timedelta(hours=1), "refused")
    page = client.get(reverse("portal:follow", args=[joint.code, joint.token])).content.decode()
    assert "Công an xã An" in page and "phần trước không có kết quả cần cho nó" in page
    part = client.get(
        reverse("portal:follow", args=[require_dossier(joint, 1).code, joint.token])
    ).content.decode()
    assert joint.code in part
    assert client.get(reverse("portal:follow", args=[joint.code, "x" * 20])).status_code == 404
    bare = client.get(reverse("portal:track"), {"code": joint.code}).content.decode()
    assert "Tiếp nhận" in bare and "Công an xã An" not in bare


def test_land_says_both_appointments(world: World, as_: SignIn) -> None:
    joint = make_joint(world, LAND_GROUP, at=NOON - timedelta(hours=24))
    page = as_("a.intake").get(reverse("dossiers:joint", args=[joint.code])).content.decode()
    assert "Hẹn lần một" in page and "3 ngày làm việc từ khi có chứng từ nộp tiền" in page


def test_the_list_and_the_search_find_the_whole(world: World, as_: SignIn) -> None:
    joint = make_joint(world, at=NOON - timedelta(hours=24))
    counter = as_("a.intake")
    assert joint.code in counter.get(reverse("dossiers:joints")).content.decode()
    found = counter.get(reverse("dossiers:search"), {"q": joint.code})
    assert found.headers["Location"] == reverse("dossiers:joint", args=[joint.code])
    assert GROUP in counter.get(reverse("dossiers:choose")).content.decode()


def test_the_page_of_a_group_takes_it_outside_too(world: World, as_: SignIn) -> None:
    address, desk = reverse("dossiers:receive_joint", args=[GROUP]), as_("a.intake")
    assert "Tiếp nhận lưu động hoặc tại nơi kiểm tra" in desk.get(address).content.decode()
    sent = typed(world, site="mobile", site_time="8h30")
    wrong = desk.post(address, sent)
    assert wrong.status_code == 422 and "Ghi nơi đã nhận hồ sơ ngoài trụ sở." in wrong.content.decode()
    late = desk.post(address, sent | {"site_place": "Trạm y tế", "site_time": "23:00"})
    assert late.status_code == 409 and "Giờ nhận phải trong hôm nay" in late.content.decode()
    assert not Joint.objects.exists()
    answer = desk.post(address, sent | {"site_place": "Trạm y tế"})
    joint = Joint.objects.get()
    assert (joint.site, f"{joint.received_at.astimezone(NOON.tzinfo):%H:%M}") == ("mobile", "08:30")
    shown = desk.get(answer.headers["Location"]).content.decode()
    assert "Lưu động, ngoài trụ sở – Trạm y tế" in shown


def test_the_letter_of_a_wait_names_the_second_appointment(world: World, as_: SignIn) -> None:
    joint = make_joint(world, LAND_GROUP, at=NOON - timedelta(hours=24))
    land = bring_in(world, joint, 1, NOON - timedelta(hours=23))
    review_at = NOON + timedelta(days=10)
    actions.request_payment(
        actor=world.actors["m.case"], dossier_code=land.code, paper="PC 15", review_at=review_at, at=NOON
    )
    letter = as_("m.case").get(reverse("dossiers:print", args=[land.code, "suspension_notice"]))
    page = PdfDocument(letter.content)[0].get_textpage().get_text_range()
    said = " ".join(page.split())
    assert (
        "lần hẹn thứ hai (3 ngày làm việc) bắt đầu được tính" in said and "phần thời hạn còn lại" not in said
    )
    assert "Theo thông báo: PC 15" in said


def test_what_waits_at_the_other_agency_is_named_in_the_language_of_who_reads(
    world: World, as_: SignIn
) -> None:
    """Whoever signs the part before may read English: the police do not."""
    joint = make_joint(world, at=NOON - timedelta(hours=24))
    with translation.override("en"):
        finish_part(world, joint, 1, NOON - timedelta(minutes=30))
    police = require_dossier(joint, 2)
    assert [task.name for task in police.tasks.filter(kind="transfer")] == ["Nhận chuyển xử lý: Thường trú"]
    client, address = as_("ca.case"), reverse("dossiers:detail", args=[police.code])
    assert "Nhận chuyển xử lý: Thường trú" in client.get(address).content.decode()
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    assert "Take over: Thường trú" in client.get(address).content.decode()
    assert "Take over: Thường trú" in client.get(reverse("dossiers:inbox")).content.decode()
