"""A group under one form through the API: received once, read with its parts, given back and taken back."""

from typing import Any

import pytest

from motcua.audit.models import Entry
from motcua.dossiers.models import Joint
from motcua.dossiers.tests.factories import NOON, World
from motcua.dossiers.tests.joint_factories import GROUP, finish_part, make_joint_intake, make_joint_world
from motcua.dossiers.tests.test_api import System, morning  # noqa: F401
from tests.ground import begins_with, give


@pytest.fixture
@begins_with(make_joint_world)
def world(db: None) -> World:
    return give(make_joint_world)


def application(world: World, **changes: Any) -> dict[str, Any]:
    parts = make_joint_intake(world).parts
    return {
        "bundle_code": GROUP,
        "applicant": {"full_name": "Trần Thị Mẹ", "id_number": "045190000001", "id_kind": "citizen_id"},
        "parts": [{"component_id": part.component_id, "originals": 1} for part in parts],
    } | changes


def test_what_a_group_asks_for_is_read_part_by_part(world: World) -> None:
    desk = System(world, "a.intake")
    assert GROUP in [row["code"] for row in desk.get("/bundles").json()]
    told = desk.get(f"/bundles/{GROUP}").json()
    assert [part["no"] for part in told["parts"]] == [1, 2, 3] and told["total_days"] == 3
    assert all(part["components"] for part in told["parts"])


def test_one_form_is_received_once_and_read_with_its_parts(world: World) -> None:
    desk, body = System(world, "a.intake"), application(world)
    first = desk.post("/joints:receive", body, Idempotency_Key="once")
    assert first.status_code == 201, first.content
    again = desk.post("/joints:receive", body, Idempotency_Key="once")
    assert again.json()["code"] == first.json()["code"] and Joint.objects.count() == 1
    other = desk.post("/joints:receive", body | {"is_verified": True}, Idempotency_Key="once")
    assert other.status_code in (409, 422)
    code = first.json()["code"]
    assert first["Location"] == f"/api/v1/joints/{code}"
    told = desk.get(f"/joints/{code}").json()
    begun = [part["is_begun"] for part in told["parts"]]
    assert begun == [True, False, False] and told["national_status"] == 2
    own = desk.get(f"/dossiers/{told['parts'][0]['dossier_code']}")
    assert own.status_code == 200 and own.json()["state"] == told["parts"][0]["state"]
    assert Entry.objects.filter(what="dossiers.joint_read").exists()


def test_a_missing_or_foreign_paper_is_refused_in_words(world: World) -> None:
    desk, body = System(world, "a.intake"), application(world)
    short = desk.post("/joints:receive", body | {"parts": body["parts"][1:]})
    assert short.status_code == 422 and "Còn thiếu" in short.json()["title"]
    foreign = desk.post("/joints:receive", body | {"parts": [*body["parts"], {"component_id": 2**62}]})
    assert foreign.status_code == 422 and "unknown_component" in foreign.content.decode()
    assert not Joint.objects.exists()


def test_it_is_taken_back_or_given_back_in_one_act_and_by_its_own_counter(world: World) -> None:
    desk, stranger = System(world, "a.intake"), System(world, "b.intake")
    code = desk.post("/joints:receive", application(world)).json()["code"]
    assert stranger.get(f"/joints/{code}").status_code == 404
    assert stranger.post(f"/joints/{code}:withdraw", {"reason": "x"}).status_code == 404
    assert desk.post(f"/joints/{code}:return", {"collector_name": "Mẹ"}).status_code == 409
    assert desk.post(f"/joints/{code}:withdraw", {"reason": ""}).status_code == 422
    back = desk.post(f"/joints/{code}:withdraw", {"reason": "Nộp nhầm"}, Idempotency_Key="w").json()
    assert back["state"] == "withdrawn" and [part["is_dropped"] for part in back["parts"]] == [
        False,
        True,
        True,
    ]
    assert (
        desk.post(f"/joints/{code}:withdraw", {"reason": "Nộp nhầm"}, Idempotency_Key="w").status_code == 200
    )
    code = desk.post("/joints:receive", application(world)).json()["code"]
    joint = Joint.objects.get(code=code)
    for no in (1, 2, 3):
        finish_part(world, joint, no, NOON)
    given = desk.post(f"/joints/{code}:return", {"collector_name": "Mẹ"}).json()
    assert given["state"] == "returned" and {part["state"] for part in given["parts"]} == {"returned"}
