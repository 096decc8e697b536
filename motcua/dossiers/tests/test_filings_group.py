"""A group of procedures filed at the national portal under one form: one whole, its parts, both told to the portal."""

import re
from dataclasses import replace
from datetime import timedelta
from io import BytesIO
from typing import Any

import pypdfium2
import pytest
from django.urls import reverse

from motcua.core.refusal import Refused
from motcua.dossiers import actions, queries
from motcua.dossiers.actions import filing as filing_actions
from motcua.dossiers.actions.filing_joint import accept_group_filing
from motcua.dossiers.actions.joint_ending import withdraw_whole
from motcua.dossiers.models import Dossier, Filing, Joint, PartFile
from motcua.dossiers.queries import filing as filings
from motcua.dossiers.tests.conftest import SignIn
from motcua.dossiers.tests.factories import BIRTH, NOON, World, make_intake
from motcua.dossiers.tests.joint_factories import (
    GROUP,
    finish_part,
    make_joint_intake,
    make_joint_world,
    require_dossier,
)
from motcua.dossiers.tests.test_filings import Portal, portal  # noqa: F401
from tests.ground import begins_with, give

NOTHING_OF_ONE = {"ma_tthc": "", "ma_nhom": GROUP}


@pytest.fixture
@begins_with(make_joint_world)
def world(db: None) -> World:
    return give(make_joint_world)


def accept(world: World, reference: str, who: str = "a.intake", key: str = "") -> Joint:
    """As the counter would: every paper of every part, the one file beside the first of them."""
    filing = Filing.objects.get(reference=reference)
    given = make_joint_intake(world, applicant=filings.read_person(filing))
    pairs = tuple((given.parts[0].component_id, p.file_id) for p in filings.find_papers(filing) if p.file_id)
    return accept_group_filing(
        actor=world.actors[who],
        reference=reference,
        intake=replace(given, part_files=pairs),
        key=key,
        at=NOON,
    )


def parts_told(portal: Portal, joint: Joint) -> dict[str, list[int]]:  # noqa: F811
    codes = Dossier.objects.filter(joint=joint).order_by("pk").values_list("code", flat=True)
    return {code: list(dict.fromkeys(portal.told(code))) for code in codes}


def test_it_is_received_as_one_whole_with_its_parts_and_files(world: World, portal: Portal) -> None:  # noqa: F811
    reference = portal.file(**NOTHING_OF_ONE)
    filing = Filing.objects.get()
    assert (filing.bundle_code, filing.unit_id) == (GROUP, world.units["A.TT"])
    joint = accept(world, reference)
    assert (joint.channel, joint.filed_as) == ("online", reference)
    assert PartFile.objects.filter(part__dossier=require_dossier(joint, 1)).count() == 1
    filing.refresh_from_db()
    assert filing.state == "accepted" and filing.joint == joint and filing.dossier is None


def test_accepting_twice_or_by_two_makes_one_whole(world: World, portal: Portal) -> None:  # noqa: F811
    reference = portal.file(**NOTHING_OF_ONE)
    first, again = accept(world, reference, key="k"), accept(world, reference, "a.intake2", key="l")
    assert first.pk == again.pk and Joint.objects.count() == 1
    assert list(Dossier.objects.values_list("joint", flat=True)) == [first.pk]


def test_the_portal_hears_of_the_whole_under_its_code_and_of_each_part_under_the_parts(
    world: World,
    portal: Portal,  # noqa: F811
) -> None:
    reference = portal.file(**NOTHING_OF_ONE)
    joint = accept(world, reference)
    at = NOON + timedelta(minutes=5)
    for no in (1, 2, 3):
        finish_part(world, joint, no, at + timedelta(minutes=no))
    actions.return_whole(
        actor=world.actors["a.intake"], joint_code=joint.code, collector_name="Mẹ", at=at + timedelta(hours=1)
    )
    portal.carry(NOON + timedelta(hours=2))
    assert portal.told(reference) == [2, 4, 9, 10] and portal.warnings(reference) == ""
    told = parts_told(portal, joint)
    assert list(told.values()) == [[2, 4, 9, 10]] * 3
    assert [row["reference"] for row in portal.neighbour.book.list_parts(reference)] == list(told)


def test_taken_back_as_a_whole_the_portal_hears_seven(world: World, portal: Portal) -> None:  # noqa: F811
    reference = portal.file(**NOTHING_OF_ONE)
    joint = accept(world, reference)
    portal.ask("RutHoSo", reference, NOON, LyDo="Nộp nhầm")
    (wish,) = filings.find_wishes(Filing.objects.get())
    assert wish.kind == "withdrawal"
    withdraw_whole(actor=world.actors["a.intake"], joint_code=joint.code, reason="Theo đề nghị", at=NOON)
    portal.carry(NOON + timedelta(hours=1))
    assert portal.told(reference) == [2, 7] and portal.warnings(reference) == ""


def test_refused_it_leaves_the_reason_and_another_group_is_not_taken(world: World, portal: Portal) -> None:  # noqa: F811
    actor = world.actors["a.intake"]
    reference = portal.file(**NOTHING_OF_ONE)
    with pytest.raises(Refused) as no:
        filing_actions.accept_filing(actor=actor, reference=reference, intake=make_intake(world), at=NOON)
    assert no.value.code == "is_group"
    single = portal.file()
    with pytest.raises(Refused) as no:
        accept_group_filing(actor=actor, reference=single, intake=make_joint_intake(world), at=NOON)
    assert no.value.code == "unknown_bundle"
    refused = filing_actions.refuse_filing(
        actor=actor,
        reference=reference,
        intake=replace(make_intake(world), procedure_code=GROUP),
        reason="Không thuộc xã",
        at=NOON,
    )
    portal.carry(NOON)
    assert refused.state == "refused" and portal.told(reference) == [3]
    assert "Không thuộc xã" in portal.neighbour.book.list_told(reference)[-1]["body"]


def test_a_refused_group_has_its_slip_with_the_name_of_the_group(
    world: World,
    portal: Portal,  # noqa: F811
    as_: SignIn,
) -> None:
    reference, desk = portal.file(**NOTHING_OF_ONE), as_("a.intake")
    address = reverse("dossiers:refuse_filing", args=[reference])
    desk.post(address, {"revision": 1, "idempotency_key": "k", "reason": "Trẻ cư trú ở tỉnh khác"})
    slip = Filing.objects.get().dossier
    assert slip is not None and (slip.state, slip.filed_as) == ("not_accepted", reference)
    page = desk.get(reverse("dossiers:filing", args=[reference])).content.decode()
    assert f"Mở phiếu từ chối {slip.code}" in page and "Trẻ cư trú ở tỉnh khác" in page
    pdf = desk.get(reverse("dossiers:print", args=[slip.code, "refusal_slip"]))
    words = " ".join(pypdfium2.PdfDocument(BytesIO(pdf.content))[0].get_textpage().get_text_range().split())
    assert "Khai sinh, thường trú, thẻ bảo hiểm y tế" in words and "Trẻ cư trú ở tỉnh khác" in words
    portal.carry(NOON)
    assert portal.told(reference) == [3] and not Joint.objects.exists()


def test_a_group_nobody_published_waits_to_be_refused(world: World, portal: Portal, as_: SignIn) -> None:  # noqa: F811
    reference = portal.file(ma_tthc="", ma_nhom="KHONG-CO")
    page = as_("a.intake").get(reverse("dossiers:filing", args=[reference])).content.decode()
    assert "Nhóm thủ tục KHONG-CO không có trong danh mục" in page and "Tiếp nhận cả bộ" not in page
    accepting = reverse("dossiers:accept_filing", args=[reference])
    assert as_("a.intake").post(accepting, {"revision": 1}).status_code == 200
    assert not Joint.objects.exists()


def test_the_counter_accepts_it_on_one_page(world: World, portal: Portal, as_: SignIn) -> None:  # noqa: F811
    reference = portal.file(**NOTHING_OF_ONE)
    desk = as_("a.intake")
    listed = desk.get(reverse("dossiers:filings")).content.decode()
    assert "Khai sinh, thường trú, thẻ bảo hiểm y tế" in listed
    page = desk.get(reverse("dossiers:filing", args=[reference])).content.decode()
    assert "Tiếp nhận cả bộ" in page and "Phải xác minh" in page and page.count("<fieldset") >= 3
    filing = Filing.objects.get()
    (paper,) = filings.find_papers(filing)
    component = world.sheet(BIRTH).cases[0].components[0]
    form: dict[str, Any] = {
        "revision": filing.revision, "idempotency_key": "k", "accepting": "1", f"tep_{paper.file_id}": component.id,
        "result_delivery": "counter",
    }  # fmt: skip
    refused = desk.post(reverse("dossiers:accept_filing", args=[reference]), form)
    assert refused.status_code == 409 and not Joint.objects.exists()
    every = make_joint_intake(world).parts
    form |= {f"part_{part.component_id}": "on" for part in every}
    answer = desk.post(reverse("dossiers:accept_filing", args=[reference]), form)
    assert answer.status_code == 302, re.findall(r"error-summary.*?</ul>", answer.content.decode(), re.S)
    joint = Joint.objects.get()
    assert joint.code in answer["Location"]
    again = desk.get(reverse("dossiers:filing", args=[reference])).content.decode()
    assert joint.code in again and "Tiếp nhận cả bộ, cấp mã" not in again
    assert queries.search(world.actors["a.intake"], reference).rows
