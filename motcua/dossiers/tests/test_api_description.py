"""The description of the API and what it answers are one: whatever is sent, no fault and no undeclared answer."""

from typing import Any

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from motcua.dossiers.tests.factories import BIRTH, World, make_dossier
from motcua.dossiers.tests.joint_factories import GROUP, make_joint, make_joint_world
from motcua.dossiers.tests.test_api import System, morning  # noqa: F401
from motcua.wsgi import application
from tests.ground import begins_with, give

CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
]
EXAMPLES = 5


@pytest.fixture
def kept_connection() -> Any:
    """The application keeps the connection of the test's transaction, as Django's own client sees to."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.fixture
@begins_with(make_joint_world)
def joint_world(db: None) -> World:
    return give(make_joint_world)


@pytest.mark.usefixtures("kept_connection")
@pytest.mark.parametrize("mode", list(GenerationMode))
def test_every_answer_is_one_the_description_names(joint_world: World, mode: GenerationMode) -> None:
    joint = make_joint(joint_world)
    known = {
        "dossiers": make_dossier(joint_world).code,
        "procedures": BIRTH,
        "joints": joint.code,
        "bundles": GROUP,
    }
    token = System(joint_world, "a.intake").headers()
    schema = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", application)
    tried = 0
    for found in schema.get_all_operations():
        tried += _try(found.ok(), mode, known, token)
    assert tried >= 23


def _try(operation: Any, mode: GenerationMode, known: dict[str, str], token: dict[str, str]) -> int:
    """Send examples of one operation, every other one about a dossier that is there."""
    if mode is GenerationMode.NEGATIVE and not _takes_anything(operation):
        return 1
    sent = [0]

    @settings(
        max_examples=EXAMPLES,
        deadline=None,
        database=None,
        derandomize=True,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(case=operation.as_strategy(generation_mode=mode))
    def send(case: Any) -> None:
        sent[0] += 1
        if case.path_parameters and sent[0] % 2:
            case.path_parameters["code"] = known[operation.path.split("/")[3].partition(":")[0]]
        case.call_and_validate(headers=token, checks=CHECKS)

    send()
    return 1


def _takes_anything(operation: Any) -> bool:
    return bool(list(operation.iter_parameters()) or operation.body)


def test_the_description_is_openapi_3_1_and_open_to_read(client: Any, db: None) -> None:
    told = client.get("/api/v1/openapi.json").json()
    assert told["openapi"].startswith("3.1")
    for operations in told["paths"].values():
        for method, operation in operations.items():
            problems = {"401", "403", "404", "422"} | ({"409", "412"} if method == "post" else set())
            assert problems <= set(operation["responses"])
