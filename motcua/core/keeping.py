"""Rows kept by plain SQL where an act writes the same thing every time; the mapper composes its statement anew each time."""

from collections.abc import Callable, Sequence
from functools import cache
from typing import Any, TypeVar, cast

from django.db import DEFAULT_DB_ALIAS, connections, models
from django.db.models import Field

from motcua.core.drafts import Draft, write
from motcua.core.prepared import open_cursor
from motcua.core.reading import make

Row = TypeVar("Row", bound=models.Model)
# What these hold goes to the driver as it is; a foreign key holds the number of its row.
_PLAIN = (
    models.CharField, models.TextField, models.IntegerField, models.BooleanField, models.DecimalField,
    models.DateField, models.BinaryField, models.ForeignKey,
)  # fmt: skip
Reader = tuple[str, Callable[[Any], Any] | None]


@cache
def _insert(model: type[models.Model], count: int, has_key: bool) -> tuple[str, tuple[Reader, ...]]:
    fields = [f for f in model._meta.concrete_fields if f.has_default() or not f.has_db_default()]
    if not has_key:
        fields = [f for f in fields if not f.primary_key]
    columns = ", ".join(f'"{field.column}"' for field in fields)
    row = f"({', '.join(['%s'] * len(fields))})"
    values = ", ".join([row] * count)
    sql = f'INSERT INTO "{model._meta.db_table}" ({columns}) VALUES {values} RETURNING id'  # noqa: S608
    return sql, tuple(map(_make_reader, fields))


@cache
def _name_insert(model: type[models.Model], count: int, has_key: bool) -> str:
    return f"{model._meta.db_table}_kept AS ({_insert(model, count, has_key)[0]})"


@cache
def _update(model: type[models.Model], names: tuple[str, ...]) -> tuple[str, tuple[Reader, ...]]:
    fields = [cast("Field", model._meta.get_field(name)) for name in names]
    assigned = ", ".join(f'"{field.column}" = %s' for field in fields)
    table = model._meta.db_table
    sql = f'{table}_amended AS (UPDATE "{table}" SET {assigned} WHERE id = %s)'  # noqa: S608
    return sql, tuple(map(_make_reader, fields))


def _make_reader(field: Field) -> Reader:
    """Where a field's value stands, and what makes of it what the database takes; for most fields nothing need."""
    if isinstance(field, _PLAIN):
        return field.attname, None
    return field.attname, lambda value: field.get_db_prep_save(value, connections[DEFAULT_DB_ALIAS])


def _read(row: models.Model, readers: Sequence[Reader]) -> list[Any]:
    held = row.__dict__
    return [held[name] if make is None else make(held[name]) for name, make in readers]


def make_row(model: type[Row], **values: Any) -> Row:
    """As ``model(**values)``, by the names of columns, at a fraction of the work.

    :raises TypeError: it has no such column
    """
    columns = _columns(model)
    if unknown := values.keys() - columns.keys():
        raise TypeError(f"{model.__name__} has no {', '.join(sorted(unknown))}")
    held = {name: values[name] if name in values else field.get_default() for name, field in columns.items()}
    return make(model, held, is_kept=False)


@cache
def _columns(model: type[models.Model]) -> dict[str, Field]:
    return {field.attname: field for field in model._meta.concrete_fields}


def keep_row(row: models.Model) -> None:
    """Keep a new row; it knows its number afterwards."""
    keep_rows([row])


def keep_rows(rows: Sequence[models.Model]) -> None:
    """Keep the few new rows of one kind that an act writes, in one statement or none; each knows its number afterwards."""
    if not rows:
        return
    sql, readers = _insert(type(rows[0]), len(rows), False)
    with open_cursor() as cursor:
        cursor.execute(sql, [value for row in rows for value in _read(row, readers)])
        numbers = cursor.fetchall()
    for row, (number,) in zip(rows, numbers, strict=True):
        row.pk, row._state.adding = number, False


def draft_rows(rows: Sequence[models.Model]) -> Draft:
    """The same, to be written with what else the act leaves. Rows without a number do not come to know it."""
    model = type(rows[0])
    made = model, len(rows), rows[0].pk is not None
    for row in rows:
        row._state.adding = False
    values = [value for row in rows for value in _read(row, _insert(*made)[1])]
    return Draft(_name_insert(*made), values)


def amend_row(row: models.Model, *names: str) -> None:
    """Keep what these fields of a row hold now."""
    write([draft_amended(row, *names)])


def draft_amended(row: models.Model, *names: str) -> Draft:
    """The same, to be written with what else the act leaves."""
    sql, readers = _update(type(row), names)
    return Draft(sql, [*_read(row, readers), row.pk])
