"""What may be done to internal processes."""

from motcua.processes.actions.drafting import DraftFacts, discard_draft, save_draft
from motcua.processes.actions.importing import ProcessDifference, address_to, import_processes
from motcua.processes.actions.loading import load_processes
from motcua.processes.actions.publishing import publish
from motcua.processes.actions.submitting import submit_draft, take_back

__all__ = [
    "DraftFacts",
    "ProcessDifference",
    "address_to",
    "discard_draft",
    "import_processes",
    "load_processes",
    "publish",
    "save_draft",
    "submit_draft",
    "take_back",
]
