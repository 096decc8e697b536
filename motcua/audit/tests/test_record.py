"""What was done and read, by whom, under which post."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from motcua.audit import actions as audit
from motcua.audit import queries
from motcua.audit.models import Entry
from motcua.core.trace import name_request

pytestmark = pytest.mark.django_db
AT = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)


@dataclass(frozen=True)
class Officer:
    user_id: int = 7
    person_name: str = "Cán bộ thử nghiệm"
    post: str = "intake_officer"
    unit_id: int = 30
    unit_name: str = "Trung tâm phục vụ hành chính công"


def test_an_act_is_kept_with_person_post_and_unit_in_one_statement():
    name_request("request-1")
    with CaptureQueriesContext(connection) as asked:
        audit.record("dossiers.receive", actor=Officer(), subject="dossiers.dossier:12", at=AT)
    assert len(asked) == 1
    kept = Entry.objects.get()
    assert (kept.what, kept.subject, kept.at, kept.request_id) == (
        "dossiers.receive",
        "dossiers.dossier:12",
        AT,
        "request-1",
    )
    assert (kept.user_id, kept.post, kept.unit_id, kept.unit_name) == (
        7,
        "intake_officer",
        30,
        Officer().unit_name,
    )


def test_reading_a_list_is_one_row_with_what_was_shown():
    audit.record_reading("dossiers.inbox", actor=Officer(), ids=(n for n in [3, 1, 2]), at=AT)
    assert Entry.objects.get().ids == [3, 1, 2]


def test_reading_an_empty_list_leaves_nothing():
    audit.record_reading("dossiers.inbox", actor=Officer(), ids=[], at=AT)
    assert not Entry.objects.exists()


@pytest.mark.parametrize(("actor", "name"), [(None, ""), ("system", "system")])
def test_a_citizen_has_no_name_here_and_a_job_is_the_system(actor, name):
    audit.record("dossiers.tracked", actor=actor, subject="dossiers.dossier:1", at=AT)
    kept = Entry.objects.get()
    assert (kept.user_id, kept.unit_id, kept.person_name) == (None, None, name)


def test_a_long_note_is_cut_to_its_column():
    audit.record("x", actor=None, note="n" * 900, at=AT)
    assert len(Entry.objects.get().note) == 500


def test_an_administrator_finds_entries_by_act_person_subject_and_unit():
    audit.record("dossiers.receive", actor=Officer(), subject="dossiers.dossier:1", at=AT)
    audit.record("dossiers.inbox", actor=Officer(user_id=8, person_name="Người khác", unit_id=31), at=AT)
    audit.record("people.seen", actor=None, at=AT)

    def acts(**asked):
        return [e.what for e in queries.find_entries(**asked).rows]

    assert acts() == ["people.seen", "dossiers.inbox", "dossiers.receive"]
    assert acts(what="dossiers.") == ["dossiers.inbox", "dossiers.receive"]
    assert acts(person="người") == ["dossiers.inbox"]
    assert acts(subject="dossiers.dossier:1") == acts(unit_id=30) == acts(user_id=7) == ["dossiers.receive"]


def test_entries_come_by_pages():
    for n in range(5):
        audit.record(f"t.{n}", actor=None, at=AT + timedelta(minutes=n))
    first = queries.find_entries(size=3)
    second = queries.find_entries(first.next_cursor, size=3)
    assert [e.what for e in first.rows + second.rows] == ["t.4", "t.3", "t.2", "t.1", "t.0"]


@pytest.fixture
def careful(transactional_db):
    """A word of its own for how a commit waits, whatever the server of the tests is told."""
    with connection.cursor() as cursor:
        cursor.execute("SET synchronous_commit = 'local'")
        yield
        cursor.execute("RESET synchronous_commit")


def ask_durability() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SHOW synchronous_commit")
        return cursor.fetchone()[0]


@pytest.mark.usefixtures("careful")
def test_a_page_does_not_wait_for_the_disk_and_what_comes_after_it_does():
    with CaptureQueriesContext(connection) as asked:
        audit.record_reading("dossiers.inbox", actor=Officer(), ids=[1], at=AT)
    assert len(asked) == 1 and "synchronous_commit" in asked[0]["sql"]
    assert Entry.objects.get().ids == [1]
    assert ask_durability() == "local"


@pytest.mark.usefixtures("careful")
def test_a_reading_that_is_part_of_an_act_waits_with_it():
    with transaction.atomic():
        audit.record_reading("dossiers.inbox", actor=Officer(), ids=[1], at=AT)
        assert ask_durability() == "local"
