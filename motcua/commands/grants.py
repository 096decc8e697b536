"""What the application's role may do: everything with its rows, except change what is kept for good."""

from django.apps import apps
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.utils import CursorWrapper

from motcua.core.models import PermanentModel

APP_ROLE = "motcua_app"
_TREE = "SELECT relid::regclass::text FROM pg_partition_tree(to_regclass(%s))"


def grant_app_role(connection: BaseDatabaseWrapper, role: str = APP_ROLE) -> None:
    """Let the role read and write all tables, and only read and add to the permanent ones. Run by their owner."""
    quoted = connection.ops.quote_name(role)
    with connection.cursor() as cursor:
        _ensure_role(cursor, role, quoted)
        cursor.execute(f"GRANT USAGE ON SCHEMA public TO {quoted}")
        cursor.execute(f"GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {quoted}")
        cursor.execute(f"GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {quoted}")
        cursor.execute(f"GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA public TO {quoted}")
        for table in _find_permanent_tables(cursor):
            cursor.execute(f"REVOKE UPDATE, DELETE, TRUNCATE ON {table} FROM {quoted}")


def _ensure_role(cursor: CursorWrapper, role: str, quoted: str) -> None:
    """A role without a password cannot sign in over a network; the operator gives it one (operator's guide)."""
    cursor.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [role])
    if cursor.fetchone() is None:
        cursor.execute(f"CREATE ROLE {quoted} LOGIN")


def _find_permanent_tables(cursor: CursorWrapper) -> list[str]:
    """Each permanent table and its partitions: a partition can be addressed by its own name."""
    found: list[str] = []
    for model in apps.get_models():
        if issubclass(model, PermanentModel):
            table = model._meta.db_table
            cursor.execute(_TREE, [table])
            found += [row[0] for row in cursor.fetchall()] or [f'"{table}"']
    return found
