"""Six-digit codes that change every thirty seconds (TOTP, RFC 6238) and how many wrong tries are too many. Pure."""

import base64
import hmac
import re
import secrets
import struct
from dataclasses import dataclass
from datetime import timedelta
from urllib.parse import quote

MOST_TRIES = 5
MOST_TRIES_OF_AN_ADDRESS = 100
LOCK = timedelta(minutes=15)
STEP_SECONDS = 30
DIGITS = 6
RECOVERY_CODES = 10
# Without 0, o, 1, l, i: read from paper.
_LETTERS = "23456789abcdefghjkmnpqrstuvwxyz"


@dataclass(frozen=True, slots=True)
class SignedIn:
    """Who signs in, as evidence names them: before a post is chosen."""

    user_id: int
    person_name: str
    post: str = ""
    unit_id: int = 0
    unit_name: str = ""


def new_secret() -> str:
    """A secret for an authenticator: 160 bits in base 32."""
    return base64.b32encode(secrets.token_bytes(20)).decode()


def new_recovery_codes() -> list[str]:
    """Ten codes, each good once."""
    letters = [[secrets.choice(_LETTERS) for _ in range(10)] for _ in range(RECOVERY_CODES)]
    return ["".join(code[:5]) + "-" + "".join(code[5:]) for code in letters]


def get_code(secret: str, step: int) -> str:
    """The digits for one step of thirty seconds (RFC 4226 §5.3 with SHA-1, as authenticators use)."""
    digest = hmac.digest(base64.b32decode(secret), struct.pack(">Q", step), "sha1")
    offset = digest[-1] & 0x0F
    number = struct.unpack(">I", digest[offset : offset + 4])[0] & 0x7FFFFFFF
    return str(number % 10**DIGITS).zfill(DIGITS)


def find_step(secret: str, code: str, timestamp: float, after: int) -> int | None:
    """The step whose code this is, one either side of now allowed; a step once used never again (RFC 6238 §5.2)."""
    now = int(timestamp) // STEP_SECONDS
    for step in (now, now - 1, now + 1):
        if step > after and hmac.compare_digest(get_code(secret, step), code):
            return step
    return None


def get_enrolment_address(secret: str, username: str, issuer: str) -> str:
    """What the authenticator reads from the QR."""
    label = quote(f"{issuer}:{username}")
    return (
        f"otpauth://totp/{label}?secret={secret}&issuer={quote(issuer)}&digits={DIGITS}&period={STEP_SECONDS}"
    )


# Typed on any keyboard, and read out over a telephone.
USERNAME = r"^[a-z0-9][a-z0-9._-]*$"


def is_username(text: str) -> bool:
    """Whether a name may be signed in with: small letters without accents, digits, dot, dash and underscore."""
    return re.fullmatch(USERNAME, text) is not None
