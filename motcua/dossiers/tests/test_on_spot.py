"""Settled on the spot: one sitting, three facts kept, a number of the book, a leader or a delegation behind it."""

from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse

from motcua.core.refusal import Refused
from motcua.dossiers import actions, queries
from motcua.dossiers.models import Dossier, Result, Task
from motcua.dossiers.tests.conftest import SignIn
from motcua.dossiers.tests.factories import BIRTH, FEE, NOON, World, make_dossier

pytestmark = pytest.mark.django_db
SOON = NOON + timedelta(minutes=5)


def settle(world: World, dossier: Dossier, **more: Any) -> Dossier:
    facts = {"signer_id": world.actors["a.leader"].user_id, "collector_name": "Nguyễn Văn Thử"} | more
    return actions.settle_on_spot(actor=world.actors["a.intake"], dossier_code=dossier.code, at=SOON, **facts)


def test_it_is_decided_numbered_and_given_back_in_one_sitting(world: World) -> None:
    dossier = settle(world, make_dossier(world), key="k")
    kept = Dossier.objects.get(pk=dossier.pk)
    assert (kept.state, kept.outcome, kept.finished_at, kept.returned_at) == (
        "returned",
        "approved",
        SOON,
        SOON,
    )
    result = Result.objects.get()
    assert (result.number, result.signer_name, result.collector_name) == (
        "1/2026/KQ",
        "Nguyễn Văn Duyệt",
        "Nguyễn Văn Thử",
    )
    assert [e.act for e in queries.find_events(kept)] == ["receive", "settle_on_spot", "return_result"]
    assert (
        queries.find_difference(kept) == "" and not Task.objects.filter(dossier=kept, done_at=None).exists()
    )
    assert settle(world, kept, key="k").revision == kept.revision, "the same key has one effect"


def test_the_officer_signs_by_a_delegation_in_writing_alone(world: World, as_: SignIn) -> None:
    for wrong in (
        {"signer_id": None},
        {"signer_id": world.actors["a.case"].user_id},
        {"collector_name": " "},
    ):
        with pytest.raises(Refused):
            settle(world, make_dossier(world), **wrong)
    assert not Result.objects.exists(), "what was refused gives its number back"
    kept = settle(world, make_dossier(world), signer_id=None, delegation="Văn bản 3/UQ-UBND")
    assert Result.objects.get().signer_position == "Thừa ủy quyền"
    page = as_("a.intake").get(reverse("dossiers:detail", args=[kept.code])).content.decode()
    assert "Thừa ủy quyền" in page, "in whose name it was signed stands beside who signed"


def test_only_what_is_due_within_the_day_and_decided_here_is_offered(world: World) -> None:
    def is_offered(who: str, dossier: Dossier) -> bool:
        return "settle_on_spot" in {v.act for v in queries.allowed_acts(world.actors[who], dossier)}

    assert is_offered("a.intake", make_dossier(world, code=BIRTH))
    assert not is_offered("a.intake", make_dossier(world, code=FEE))
    assert not is_offered("a.leader", make_dossier(world, code=BIRTH))
    elsewhere = make_dossier(world, code=BIRTH, returning_unit_id=world.units["B.TT"])
    assert not is_offered("a.intake", elsewhere)


def test_a_number_given_on_the_spot_can_be_voided_before_it_was_returned_or_reopened_after(
    world: World,
) -> None:
    dossier = settle(world, make_dossier(world))
    again = actions.reopen(
        actor=world.actors["a.leader"], dossier_code=dossier.code, reason="Sai tên", basis="QĐ 7", at=SOON
    )
    assert again.state == "processing" and Result.objects.get().void_reason == "Sai tên"
    assert Task.objects.filter(dossier=dossier, done_at=None).count() == 1
    assert queries.find_difference(Dossier.objects.get(pk=dossier.pk)) == ""


def test_the_counter_does_it_on_one_page(world: World, as_: SignIn, morning: None) -> None:
    dossier = make_dossier(world)
    address = reverse("dossiers:act", args=[dossier.code, "tai-cho"])
    client = as_("a.intake")
    assert "Nguyễn Văn Duyệt" in client.get(address).content.decode()
    sent = {
        "revision": 1, "idempotency_key": "k", "signer_id": world.actors["a.leader"].user_id, "title": "Trích lục",
        "collector_name": "Nguyễn Văn Thử",
    }  # fmt: skip
    assert client.post(address, sent).status_code == 302
    page = client.get(reverse("dossiers:detail", args=[dossier.code])).content.decode()
    assert "Đã trả kết quả" in page and "giải quyết tại chỗ" in page
