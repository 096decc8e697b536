"""Rows an act leaves in several packages, written in one statement: each package drafts its own and knows no other.

What a statement costs beside its rows (a way there and back, its plan begun anew) is paid once for all of them.
"""

import re
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any, NamedTuple

from motcua.core.prepared import open_cursor


class Draft(NamedTuple):
    """Rows not yet written: named queries as they stand after WITH, and the values in the order of their marks.

    The names are those of the package that drafts; one statement holds each once.
    """

    queries: str
    values: Sequence[Any]


def write(drafts: Sequence[Draft], *, answer: str = "1") -> tuple[Any, ...]:
    """Write all of them, in the transaction at work; the first row of what ``answer`` selects from their queries."""
    if not drafts:
        return ()
    text = _join(tuple(draft.queries for draft in drafts), answer)
    with open_cursor() as cursor:
        cursor.execute(text, [value for draft in drafts for value in draft.values])
        return cursor.fetchone()


def name_values(queries: str, values: Mapping[str, Any], *, before: Sequence[Any] = ()) -> Draft:
    """A draft of queries that name their values; those in `before` have no name and stand before all others."""
    text, names = _place(queries)
    return Draft(text, [*before, *(values[name] for name in names)])


_NAMED = re.compile(r"%\((\w+)\)s")


@cache
def _place(queries: str) -> tuple[str, tuple[str, ...]]:
    return _NAMED.sub("%s", queries), tuple(_NAMED.findall(queries))


@cache
def _join(queries: tuple[str, ...], answer: str) -> str:
    return f"WITH {', '.join(queries)} SELECT {answer}"  # noqa: S608 - texts of our own packages, never what was typed
