"""What machines are told of a dossier."""

from datetime import date, datetime

from ninja import Schema

from motcua.dossiers.rules.states import Act, State


class AllowedAct(Schema):
    """An act open to the caller now."""

    act: Act
    label: str
    is_primary: bool


class DossierRow(Schema):
    """A dossier in a list."""

    code: str
    revision: int
    state: State
    state_label: str
    outcome: str
    applicant_name: str
    procedure_code: str
    procedure_name: str
    received_at: datetime
    due_at: datetime | None
    finished_at: datetime | None


class DossierPage(Schema):
    """A page of a list; follow `next_cursor` for more."""

    items: list[DossierRow]
    next_cursor: str | None
    previous_cursor: str | None


class ClockLine(Schema):
    """One line of the explanation of the due moment."""

    text: str
    at: datetime | None
    article: str


class Clock(Schema):
    """How far, until when and why."""

    received_at: datetime
    due_at: datetime | None
    finished_at: datetime | None
    words: str
    judgement: str
    is_late: bool
    is_provisional: bool
    lines: list[ClockLine]


class FileRow(Schema):
    """A stored file."""

    id: int
    original_name: str
    media_type: str
    size: int
    sha256: str


class PartRow(Schema):
    """A paper as handed in."""

    component_id: int
    name: str
    originals: int
    copies: int
    is_present: bool
    note: str
    shown_files: list[FileRow]


class PartyRow(Schema):
    """A person of the dossier, numbers masked."""

    role: str
    kind: str
    full_name: str
    birth_text: str
    sex: str
    address: str
    id_kind: str
    masked_id: str
    masked_phone: str
    authorisation: str


class TaskRow(Schema):
    """A step waiting or done."""

    id: int
    kind: str
    step_no: int | None
    name: str
    post: str
    unit_id: int
    assignee_id: int | None
    opened_at: datetime
    due_at: datetime
    taken_at: datetime | None
    done_at: datetime | None
    outcome: str


class OpinionRow(Schema):
    """What another unit was asked and answered."""

    asked_unit_id: int
    asked_unit_name: str
    question: str
    asked_at: datetime
    due_at: datetime
    answered_at: datetime | None
    answer: str


class ResultRow(Schema):
    """A numbered result."""

    number: str
    title: str
    signed_on: date
    signer_name: str
    voided_at: datetime | None
    file: FileRow | None


class HistoryRow(Schema):
    """One act as a person reads it."""

    at: datetime
    act: str
    sentence: str
    note: str
    basis: str
    state_label: str
    revision: int


class DossierFull(DossierRow):
    """Everything of one dossier."""

    channel: str
    result_delivery: str
    receiving_unit_id: int
    competent_agency_id: int
    returning_unit_id: int
    supported_unit_id: int | None
    clock: Clock
    allowed_acts: list[AllowedAct]
    parties: list[PartyRow]
    parts: list[PartRow]
    tasks: list[TaskRow]
    opinions: list[OpinionRow]
    results: list[ResultRow]
    history: list[HistoryRow]


class Officer(Schema):
    """Somebody who holds the post of a step."""

    id: int
    name: str


class NextStepRow(Schema):
    """A step that opens when the caller's task is done, and who may be given it as `assignee_id`."""

    no: int
    name: str
    post: str
    unit_id: int
    unit_name: str
    officers: list[Officer]


class StepBackRow(Schema):
    """A done step the dossier may be sent back to, as `to_step`."""

    no: int
    name: str


class Onward(Schema):
    """Where the dossier may go from the caller's task; both empty when no task waits for the caller."""

    next: list[NextStepRow]
    back: list[StepBackRow]


class DossierStanding(Schema):
    """A dossier after an act: where it stands and what is possible next."""

    code: str
    revision: int
    state: State
    state_label: str
    outcome: str
    due_at: datetime | None
    allowed_acts: list[AllowedAct]


class JointPartRow(Schema):
    """One part of a whole; its dossier once it has begun."""

    no: int
    name: str
    procedure_code: str
    agency_name: str
    dossier_code: str | None
    state: State | None
    state_label: str
    national_status: int | None
    outcome: str
    starts_at: datetime
    due_at: datetime
    planned_due_at: datetime
    is_begun: bool
    is_dropped: bool
    slip_number: str | None


class JointStanding(Schema):
    """A whole after an act: where it stands, and where each part does."""

    code: str
    state: State
    state_label: str
    national_status: int
    outcome: str
    due_at: datetime
    finished_at: datetime | None
    parts: list[JointPartRow]


class JointFull(JointStanding):
    """Everything of one whole; a part is read under its own code."""

    name: str
    channel: str
    applicant_name: str
    filed_as: str
    received_at: datetime
    original_due_at: datetime
    receiving_unit_id: int
    returning_unit_id: int
