"""Received outside the office: on the move or where something is inspected, and tracked all the same."""

from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse

from motcua.core.refusal import Refused
from motcua.dossiers import actions, queries
from motcua.dossiers.models import Dossier, Event
from motcua.dossiers.rules.outside import require_site
from motcua.dossiers.tests.conftest import SignIn
from motcua.dossiers.tests.factories import BIRTH, NOON, World, make_intake
from motcua.dossiers.tests.joint_factories import GROUP, make_joint, make_joint_world, require_dossier
from motcua.worktime.tests.factories import moment

D61 = "NĐ 61/2018 điều 14.5"


@pytest.mark.parametrize(
    ("site", "place", "received", "outcome"),
    [
        pytest.param("counter", "", None, NOON, id=f"{D61}: at the counter it is now"),
        pytest.param("counter", "x", "2026-03-01 09:00", NOON, id=f"{D61}: whatever else was typed"),
        pytest.param("mobile", "Nhà văn hóa thôn 3", None, NOON, id=f"{D61}: on the move, now"),
        pytest.param("mobile", "Trạm y tế", "2026-03-10 07:45", moment("2026-03-10 07:45"), id=f"{D61}: earlier today"),
        pytest.param("inspection", "Quán A", "2026-03-10 08:00", moment("2026-03-10 08:00"), id=f"{D61}: inspected"),
        pytest.param("mobile", " ", None, "place_needed", id=f"{D61}: somewhere"),
        pytest.param("mobile", "Thôn 3", "2026-03-10 09:01", "bad_moment", id=f"{D61}: not to come"),
        pytest.param("mobile", "Thôn 3", "2026-03-09 16:00", "bad_moment", id=f"{D61}: the book of yesterday is closed"),
        pytest.param("boat", "Thôn 3", None, "unknown_choice", id=f"{D61}: nowhere else"),
    ],
)  # fmt: skip
def test_received_outside_it_counts_from_the_moment_it_was_taken_there(
    site: str, place: str, received: str | None, outcome: Any
) -> None:
    given = moment(received) if received else None
    if not isinstance(outcome, str):
        assert require_site(site, place, given, at=NOON) == outcome
        return
    with pytest.raises(Refused) as no:
        require_site(site, place, given, at=NOON)
    assert no.value.code == outcome


def test_typed_in_the_afternoon_the_limit_counts_from_the_morning(world: World) -> None:
    typed_at = NOON + timedelta(hours=6, minutes=30)  # 15:30: from the counter it would count from tomorrow
    intake = make_intake(world, BIRTH, site="mobile", site_place="Trạm y tế thôn 2", received_at=NOON)
    dossier = actions.receive(actor=world.actors["a.intake"], intake=intake, at=typed_at)
    assert dossier.received_at == NOON and dossier.due_at == moment("2026-03-10 17:00")
    told = queries.recompute_due(dossier)
    assert told is not None and told.at == dossier.due_at and queries.find_difference(dossier) == ""
    event = Event.objects.get(dossier_id=dossier.pk)
    assert event.at == typed_at and event.data["site"] == "mobile" and "Trạm" not in str(event.data)


def test_the_page_takes_it_and_says_where(world: World, as_: SignIn, morning: None) -> None:
    address = reverse("dossiers:receive", args=[BIRTH])
    desk = as_("a.intake")
    page = desk.get(address).content.decode()
    assert "Tiếp nhận lưu động hoặc tại nơi kiểm tra" in page
    sent: dict[str, Any] = {
        "idempotency_key": "ngoai-tru-so", "applicant_kind": "person", "applicant_name": "Lò Thị Xa", "applicant_id_kind": "citizen_id",
        "channel": "counter", "set_count": "1", "result_delivery": "counter", "site": "mobile", "site_time": "8h30",
    } | {f"part_{c.id}": "on" for c in world.sheet(BIRTH).cases[0].components} | {
        f"part_{c.id}_originals": "1" for c in world.sheet(BIRTH).cases[0].components
    }  # fmt: skip
    wrong = desk.post(address, sent)
    assert wrong.status_code == 422 and "Ghi nơi đã nhận hồ sơ ngoài trụ sở." in wrong.content.decode()
    late = desk.post(address, sent | {"site_place": "Nhà văn hóa thôn 3", "site_time": "23:00"})
    assert late.status_code == 409 and "Giờ nhận phải trong hôm nay" in late.content.decode()
    assert desk.post(address, sent | {"site_place": "Nhà văn hóa thôn 3"}).status_code == 302
    dossier = Dossier.objects.get()
    assert (dossier.site, f"{dossier.received_at.astimezone(NOON.tzinfo):%H:%M}") == ("mobile", "08:30")
    shown = desk.get(reverse("dossiers:detail", args=[dossier.code])).content.decode()
    assert "Lưu động, ngoài trụ sở – Nhà văn hóa thôn 3" in shown


def test_a_whole_taken_in_the_village_counts_from_the_hour_there(db: None) -> None:
    world = make_joint_world()
    typed_at = NOON + timedelta(
        hours=6, minutes=30
    )  # 15:30: from the counter everything would count from tomorrow
    joint = make_joint(
        world, GROUP, typed_at, site="mobile", site_place="Nhà văn hóa thôn 3", received_at=NOON
    )
    assert joint.received_at == NOON and joint.original_due_at == make_joint(world, GROUP, NOON).due_at
    first = require_dossier(joint, 1)
    assert (first.site, first.site_place, first.received_at) == ("mobile", "Nhà văn hóa thôn 3", NOON)
    assert queries.find_difference(first) == ""
    assert queries.recompute_due(first).at == first.due_at  # type: ignore[union-attr]
    for changes, code in (({"site_place": " "}, "place_needed"), ({"received_at": typed_at}, "bad_moment")):
        with pytest.raises(Refused) as no:
            make_joint(world, GROUP, NOON, **{"site": "mobile", "site_place": "Thôn 3", **changes})
        assert no.value.code == code
