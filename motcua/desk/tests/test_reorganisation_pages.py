"""The pages of a reorganisation: written down, looked over, carried out, taken back; only by whoever looks after the units."""

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from motcua.accounts.models import User
from motcua.core.tests.sheets import read_list
from motcua.desk import jobs
from motcua.dossiers.models import Dossier
from motcua.dossiers.rules.states import State
from motcua.dossiers.tests.factories import NOON, World, make_dossier
from motcua.organisations.models import Reorganisation
from motcua.organisations.tests.factories import AT

TYPED = {
    "kind": "merge", "title": "Nhập xã An và xã Bình", "decision_number": "1/NQ", "first_day": "10/03/2026", "sources": "A, B",
    "targets": "", "field_codes": "", "new_code": "N", "new_name": "Xã Bình An", "new_agency_code": "H50.99", "moves_people": "on",
}  # fmt: skip


@pytest.fixture(autouse=True)
def _morning():
    with time_machine.travel(NOON, tick=False):
        yield


def _sign_in(world: World, name: str) -> Client:
    client = Client()
    client.force_login(User.objects.get(pk=world.actors[name].user_id))
    return client


def test_from_the_decision_to_the_way_back(world: World) -> None:
    dossier = make_dossier(world, State.PROCESSING, at=NOON)
    client = _sign_in(world, "p.admin")
    assert client.get(reverse("desk:plan_reorganisation")).status_code == 200
    answer = client.post(reverse("desk:plan_reorganisation"), TYPED)
    row = Reorganisation.objects.get()
    assert answer["Location"] == reverse("desk:reorganisation", args=[row.pk])
    listed = read_list(client.get(reverse("desk:reorganisations"), {"dang": "xlsx"}).content)
    assert [line[3] for line in listed[1:]] == [row.first_day]
    shown = client.get(answer["Location"]).content.decode()
    assert "Thực hiện ngay" in shown and "Trung tâm Phục vụ hành chính công xã Bình An" in shown
    placed = client.post(reverse("desk:place_lines", args=[row.pk]), {"den_B.TT": "N"})
    assert placed.status_code == 302
    row.refresh_from_db()
    assert {"from": "B.TT", "to": "N", "fields": []} in row.lines
    done = client.post(reverse("desk:carry_out", args=[row.pk]), follow=True).content.decode()
    assert "Đã thực hiện sắp xếp" in done and ">Trực tuyến<" in shown and ">Trực tuyến<" not in done
    dossier.refresh_from_db()
    assert dossier.competent_agency_id != world.units["A"]
    assert client.post(reverse("desk:undo_reorganisation", args=[row.pk]), {"reason": ""}).status_code == 422
    client.post(reverse("desk:undo_reorganisation", args=[row.pk]), {"reason": "Nhầm"})
    assert Dossier.objects.get().competent_agency_id == world.units["A"]
    assert "Nhầm" in client.get(reverse("desk:reorganisation", args=[row.pk])).content.decode()


def test_a_day_to_come_is_scheduled_and_done_by_itself(world: World) -> None:
    client = _sign_in(world, "p.admin")
    client.post(reverse("desk:plan_reorganisation"), {**TYPED, "first_day": "12/03/2026"})
    row = Reorganisation.objects.get()
    client.post(reverse("desk:carry_out", args=[row.pk]))
    row.refresh_from_db()
    assert row.state == "scheduled" and jobs.carry_out_reorganisations(NOON) == 0
    at = NOON.replace(day=12, hour=0, minute=1)
    assert jobs.carry_out_reorganisations(at) == 1 and jobs.carry_out_reorganisations(at) == 0
    row.refresh_from_db()
    assert row.state == "done" and AT


def test_what_cannot_be_done_on_its_day_waits_for_the_administrator(world: World) -> None:
    client = _sign_in(world, "p.admin")
    client.post(reverse("desk:plan_reorganisation"), {**TYPED, "first_day": "12/03/2026"})
    row = Reorganisation.objects.get()
    client.post(reverse("desk:carry_out", args=[row.pk]))
    Reorganisation.objects.update(closes=["A"])
    assert jobs.carry_out_reorganisations(NOON.replace(day=12)) == 0
    row.refresh_from_db()
    assert row.state == "planned" and "trực thuộc" in row.fault
    assert row.fault in client.get(reverse("desk:reorganisation", args=[row.pk])).content.decode()


def test_a_wrong_code_comes_back_at_its_field(world: World) -> None:
    client = _sign_in(world, "p.admin")
    answer = client.post(reverse("desk:plan_reorganisation"), {**TYPED, "sources": "KHONG"})
    assert answer.status_code in (404, 409, 422) and "Nhập xã An" in answer.content.decode()
    assert not Reorganisation.objects.exists()


@pytest.mark.parametrize("sources", [["A", "A.VH"], ["A.VH", "A"]])
def test_a_unit_named_with_the_one_above_it_is_refused_at_its_field(world: World, sources: list[str]) -> None:
    address = reverse("desk:plan_reorganisation")
    answer = _sign_in(world, "p.admin").post(address, {**TYPED, "sources": sources})
    assert answer.status_code == 409 and "bỏ bớt một dòng" in answer.content.decode()
    assert not Reorganisation.objects.exists()


def test_units_are_chosen_by_name_and_the_new_one_may_take_over_second(world: World) -> None:
    client = _sign_in(world, "p.admin")
    page = client.get(reverse("desk:plan_reorganisation"), {"don-vi": "A"}).content.decode()
    assert page.count('<select name="sources"') == 4 and 'value="A" selected' in page
    client.post(reverse("desk:plan_reorganisation"), {**TYPED, "sources": ["A"], "targets": ["B", "+"]})
    row = Reorganisation.objects.get()
    assert row.lines[0] == {"from": "A", "to": "B", "fields": []}
    assert [unit["code"] for unit in row.units] == ["N"]


def test_a_plan_is_dropped_and_others_may_not_look(world: World) -> None:
    client = _sign_in(world, "p.admin")
    client.post(reverse("desk:plan_reorganisation"), TYPED)
    row = Reorganisation.objects.get()
    for name in ("a.leader", "p.control", "a.intake"):
        for page in ("desk:reorganisations", "desk:plan_reorganisation"):
            assert _sign_in(world, name).get(reverse(page)).status_code == 403
        assert _sign_in(world, name).get(reverse("desk:reorganisation", args=[row.pk])).status_code == 403
        assert _sign_in(world, name).post(reverse("desk:carry_out", args=[row.pk])).status_code == 403
    assert client.post(reverse("desk:drop_reorganisation", args=[row.pk])).status_code == 302
    assert not Reorganisation.objects.exists()
