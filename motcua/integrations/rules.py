"""What may leave the house, and how often it is tried."""

from collections.abc import Mapping
from datetime import timedelta

# Names of personal data in our own words; a payload refers to the dossier instead.
PERSONAL = frozenset(
    {
        "full_name",
        "applicant_name",
        "name",
        "phone",
        "email",
        "address",
        "birth_on",
        "birth_text",
        "id_number",
        "identifier",
    }
)
MAX_ATTEMPTS = 12


def find_personal(payload: Mapping[str, object]) -> list[str]:
    """The keys of a payload, at any depth, that name personal data."""
    found = [key for key in payload if key in PERSONAL]
    for value in payload.values():
        if isinstance(value, Mapping):
            found += find_personal(value)
    return found


def wait_after(attempts: int) -> timedelta:
    """How long to wait after so many failures: one minute, doubling, at most six hours."""
    return timedelta(minutes=min(2 ** max(attempts - 1, 0), 360))
