"""Wholes as machines receive, read, give back and take back: one form, several procedures, each part a dossier of its own."""

from collections.abc import Callable, Mapping
from dataclasses import fields
from typing import Annotated, Any, Literal

from django.db import transaction
from django.http import HttpResponse
from django.urls import reverse
from ninja import Router, Status
from pydantic import Field

from motcua.audit import actions as audit
from motcua.core import idempotency
from motcua.dossiers import actions, queries
from motcua.dossiers.actions.joining import RETURN_WHOLE, JointIntake
from motcua.dossiers.actions.joint_ending import WITHDRAW_WHOLE, withdraw_whole
from motcua.dossiers.api.bodies import AskedIn, CollectorIn, PartFileIn, PartIn, PersonIn
from motcua.dossiers.api.shapes import JointFull, JointStanding
from motcua.dossiers.api.words import (
    Delivery,
    DossierCode,
    Id,
    Key,
    Line,
    Moment,
    ProcedureCode,
    Sent,
    Words,
)
from motcua.dossiers.models import Joint
from motcua.dossiers.rules import national
from motcua.dossiers.rules.states import State
from motcua.organisations.api import READ, WRITE, ApiRequest
from motcua.organisations.requests import today

router = Router(tags=["joints"])
RECEIVE = "receive_joint"


class PartAgencyIn(Sent):
    """The deciding agency of one part."""

    no: int = Field(ge=1, le=50)
    agency_id: Id


class ReceiveJointIn(Sent):
    """One form for a group of procedures; the agency of a part left out follows from its procedure and the place.

    `parts` are the papers of all parts together, by the component ids of `GET /bundles/{code}`. Received outside the
    office, `site` says how, `site_place` where and `received_at` when, today.
    """

    bundle_code: ProcedureCode
    applicant: PersonIn
    submitter: PersonIn | None = None
    authorised: PersonIn | None = None
    authorisation: Line = ""
    agencies: list[PartAgencyIn] = Field(default=[], max_length=50)
    parts: list[PartIn] = Field(default=[], max_length=400)
    part_files: list[PartFileIn] = Field(default=[], max_length=400)
    missing_reason: Words = ""
    is_verified: bool = False
    channel: Literal["counter", "online_assisted", "postal"] = "counter"
    site: Literal["counter", "mobile", "inspection"] = "counter"
    site_place: Line = ""
    received_at: Moment | None = None
    returning_unit_id: Id | None = None
    result_delivery: Delivery = "counter"
    return_place: Line = ""
    note: Words = ""

    def to_intake(self) -> JointIntake:
        """What the action takes."""
        own = type(self).model_fields
        plain: dict[str, Any] = {f.name: getattr(self, f.name) for f in fields(JointIntake) if f.name in own}
        roles = ("applicant", "submitter", "authorised")
        persons = {role: person.to_facts() for role in roles if (person := getattr(self, role)) is not None}
        lists = {
            "agencies": {one.no: one.agency_id for one in self.agencies},
            "parts": tuple(actions.PartFacts(**part.model_dump()) for part in self.parts),
            "part_files": tuple((one.component_id, one.file_id) for one in self.part_files),
        }
        return JointIntake(**plain | persons | lists)


class ReturnJointIn(CollectorIn):
    """Who collects every result that lies at the one result place."""


class WithdrawJointIn(AskedIn):
    """Why the one form is taken back, and how the applicant asked for it."""

    reason: Annotated[Words, Field(min_length=1)]


@router.post(
    "/joints:receive", auth=WRITE, response={201: JointStanding}, summary="Receive one form for a group"
)
def receive_joint(request: ApiRequest, response: HttpResponse, key: Key, body: ReceiveJointIn) -> Status:
    """Receive at the counter of the caller's unit: the parts that need nothing begin, the others when their turn comes."""

    def run() -> Joint:
        return actions.receive_joint(actor=request.actor, intake=body.to_intake(), at=request.at)

    joint = _once(request, RECEIVE, key, {"body": body.model_dump(mode="json")}, run)
    response["Location"] = reverse("api:read_joint", args=[joint.code])
    return Status(201, _stand(request, joint))


@router.post(
    "/joints/{code}:return", auth=WRITE, response=JointStanding, summary="Give every result that waits"
)
def return_joint(request: ApiRequest, code: DossierCode, key: Key, body: ReturnJointIn) -> dict[str, Any]:
    """Give every result that lies at the one result place (Decree 61 art. 19.7b)."""

    def run() -> Joint:
        return actions.return_whole(actor=request.actor, joint_code=code, **body.model_dump(), at=request.at)

    content = {"code": code, "body": body.model_dump(mode="json")}
    return _stand(request, _once(request, RETURN_WHOLE, key, content, run))


@router.post("/joints/{code}:withdraw", auth=WRITE, response=JointStanding, summary="Take the whole back")
def withdraw_joint(request: ApiRequest, code: DossierCode, key: Key, body: WithdrawJointIn) -> dict[str, Any]:
    """Close every part that is open and undecided; what was decided goes on to its result."""

    def run() -> Joint:
        return withdraw_whole(actor=request.actor, joint_code=code, **body.model_dump(), at=request.at)

    content = {"code": code, "body": body.model_dump(mode="json")}
    return _stand(request, _once(request, WITHDRAW_WHOLE, key, content, run))


@router.get("/joints/{code}", auth=READ, response=JointFull, summary="One whole with its parts")
def read_joint(request: ApiRequest, code: DossierCode) -> dict[str, Any]:
    """Where the whole stands, and every part with its agency, promise, slip and dossier."""
    joint = queries.require_joint(request.actor, code)
    audit.record_reading(
        "dossiers.joint_read", actor=request.actor, subject=joint.code, ids=[joint.pk], at=request.at
    )
    return _stand(request, joint) | {
        "name": joint.name,
        "channel": joint.channel,
        "applicant_name": joint.applicant_name,
        "filed_as": joint.filed_as,
        "received_at": joint.received_at,
        "original_due_at": joint.original_due_at,
        "receiving_unit_id": joint.receiving_unit_id,
        "returning_unit_id": joint.returning_unit_id,
    }


def _once(
    request: ApiRequest, act: str, key: str, content: Mapping[str, Any], run: Callable[[], Joint]
) -> Joint:
    """Run the act, or find what the same call left before; a refused call leaves its key free."""
    owner = f"token:{request.caller.token_id}"
    with transaction.atomic():
        reference = idempotency.remember(key, owner, act, idempotency.fingerprint({**content, "act": act}))
        if reference:
            return queries.require_joint(request.actor, reference)
        joint = run()
        idempotency.complete(key, owner, joint.code)
    return joint


def _stand(request: ApiRequest, joint: Joint) -> dict[str, Any]:
    names = ("code", "state", "state_label", "outcome", "due_at", "finished_at")
    lines = queries.find_part_lines(joint, today(request), request.at, is_full=False)
    return {name: getattr(joint, name) for name in names} | {
        "national_status": national.get_code(State(joint.state)),
        "parts": [_tell_part(line) for line in lines],
    }


def _tell_part(line: queries.PartLine) -> dict[str, Any]:
    names = ("no", "name", "procedure_code", "agency_name", "state_label", "outcome", "starts_at", "due_at",
             "planned_due_at", "is_begun", "is_dropped")  # fmt: skip
    dossier, slip = line.dossier, line.slip
    return {name: getattr(line, name) for name in names} | {
        "dossier_code": dossier.code if dossier else None,
        "state": dossier.state if dossier else None,
        "national_status": national.get_code(State(dossier.state)) if dossier else None,
        "slip_number": slip.number if slip else None,
    }
