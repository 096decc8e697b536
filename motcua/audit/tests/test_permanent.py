"""What is kept for good: the database itself refuses to change it."""

from datetime import UTC, date, datetime

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, transaction

from motcua.audit.models import Entry
from motcua.core.models import PermanentError
from motcua.core.partitions import ensure_partitions, permanent_tables

pytestmark = pytest.mark.django_db
AT = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)


def run(sql, *values):
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, values)
        return cursor.fetchall() if cursor.description else None


def partition_of(entry):
    return run("SELECT tableoid::regclass::text FROM audit_entry WHERE id = %s", entry.pk)[0][0]


@pytest.fixture
def entry():
    return Entry.objects.create(at=AT, what="tests.tried")


@pytest.mark.parametrize("table", ["audit_entry", "audit_entry_default"])
@pytest.mark.parametrize("statement", ["UPDATE {} SET note = 'x'", "DELETE FROM {}"])
def test_the_database_refuses_change(entry, table, statement):
    with pytest.raises(IntegrityError, match="permanent"):
        run(statement.format(table))
    assert Entry.objects.get().note == ""


@pytest.mark.parametrize("table", ["audit_entry", "audit_entry_2026_03"])
def test_the_database_refuses_to_be_emptied(entry, table):
    ensure_partitions(date(2026, 3, 1), 1)
    run("SET LOCAL motcua.may_empty = 'off'")
    with pytest.raises(IntegrityError, match="permanent"):
        run(f"TRUNCATE {table}")


def test_a_new_month_refuses_change_as_well():
    ensure_partitions(date(2026, 5, 1), 1)
    kept = Entry.objects.create(at=datetime(2026, 5, 9, tzinfo=UTC), what="tests.tried")
    assert partition_of(kept) == "audit_entry_2026_05"
    for statement in ("UPDATE audit_entry_2026_05 SET note = 'x'", "DELETE FROM audit_entry_2026_05"):
        with pytest.raises(IntegrityError, match="permanent"):
            run(statement)


def test_the_model_refuses_before_the_database_does(entry):
    for change in (
        entry.save,
        entry.delete,
        Entry.objects.all().delete,
        lambda: Entry.objects.update(note="x"),
    ):
        with pytest.raises(PermanentError):
            change()
    with pytest.raises(PermanentError):
        Entry.objects.bulk_update([entry], ["note"])


def test_months_begin_at_midnight_in_viet_nam_and_are_made_once():
    made = ensure_partitions(date(2025, 12, 15), 2)
    assert {"audit_entry_2025_12", "audit_entry_2026_01"} <= set(made)
    assert ensure_partitions(date(2025, 12, 1), 2) == []
    before = Entry.objects.create(at=datetime(2025, 12, 31, 16, 59, tzinfo=UTC), what="t")
    after = Entry.objects.create(at=datetime(2025, 12, 31, 17, 0, tzinfo=UTC), what="t")
    assert (partition_of(before), partition_of(after)) == ("audit_entry_2025_12", "audit_entry_2026_01")


def test_rows_that_came_before_their_month_are_brought_over(entry):
    other = Entry.objects.create(at=datetime(2026, 8, 2, tzinfo=UTC), what="t")
    assert partition_of(entry) == "audit_entry_default"
    ensure_partitions(date(2026, 3, 1), 1)
    assert partition_of(entry) == "audit_entry_2026_03"
    assert partition_of(other) == "audit_entry_default"
    for statement in ("UPDATE audit_entry_default SET note = 'x'", "DELETE FROM audit_entry_2026_03"):
        with pytest.raises(IntegrityError, match="permanent"):
            run(statement)
    assert Entry.objects.create(at=AT, what="t").pk > other.pk


def test_every_permanent_table_is_partitioned_and_guarded():
    for table in permanent_tables():
        ((kind,),) = run("SELECT relkind::text FROM pg_class WHERE oid = to_regclass(%s)", f'"{table}"')
        assert kind == "p", f"{table}: append partitioned_by_month_sql to its migration"
        triggers = {
            name
            for (name,) in run("SELECT tgname FROM pg_trigger WHERE tgrelid = to_regclass(%s)", f'"{table}"')
        }
        assert {f"{table}_is_permanent", f"{table}_is_kept"} <= triggers


def test_the_command_makes_months_and_says_how_a_month_is_written(capsys):
    call_command("ensure_partitions", "--first", "2031-01", "--months", "1")
    assert "partitions made" in capsys.readouterr().out
    with pytest.raises(CommandError, match="2025-07"):
        call_command("ensure_partitions", "--first", "July")
