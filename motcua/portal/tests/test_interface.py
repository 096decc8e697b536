"""The page of the interface says what the interface says of itself: every address, every word, examples that hold."""

import json
import re
from pathlib import Path
from typing import Any

import jsonschema_rs
import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation

from motcua.api import STATUSES, api
from motcua.portal import described, described_words

ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture(params=["vi", "en"])
def language(request: Any) -> Any:
    with translation.override(request.param):
        yield request.param


def _operations() -> dict[str, Any]:
    told = api.get_openapi_schema()
    return {
        f"{method} {path.removeprefix('/api/v1')}": operation
        for path, methods in told["paths"].items()
        for method, operation in methods.items()
    }


def test_every_address_is_on_the_page_and_no_other(db: None, language: str) -> None:
    assert set(described_words.get_operations()) == set(_operations())
    page = Client(headers={"cookie": f"django_language={language}"}).get(reverse("portal:interface"))
    text = page.content.decode()
    assert page.status_code == 200
    assert len(re.findall(r'<article class="card" id="(?:get|post)', text)) == len(_operations())
    for link in set(re.findall(r'href="#([^"]+)"', text)):
        assert f'id="{link}"' in text, link


def test_the_scope_is_the_one_the_door_asks() -> None:
    scopes = {key: operation["security"][0]["Token"] for key, operation in _operations().items()}
    assert scopes["get /dossiers/{code}"] == ["dossiers:read"]
    assert scopes["post /dossiers/{code}:decide"] == ["dossiers:write"]
    assert all(len(scope) == 1 for scope in scopes.values())


def test_every_code_told_is_one_the_house_refuses_with() -> None:
    text = "".join(path.read_text() for path in (ROOT / "motcua").rglob("*.py") if "/tests/" not in str(path))
    raised = set(re.findall(r'Refused\(\s*"([a-z_]+)"', text)) | set(STATUSES)
    told = {code for code, _status, _meaning in described_words.get_codes()}
    assert told <= raised
    assert set(STATUSES) <= told


def test_every_status_an_address_may_answer_is_told() -> None:
    answered = {str(s) for operation in _operations().values() for s in operation["responses"]}
    assert answered == set(described_words.get_statuses())


def test_an_example_sends_what_the_description_lets_through(language: str) -> None:
    told = json.loads(json.dumps(api.get_openapi_schema()))
    checked = 0
    for group in described.describe().groups:
        for one in group.operations:
            sent = re.search(r"-d '(.+)'", one.example, re.S)
            if sent is None:
                continue
            schema = {"$ref": f"#/components/schemas/{one.body_shape}", "components": told["components"]}
            jsonschema_rs.validate(schema, json.loads(sent[1]))
            assert "{" not in one.example.partition('"$MOTCUA')[2].partition('"')[0], one.path
            checked += 1
    assert checked > 20
