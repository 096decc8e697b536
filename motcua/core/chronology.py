"""In which order transactions wrote: a number for each row, and up to which number nothing more can come.

A row takes ``motcua_xact()`` when it is written. Whoever reads incrementally keeps a cursor ``(xact_id, id)`` and reads
only below :func:`get_horizon`: a transaction of this database still open has a number at or above it, so nothing that
commits late is missed. A server counts the transactions of all its databases together; those of another one write no row
here, and hold no reading back (decision 39). A dump restored elsewhere meets a server that counts its transactions anew;
:func:`continue_order` lifts the count above everything kept, and the owner of the tables calls it at every preparation.
"""

from django.apps import apps
from django.db import connection, models
from django.db.migrations import RunSQL

from motcua.core.models import PermanentModel

# The functions are re-made with another offset after a restore; a constant costs an INSERT nothing.
_XACT = """
CREATE OR REPLACE FUNCTION motcua_xact() RETURNS bigint LANGUAGE sql VOLATILE
AS $$ SELECT pg_current_xact_id()::text::bigint + {offset} $$
"""
# Open is what the snapshot calls open, and this transaction; whoever holds the number's lock says of which database it is.
# Who holds none any more, or is bound to no session, counts as one of this database. With nothing open nobody is asked.
_HORIZON = """
CREATE OR REPLACE FUNCTION motcua_horizon() RETURNS bigint LANGUAGE sql STABLE
AS $$ SELECT CASE WHEN pg_snapshot_xmin(pg_current_snapshot()) = pg_snapshot_xmax(pg_current_snapshot())
    THEN pg_snapshot_xmin(pg_current_snapshot())::text::bigint
    ELSE LEAST(
        pg_snapshot_xmax(pg_current_snapshot())::text::bigint,
        pg_current_xact_id_if_assigned()::text::bigint,
        (SELECT min(number::text::bigint) FROM pg_snapshot_xip(pg_current_snapshot()) number WHERE NOT EXISTS (
            SELECT FROM pg_locks held
            JOIN pg_stat_activity holder ON holder.pid = held.pid
            WHERE held.locktype = 'transactionid' AND held.mode = 'ExclusiveLock' AND held.granted
                AND held.transactionid = number::xid AND holder.datname <> current_database())))
    END + {offset} $$
"""
_HORIZON_ANEW = f"""
DO $do$ BEGIN EXECUTE replace($horizon${_HORIZON}$horizon$, '{{offset}}',
    (SELECT (motcua_xact() - pg_current_xact_id()::text::bigint)::text));
END $do$
"""
_CLUSTER = """
DO $do$ BEGIN EXECUTE format(
    'CREATE OR REPLACE FUNCTION motcua_cluster() RETURNS text LANGUAGE sql STABLE AS $f$ SELECT %L::text $f$',
    (SELECT system_identifier::text FROM pg_control_system()));
END $do$
"""
_IS_SAME = "SELECT motcua_cluster() = system_identifier::text FROM pg_control_system()"


class WritingOrder(models.Func):
    """The default of a column that says in which order rows were written."""

    function = "motcua_xact"
    output_field = models.BigIntegerField()
    arity = 0


def chronology_sql() -> list[RunSQL]:
    """The functions, for the first migration that needs them."""
    statements = [_XACT.format(offset=0), _HORIZON.format(offset=0), _CLUSTER]
    return [RunSQL(statement, RunSQL.noop) for statement in statements]


def horizon_sql() -> RunSQL:
    """The horizon's function alone, made anew with the offset that is kept."""
    return RunSQL(_HORIZON_ANEW, RunSQL.noop)


def get_horizon() -> int:
    """The first number that may still be written; every row below it is there to be read."""
    return _ask("SELECT motcua_horizon()")


def is_order_kept() -> bool:
    """Whether the numbers kept were counted by this server; False after a restore until ``continue_order``."""
    return bool(_ask(_IS_SAME))


def numbered_tables() -> list[str]:
    """The permanent tables whose rows carry their place in the order of writing, by name."""
    found = (
        m._meta.db_table
        for m in apps.get_models()
        if issubclass(m, PermanentModel) and any(f.name == "xact_id" for f in m._meta.fields)
    )
    return sorted(found)


def continue_order() -> int:
    """Go on counting above every number kept, when the server is another than the one that wrote; the offset, or 0."""
    if is_order_kept():
        return 0
    highest = max(
        (_ask(f'SELECT COALESCE(max(xact_id), 0) FROM "{table}"') for table in numbered_tables()), default=0
    )
    offset = max(highest - _ask("SELECT pg_current_xact_id()::text::bigint") + 1, 0)
    with connection.cursor() as cursor:
        for statement in (_XACT, _HORIZON):
            cursor.execute(statement.format(offset=offset))
        cursor.execute(_CLUSTER)
    return offset


def _ask(question: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute(question)
        row = cursor.fetchone()
    return row[0] if row else 0
