"""What waits and what is stuck: one list at a time, of the agencies looked after, tried again by hand."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from motcua.accounts.models import User
from motcua.audit.models import Entry
from motcua.dossiers.tests.conftest import SignIn
from motcua.dossiers.tests.factories import NOON, World, make_dossier
from motcua.integrations import actions as send
from motcua.integrations.models import Dispatch
from motcua.notifications import actions as notify
from motcua.notifications.models import Delivery
from motcua.notifications.queries import name_template
from motcua.organisations.models import Assignment

ADDRESS = "/van-hanh/"


def fail(row: Dispatch) -> None:
    send.mark_failed(dispatch_id=row.pk, attempts=99, error="TimeoutError", at=NOON)


def make_commune_administrator(world: World, unit: str = "A") -> None:
    user = User.objects.create(username=f"{unit}.admin", full_name="Quản trị xã")
    world.actors[user.username] = replace(world.actors["p.admin"], user_id=user.pk)
    Assignment.objects.create(
        user=user,
        unit_id=world.units[unit],
        post="administrator",
        decision_number="1/QĐ",
        valid_from=date(2018, 1, 1),
    )


def test_what_is_stuck_comes_first_with_its_fault_and_its_agency(world: World, as_: SignIn) -> None:
    dossier = make_dossier(world)
    page = as_("p.admin").get(ADDRESS).content.decode()
    assert "Hệ thống khác: chờ gửi" in page and dossier.code in page
    fail(Dispatch.objects.get())
    page = as_("p.admin").get(ADDRESS).content.decode()
    assert "TimeoutError" in page and dossier.code in page and "UBND xã An" in page


def test_a_letter_is_named_by_its_subject_without_the_hole_its_code_leaves(db: None) -> None:
    assert name_template("feedback/ask", NOON) == "Ông/bà có hài lòng về hồ sơ?"


def test_a_stuck_dispatch_is_tried_again(world: World, as_: SignIn) -> None:
    make_dossier(world)
    row = Dispatch.objects.get()
    fail(row)
    answer = as_("p.admin").post(
        f"{ADDRESS}gui-lai/", {"hang": "he-thong-loi", "pick": [row.pk, "x", "9" * 30]}
    )
    assert answer["Location"] == f"{ADDRESS}?hang=he-thong-loi"
    row.refresh_from_db()
    assert (row.state, row.attempts) == ("waiting", 0)
    assert Entry.objects.get(what="integrations.retried").ids == [row.pk]


def test_a_message_without_an_address_is_shown_apart_and_tried_again(world: World, as_: SignIn) -> None:
    dossier = make_dossier(world)
    row = Delivery.objects.get()
    notify.mark_undeliverable(delivery_id=row.pk, at=NOON)
    client = as_("p.admin")
    page = client.get(f"{ADDRESS}?hang=tin-khong-dia-chi").content.decode()
    assert dossier.code in page and "không để lại địa chỉ" in page
    client.post(f"{ADDRESS}gui-lai/", {"hang": "tin-khong-dia-chi", "pick": [row.pk]})
    row.refresh_from_db()
    assert row.state == "waiting"


def test_an_administrator_of_another_agency_neither_sees_nor_sends(world: World, as_: SignIn) -> None:
    dossier = make_dossier(world)
    make_commune_administrator(world, "B")
    row = Dispatch.objects.get()
    fail(row)
    client = as_("B.admin")
    for slug in ("he-thong-loi", "he-thong-cho", "tin-cho"):
        assert dossier.code not in client.get(f"{ADDRESS}?hang={slug}").content.decode()
    client.post(f"{ADDRESS}gui-lai/", {"hang": "he-thong-loi", "pick": [row.pk]})
    row.refresh_from_db()
    assert row.state == "failed"


@pytest.mark.parametrize("slug", ["he-thong-cho", "tin-cho"])
def test_what_waits_of_one_dossier_is_found_by_its_code(world: World, as_: SignIn, slug: str) -> None:
    asked, other = make_dossier(world), make_dossier(world)
    page = as_("p.admin").get(f"{ADDRESS}?hang={slug}&ma={asked.code}").content.decode()
    assert f">{asked.code}</td>" in page and other.code not in page


@pytest.mark.parametrize("slug", ["lech", "nhan-loi", "nhan-cho", "he-thong-cho"])
def test_a_code_nothing_waits_of_is_said(world: World, as_: SignIn, slug: str) -> None:
    make_dossier(world)
    page = as_("p.admin").get(f"{ADDRESS}?hang={slug}&ma=H50.105-000000-0000").content.decode()
    assert "Không có dòng nào của mã này" in page


def test_the_own_agency_is_seen(world: World, as_: SignIn) -> None:
    dossier = make_dossier(world)
    make_commune_administrator(world, "A")
    assert dossier.code in as_("A.admin").get(f"{ADDRESS}?hang=tin-cho").content.decode()


@pytest.mark.parametrize("name", ["a.intake", "a.leader", "p.control"])
@pytest.mark.parametrize("address", [ADDRESS, f"{ADDRESS}nhat-ky/"])
def test_other_posts_are_refused(world: World, as_: SignIn, name: str, address: str) -> None:
    assert as_(name).get(address).status_code == 403
    assert as_(name).post(f"{ADDRESS}gui-lai/", {}).status_code == 403


def test_evidence_is_of_the_units_looked_after(world: World, as_: SignIn) -> None:
    make_dossier(world)
    make_commune_administrator(world, "A")
    make_commune_administrator(world, "B")
    own, other, province = (
        as_(name).get(f"{ADDRESS}nhat-ky/").content.decode() for name in ("A.admin", "B.admin", "p.admin")
    )
    assert "dossiers.receive" in own and "Cán bộ tiếp nhận" in own and "intake_officer" not in own
    assert "dossiers.receive" not in other and "dossiers.receive" in province


def test_evidence_of_one_dossier_is_found_by_its_code_within_days_and_taken_along(
    world: World, as_: SignIn
) -> None:
    dossier, other = make_dossier(world), make_dossier(world)
    client, day = as_("p.admin"), f"{NOON:%d/%m/%Y}"
    asked = {"subject": dossier.code.lower(), "what": "dossiers.receive", "since": day, "until": day}
    page = client.get(f"{ADDRESS}nhat-ky/", asked).content.decode()
    assert "dossiers.receive" in page and other.code not in page
    before = asked | {"since": "", "until": f"{NOON - timedelta(days=1):%d/%m/%Y}"}
    assert "Không có dòng nào khớp" in client.get(f"{ADDRESS}nhat-ky/", before).content.decode()
    text = client.get(f"{ADDRESS}nhat-ky/xuat/", asked).content.decode()
    assert dossier.code in text and other.code not in text
    assert "Xuất nhật ký sử dụng" in client.get(f"{ADDRESS}nhat-ky/").content.decode()
    assert as_("a.intake").get(f"{ADDRESS}nhat-ky/xuat/").status_code == 403
