"""Secrets kept in the database: encrypted fields, keyed indexes for exact search, tokens.

Keys are derived by HKDF from ``MOTCUA_FIELD_KEYS`` (the first one writes, all of them read) or, where none is
set, from ``SECRET_KEY`` and its fallbacks. Rotation: put the new key first, re-encrypt and re-index, drop the old one.
"""

import hmac
import os
import secrets
from functools import lru_cache
from hashlib import sha256

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

_VERSION = b"\x01"
_NONCE, _NAME = 12, 4
# Without i, l, o, u: a token is read from paper and typed by hand.
_TOKEN_LETTERS = b"0123456789abcdefghjkmnpqrstvwxyz"
# Thirty-two letters: each is as likely as any other.
_LETTER_OF_BYTE = _TOKEN_LETTERS * 8


class SecretError(ValueError):
    """What was kept cannot be read with the keys at hand."""


def _secrets() -> list[str]:
    own = [key for key in getattr(settings, "MOTCUA_FIELD_KEYS", ()) if key]
    return own or [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]


@lru_cache(maxsize=64)
def _derive(secret: str, purpose: str) -> bytes:
    return HKDF(SHA256(), 32, salt=b"motcua", info=purpose.encode()).derive(secret.encode())


@lru_cache(maxsize=64)
def _cipher(secret: str) -> tuple[bytes, AESGCM]:
    key = _derive(secret, "field")
    return sha256(key).digest()[:_NAME], AESGCM(key)


def encrypt(text: str) -> bytes:
    """The text, readable only with the key: version, name of the key, nonce, ciphertext."""
    name, cipher = _cipher(_secrets()[0])
    nonce = os.urandom(_NONCE)
    return _VERSION + name + nonce + cipher.encrypt(nonce, text.encode(), _VERSION + name)


def decrypt(kept: bytes | memoryview) -> str:
    """The text of :func:`encrypt`, with whichever key wrote it; empty for nothing.

    :raises SecretError: no key at hand reads it, or it was altered.
    """
    kept = bytes(kept)
    if not kept:
        return ""
    head = kept[: 1 + _NAME]
    nonce, rest = kept[1 + _NAME : 1 + _NAME + _NONCE], kept[1 + _NAME + _NONCE :]
    for name, cipher in map(_cipher, _secrets()):
        if head == _VERSION + name:
            try:
                return cipher.decrypt(nonce, rest, head).decode()
            except InvalidTag as fault:
                raise SecretError("the kept text was altered") from fault
    raise SecretError("no key at hand reads this text")


def current_head() -> bytes:
    """How every text begins that the first key wrote."""
    return _VERSION + _cipher(_secrets()[0])[0]


def is_rotating() -> bool:
    """Whether older keys are still at hand beside the first."""
    return len(_secrets()) > 1


def is_current(kept: bytes | memoryview) -> bool:
    """Whether the first key wrote it; otherwise it waits to be encrypted anew."""
    return bytes(kept)[: 1 + _NAME] == current_head()


def blind_index(text: str, purpose: str) -> bytes:
    """A keyed fingerprint for exact search without reading: 16 bytes of HMAC-SHA256."""
    return blind_indexes(text, purpose)[0]


def blind_indexes(text: str, purpose: str) -> list[bytes]:
    """The fingerprint under every key at hand, the current one first: to search while keys rotate."""
    keys = [_derive(secret, f"index:{purpose}") for secret in _secrets()]
    return [hmac.digest(key, text.encode(), "sha256")[:16] for key in keys]


def new_token() -> str:
    """Twenty characters nobody guesses (100 bits) and anybody can type."""
    return secrets.token_bytes(20).translate(_LETTER_OF_BYTE).decode()
