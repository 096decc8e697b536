"""Rows kept by plain SQL where an act writes the same thing every time; the mapper composes its statement anew each time."""

from functools import cache
from typing import Any, cast

from django.db import connection, models
from django.db.models import Field

from motcua.core.prepared import open_cursor


@cache
def _insert(model: type[models.Model]) -> tuple[str, tuple[Field, ...]]:
    fields = tuple(f for f in model._meta.concrete_fields if not f.primary_key and not f.has_db_default())
    columns = ", ".join(f'"{field.column}"' for field in fields)
    places = ", ".join(["%s"] * len(fields))
    return f'INSERT INTO "{model._meta.db_table}" ({columns}) VALUES ({places}) RETURNING id', fields  # noqa: S608


def keep_row(row: models.Model) -> None:
    """Keep a new row; it knows its number afterwards."""
    sql, fields = _insert(type(row))
    with open_cursor() as cursor:
        cursor.execute(sql, [_prepare(row, field) for field in fields])
        row.pk = cursor.fetchone()[0]
    row._state.adding = False


def amend_row(row: models.Model, *names: str) -> None:
    """Keep what these fields of a row hold now."""
    fields = [cast("Field", row._meta.get_field(name)) for name in names]
    assigned = ", ".join(f'"{field.column}" = %s' for field in fields)
    values = [_prepare(row, field) for field in fields]
    with open_cursor() as cursor:
        cursor.execute(f'UPDATE "{row._meta.db_table}" SET {assigned} WHERE id = %s', [*values, row.pk])  # noqa: S608


def _prepare(row: models.Model, field: Field) -> Any:
    return field.get_db_prep_save(getattr(row, field.attname), connection)
