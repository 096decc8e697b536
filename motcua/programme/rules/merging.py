"""Cells merged over several rows speak for each of them."""

import re
from dataclasses import replace

from motcua.programme.rules.columns import Field
from motcua.programme.rules.fitting import Fitted
from motcua.programme.rules.tasks import TEXT_FIELDS, TaskRow
from motcua.programme.rules.words import flatten

_DITTO = re.compile(r"\W*(?:n/?t|nhu tren|[\"“”″〃]|'')\W*")
_DITTO_FIELDS = (Field.LEAD, Field.COORDINATING, Field.TIME, Field.PRODUCT)
_OF_ITS_OWN = (Field.LEAD, Field.TIME)


def fill_merged(fitted: Fitted, above: TaskRow | None) -> Fitted:
    """The row with the words of the cells that reach down into it.

    Where even the words of the task come from above, the row is a task of its own only when it has a leader or a time
    of its own; otherwise it is the rest of the row above and stays as it is.
    """
    if above is None or not fitted.merged or _is_rest(fitted):
        return fitted
    held = {name: above.get(name) for name in TEXT_FIELDS if name in fitted.merged and not fitted.text(name)}
    takes_number = Field.NUMBER in fitted.merged and not fitted.number
    number = above.number if takes_number else fitted.number
    doubts = ("content: merged",) if held.get(Field.CONTENT) else ()
    is_title = fitted.is_title_only and not any(
        text for name, text in held.items() if name is not Field.CONTENT
    )
    return replace(
        fitted,
        number=number,
        cells={**fitted.cells, **held},
        is_title_only=is_title,
        doubts=(*fitted.doubts, *doubts),
    )


def fill_ditto(cells: dict[Field, str], above: TaskRow | None) -> tuple[dict[Field, str], list[str]]:
    """`nt`, `như trên` in a cell means the words above; each is marked."""
    if above is None:
        return cells, []
    meant = [
        name for name in _DITTO_FIELDS if _DITTO.fullmatch(flatten(cells.get(name, ""))) and above.get(name)
    ]
    return {**cells, **{name: above.get(name) for name in meant}}, [f"{name}: as above" for name in meant]


def _is_rest(fitted: Fitted) -> bool:
    """Whether the row only goes on with the one above."""
    if not fitted.merged & {Field.NUMBER, Field.CONTENT}:
        return False
    own = [name for name in _OF_ITS_OWN if fitted.text(name) and name not in fitted.merged]
    return not own
