"""Groups under one form kept by the province: a new version from a day, and never a change of what was received under."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.urls import reverse
from django.utils.html import escape

from motcua.audit.models import Entry
from motcua.catalogue import actions as catalogue_actions
from motcua.catalogue import queries as catalogue
from motcua.catalogue.actions import BundleFacts, BundlePartFacts
from motcua.catalogue.models import Bundle, Component, ProcedureCase
from motcua.core.refusal import Refused
from motcua.dossiers.actions.grouping import state_group
from motcua.dossiers.forms_groups import start_from
from motcua.dossiers.models import Joint
from motcua.dossiers.queries.groups import check_group, find_paper_choices, find_versions
from motcua.dossiers.tests.conftest import SignIn
from motcua.dossiers.tests.factories import BIRTH, NOON, TODAY, World
from motcua.dossiers.tests.joint_factories import CARD, GROUP, RESIDENCE, make_joint, make_joint_world
from tests.ground import begins_with, give

SOON = TODAY + timedelta(days=20)
C01 = "TT 01/2018 điều 4"


@pytest.fixture
@begins_with(make_joint_world)
def world(db: None) -> World:
    return give(make_joint_world)


def part(no: int, code: str, days: str = "1", **more: Any) -> BundlePartFacts:
    return BundlePartFacts(
        no=no, procedure_code=code, name=f"Phần {no}", days=Decimal(days), basis="QĐ 1", **more
    )


FACTS = BundleFacts(
    code=GROUP, name="Bản mới", basis="QĐ 12/QĐ-UBND", total_days=Decimal(4), verified_days=Decimal(6),
    parts=(part(1, BIRTH), part(2, RESIDENCE, "3", needs=(1,)), part(3, CARD, "2", needs=(1,))),
)  # fmt: skip


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        pytest.param({}, None, id=f"{C01}: as published"),
        pytest.param({"parts": FACTS.parts[:1]}, "", id=f"{C01}: a group has two parts"),
        pytest.param({"parts": (part(1, BIRTH), part(2, BIRTH))}, "", id=f"{C01}: each procedure once"),
        pytest.param({"parts": (part(1, BIRTH), part(2, "9.999999"))}, "p2_procedure", id=f"{C01}: known procedures"),
        pytest.param({"parts": (part(1, BIRTH, papers=("X",)), part(2, CARD))}, "p1_papers", id=f"{C01}: their own papers"),
        pytest.param({"parts": (part(1, BIRTH, needs=(2,)), part(2, CARD, needs=(1,)))}, "", id=f"{C01}: no circle"),
        pytest.param({"parts": (part(1, BIRTH, needs=(7,)), part(2, CARD))}, "", id=f"{C01}: waits for a part it has"),
        pytest.param({"total_days": Decimal(3)}, "total_days", id=f"{C01}: the longest way fits the whole"),
        pytest.param({"verified_days": Decimal(2)}, "verified_days", id=f"{C01}: verifying takes no less"),
    ],
)  # fmt: skip
def test_what_cannot_be_promised_is_found_before_it_is_stated(
    world: World, changed: Any, field: str | None
) -> None:
    found = [fault.field for fault in check_group(replace(FACTS, **changed), SOON)]
    assert found == ([] if field is None else [field])


def test_a_new_version_holds_from_its_day_and_what_was_received_keeps_its_own(world: World) -> None:
    joint = make_joint(world)
    state_group(actor=world.actors["p.admin"], facts=FACTS, first_day=SOON, at=NOON)
    before, after = catalogue.get_bundle(GROUP, SOON - timedelta(days=1)), catalogue.get_bundle(GROUP, SOON)
    assert (before.total_days, after.total_days) == (3, 4) and before.id == joint.bundle_id
    assert [(one.received, one.held.valid_to) for one in find_versions(GROUP)] == [(0, None), (1, SOON)]
    assert Joint.objects.get().due_at == joint.due_at
    assert Entry.objects.filter(what="catalogue.bundle_stated").count() == 1


def test_the_version_in_force_is_never_edited_and_one_to_come_may_be(world: World) -> None:
    admin = world.actors["p.admin"]
    for first_day, code in ((TODAY - timedelta(days=1), "bad_day"), (date(2018, 1, 1), "bad_day")):
        with pytest.raises(Refused) as no:
            state_group(actor=admin, facts=FACTS, first_day=first_day, at=NOON)
        assert no.value.code == code
    state_group(actor=admin, facts=FACTS, first_day=SOON, at=NOON)
    state_group(actor=admin, facts=replace(FACTS, name="Sửa lại"), first_day=SOON, at=NOON)
    assert (
        catalogue.get_bundle(GROUP, SOON).name == "Sửa lại" and Bundle.objects.filter(code=GROUP).count() == 2
    )
    with pytest.raises(Refused) as no:
        state_group(actor=admin, facts=FACTS, first_day=SOON - timedelta(days=5), at=NOON)
    assert no.value.code == "stated"
    coming = Bundle.objects.get(valid_from=SOON)
    with pytest.raises(Refused) as no:
        catalogue_actions.drop_bundle(actor=admin, bundle_id=coming.pk, at=NOON + timedelta(days=21))
    assert no.value.code == "in_force"
    catalogue_actions.drop_bundle(actor=admin, bundle_id=coming.pk, at=NOON)
    assert catalogue.get_bundle(GROUP, SOON).total_days == 3


def test_stated_today_it_takes_over_today_and_once(world: World) -> None:
    joint = make_joint(world)
    state_group(actor=world.actors["p.admin"], facts=FACTS, first_day=TODAY, at=NOON)
    assert catalogue.get_bundle(GROUP, TODAY).name == "Bản mới"
    assert catalogue.get_bundle_version(joint.bundle_id).name != "Bản mới"
    with pytest.raises(Refused) as no:
        state_group(actor=world.actors["p.admin"], facts=FACTS, first_day=TODAY, at=NOON)
    assert no.value.code == "stated"


def test_after_its_last_day_nothing_is_received_under_it(world: World) -> None:
    catalogue_actions.end_bundle(actor=world.actors["p.admin"], code=GROUP, last_day=TODAY, at=NOON)
    assert make_joint(world)
    with pytest.raises(Refused):
        make_joint(world, at=NOON + timedelta(days=1))


@pytest.mark.parametrize("who", ["a.intake", "a.leader", "p.intake"])
def test_others_keep_no_groups(world: World, who: str) -> None:
    with pytest.raises(Refused) as no:
        state_group(actor=world.actors[who], facts=FACTS, first_day=SOON, at=NOON)
    assert no.value.code == "forbidden"


def test_the_pages_state_a_version_and_take_it_back(world: World, as_: SignIn, morning: None) -> None:
    make_joint(world)
    admin = as_("p.admin")
    assert "Khai sinh, thường trú" in admin.get(reverse("dossiers:groups")).content.decode()
    page = admin.get(reverse("dossiers:group", args=[GROUP])).content.decode()
    assert (
        "xã An" in page and "giữ nguyên: hồ sơ đã nhận theo bản này" in page and "Nghị định 63/2024" in page
    )
    address = reverse("dossiers:state_group", args=[GROUP])
    assert '<option value="1.001193" selected>' in admin.get(address).content.decode()
    start = start_from(catalogue.get_bundle(GROUP, TODAY))
    typed = {name: "" if value is None else value for name, value in start.items() if value is not False}
    typed |= {"rows": 5, "first_day": f"{SOON:%d/%m/%Y}", "p2_days": "9"}
    wrong = admin.post(address, typed)
    assert (
        wrong.status_code == 422
        and "nhiều hơn" in wrong.content.decode()
        and 'value="9"' in wrong.content.decode()
    )
    nameless = admin.post(address, typed | {"p4_name": "Thiếu thủ tục"})
    assert nameless.status_code == 422 and "Chọn thủ tục của phần." in nameless.content.decode()
    assert admin.post(address, typed | {"p2_days": "2"}).status_code == 302
    coming = Bundle.objects.get(valid_from=SOON)
    assert coming.parts.count() == 3 and coming.parts.get(no=2).needs == [1]
    assert "Bỏ bản này" in admin.get(reverse("dossiers:group", args=[GROUP])).content.decode()
    assert admin.post(reverse("dossiers:drop_group", args=[GROUP, coming.pk])).status_code == 302
    late = admin.post(reverse("dossiers:end_group", args=[GROUP]), {"last_day": "01/01/2026"})
    assert late.status_code == 409 and "Ngày cuối không được trước hôm nay" in late.content.decode()
    assert as_("a.intake").get(reverse("dossiers:groups")).status_code == 403
    assert as_("p.control").get(reverse("dossiers:group", args=[GROUP])).status_code == 200


def test_procedures_and_papers_are_chosen_by_name(world: World, as_: SignIn, morning: None) -> None:
    admin, address = as_("p.admin"), reverse("dossiers:new_group")
    case = ProcedureCase.objects.get(version__procedure__code=BIRTH)
    Component.objects.create(
        case=case, no=9, code="KS.9", name="Giấy <chứng> sinh", label="Giấy <chứng>", originals=1
    )
    catalogue.forget()
    paper = find_paper_choices(BIRTH, on=TODAY)[0]
    assert paper == ("KS.9", "Giấy <chứng>")
    typed = {
        "rows": 3,
        "code": "MOI",
        "name": "Nhóm",
        "p1_procedure": BIRTH,
        "p2_procedure": CARD,
        "p3_name": "Ba",
    }
    typed |= {"p1_papers": [paper[0], "Z9"], "p2_days": "không phải số"}
    shown = admin.post(address, typed | {"show": "1"})
    page = shown.content.decode()
    assert shown.status_code == 200 and not Bundle.objects.filter(code="MOI").exists()
    assert escape(paper[1]) in page and f'value="{paper[0]}" id="id_p1_papers_0" checked' in page
    assert "Z9" not in page and "không phải số" in page and 'name="p5_procedure"' in page
    gone = admin.post(address, typed).content.decode()
    assert "không có giấy tờ mã Z9" not in gone and "Z9" in gone and 'class="error-summary"' in gone
