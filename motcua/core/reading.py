"""Rows read by plain SQL where a page or an act asks the same thing every time.

The mapper composes its statement anew for each question, which costs more than asking it. Only for models whose columns
need no conversion by the mapper; JSON comes read from the driver.
"""

from collections.abc import Collection, Mapping, Sequence
from functools import cache
from typing import Any, TypeVar

from django.db import DEFAULT_DB_ALIAS, models
from django.db.models.base import ModelState

from motcua.core.prepared import open_cursor

Row = TypeVar("Row", bound=models.Model)

AMONG = "= ANY((SELECT %s::bigint[])::bigint[])"
"""One of several numbers given as one value, which the planner cannot look into: seen, it would plan anew each time."""


@cache
def _select(model: type[models.Model]) -> tuple[str, tuple[str, ...]]:
    table = model._meta.db_table
    fields = model._meta.concrete_fields
    columns = ", ".join(f'"{table}"."{field.column}"' for field in fields)
    return f'SELECT {columns} FROM "{table}" WHERE ', tuple(field.attname for field in fields)


def make(model: type[Row], held: dict[str, Any], *, is_kept: bool) -> Row:
    """A row that holds these columns, made as Django makes one it unpickles; its own way sets each column by itself.

    Columns left out are read when somebody asks the row for them. Nothing here listens to the making of rows.
    """
    row = model.__new__(model)
    row._state = ModelState()
    if is_kept:
        row._state.adding, row._state.db = False, DEFAULT_DB_ALIAS
    row.__dict__.update(held)
    return row


def read_rows(model: type[Row], condition: str, parameters: Sequence[Any]) -> list[Row]:
    """The rows for which ``condition`` holds; it may end in ORDER BY, LIMIT or FOR UPDATE."""
    select, names = _select(model)
    with open_cursor() as cursor:
        cursor.execute(select + condition, parameters)
        return [make(model, dict(zip(names, row, strict=True)), is_kept=True) for row in cursor.fetchall()]


def read_row(model: type[Row], condition: str, parameters: Sequence[Any]) -> Row | None:
    """The first such row, or nothing."""
    rows = read_rows(model, condition, parameters)
    return rows[0] if rows else None


def read_some(
    model: type[Row], names: Sequence[str], sql: str, parameters: Sequence[Any] | Mapping[str, Any]
) -> list[Row]:
    """Rows of a statement that selects only these columns, named in the model's own order (`in_order`).

    What it leaves out is read when somebody asks the row for it.
    """
    with open_cursor() as cursor:
        cursor.execute(sql, parameters)
        return [make(model, dict(zip(names, row, strict=True)), is_kept=True) for row in cursor.fetchall()]


def in_order(model: type[models.Model], names: Collection[str]) -> tuple[str, ...]:
    """Columns in the order in which the model has them."""
    return tuple(field.attname for field in model._meta.concrete_fields if field.attname in names)


def follow(rows: Collection[models.Model], name: str) -> None:
    """Put what the foreign key ``name`` points to beside each row: one statement, none where it points nowhere."""
    pointing = [row for row in rows if getattr(row, f"{name}_id") is not None]
    if not pointing:
        return
    field = pointing[0]._meta.get_field(name)
    ids = sorted({getattr(row, f"{name}_id") for row in pointing})
    found = {row.pk: row for row in read_rows(field.related_model, f"id {AMONG}", [ids])}  # type: ignore[arg-type]
    for row in pointing:
        setattr(row, name, found[getattr(row, f"{name}_id")])
