"""A refusal becomes a page for people and a problem for machines; a lost database becomes a sentence."""

import json
import pickle

import pytest
from django.db import OperationalError
from django.http import HttpResponse
from django.test import RequestFactory

from motcua.core.middleware import RefusalMiddleware
from motcua.core.refusal import Refused
from motcua.core.trace import current_request_id

REFUSAL = Refused("wrong_state", "Hồ sơ đã trả kết quả.", basis="Điều 19", possible=("reprint",))


def answer(path, fault):
    middleware = RefusalMiddleware(lambda request: HttpResponse())
    return middleware.process_exception(RequestFactory().get(path), fault)


@pytest.mark.parametrize(
    ("code", "status"),
    [("wrong_state", 409), ("forbidden", 403), ("not_found", 404), ("bad_cursor", 400), ("too_many", 429)],
)
def test_a_machine_is_given_a_problem_with_a_stable_code(code, status):
    response = answer("/api/v1/dossiers", Refused(code, "Không được.", field="x", possible=("a",)))
    assert response.status_code == status
    assert response["Content-Type"] == "application/problem+json"
    body = json.loads(response.content)
    assert (body["code"], body["status"], body["title"], body["possible"]) == (
        code,
        status,
        "Không được.",
        ["a"],
    )


def test_a_fault_is_not_made_to_look_like_a_refusal():
    assert answer("/ho-so/", KeyError("x")) is None


def test_a_lost_database_is_said_in_a_sentence():
    response = answer("/api/v1/dossiers", OperationalError("server closed the connection"))
    assert response.status_code == 503
    assert "server closed" not in response.content.decode()


@pytest.mark.django_db
def test_a_person_reads_the_sentence_and_its_basis_and_no_word_for_machines(client):
    request = RequestFactory().get("/ho-so/1/")
    request.session, request.user, request.actor = {}, None, None
    response = RefusalMiddleware(lambda r: HttpResponse()).process_exception(request, REFUSAL)
    page = response.content.decode()
    assert response.status_code == 409
    assert "Hồ sơ đã trả kết quả." in page and "Điều 19" in page
    assert "reprint" not in page


def test_each_request_has_a_name_given_or_new():
    seen = []
    middleware = RefusalMiddleware(lambda r: seen.append(current_request_id()) or HttpResponse())
    given = middleware(RequestFactory().get("/", headers={"X-Request-ID": "abc-12345678"}))
    made = middleware(RequestFactory().get("/", headers={"X-Request-ID": "bad name\n"}))
    assert given["X-Request-ID"] == seen[0] == "abc-12345678"
    assert made["X-Request-ID"] == seen[1] != "bad name\n" and len(seen[1]) == 16


def test_a_refusal_survives_a_journey_between_processes():
    back = pickle.loads(pickle.dumps(REFUSAL))
    assert (back.code, back.message, back.basis, back.possible) == (
        REFUSAL.code,
        REFUSAL.message,
        "Điều 19",
        ("reprint",),
    )
