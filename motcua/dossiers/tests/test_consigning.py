"""Hand-over lists with the postal partner: both ways, signed by both, nothing lost without a name to it."""

from datetime import timedelta

import pytest
from django.urls import reverse
from pypdfium2 import PdfDocument

from motcua.core.refusal import Refused
from motcua.core.text import fold
from motcua.dossiers import actions as dossier_acts
from motcua.dossiers.actions import consigning as actions
from motcua.dossiers.models import Consignment, ConsignmentItem, Dossier
from motcua.dossiers.queries.consigning import count_waiting, find_partners, find_ready
from motcua.dossiers.queries.history import find_difference, get_history
from motcua.dossiers.rules.consigning import Content
from motcua.dossiers.rules.states import State
from motcua.dossiers.tests.conftest import SignIn
from motcua.dossiers.tests.factories import FIRST, NOON, TODAY, World, _make_actor, make_dossier, make_intake
from motcua.notifications.models import Message
from motcua.organisations import actions as organisations
from motcua.organisations.models import Unit, UnitVersion

LATER = NOON + timedelta(hours=1)


@pytest.fixture
def post(world: World) -> World:
    """The postal partner with one place and its clerk."""
    for code, kind, name, parent in (
        ("BD", "postal_partner", "Bưu điện tỉnh", "P"),
        ("BD.A", "branch", "Bưu cục An", "BD"),
    ):
        unit = Unit.objects.create(code=code, kind=kind, province_code="45")
        UnitVersion.objects.create(
            unit=unit, name=name, name_folded=fold(name), parent_id=world.units[parent], valid_from=FIRST,
            agency_code="H50.91" if kind == "postal_partner" else "",
        )  # fmt: skip
        world.units[code] = unit.pk
    organisations.mark_changed()
    world.actors["d.intake"] = _make_actor(
        "d.intake", "Lò Thị Bưu", world.units["BD.A"], "intake_officer", TODAY
    )
    return world


def _ready(world: World) -> Dossier:
    return make_dossier(world, State.RESULT_READY, result_delivery="postal", return_place="Thôn 1")


def _list(
    world: World, *dossiers: Dossier, who: str = "a.intake", to: str = "BD.A", content: str = "result"
) -> Consignment:
    return actions.draw_up(
        actor=world.actors[who], to_unit_id=world.units[to], content=content,
        dossier_codes=[d.code for d in dossiers], tracking={d.code: f"VN{d.pk}" for d in dossiers}, at=NOON,
    )  # fmt: skip


def test_results_go_to_the_post_signed_by_both_and_come_back_as_returned(post: World) -> None:
    first, second = _ready(post), _ready(post)
    row = _list(post, first, second)
    assert row.number.startswith("BK-H50.12") and not find_ready(post.actors["a.intake"], Content.RESULT)
    actions.consign(actor=post.actors["a.intake"], number=row.number, at=NOON)
    assert Message.objects.filter(template="dossiers/posted").count() == 2
    assert count_waiting(post.actors["d.intake"])["to_sign"] == 1
    items = list(row.items.order_by("pk"))
    actions.receive_list(
        actor=post.actors["d.intake"],
        number=row.number,
        received_ids={i.pk for i in items},
        reasons={},
        at=LATER,
    )
    actions.settle_item(
        actor=post.actors["d.intake"], number=row.number, item_id=items[0].pk, state="delivered", words="Nguyễn Văn Thử", at=LATER
    )  # fmt: skip
    actions.settle_item(
        actor=post.actors["d.intake"], number=row.number, item_id=items[1].pk, state="returned", words="Không có người nhận", at=LATER
    )  # fmt: skip
    assert actions.give_back_delivered(actor=post.actors["a.intake"], number=row.number, at=LATER) == 1
    first.refresh_from_db()
    second.refresh_from_db()
    assert first.state == State.RETURNED and second.state == State.RESULT_READY
    said = [line.sentence for line in get_history(second)]
    assert (
        any("giao bưu chính" in one and row.number in one for one in said) and "không phát được" in said[-1]
    )
    assert find_difference(first) == find_difference(second) == ""
    # What was brought back may go again.
    assert find_ready(post.actors["a.intake"], Content.RESULT) == [second]


def test_papers_come_from_the_post_to_the_counter(post: World) -> None:
    intake = make_intake(post, competent_agency_id=post.units["A"], channel="postal")
    dossier = dossier_acts.receive(actor=post.actors["d.intake"], intake=intake, at=NOON)
    row = _list(post, dossier, who="d.intake", to="A.TT", content="papers")
    actions.consign(actor=post.actors["d.intake"], number=row.number, at=NOON)
    (item,) = row.items.all()
    with pytest.raises(Refused, match="Ghi lý do"):
        actions.receive_list(
            actor=post.actors["a.intake"],
            number=row.number,
            received_ids=set(),
            reasons={item.pk: " "},
            at=LATER,
        )
    actions.receive_list(
        actor=post.actors["a.intake"],
        number=row.number,
        received_ids=set(),
        reasons={item.pk: "Túi rách"},
        at=LATER,
    )
    assert (
        count_waiting(post.actors["a.intake"])["missing"]
        == count_waiting(post.actors["d.intake"])["missing"]
        == 1
    )
    actions.settle_item(
        actor=post.actors["d.intake"], number=row.number, item_id=item.pk, state="lost", words="Lập biên bản 3/BB", at=LATER
    )  # fmt: skip
    item.refresh_from_db()
    assert (item.state, item.changed_by) == ("lost", "Lò Thị Bưu, Bưu cục An")
    assert "mất" in get_history(dossier)[-1].sentence


def test_each_side_does_its_own_and_nobody_signs_twice(post: World) -> None:
    row = _list(post, _ready(post))
    for who in ("d.intake", "b.intake", "a.case"):
        with pytest.raises(Refused):
            actions.consign(actor=post.actors[who], number=row.number, at=NOON)
    actions.consign(actor=post.actors["a.intake"], number=row.number, at=NOON)
    for act in (actions.consign, actions.drop):
        with pytest.raises(Refused):
            act(actor=post.actors["a.intake"], number=row.number, at=NOON)
    with pytest.raises(Refused):
        actions.receive_list(
            actor=post.actors["a.intake"], number=row.number, received_ids=set(), reasons={}, at=NOON
        )


def test_only_what_lies_here_goes_on_one_list_at_a_time(post: World) -> None:
    mine, at_counter = _ready(post), make_dossier(post, State.RESULT_READY)
    _list(post, mine)
    for wrong in (mine, at_counter):
        with pytest.raises(Refused):
            _list(post, wrong)
    with pytest.raises(Refused):
        _list(post, _ready(post), to="B.TT")
    assert [name for _id, name in find_partners(post.actors["a.intake"], TODAY)] == [
        "Bưu cục An",
        "Bưu điện tỉnh",
    ]


def test_a_draft_is_dropped_and_its_things_lie_here_again(post: World) -> None:
    dossier = _ready(post)
    row = _list(post, dossier)
    actions.drop(actor=post.actors["a.intake"], number=row.number, at=NOON)
    assert find_ready(post.actors["a.intake"], Content.RESULT) == [dossier]


def test_the_pages_of_both_sides(post: World, as_: SignIn, morning: None) -> None:
    dossier = _ready(post)
    counter, clerk = as_("a.intake"), as_("d.intake")
    assert dossier.code in counter.get(reverse("dossiers:draw_up")).content.decode()
    empty = {"to_unit_id": post.units["BD.A"], "content": "result"}
    assert counter.post(reverse("dossiers:draw_up"), empty).status_code == 409
    typed = {**empty, "ma": [dossier.code], f"van_don_{dossier.code}": "VN1"}
    answer = counter.post(reverse("dossiers:draw_up"), typed)
    row = Consignment.objects.get()
    assert answer["Location"] == reverse("dossiers:consignment", args=[row.number])
    assert clerk.get(answer["Location"]).status_code == 404
    assert counter.post(reverse("dossiers:consignment_act", args=[row.number, "ky-giao"])).status_code == 302
    shown = clerk.get(answer["Location"]).content.decode()
    assert "Ký nhận" in shown and "VN1" in shown and f"/ho-so/{dossier.code}/" not in shown
    item = ConsignmentItem.objects.get()
    act = reverse("dossiers:consignment_act", args=[row.number, "ky-nhan"])
    assert clerk.post(act, {f"co_{item.pk}": "on"}).status_code == 302
    ghi = reverse("dossiers:consignment_act", args=[row.number, "ghi"])
    assert clerk.post(ghi, {"dong": item.pk, "thanh": "delivered", "loi": ""}).status_code in (409, 422)
    assert clerk.post(ghi, {"dong": item.pk, "thanh": "delivered", "loi": "Bà Hoa"}).status_code == 302
    assert "Ghi trả kết quả" in counter.get(answer["Location"]).content.decode()
    assert (
        counter.post(reverse("dossiers:consignment_act", args=[row.number, "tra-ket-qua"])).status_code == 302
    )
    assert Dossier.objects.get(pk=dossier.pk).state == State.RETURNED
    paper = counter.get(reverse("dossiers:consignment_sheet", args=[row.number]))
    said = "".join(page.get_textpage().get_text_range() for page in PdfDocument(paper.content))
    assert all(
        word in said for word in ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "VN1", dossier.code, row.number)
    )
    assert said.count("Đã ký trên hệ thống") == 2 and "Đã phát: Bà Hoa" in " ".join(said.split())
    for page in ("dossiers:consignments", "dossiers:draw_up"):
        assert as_("a.case").get(reverse(page)).status_code == 403
        assert clerk.get(reverse(page)).status_code == 200
