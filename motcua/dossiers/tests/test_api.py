"""The API: a system acts in an officer's post, with the same door, the same acts and one effect per key."""

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.test import Client

from motcua.audit.models import Entry
from motcua.documents.tests.factories import pdf
from motcua.dossiers.models import Dossier, Event
from motcua.dossiers.tests.factories import BIRTH, FIRST, NOON, World, make_dossier
from motcua.organisations.actions import tokens
from motcua.organisations.models import ApiToken
from motcua.organisations.rules import SYSTEM

PROBLEM = "application/problem+json"


@pytest.fixture(autouse=True)
def morning() -> Any:
    with time_machine.travel(NOON.astimezone(UTC), tick=False):
        yield


class System:
    """A neighbouring system with its token."""

    def __init__(self, world: World, officer: str, scopes: tuple[str, ...] = tokens.SCOPES) -> None:
        self.text = tokens.issue_token(
            actor=SYSTEM, assignment_id=world.actors[officer].assignment_id, name="Cổng thử", scopes=scopes,
            valid_from=FIRST, at=NOON,
        )  # fmt: skip
        self.client = Client()
        self.serial = 0

    def headers(self, **more: str) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.text}"} | {n.replace("_", "-"): v for n, v in more.items()}

    def get(self, path: str) -> Any:
        return self.client.get(f"/api/v1{path}", headers=self.headers())

    def post(self, path: str, body: dict[str, Any] | None = None, **headers: str) -> Any:
        self.serial += 1
        headers.setdefault("Idempotency_Key", f"key-{id(self)}-{self.serial}")
        text = json.dumps(body or {})
        return self.client.post(
            f"/api/v1{path}", text, content_type="application/json", headers=self.headers(**headers)
        )


def _application(world: World, **changes: Any) -> dict[str, Any]:
    components = world.sheet(BIRTH).cases[0].components
    return {
        "procedure_code": BIRTH,
        "applicant": {"full_name": "Nguyễn Văn Thử", "id_number": "045090000001", "id_kind": "citizen_id"},
        "parts": [{"component_id": component.id, "originals": 1} for component in components],
    } | changes


def test_a_dossier_goes_from_the_counter_to_its_result(world: World) -> None:
    desk, officer = System(world, "a.intake"), System(world, "a.case")
    leader, clerk = System(world, "a.leader"), System(world, "a.clerk")
    received = desk.post("/dossiers:receive", _application(world))
    assert received.status_code == 201, received.content
    code = received.json()["code"]
    assert received["Location"] == f"/api/v1/dossiers/{code}" and received["ETag"] == '"1"'
    assert "hand_over" in [act["act"] for act in received.json()["allowed_acts"]]
    steps = (
        (desk, "hand-over", {}),
        (officer, "start", {}),
        (officer, "propose", {"outcome": "approved"}),
        (leader, "decide", {"outcome": "approved"}),
    )
    for system, act, body in steps:
        answer = system.post(f"/dossiers/{code}:{act}", body)
        assert answer.status_code == 200, (act, answer.content)
    paper = SimpleUploadedFile("ket-qua.pdf", pdf(), "application/pdf")
    facts = {"signed_on": "2026-03-10", "signer_name": "Nguyễn Văn Duyệt", "title": "Giấy khai sinh"}
    signed = clerk.client.post(
        f"/api/v1/dossiers/{code}:sign-result",
        facts | {"file": paper},
        headers=clerk.headers(Idempotency_Key="s1"),
    )
    assert signed.status_code == 200 and signed.json()["state"] == "result_ready", signed.content
    returned = desk.post(f"/dossiers/{code}:return-result", {"collector_name": "Nguyễn Văn Thử"})
    assert returned.json()["state"] == "returned", returned.content


def test_one_read_tells_everything_and_is_kept(world: World) -> None:
    dossier = make_dossier(world)
    answer = System(world, "a.intake").get(f"/dossiers/{dossier.code}")
    assert answer.status_code == 200, answer.content
    told = answer.json()
    assert answer["ETag"] == f'"{dossier.revision}"' and told["code"] == dossier.code
    assert told["clock"]["lines"] and told["history"] and told["tasks"] and told["parts"]
    assert "hand_over" in [act["act"] for act in told["allowed_acts"]]
    assert "•" in told["parties"][0]["masked_id"]
    assert Entry.objects.filter(what="dossiers.read", person_name="Lê Thị Tiếp").exists()


def test_lists_come_through_the_door(world: World) -> None:
    dossier = make_dossier(world)
    own, stranger = System(world, "a.intake"), System(world, "b.intake")
    assert [row["code"] for row in own.get("/dossiers").json()["items"]] == [dossier.code]
    assert own.get("/dossiers?q=nguyen+thu").json()["items"]
    assert stranger.get("/dossiers").json()["items"] == []
    assert stranger.get(f"/dossiers/{dossier.code}").status_code == 404
    assert stranger.post(f"/dossiers/{dossier.code}:start").status_code == 404


def test_the_same_key_has_one_effect_and_another_content_is_refused(world: World) -> None:
    desk, body = System(world, "a.intake"), _application(world)
    first = desk.post("/dossiers:receive", body, Idempotency_Key="once")
    again = desk.post("/dossiers:receive", body, Idempotency_Key="once")
    assert first.json()["code"] == again.json()["code"] and Dossier.objects.count() == 1
    other = desk.post("/dossiers:receive", body | {"note": "khác"}, Idempotency_Key="once")
    assert other.status_code == 422 and other.json()["code"] == "idempotency_mismatch"


def test_a_stale_revision_and_an_act_not_possible_say_what_is(world: World) -> None:
    dossier, desk = make_dossier(world), System(world, "a.intake")
    stale = desk.post(f"/dossiers/{dossier.code}:hand-over", If_Match='"7"')
    assert stale.status_code == 412 and stale["Content-Type"] == PROBLEM
    assert stale.json()["status"] == 412 and "hand_over" in stale.json()["possible"]
    refused = desk.post(f"/dossiers/{dossier.code}:return-result", {"collector_name": "A"})
    assert refused.status_code == 409 and refused.json()["code"] == "not_possible_now"
    assert Event.objects.filter(dossier_id=dossier.pk).count() == 1


@pytest.mark.parametrize("text", ["", "mc_wrong"])
def test_without_a_token_there_is_nothing(world: World, text: str) -> None:
    answer = Client().get("/api/v1/dossiers", headers={"Authorization": f"Bearer {text}"})
    assert answer.status_code == 401 and answer["Content-Type"] == PROBLEM


def test_a_session_is_no_token(world: World, client: Client) -> None:
    from motcua.accounts.models import User

    client.force_login(User.objects.get(username="a.intake"))
    assert client.get("/api/v1/dossiers").status_code == 401


def test_scopes_bound_what_a_system_may(world: World) -> None:
    reader = System(world, "a.intake", ("dossiers:read",))
    assert reader.get("/dossiers").status_code == 200
    refused = reader.post("/dossiers:receive", _application(world))
    assert refused.status_code == 403 and refused.json()["code"] == "forbidden"


def test_a_revoked_token_no_longer_opens(world: World) -> None:
    system = System(world, "a.intake")
    assert system.get("/dossiers").status_code == 200
    token = ApiToken.objects.get()
    assert token.last_used_at == datetime.now(UTC) and system.text not in token.token_hash
    tokens.revoke_token(actor=SYSTEM, token_id=token.pk, at=NOON)
    assert system.get("/dossiers").status_code == 401


def test_a_token_past_its_last_day_is_a_problem_that_says_so(world: World) -> None:
    system = System(world, "a.intake")
    ApiToken.objects.update(valid_to=NOON.date())
    refused = system.get("/dossiers")
    assert refused.status_code == 401 and refused["WWW-Authenticate"] == "Bearer"
    assert refused["Content-Type"] == PROBLEM and refused.json()["code"] == "unauthorised"
    ApiToken.objects.update(valid_to=NOON.date() + timedelta(days=1))
    assert system.get("/dossiers").status_code == 200


def test_what_is_wrong_in_the_body_is_named(world: World) -> None:
    desk = System(world, "a.intake")
    missing = desk.post("/dossiers:receive", {"procedure_code": BIRTH})
    assert missing.status_code == 422 and missing.json()["errors"][0]["loc"][-1] == "applicant"
    paper = desk.post("/dossiers:receive", _application(world, parts=[]))
    assert paper.status_code == 422 and paper.json()["code"] == "missing_component"
    assert Client().post("/api/v1/dossiers").status_code == 405


def test_procedures_are_told_with_the_papers_to_bring(world: World) -> None:
    system = System(world, "a.intake")
    assert BIRTH in [row["code"] for row in system.get("/procedures?q=1.001").json()["items"]]
    sheet = system.get(f"/procedures/{BIRTH}").json()
    assert sheet["is_operated"] and sheet["cases"][0]["components"][0]["is_required"]
    assert system.get("/procedures/9.999").status_code == 404


def test_the_operator_issues_a_token_that_reads(world: World, capsys: pytest.CaptureFixture[str]) -> None:
    call_command("issue_token", "a.intake", "Cổng thử")
    headers = {"Authorization": f"Bearer {capsys.readouterr().out.strip()}"}
    assert Client().get("/api/v1/dossiers", headers=headers).status_code == 200
