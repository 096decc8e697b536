"""Rows kept by plain SQL where an act writes the same thing every time; the mapper composes its statement anew each time."""

from collections.abc import Sequence
from functools import cache
from typing import Any, cast

from django.db import DEFAULT_DB_ALIAS, connections, models
from django.db.models import Field

from motcua.core.prepared import open_cursor


@cache
def _insert(model: type[models.Model], count: int) -> tuple[str, tuple[Field, ...]]:
    fields = tuple(f for f in model._meta.concrete_fields if not f.primary_key and not f.has_db_default())
    columns = ", ".join(f'"{field.column}"' for field in fields)
    row = f"({', '.join(['%s'] * len(fields))})"
    values = ", ".join([row] * count)
    return f'INSERT INTO "{model._meta.db_table}" ({columns}) VALUES {values} RETURNING id', fields  # noqa: S608


def keep_row(row: models.Model) -> None:
    """Keep a new row; it knows its number afterwards."""
    keep_rows([row])


def keep_rows(rows: Sequence[models.Model]) -> None:
    """Keep the few new rows of one kind that an act writes, in one statement or none; each knows its number afterwards."""
    if not rows:
        return
    sql, fields = _insert(type(rows[0]), len(rows))
    values = [value for row in rows for value in _prepare(row, fields)]
    with open_cursor() as cursor:
        cursor.execute(sql, values)
        numbers = cursor.fetchall()
    for row, (number,) in zip(rows, numbers, strict=True):
        row.pk, row._state.adding = number, False


def amend_row(row: models.Model, *names: str) -> None:
    """Keep what these fields of a row hold now."""
    fields = tuple(cast("Field", row._meta.get_field(name)) for name in names)
    assigned = ", ".join(f'"{field.column}" = %s' for field in fields)
    values = _prepare(row, fields)
    with open_cursor() as cursor:
        cursor.execute(f'UPDATE "{row._meta.db_table}" SET {assigned} WHERE id = %s', [*values, row.pk])  # noqa: S608


def _prepare(row: models.Model, fields: tuple[Field, ...]) -> list[Any]:
    here = connections[DEFAULT_DB_ALIAS]
    return [field.get_db_prep_save(getattr(row, field.attname), here) for field in fields]
