"""Encrypted fields, keyed indexes, tokens, and the change of keys."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.core import secret


@pytest.fixture
def keys(settings):
    def use(*given):
        settings.MOTCUA_FIELD_KEYS = list(given)

    return use


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_what_was_encrypted_is_read_again(text):
    assert secret.decrypt(secret.encrypt(text)) == text


def test_the_same_text_is_never_kept_twice_alike():
    assert secret.encrypt("079204001234") != secret.encrypt("079204001234")


def test_nothing_of_the_text_is_seen_in_what_is_kept(keys):
    keys("one")
    assert b"079204001234" not in secret.encrypt("079204001234")


def test_after_a_new_key_the_old_text_is_read_and_waits_to_be_encrypted_anew(keys):
    keys("old")
    kept, index = secret.encrypt("0912345678"), secret.blind_index("0912345678", "phone")
    keys("new", "old")
    assert secret.decrypt(kept) == "0912345678"
    assert not secret.is_current(kept)
    assert secret.is_current(secret.encrypt("0912345678"))
    assert index in secret.blind_indexes("0912345678", "phone")
    assert secret.blind_index("0912345678", "phone") != index


def test_without_its_key_the_text_stays_secret(keys):
    keys("old")
    kept = secret.encrypt("0912345678")
    keys("new")
    with pytest.raises(secret.SecretError):
        secret.decrypt(kept)


def test_altered_text_is_noticed():
    kept = bytearray(secret.encrypt("0912345678"))
    kept[-1] ^= 1
    with pytest.raises(secret.SecretError):
        secret.decrypt(bytes(kept))


def test_without_field_keys_the_secret_key_serves_and_its_fallbacks_read(keys, settings):
    keys()
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "first", []
    kept = secret.encrypt("x")
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "second", ["first"]
    assert secret.decrypt(kept) == "x"


def test_an_index_speaks_for_its_purpose_alone():
    assert len(secret.blind_index("0912345678", "phone")) == 16
    assert secret.blind_index("0912345678", "phone") == secret.blind_index("0912345678", "phone")
    assert secret.blind_index("0912345678", "phone") != secret.blind_index("0912345678", "identifier")


def test_a_token_is_typed_by_hand_and_never_met_twice():
    tokens = {secret.new_token() for _ in range(1000)}
    assert len(tokens) == 1000
    assert all(len(t) == 20 and t.isalnum() and t.isascii() and not set(t) & set("ilou") for t in tokens)
