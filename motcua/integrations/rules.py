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


def find_personal(value: object) -> list[str]:
    """The keys of a payload, at any depth, that name personal data."""
    if isinstance(value, Mapping):
        named = [str(key) for key in value if key in PERSONAL]
        return named + [key for inner in value.values() for key in find_personal(inner)]
    if isinstance(value, list | tuple):
        return [key for inner in value for key in find_personal(inner)]
    return []


def wait_after(attempts: int) -> timedelta:
    """How long to wait after so many failures: one minute, doubling, at most six hours."""
    return timedelta(minutes=min(2 ** max(attempts - 1, 0), 360))
