"""What may leave the house, under which key, and how often it is tried."""

import hmac
import json
from collections.abc import Mapping
from datetime import timedelta
from hashlib import sha256
from types import NoneType
from zoneinfo import ZoneInfo

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
STATUSES = range(1, 11)
"""The statuses of the National Public Service Portal."""

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
_WORDS = (str, int, float, NoneType)
"""What holds no keys; most of a payload."""
MAX_ATTEMPTS = 12
NEIGHBOUR_AWAY = timedelta(minutes=1)
LEASE = timedelta(minutes=3)
"""How long a deliverer may hold a message; after that another takes it to be lost and tries again."""


def find_personal(value: object) -> list[str]:
    """The keys of a payload, at any depth, that name personal data."""
    if isinstance(value, dict | Mapping):
        named = [str(key) for key in value if key in PERSONAL]
        deeper = [inner for inner in value.values() if not isinstance(inner, _WORDS)]
        return named + [key for inner in deeper for key in find_personal(inner)]
    if isinstance(value, list | tuple):
        return [key for inner in value for key in find_personal(inner)]
    return []


def wait_after(attempts: int) -> timedelta:
    """How long to wait after so many failures: one minute, doubling, at most six hours."""
    return timedelta(minutes=min(2 ** max(attempts - 1, 0), 360))


def make_key(reference: str, sequence: int, message_id: int, *, is_replay: bool) -> str:
    """The name under which a message is told any number of times and counts once; a replay is told anew."""
    return f"{reference}:{sequence}" + (f":{message_id}" if is_replay else "")


def require_status(value: object) -> int:
    """The national status of a payload.

    :raises ValueError: there is none, or it is not one of the ten: an error to be seen, never a blank.
    """
    if isinstance(value, bool) or not isinstance(value, int) or value not in STATUSES:
        raise ValueError(f"status {value!r} is none of the portal's ten")
    return value


def sign(secret: str, body: bytes) -> str:
    """The signature of a message that comes in: HMAC-SHA256 of its bytes."""
    return "sha256=" + hmac.new(secret.encode(), body, sha256).hexdigest()


def is_signed(secret: str, body: bytes, signature: str) -> bool:
    """Whether whoever sent it knows the secret; without a secret nobody does."""
    return bool(secret) and hmac.compare_digest(sign(secret, body), signature)


def fingerprint(topic: str, reference: str, sequence: int, body: object) -> str:
    """The same words have the same fingerprint, whatever the order of their fields."""
    words = json.dumps([topic, reference, sequence, body], ensure_ascii=False, sort_keys=True, default=str)
    return sha256(words.encode()).hexdigest()
