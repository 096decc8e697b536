"""What slips have in common, by the names of their forms: filled once, spread into each."""

from typing import TypedDict

from motcua.documents.forms_data import Head


class FormFacts(TypedDict):
    """What every slip of a dossier begins with, by the names of `FormData`."""

    head: Head
    dossier_code: str
    tracking_url: str
    token: str
    is_reprint: bool
    reprint_note: str


class ApplicantFacts(FormFacts):
    """The same with the applicant, by the names of `ApplicantForm`."""

    applicant_name: str
    applicant_id_no: str
    address: str
    phone: str
    email: str
    request_content: str
    officer_name: str
