"""A time-stamping authority in its own language, RFC 3161: asked over HTTP, and its answers read again."""

import urllib.request
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from cryptography import x509
from cryptography.x509.oid import NameOID
from rfc3161_client import (
    HashAlgorithm,
    PKIStatus,
    TimestampRequestBuilder,
    TimeStampResponse,
    VerificationError,
    VerifierBuilder,
    decode_timestamp_response,
)

_TIMEOUT_SECONDS = 15
_LARGEST_ANSWER = 100_000


class AuthorityError(Exception):
    """The authority did not answer, or its answer proves nothing."""


@dataclass(frozen=True, slots=True)
class Stamp:
    """An answer that was verified: whole, with the name and the time the authority gives."""

    authority: str
    stamped_at: datetime
    answer: bytes


def ask(url: str, root: bytes, *, trusted: str = "") -> Stamp:
    """Have a root stamped. ``trusted`` is a file of certificates (PEM); without it the signer is only named.

    :raises AuthorityError: no answer, a refusal, or an answer for something else.
    """
    request = TimestampRequestBuilder().data(root).hash_algorithm(HashAlgorithm.SHA256).build()
    answer = _post(url, request.as_bytes())
    response = _decode(answer)
    if response.tst_info.nonce != request.nonce:
        raise AuthorityError("the answer is to another question")
    certificates = _read_certificates(response)
    _verify(response, root, _load(trusted) if trusted else certificates[-1:])
    return Stamp(_name(certificates), response.tst_info.gen_time, answer)


def is_answer_for(answer: bytes, root: bytes, *, trusted: str = "") -> bool:
    """Whether a kept answer still stamps this very root with a signature that holds."""
    try:
        response = _decode(answer)
        _verify(response, root, _load(trusted) if trusted else _read_certificates(response)[-1:])
    except AuthorityError:
        return False
    return True


def _post(url: str, body: bytes) -> bytes:
    headers = {"Content-Type": "application/timestamp-query", "Accept": "application/timestamp-reply"}
    if not url.startswith(("http://", "https://")):
        raise AuthorityError("the address is not one of the web")
    try:
        with urllib.request.urlopen(
            urllib.request.Request(url, body, headers), timeout=_TIMEOUT_SECONDS
        ) as reply:
            return bytes(reply.read(_LARGEST_ANSWER))
    except OSError as fault:
        raise AuthorityError(type(fault).__name__) from fault


def _decode(answer: bytes) -> TimeStampResponse:
    try:
        response = decode_timestamp_response(answer)
    except ValueError as fault:
        raise AuthorityError("the answer cannot be read") from fault
    if response.status != PKIStatus.GRANTED:
        raise AuthorityError(f"refused with status {response.status}")
    return response


def _verify(response: TimeStampResponse, root: bytes, roots: list[x509.Certificate]) -> None:
    builder = VerifierBuilder()
    for certificate in roots:
        builder = builder.add_root_certificate(certificate)
    try:
        builder.build().verify_message(response, root)
    except (VerificationError, ValueError) as fault:
        raise AuthorityError(str(fault)) from fault


def _read_certificates(response: TimeStampResponse) -> list[x509.Certificate]:
    """The chain in the answer, the signer first."""
    found = [x509.load_der_x509_certificate(bytes(der)) for der in response.signed_data.certificates]
    if not found:
        raise AuthorityError("the answer names no signer")
    issuers = {certificate.issuer for certificate in found}
    return sorted(found, key=lambda c: (c.subject in issuers, c.subject == c.issuer))


def _name(certificates: list[x509.Certificate]) -> str:
    named = certificates[0].subject.get_attributes_for_oid(NameOID.COMMON_NAME)
    return str(named[0].value) if named else certificates[0].subject.rfc4514_string()


def _load(path: str) -> list[x509.Certificate]:
    return x509.load_pem_x509_certificates(Path(path).read_bytes())
