"""What neighbours told us, where both sides differ, and people who were not told: seen and set right on one page."""

import pytest

from motcua.audit import actions as audit
from motcua.audit.models import Entry
from motcua.dossiers.tests.conftest import SignIn
from motcua.dossiers.tests.factories import NOON, World, make_dossier
from motcua.integrations import actions as send
from motcua.integrations.models import Arrival, Difference, Dispatch
from motcua.notifications.models import Delivery, DeliveryState

ADDRESS = "/van-hanh/"


def knock(body: dict[str, str], key: str = "k1") -> None:
    send.take_in(send.Letter("npsp", key, "dossier.filed", "DVC1", 1, body), at=NOON)


def test_a_message_that_contradicts_is_seen_and_set_aside_with_its_reason(world: World, as_: SignIn) -> None:
    knock({"a": "1"})
    knock({"a": "2"})
    page = as_("p.admin").get(ADDRESS).content.decode()
    assert "mâu thuẫn" in page and "DVC1" in page
    row = Arrival.objects.get(state="failed")
    form = {"hang": "nhan-loi", "pick": [row.pk], "viec": "bo-qua"}
    assert as_("p.admin").post(f"{ADDRESS}gui-lai/", form).status_code == 409
    as_("p.admin").post(f"{ADDRESS}gui-lai/", {**form, "ghi_chu": "Đã hỏi lại Cổng"})
    row.refresh_from_db()
    assert (row.state, row.last_error) == ("set_aside", "Đã hỏi lại Cổng")
    assert Entry.objects.get(what="integrations.set_aside").note == "Đã hỏi lại Cổng"


def test_a_difference_is_shown_with_both_sides_and_told_again(world: World, as_: SignIn) -> None:
    dossier = make_dossier(world)
    facts = {"destination": "npsp", "reference": dossier.code, "agency_id": world.units["A"], "at": NOON}
    row = send.keep_difference(**facts, ours=2, theirs=9)
    page = as_("p.admin").get(f"{ADDRESS}?hang=lech").content.decode()
    assert (
        dossier.code in page
        and "ta: 2. Được tiếp nhận; nơi kia: 9. Đã xử lý xong" in page
        and "UBND xã An" in page
    )
    as_("p.admin").post(f"{ADDRESS}gui-lai/", {"hang": "lech", "pick": [row.pk], "viec": "gui-lai"})
    assert Dispatch.objects.filter(reference=dossier.code).count() == 2
    assert Difference.objects.get().replayed_at is not None


def test_the_head_of_a_one_stop_unit_sees_who_was_not_told_and_takes_it_over(
    world: World, as_: SignIn
) -> None:
    make_dossier(world)
    Delivery.objects.update(state=DeliveryState.FAILED, last_error="NoAnswer")
    head = as_("a.head")
    page = head.get(ADDRESS).content.decode()
    assert "NoAnswer" in page and "Nhận xử lý" in page
    assert "Hệ thống khác" not in page and "Nhận về" not in page
    row = Delivery.objects.get()
    head.post(f"{ADDRESS}gui-lai/", {"hang": "tin-loi", "pick": [row.pk], "viec": "nhan"})
    assert "Phạm Văn Trưởng" in head.get(f"{ADDRESS}?hang=tin-loi").content.decode()
    form = {"hang": "tin-loi", "pick": [row.pk], "viec": "da-bao", "ghi_chu": "Đã gọi điện"}
    head.post(f"{ADDRESS}gui-lai/", form)
    row.refresh_from_db()
    assert (row.state, row.note) == ("otherwise", "Đã gọi điện")


def test_a_head_elsewhere_sees_and_touches_nothing_of_it(world: World, as_: SignIn) -> None:
    make_dossier(world)
    Delivery.objects.update(state=DeliveryState.FAILED, agency_id=world.units["B"])
    row = Delivery.objects.get()
    head = as_("a.head")
    assert row.reference not in head.get(ADDRESS).content.decode()
    head.post(f"{ADDRESS}gui-lai/", {"hang": "tin-loi", "pick": [row.pk], "viec": "nhan"})
    row.refresh_from_db()
    assert row.owner_id is None


@pytest.mark.parametrize("name", ["a.intake", "a.case", "p.control"])
def test_nobody_else_opens_the_page(world: World, as_: SignIn, name: str) -> None:
    assert as_(name).get(ADDRESS).status_code in (403, 409)


def test_an_act_that_the_queue_does_not_know_is_refused(world: World, as_: SignIn) -> None:
    form = {"hang": "he-thong-cho", "pick": ["1"], "viec": "da-bao", "ghi_chu": "x"}
    assert as_("p.admin").post(f"{ADDRESS}gui-lai/", form).status_code == 409


def test_the_evidence_page_says_how_far_history_is_sealed(world: World, as_: SignIn) -> None:
    assert "chưa niêm" in as_("p.admin").get(f"{ADDRESS}nhat-ky/").content.decode()
    audit.close_day(NOON.date(), at=NOON)
    page = as_("p.admin").get(f"{ADDRESS}nhat-ky/").content.decode()
    assert "10/03/2026" in page and "chưa có" in page
