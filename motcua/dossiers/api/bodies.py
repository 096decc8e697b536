"""The body of each act: exactly what its action takes."""

from dataclasses import fields
from datetime import date
from typing import Annotated, Any, Literal

from pydantic import Field, StringConstraints

from motcua.dossiers.actions import Intake, PartFacts, PersonFacts
from motcua.dossiers.api.words import (
    Count,
    Delivery,
    Id,
    Line,
    Moment,
    Outcome,
    ProcedureCode,
    Relation,
    Sent,
    Step,
    Words,
)


class PersonIn(Sent):
    """A person or an organisation, as it stands on their papers."""

    full_name: Line
    kind: Literal["person", "organisation"] = "person"
    id_number: Line = ""
    id_kind: Literal["", "citizen_id", "passport", "tax_code", "business_code", "old_id"] = ""
    old_id: Line = ""
    birth_on: date | None = None
    birth_text: Line = ""
    sex: Line = ""
    address: Line = ""
    phone: Line = ""
    email: Line = ""

    def to_facts(self) -> PersonFacts:
        """What the action takes."""
        return PersonFacts(**self.model_dump())


class PartIn(Sent):
    """A paper of the procedure's sheet, counted."""

    component_id: Id
    originals: Count = 0
    copies: Count = 0
    is_present: bool = True
    note: Line = ""


class PartFileIn(Sent):
    """A file kept before by `POST /files`, as a scan of one paper."""

    component_id: Id
    file_id: Id


class ReceiveIn(Sent):
    """An application at the counter; unit ids left out follow from the procedure and the receiving unit.

    Received outside the office, `site` says how, `site_place` where and `received_at` when, today.
    """

    procedure_code: ProcedureCode
    portal_id: Line | None = None
    case_id: Id | None = None
    applicant: PersonIn
    submitter: PersonIn | None = None
    authorised: PersonIn | None = None
    authorisation: Line = ""
    parts: list[PartIn] = Field(default=[], max_length=200)
    part_files: list[PartFileIn] = Field(default=[], max_length=200)
    missing_reason: Words = ""
    channel: Literal["counter", "online_assisted", "postal"] = "counter"
    site: Literal["counter", "mobile", "inspection"] = "counter"
    site_place: Line = ""
    received_at: Moment | None = None
    supported_unit_id: Id | None = None
    competent_agency_id: Id | None = None
    returning_unit_id: Id | None = None
    result_delivery: Delivery = "counter"
    return_place: Line = ""
    copies_sets: int = Field(default=1, ge=1, le=99)
    agreed_due_at: Moment | None = None
    agreed_reason: Words = ""
    note: Words = ""

    def to_intake(self) -> Intake:
        """What the action takes."""
        plain: dict[str, Any] = {
            f.name: getattr(self, f.name) for f in fields(Intake) if f.name in type(self).model_fields
        }
        persons = {
            role: person.to_facts()
            for role in ("applicant", "submitter", "authorised")
            if (person := getattr(self, role)) is not None
        }
        parts = tuple(PartFacts(**part.model_dump()) for part in self.parts)
        files = tuple((one.component_id, one.file_id) for one in self.part_files)
        return Intake(**plain | persons | {"parts": parts, "part_files": files})


class RefuseIn(ReceiveIn):
    """An application refused at the counter, with the reason in writing."""

    reason: Words
    basis: Line = ""


class OnTask(Sent):
    """Which of the caller's open tasks, where there are several."""

    task_id: Id | None = None


class StartIn(OnTask):
    note: Words = ""


class TakeIn(OnTask):
    assignee_id: Id | None = None


class HandOverIn(OnTask):
    note: Words = ""
    assignee_id: Id | None = None


class ProposeIn(OnTask):
    outcome: Outcome
    note: Words = ""
    assignee_id: Id | None = None


class DecideIn(OnTask):
    outcome: Outcome
    note: Words = ""


class RedoIn(OnTask):
    note: Words
    to_step: Step | None = None


class AskIn(OnTask):
    """`unit_id`, or `outside_name` of a body that has no desk here; silence is a yes only by a law, its `silence_basis`."""

    unit_id: Id | None = None
    outside_name: Annotated[str, StringConstraints(max_length=200, pattern=r"^[^\x00]*$")] = ""
    question: Words
    due_at: Moment
    silence: Literal["waits", "agrees"] = "waits"
    silence_basis: Line = ""


class AnswerIn(OnTask):
    answer: Words


class CollectorIn(Sent):
    """Who collects a result, how, and whether they still hold the receipt."""

    collector_name: Line
    collector_relation: Relation = "applicant"
    collector_id_number: Line = ""
    method: Delivery = "counter"
    has_receipt: bool = False


class ReturnIn(CollectorIn, OnTask):
    """To whom the result of one dossier is given back."""


class AskedIn(Sent):
    """How the applicant asked for the end and on which day, as the notice says it; empty where nobody asked."""

    request_channel: Literal["", "counter", "postal", "online", "written"] = ""
    requested_on: date | None = None


class WithdrawIn(AskedIn):
    reason: Words


class StopIn(AskedIn):
    reason: Words
    basis: Line = ""


class VoidIn(Sent):
    reason: Words


class SignIn(OnTask):
    signed_on: date
    signer_name: Line
    signer_position: Line = ""
    title: Line = ""
    series: Line = ""


class RequestSupplementIn(OnTask):
    """Everything that is missing, at once; `answer_days` differs from the general number only with its `basis`."""

    items: list[Line] = Field(min_length=1, max_length=100)
    reason: Words
    basis: Line = ""
    answer_days: int | None = Field(default=None, ge=1, le=120)
    override_reason: Words = ""
    contact_phone: str = Field(default="", max_length=40, pattern=r"^[0-9 +().-]*$")


class AcceptSupplementIn(OnTask):
    """`part_ids`: papers that were missing and are there now; `part_files`: pairs of a paper and a kept scan of it."""

    part_ids: list[Id] = Field(default=[], max_length=200)
    part_files: list[tuple[Id, Id]] = Field(default=[], max_length=200)
    note: Words = ""


class CloseUnansweredIn(OnTask):
    note: Words = ""


class RequestPaymentIn(OnTask):
    paper: Line
    review_at: Moment
    note: Words = ""


class ProofIn(OnTask):
    proof: Line


class SuspendIn(Sent):
    """`ground`: a wait the law lets the clock stand still for; a payment has an act of its own."""

    ground: Literal["opinion"] = "opinion"
    basis: Line
    review_at: Moment
    note: Words = ""


class ExtendIn(Sent):
    new_due_at: Moment
    reason: Words
    basis: Line
    signer_title: Line = ""


class ApologiseIn(Sent):
    new_due_at: Moment
    cause: Literal["coordination", "verification", "workload", "system", "other"]
    reason: Words
    explanation: Words = ""
    signer_title: Line = ""


class OnSpotIn(OnTask):
    """`signer_id`: a leader of the deciding agency; without one the caller's officer signs by `delegation`."""

    signer_id: Id | None = None
    delegation: Line = ""
    title: Line = ""
    collector_name: Line
    series: Line = ""
    note: Words = ""


class ReopenIn(Sent):
    reason: Words
    basis: Line
