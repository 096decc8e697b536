"""What may be done to internal processes."""

from motcua.processes.actions.drafting import DraftFacts, discard_draft, save_draft
from motcua.processes.actions.importing import ProcessDifference, import_processes
from motcua.processes.actions.loading import load_processes
from motcua.processes.actions.publishing import publish

__all__ = [
    "DraftFacts",
    "ProcessDifference",
    "discard_draft",
    "import_processes",
    "load_processes",
    "publish",
    "save_draft",
]
