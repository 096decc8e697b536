"""Pages by position, not by number: every page costs what the first one does, and nothing is counted whole."""

import base64
import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.core.exceptions import FieldDoesNotExist, ValidationError
from django.db import models
from django.db.models import F, Func, Q, Value
from django.utils.translation import gettext as _

from motcua.core.refusal import Refused


@dataclass(frozen=True, slots=True)
class Page:
    """One page of rows and the way to its neighbours."""

    rows: list[Any]
    next_cursor: str | None
    previous_cursor: str | None

    def __bool__(self) -> bool:
        return bool(self.rows)


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a page begins: the values of the row before it, and which way to read."""

    values: list[Any]
    is_back: bool

    def write(self) -> str:
        text = json.dumps([int(self.is_back), *map(_to_json, self.values)], separators=(",", ":"))
        return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


class _RowBeyond(Func):
    """``(a, b) > (x, y)``: the database walks one index range for it."""

    output_field = models.BooleanField()

    def __init__(self, names: list[str], values: list[Value], sign: str) -> None:
        super().__init__(*[F(name) for name in names], *values)
        self.width, self.sign = len(names), sign

    def as_sql(self, compiler: Any, connection: Any, **_context: Any) -> tuple[str, list[Any]]:  # type: ignore[override]
        parts = [compiler.compile(expression) for expression in self.source_expressions]
        left, right = parts[: self.width], parts[self.width :]
        sql = f"({', '.join(p[0] for p in left)}) {self.sign} ({', '.join(p[0] for p in right)})"
        return sql, [value for part in parts for value in part[1]]


def page(queryset: models.QuerySet, *, order: tuple[str, ...], cursor: str | None, size: int = 50) -> Page:
    """The page of ``queryset`` that begins at ``cursor``, in ``order``.

    The last name of ``order`` is unique and none of them is null. Names that all run the same way use one index range.

    :raises Refused: the cursor is not one of ours.
    """

    def fetch(walk: tuple[str, ...], beyond: list[Any] | None, limit: int) -> list[Any]:
        return list(go_beyond(queryset, walk, beyond).order_by(*walk)[:limit])

    return page_by(fetch, queryset, order=order, cursor=cursor, size=size)


# The order to walk in, the values of the row to begin behind (None: at the start), and how many rows at most.
Fetch = Callable[[tuple[str, ...], list[Any] | None, int], list[Any]]


def page_by(
    fetch: Fetch, typed_by: models.QuerySet, *, order: tuple[str, ...], cursor: str | None, size: int = 50
) -> Page:
    """The same where the rows come by a statement of one's own; ``typed_by`` knows what the names of ``order`` are.

    :raises Refused: the cursor is not one of ours.
    """
    place = _read(cursor, typed_by, order) if cursor else None
    is_back = place is not None and place.is_back
    walk = tuple(_turn(name) for name in order) if is_back else order
    rows = fetch(walk, place.values if place else None, size + 1)
    has_more, rows = len(rows) > size, rows[:size]
    if is_back:
        rows.reverse()
    return _build(
        rows, order, has_after=is_back or has_more, has_before=has_more if is_back else place is not None
    )


def go_beyond(queryset: models.QuerySet, order: tuple[str, ...], place: list[Any] | None) -> models.QuerySet:
    """What follows a place in ``order``: the values of the row there, by its names; None is before the first row."""
    if place is None:
        return queryset
    names = [name.lstrip("-") for name in order]
    values = [Value(v, output_field=_field(queryset, n)) for n, v in zip(names, place, strict=True)]
    signs = {"<" if name.startswith("-") else ">" for name in order}
    if len(signs) == 1:
        return queryset.filter(_RowBeyond(names, values, signs.pop()))
    return queryset.filter(_mixed(order, values))


def count_up_to(queryset: models.QuerySet, limit: int = 1000) -> tuple[int, bool]:
    """How many rows, counted no further than ``limit``; and whether there are more."""
    count = queryset.order_by()[: limit + 1].count()
    return min(count, limit), count > limit


def _build(rows: list[Any], order: tuple[str, ...], *, has_after: bool, has_before: bool) -> Page:
    if not rows:
        return Page([], None, None)
    return Page(
        rows,
        _Place(_values(rows[-1], order), is_back=False).write() if has_after else None,
        _Place(_values(rows[0], order), is_back=True).write() if has_before else None,
    )


def _mixed(order: tuple[str, ...], values: list[Value]) -> Q:
    """The same for names running both ways: bound by the first, decided by the rest."""
    name, sign = order[0].lstrip("-"), "lt" if order[0].startswith("-") else "gt"
    beyond = Q(**{f"{name}__{sign}": values[0]})
    if len(order) == 1:
        return beyond
    return Q(**{f"{name}__{sign}e": values[0]}) & (beyond | _mixed(order[1:], values[1:]))


def _read(cursor: str, queryset: models.QuerySet, order: tuple[str, ...]) -> _Place:
    try:
        back, *values = json.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
        names = [name.lstrip("-") for name in order]
        typed = [_typed(_field(queryset, n), v) for n, v in zip(names, values, strict=True)]
    except (ValueError, TypeError, ValidationError) as fault:
        raise Refused(
            "bad_cursor", _("Không mở được trang này. Hãy xem lại từ trang đầu."), field="cursor"
        ) from fault
    return _Place(typed, bool(back))


def _typed(field: models.Field, value: Any) -> Any:
    if value is None or isinstance(value, dict | list):
        raise ValueError("a place is made of plain values")
    typed = field.to_python(value)
    if isinstance(typed, str) and "\0" in typed:
        raise ValueError("a place is made of plain values")
    if isinstance(typed, int) and not -(2**63) <= typed < 2**63:
        raise ValueError("a place is made of plain values")
    return typed


def _field(queryset: models.QuerySet, name: str) -> models.Field:
    """The field behind an annotation, a column, or a column of a table reached by a foreign key."""
    if annotation := queryset.query.annotations.get(name):
        return annotation.output_field
    model: Any = queryset.model
    for step in name.split("__"):
        try:
            field = model._meta.pk if step == "pk" else model._meta.get_field(step)
        except FieldDoesNotExist as fault:
            raise LookupError(f"{name} is not a column of {queryset.model.__name__}") from fault
        model = field.related_model
    return getattr(field, "target_field", field)


def _values(row: Any, order: tuple[str, ...]) -> list[Any]:
    return [_value(row, name.lstrip("-")) for name in order]


def _value(row: Any, name: str) -> Any:
    if isinstance(row, dict):
        return row[name]
    if hasattr(row, name):
        value = getattr(row, name)
        return value.pk if isinstance(value, models.Model) else value
    for step in name.split("__"):
        row = getattr(row, step)
    return row


def _to_json(value: Any) -> Any:
    if isinstance(value, datetime | date):
        return value.isoformat()
    return str(value) if isinstance(value, Decimal) else value


def _turn(name: str) -> str:
    return name[1:] if name.startswith("-") else f"-{name}"
