"""Evidence of use, and whether what was sealed is still as it was."""

from motcua.audit.queries.entries import find_entries
from motcua.audit.queries.history import Fault, find_faults, find_late_rows
from motcua.audit.queries.seals import Sealing, find_unstamped, get_head, get_sealing

__all__ = [
    "Fault",
    "Sealing",
    "find_entries",
    "find_faults",
    "find_late_rows",
    "find_unstamped",
    "get_head",
    "get_sealing",
]
