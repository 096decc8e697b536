"""The root of a day is stamped by an authority outside the house; a real little one answers in these tests."""

from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace

import pytest
from cryptography.hazmat.primitives.serialization import Encoding
from django.db import connection, transaction

from motcua.audit import actions as audit
from motcua.audit import authority, jobs, queries
from motcua.audit.models import RootStamp
from motcua.audit.tests.settling import seal
from motcua.pretend.serving import running
from motcua.pretend.tsa import NAME, TimeAuthority, make_authority
from motcua.pretend.weather import Trouble

AT = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)
DAY = date(2026, 3, 2)
ROOT = bytes(range(32))


@pytest.fixture(scope="module")
def own():
    return make_authority()


@pytest.fixture
def tsa(own, settings):
    neighbour = TimeAuthority(own)
    with running(neighbour) as server:
        settings.MOTCUA_TSA_URL = f"{server.url}/"
        settings.MOTCUA_TSA_CERTIFICATES = ""
        yield SimpleNamespace(url=f"{server.url}/", neighbour=neighbour)


def test_an_answer_is_for_one_root_and_for_no_other(tsa):
    stamp = authority.ask(tsa.url, ROOT)
    assert stamp.authority == NAME and stamp.stamped_at.tzinfo is not None
    assert authority.is_answer_for(stamp.answer, ROOT)
    assert not authority.is_answer_for(stamp.answer, bytes(32))


@pytest.mark.parametrize("place", [40, 400, -20])
def test_an_answer_altered_in_one_bit_stamps_nothing(tsa, place):
    answer = bytearray(authority.ask(tsa.url, ROOT).answer)
    answer[place] ^= 1
    assert not authority.is_answer_for(bytes(answer), ROOT)


def test_only_a_signer_of_the_named_root_is_believed(tsa, own, tmp_path):
    trusted, strange = tmp_path / "trusted.pem", tmp_path / "strange.pem"
    trusted.write_bytes(own.root.public_bytes(Encoding.PEM))
    strange.write_bytes(make_authority().root.public_bytes(Encoding.PEM))
    assert authority.ask(tsa.url, ROOT, trusted=str(trusted)).authority == NAME
    with pytest.raises(authority.AuthorityError):
        authority.ask(tsa.url, ROOT, trusted=str(strange))


@pytest.mark.parametrize("trouble", [Trouble.DOWN, Trouble.BUSY, Trouble.LOST_ANSWER])
@pytest.mark.django_db(transaction=True)
def test_an_authority_that_is_away_is_asked_again(tsa, trouble):
    audit.close_day(DAY, at=AT + timedelta(days=1))
    tsa.neighbour.weather.foretell([trouble])
    assert jobs.stamp_roots(AT) == 0 and queries.get_sealing().unstamped == 1
    assert jobs.stamp_roots(AT) == 1 and queries.get_sealing().unstamped == 0
    assert jobs.stamp_roots(AT) == 0
    assert list(queries.find_faults()) == []


@pytest.mark.django_db(transaction=True)
def test_a_root_written_anew_no_longer_fits_its_stamp(tsa):
    audit.record("tests.tried", actor=None, at=AT)
    seal(AT)
    assert jobs.close_days(AT + timedelta(days=1)) == 1
    with transaction.atomic(), connection.cursor() as cursor:
        for table in ("audit_dayroot", "audit_seal"):
            cursor.execute(f"ALTER TABLE {table}_default DISABLE TRIGGER USER")
            cursor.execute(f"UPDATE {table} SET hash = %s", [bytes(32)])
            cursor.execute(f"ALTER TABLE {table}_default ENABLE TRIGGER USER")
    assert "stamp" in {fault.kind for fault in queries.find_faults()}
    assert RootStamp.objects.get().authority == NAME


def test_a_kept_authority_is_the_same_after_a_restart(tmp_path):
    first, second = make_authority(tmp_path), make_authority(tmp_path)
    assert first.root == second.root
    assert (tmp_path / "tsa.pem").stat().st_mode & 0o077 == 0


def test_an_address_that_is_not_of_the_web_is_not_opened(tmp_path):
    (tmp_path / "answer").write_bytes(b"x")
    with pytest.raises(authority.AuthorityError):
        authority.ask(f"file://{tmp_path}/answer", ROOT)
