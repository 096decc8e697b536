"""Emptying the database after a test that commits: what holds rows, and the tables that point there, are emptied alone.

The server makes every table it empties anew, with its indexes: most of them were empty before.
"""

from collections.abc import Iterable
from typing import Any

from django.contrib.contenttypes.management import create_contenttypes
from django.db import connection
from django.db.models.signals import post_migrate

_POINTING = """
SELECT pointing.relname, pointed.relname FROM pg_constraint
JOIN pg_class pointing ON pointing.oid = conrelid JOIN pg_class pointed ON pointed.oid = confrelid
WHERE contype = 'f' AND conparentid = 0
"""


def lighten() -> None:
    """Have this process empty its database so; nobody here reads what Django writes of its models after emptying."""
    post_migrate.disconnect(dispatch_uid="django.contrib.auth.management.create_permissions")
    post_migrate.disconnect(create_contenttypes)
    flush = connection.ops.sql_flush

    def flush_what_is_full(style: Any, tables: Iterable[str], **options: Any) -> list[str]:
        return flush(style, _find_touched(sorted(tables)), **options)

    connection.ops.sql_flush = flush_what_is_full  # type: ignore[method-assign]


def _find_touched(tables: list[str]) -> list[str]:
    asked = " UNION ALL ".join(f"SELECT '{name}' WHERE EXISTS (SELECT 1 FROM \"{name}\")" for name in tables)
    with connection.cursor() as cursor:
        cursor.execute(asked)
        touched = {name for (name,) in cursor.fetchall()}
        cursor.execute(_POINTING)
        pointing = cursor.fetchall()
    while more := {one for one, other in pointing if other in touched} - touched:
        touched |= more
    return [name for name in tables if name in touched]
