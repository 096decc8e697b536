"""History is fixed by hash: whoever may change the tables themselves still cannot do so unseen."""

import threading
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection, transaction

from motcua.audit import actions as audit
from motcua.audit import jobs, queries, rules
from motcua.audit.models import DayRoot, Entry, RootStamp, Seal
from motcua.audit.tests.settling import seal, settle
from motcua.commands import verify_history
from motcua.core import chronology

pytestmark = pytest.mark.django_db(transaction=True)
AT = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)
DAY = date(2026, 3, 2)


def write(count=3, at=AT):
    for n in range(count):
        audit.record(f"tests.tried.{n}", actor=None, subject=f"tests:{n}", at=at + timedelta(minutes=n))


def as_owner(statement, *values, table="audit_entry"):
    """What the owner of the tables can do: set the triggers aside first."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT relid::regclass::text FROM pg_partition_tree(%s) WHERE isleaf", [table])
        leaves = [name for (name,) in cursor.fetchall()]
        for leaf in leaves:
            cursor.execute(f"ALTER TABLE {leaf} DISABLE TRIGGER USER")
        cursor.execute(statement, values)
        for leaf in leaves:
            cursor.execute(f"ALTER TABLE {leaf} ENABLE TRIGGER USER")


def faults():
    return [(f.kind, f.table, f.id, f.day) for f in queries.find_faults()]


@pytest.fixture
def sealed():
    """Three rows, sealed two and one."""
    write(2)
    seal(AT + timedelta(minutes=5))
    write(1, AT + timedelta(hours=1))
    seal(AT + timedelta(hours=2))
    return list(Entry.objects.order_by("id"))


def test_what_was_written_is_sealed_once_and_is_whole(sealed):
    assert [s.row_count for s in Seal.objects.order_by("id")] == [2, 1]
    assert seal(AT + timedelta(hours=3)) == 0
    assert faults() == []


def test_an_altered_row_is_named(sealed):
    as_owner("UPDATE audit_entry SET note = 'x' WHERE id = %s", sealed[1].pk)
    assert faults() == [("altered", "audit_entry", sealed[1].pk, DAY)]


def test_no_column_can_be_altered_unseen(sealed):
    values = {"at": "2026-03-05 08:00+00", "ids": "[9]"}
    for column in ("at", "unit_name", "person_name", "post", "what", "subject", "ids", "request_id"):
        with transaction.atomic():
            as_owner(
                f"UPDATE audit_entry SET {column} = %s WHERE id = %s",
                values.get(column, "khác"),
                sealed[0].pk,
            )
            assert faults()[:1] == [("altered", "audit_entry", sealed[0].pk, DAY)], column
            transaction.set_rollback(True)
        assert faults() == []


def test_a_row_moved_in_the_order_is_altered_not_lost(sealed):
    as_owner("UPDATE audit_entry SET xact_id = xact_id + 1000000 WHERE id = %s", sealed[0].pk)
    assert faults() == [("altered", "audit_entry", sealed[0].pk, DAY)]


def test_a_deleted_row_is_named_by_the_day_it_told_of(sealed):
    as_owner("DELETE FROM audit_entry WHERE id = %s", sealed[2].pk)
    assert faults() == [("deleted", "audit_entry", sealed[2].pk, DAY)]


def test_a_row_slipped_in_among_sealed_ones_is_named(sealed):
    as_owner(
        "INSERT INTO audit_entry (at, unit_name, person_name, post, what, subject, ids, note, request_id, xact_id)"
        " SELECT at, unit_name, person_name, post, 'forged', subject, ids, note, request_id, xact_id"
        " FROM audit_entry WHERE id = %s",
        sealed[0].pk,
    )
    forged = Entry.objects.get(what="forged")
    assert faults() == [("inserted", "audit_entry", forged.pk, DAY)]


def test_a_row_back_dated_by_an_ordinary_insert_is_asked_about(sealed):
    write(1, AT - timedelta(days=90))
    seal(AT + timedelta(hours=3))
    assert faults() == []
    assert [(r.kind, r.day) for r in queries.find_late_rows()] == [("late", DAY - timedelta(days=90))]


def test_a_seal_made_to_fit_the_altered_row_breaks_the_chain_after_it(sealed):
    as_owner("UPDATE audit_entry SET note = 'x' WHERE id = %s", sealed[0].pk)
    _reseal(Seal.objects.order_by("id").first())
    (first, *_rest) = faults()
    assert first == ("seal", "audit_seal", Seal.objects.order_by("id").last().pk, DAY)


def _reseal(seal):
    """What a careful forger does: count the leaves and the hash of one seal anew."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL TimeZone = 'UTC'")
        question = rules.select_leaves(seal.table_name, seal.columns) + " AND (xact_id, id) <= (%s, %s)"
        cursor.execute(
            question + " ORDER BY xact_id, id", [seal.after_xact, seal.after_id, seal.upto_xact, seal.upto_id]
        )
        leaves = rules.pack(rules.Leaf(n, day, bytes(f)) for n, day, f, _ in cursor.fetchall())
    span = rules.Span(
        seal.table_name,
        tuple(seal.columns),
        (seal.after_xact, seal.after_id),
        (seal.upto_xact, seal.upto_id),
        seal.row_count,
        seal.at,
    )
    forged = rules.link(bytes(seal.previous), span, leaves)
    as_owner(
        "UPDATE audit_seal SET leaves = %s, hash = %s WHERE id = %s",
        leaves,
        forged,
        seal.pk,
        table="audit_seal",
    )


def test_a_seal_taken_away_is_missed(sealed):
    first, last = Seal.objects.order_by("id")
    as_owner("DELETE FROM audit_seal WHERE id = %s", first.pk, table="audit_seal")
    assert ("seal", "audit_seal", last.pk, DAY) in faults()


def test_the_end_of_the_chain_cannot_be_cut_off_after_the_day_was_closed(sealed):
    root = audit.close_day(DAY, at=AT + timedelta(days=1))
    as_owner("DELETE FROM audit_seal WHERE id = %s", root.last_seal_id, table="audit_seal")
    assert faults() == [("root", "audit_dayroot", root.pk, DAY)]


def test_everything_forged_to_fit_still_differs_from_the_root_of_the_day(sealed):
    root = audit.close_day(DAY, at=AT + timedelta(days=1))
    as_owner("UPDATE audit_entry SET note = 'x' WHERE id = %s", sealed[2].pk)
    _reseal(Seal.objects.order_by("id").last())
    assert faults() == [("root", "audit_dayroot", root.pk, DAY)]


def test_every_day_gets_one_root_even_when_nothing_was_written(sealed):
    assert jobs.close_days(AT + timedelta(days=1)) == 1
    assert jobs.close_days(AT + timedelta(days=1)) == 0
    assert jobs.close_days(AT + timedelta(days=4)) == 3
    roots = DayRoot.objects.order_by("day")
    assert [r.day for r in roots] == [DAY + timedelta(days=n) for n in range(4)]
    assert {bytes(r.hash) for r in roots} == {bytes(Seal.objects.order_by("id").last().hash)}
    assert faults() == []


def test_a_row_of_a_transaction_still_open_is_neither_sealed_nor_missed():
    """The early number commits late: a cursor that went by it alone would never come back for it."""
    begun, may_end = threading.Event(), threading.Event()

    def slow():
        with transaction.atomic():
            audit.record("tests.slow", actor=None, at=AT)
            begun.set()
            assert may_end.wait(10)
        connection.close()

    thread = threading.Thread(target=slow)
    thread.start()
    assert begun.wait(10)
    audit.record("tests.quick", actor=None, at=AT)
    jobs.seal_written(AT)
    assert not Seal.objects.exists()
    may_end.set()
    thread.join()
    assert seal(AT) == 2
    assert faults() == []


def test_an_act_never_waits_for_the_sealer(sealed):
    """The sealer holds its lock; an act writes all the same."""
    write(1, AT + timedelta(hours=3))
    settle()
    with transaction.atomic():
        assert audit.seal_next("audit_entry", limit=10, at=AT) == 1
        done = threading.Event()

        def act():
            with connection.cursor() as cursor:
                cursor.execute("SET lock_timeout = '2s'")
            audit.record("tests.meanwhile", actor=None, at=AT)
            connection.close()
            done.set()

        threading.Thread(target=act).start()
        assert done.wait(5)


def test_after_a_restore_nothing_is_sealed_until_the_count_goes_on_above_what_is_kept(sealed):
    """A dump restored elsewhere: the other server counts its transactions from the beginning."""
    try:
        with connection.cursor() as cursor:
            cursor.execute(
                "CREATE OR REPLACE FUNCTION motcua_cluster() RETURNS text LANGUAGE sql STABLE AS $$ SELECT 'old'::text $$"
            )
        as_owner("UPDATE audit_entry SET xact_id = xact_id + 1000000")
        kept = Entry.objects.latest("xact_id").xact_id
        write(1, AT + timedelta(hours=3))
        assert jobs.seal_written(AT) == 0
        assert chronology.continue_order() > 0
        assert chronology.is_order_kept() and chronology.continue_order() == 0
        write(1, AT + timedelta(hours=4))
        assert Entry.objects.latest("id").xact_id > kept
        assert seal(AT + timedelta(hours=4)) >= 1
    finally:
        with connection.cursor() as cursor:
            for step in chronology.chronology_sql():
                cursor.execute(step.sql)


def test_the_command_names_the_first_altered_row(sealed, capfd):
    assert verify_history.verify() == 0
    assert "nguyên vẹn" in capfd.readouterr().out
    as_owner("UPDATE audit_entry SET note = 'x' WHERE id >= %s", sealed[1].pk)
    assert verify_history.verify() == 1
    first = capfd.readouterr().out.splitlines()[0]
    assert first.startswith(f"audit_entry id {sealed[1].pk}, 2026-03-02: bị sửa")


def test_before_any_day_has_its_root_the_command_says_so(sealed, capfd):
    assert verify_history.verify() == 0
    assert "Chưa có gốc của ngày nào" in capfd.readouterr().out


def test_leaves_come_back_as_they_were_kept():
    leaves = [rules.Leaf(2**40, DAY, bytes(range(32))), rules.Leaf(1, date(2018, 6, 21), bytes(32))]
    assert list(rules.unpack(rules.pack(leaves))) == leaves
    with pytest.raises(ValueError, match="whole"):
        list(rules.unpack(rules.pack(leaves)[:-1]))


def test_a_stamp_belongs_to_one_root(sealed, settings):
    assert not RootStamp.objects.exists()
    settings.MOTCUA_TSA_URL = ""
    audit.close_day(DAY, at=AT + timedelta(days=1))
    assert jobs.stamp_roots(AT) == 0 and queries.get_sealing().unstamped == 1
