"""The cells of a row put under the columns of the head, also when a cell is missing or one too many."""

from dataclasses import dataclass, field, replace

from motcua.core.text import clean_line
from motcua.programme.rules.blocks import Row
from motcua.programme.rules.columns import Columns, Field
from motcua.programme.rules.numerals import read_numeral
from motcua.programme.rules.suiting import suits

# Converters drop empty cells at the end of a row; one inside is dropped far more seldom.
_USUAL = 3


@dataclass(frozen=True, slots=True)
class Fitted:
    """A row under its columns.

    :param group_title: the title of a group that a converter ran together with its only task
    :param is_title_only: nothing but a number and words
    :param spans_all: one cell reaches over (nearly) the whole table
    :param merged: fields whose cell goes on from the row above
    """

    number: str
    cells: dict[Field, str]
    group_title: str = ""
    is_title_only: bool = False
    spans_all: bool = False
    more: tuple[tuple[str, str], ...] = ()
    doubts: tuple[str, ...] = field(default=())
    merged: frozenset[Field] = frozenset()

    def text(self, name: Field) -> str:
        """The text under a column; empty when there is none."""
        return self.cells.get(name, "")


def fit_row(row: Row, columns: Columns) -> Fitted:
    """Put the cells of a row under the columns."""
    texts = _lay_out(row)
    wide = any(c.span >= max(3, columns.width - 2) and c.text.strip() for c in row.cells)
    filled = [t for t in texts if t]
    if wide or len(set(filled)) == 1 < len(filled):
        return _title(filled)
    while len(texts) > columns.width and not texts[-1]:
        texts.pop()
    if len(texts) > columns.width:
        return _fit_longer(texts, columns)
    if len(texts) < columns.width:
        return _fit_shorter(texts, columns)
    return replace(_name(texts, columns), merged=_find_merged(row, columns))


def _find_merged(row: Row, columns: Columns) -> frozenset[Field]:
    places = {cell.column for cell in row.cells if cell.merged_up}
    return frozenset(name for name, place in columns.places.items() if place in places)


def _lay_out(row: Row) -> list[str]:
    """The cells' texts column by column."""
    texts = [""] * row.width
    for cell in row.cells:
        texts[cell.column] = clean_line(cell.text)
    return texts


def _title(filled: list[str]) -> Fitted:
    """A title over the whole width, its numeral perhaps in a cell of its own."""
    distinct = list(dict.fromkeys(filled))
    number = distinct[0] if len(distinct) > 1 and read_numeral(distinct[0]) else ""
    words = " ".join(distinct[1:] if number else distinct)
    return Fitted(number, {Field.CONTENT: words}, is_title_only=True, spans_all=True)


def _name(texts: list[str], columns: Columns, *doubts: str) -> Fitted:
    cells: dict[Field, str] = {
        name: texts[place] for name, place in columns.places.items() if name is not Field.NUMBER
    }
    if columns.until is not None:
        cells[Field.TIME] = " - ".join(t for t in (cells.get(Field.TIME, ""), texts[columns.until]) if t)
    if columns.marks and (crossed := _read_marks(texts, columns)):
        cells[Field.TIME] = crossed
        doubts = (*doubts, "time: marked")
    number = texts[columns.places[Field.NUMBER]] if Field.NUMBER in columns.places else ""
    more = tuple((words, texts[place]) for place, words in columns.others.items() if texts[place])
    rest = [text for name, text in cells.items() if text and name not in {Field.CONTENT, Field.GROUP}]
    title_only = not rest and not more and bool(number or cells.get(Field.CONTENT))
    return Fitted(number, cells, is_title_only=title_only, more=more, doubts=doubts)


def _read_marks(texts: list[str], columns: Columns) -> str:
    """`x` under `Quý I` and `Quý III` says `Quý I, Quý III`; words in such a cell speak for themselves."""
    held = ((words, texts[place]) for place, words in columns.marks.items() if texts[place])
    return ", ".join(words if len(text) == 1 else text for words, text in held)


def _fit_longer(texts: list[str], columns: Columns) -> Fitted:
    """One cell too many: a group run together with its task, or a cell cut in two."""
    extra = len(texts) - columns.width
    content = columns.places[Field.CONTENT]
    best = max(range(len(texts) - extra), key=lambda at: _score(_merge(texts, at, extra), columns))
    merged = _merge(texts, best, extra)
    if best == content and extra == 1 and read_numeral(texts[0]) and texts[content + 1][:1].isupper():
        alone = texts[:content] + texts[content + 1 :]
        fitted = _name(alone, columns)
        return Fitted(fitted.number, fitted.cells, texts[content], more=fitted.more)
    return _name(merged, columns, "cells: joined")


def _merge(texts: list[str], at: int, extra: int) -> list[str]:
    joined = clean_line(" ".join(texts[at : at + extra + 1]))
    return texts[:at] + [joined] + texts[at + extra + 1 :]


def _fit_shorter(texts: list[str], columns: Columns) -> Fitted:
    """Cells are missing: usually empty ones at the end, sometimes one inside."""
    missing = columns.width - len(texts)
    padded = texts + [""] * missing
    if sum(1 for t in texts if t) <= 2:
        return _name(padded, columns)
    ways = [padded, *(texts[:at] + [""] * missing + texts[at:] for at in range(1, len(texts)))]
    best = max(ways, key=lambda way: _score(way, columns) + (_USUAL if way is padded else 0))
    return _name(best, columns, *([] if best is padded and _score(best, columns) > 0 else ["cells: placed"]))


def _score(texts: list[str], columns: Columns) -> int:
    """How well texts look like what their columns hold."""
    return sum(suits(name, text) for name, text in zip(columns.fields, texts, strict=True))
