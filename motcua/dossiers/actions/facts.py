"""What the intake desk hands to the act of receiving."""

from dataclasses import dataclass
from datetime import datetime

from motcua.core.text import clean_line
from motcua.dossiers.rules.completeness import PartFacts
from motcua.people.actions import PersonFacts

__all__ = ["Application", "FeeLine", "Intake", "PartFacts", "PersonFacts", "Target"]

FeeLine = tuple[str, int, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Application:
    """Who is concerned by an application, whether for one procedure or a group of them."""

    applicant: PersonFacts
    submitter: PersonFacts | None = None
    authorised: PersonFacts | None = None
    authorisation: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Intake(Application):
    """One application as it lies on the desk.

    Four units are four facts: who helped (`supported_unit_id`), who receives (the actor's unit), who is competent and
    who returns. `fees` None takes those of the procedure; `part_files` are (component, stored file) pairs.
    `filed_as` is the national portal's code of what was filed there. Received outside the office (`site`), `received_at` is
    when the papers were taken there, today.
    """

    procedure_code: str
    portal_id: str | None = None
    case_id: int | None = None
    parts: tuple[PartFacts, ...] = ()
    part_files: tuple[tuple[int, int], ...] = ()
    missing_reason: str = ""
    channel: str = "counter"
    filed_as: str = ""
    site: str = "counter"
    site_place: str = ""
    received_at: datetime | None = None
    supported_unit_id: int | None = None
    competent_agency_id: int | None = None
    returning_unit_id: int | None = None
    result_delivery: str = "counter"
    return_place: str = ""
    copies_sets: int = 1
    agreed_due_at: datetime | None = None
    agreed_reason: str = ""
    fees: tuple[FeeLine, ...] | None = None
    note: str = ""


def choose_return_place(delivery: str, typed: str, applicant: PersonFacts) -> str:
    """Where the result goes: as typed, by post else to the applicant's address; empty is the unit that gives it back."""
    return clean_line(typed or (applicant.address if delivery == "postal" else ""))[:300]


@dataclass(frozen=True, slots=True)
class Target:
    """Who is to do the next step, where the process leaves a choice."""

    step_no: int
    assignee_id: int | None = None
