"""The interface at its edges: scans, refusals at the counter, where to hand over, too many calls, a fault of ours."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client

from motcua.audit.models import Entry
from motcua.documents.tests.factories import pdf
from motcua.dossiers.models import Dossier, PartFile, Result
from motcua.dossiers.tests.factories import BIRTH, World, make_dossier
from motcua.dossiers.tests.test_api import PROBLEM, System, _application, morning  # noqa: F401
from motcua.organisations.models import ApiToken


def send_file(system: System, name: str, content: bytes, said: str = "application/pdf") -> Any:
    sent = SimpleUploadedFile(name, content, said)
    return system.client.post("/api/v1/files", {"file": sent}, headers=system.headers())


def test_a_scan_is_kept_first_and_attached_when_receiving(world: World) -> None:
    desk, scan = System(world, "a.intake"), pdf()
    kept = send_file(desk, "to-khai.pdf", scan)
    assert kept.status_code == 201 and kept.json()["media_type"] == "application/pdf", kept.content
    component = world.sheet(BIRTH).cases[0].components[0].id
    pair = {"component_id": component, "file_id": kept.json()["id"]}
    received = desk.post("/dossiers:receive", _application(world, part_files=[pair]))
    assert received.status_code == 201, received.content
    assert PartFile.objects.get().file_id == kept.json()["id"]
    address = f"/dossiers/{received.json()['code']}/files/{kept.json()['id']}"
    read = desk.get(address)
    assert b"".join(read.streaming_content) == scan and "attachment" in read["Content-Disposition"]
    assert Entry.objects.filter(what="dossiers.file_read").count() == 1
    assert System(world, "b.intake").get(address).status_code == 404


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("to-khai.pdf", b"<html><script>alert(1)</script></html>", "file_markup"),
        ("to-khai.pdf", b"", "file_empty"),
        ("to-khai.png", pdf(), "file_mislabelled"),
        ("to-khai.pdf", pdf(password="x"), "file_encrypted"),
    ],
)
def test_the_kind_is_read_from_the_content_whatever_was_said(
    world: World, name: str, content: bytes, code: str
) -> None:
    refused = send_file(System(world, "a.intake"), name, content)
    assert (refused.status_code, refused.json()["code"], refused["Content-Type"]) == (422, code, PROBLEM)


def test_the_file_of_another_system_is_not_attached(world: World) -> None:
    theirs = send_file(System(world, "b.intake"), "to-khai.pdf", pdf()).json()["id"]
    component = world.sheet(BIRTH).cases[0].components[0].id
    body = _application(world, part_files=[{"component_id": component, "file_id": theirs}])
    refused = System(world, "a.intake").post("/dossiers:receive", body)
    assert (refused.status_code, refused.json()["code"]) == (422, "unknown_file")
    assert not Dossier.objects.exists()


def test_only_the_counter_keeps_scans(world: World) -> None:
    assert send_file(System(world, "a.case"), "to-khai.pdf", pdf()).status_code == 403


def test_an_application_is_refused_at_the_counter_in_writing(world: World) -> None:
    desk = System(world, "a.intake")
    refused = desk.post("/dossiers:refuse-intake", _application(world, reason="Không đúng nơi nộp"))
    assert refused.status_code == 201 and refused.json()["state"] == "not_accepted", refused.content
    silent = desk.post("/dossiers:refuse-intake", _application(world, reason=" "))
    assert (silent.status_code, silent.json()["field"]) == (422, "reason")


def test_a_number_given_in_error_is_voided(world: World) -> None:
    dossier, clerk = make_dossier(world, "result_ready"), System(world, "a.clerk")
    voided = clerk.post(f"/dossiers/{dossier.code}:void-number", {"reason": "Ghi nhầm sổ"})
    assert voided.status_code == 200 and voided.json()["state"] == "processing", voided.content
    assert Result.objects.get().void_reason == "Ghi nhầm sổ"


def test_where_to_hand_over_is_told_to_whom_the_task_waits(world: World) -> None:
    dossier = make_dossier(world)
    told = System(world, "a.intake").get(f"/dossiers/{dossier.code}/targets").json()
    (step,) = told["next"]
    names = [officer["name"] for officer in step["officers"]]
    assert step["unit_id"] == world.units["A.VH"] and "Hoàng Văn Lý" in names and told["back"] == []
    chosen = next(officer["id"] for officer in step["officers"] if officer["name"] == "Đỗ Văn Thụ")
    desk = System(world, "a.intake")
    assert desk.post(f"/dossiers/{dossier.code}:hand-over", {"assignee_id": chosen}).status_code == 200
    assert desk.get(f"/dossiers/{dossier.code}/targets").json() == {"next": [], "back": []}
    assert System(world, "b.intake").get(f"/dossiers/{dossier.code}/targets").status_code == 404


def test_too_many_calls_in_a_minute_are_told_how_long_to_wait(world: World) -> None:
    system, other = System(world, "a.intake"), System(world, "a.case")
    ApiToken.objects.filter(pk=ApiToken.objects.earliest("pk").pk).update(calls_per_minute=2)
    assert [system.get("/dossiers").status_code for _turn in range(3)] == [200, 200, 429]
    refused = system.get("/dossiers")
    assert refused.json()["code"] == "too_many" and refused["Content-Type"] == PROBLEM
    assert 1 <= int(refused["Retry-After"]) <= 60
    assert other.get("/dossiers").status_code == 200
    ApiToken.objects.update(minute_at="2026-03-10T00:00:00Z")
    assert system.get("/dossiers").status_code == 200


def test_a_fault_of_ours_is_a_problem_with_its_name_and_without_its_words(
    world: World, caplog: pytest.LogCaptureFixture
) -> None:
    dossier, system = make_dossier(world), System(world, "a.intake")
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE dossiers_party RENAME TO dossiers_party_gone")
    answer = system.get(f"/dossiers/{dossier.code}")
    told = answer.json()
    assert (answer.status_code, answer["Content-Type"], told["code"]) == (500, PROBLEM, "fault")
    assert told["request_id"] == answer["X-Request-ID"] and "dossiers_party" not in answer.content.decode()
    assert any(record.levelname == "ERROR" and record.exc_info for record in caplog.records)


def test_an_unknown_address_is_a_problem_for_machines_and_a_page_for_people(db: None) -> None:
    assert Client().get("/api/v1/khong-co")["Content-Type"] == PROBLEM
    assert Client().get("/khong-co/")["Content-Type"].startswith("text/html")
