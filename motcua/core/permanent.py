"""Tables that only grow: partitioned by month, and refusing change by themselves (operations for migrations).

In a migration, after a plain ``CreateModel`` of a ``PermanentModel``::

    operations = [
        migrations.CreateModel(name="Entry", …),
        *partitioned_by_month_sql("audit_entry"),
        *permanent_sql("audit_entry"),
    ]

Django sees ``id`` as the primary key; in the database it is ``(id, at)``, which partitioning asks for.
The triggers stop mistakes; the application's role, which owns nothing and may only select and insert, stops intent.
"""

from django.db.migrations import RunSQL

# A test database is emptied between tests; it says so by this setting, which no deployment has.
_FUNCTION = """
CREATE OR REPLACE FUNCTION motcua_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'TRUNCATE' AND current_setting('motcua.may_empty', true) = 'on' THEN
        RETURN NULL;
    END IF;
    RAISE EXCEPTION '% of % is refused: the record is permanent', TG_OP, TG_TABLE_NAME
        USING ERRCODE = 'integrity_constraint_violation';
END $$
"""


def partitioned_by_month_sql(table: str) -> list[RunSQL]:
    """Turn the table just created into one partitioned by month of ``at``, with a partition for the rest."""
    statements = [
        f'ALTER TABLE "{table}" RENAME TO "{table}_plain"',
        f'CREATE TABLE "{table}" (LIKE "{table}_plain" INCLUDING DEFAULTS INCLUDING IDENTITY'
        " INCLUDING CONSTRAINTS) PARTITION BY RANGE (at)",
        f'DROP TABLE "{table}_plain"',
        f'ALTER TABLE "{table}" ADD PRIMARY KEY (id, at)',
        f'CREATE TABLE "{table}_default" PARTITION OF "{table}" DEFAULT',
    ]
    return [RunSQL(statement, RunSQL.noop) for statement in statements]


def permanent_sql(table: str) -> list[RunSQL]:
    """Triggers that refuse UPDATE, DELETE and TRUNCATE on the table and, partitioned, on every partition."""
    rows = (
        f'CREATE TRIGGER "{table}_is_permanent" BEFORE UPDATE OR DELETE ON "{table}"'
        " FOR EACH ROW EXECUTE FUNCTION motcua_refuse_change()"
    )
    return [
        RunSQL(_FUNCTION, RunSQL.noop),
        RunSQL(rows, RunSQL.noop),
        RunSQL(refuse_truncate(table), RunSQL.noop),
    ]


def refuse_truncate(table: str) -> str:
    """The statement that makes one table, parent or partition, refuse TRUNCATE."""
    return (
        f'CREATE TRIGGER "{table}_is_kept" BEFORE TRUNCATE ON "{table}"'
        " FOR EACH STATEMENT EXECUTE FUNCTION motcua_refuse_change()"
    )
