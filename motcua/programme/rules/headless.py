"""Tables without a head: what each column holds is told by what stands in it, and every row says so.

Only asked when nothing else in the file is a plan's table.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace

from motcua.core.text import clean_line
from motcua.programme.rules.actors import looks_like_actor
from motcua.programme.rules.blocks import Block, Cell, Line, Row
from motcua.programme.rules.columns import Field
from motcua.programme.rules.deadlines import parse_deadline
from motcua.programme.rules.numerals import read_numeral

_LABELS = {
    Field.NUMBER: "TT",
    Field.CONTENT: "Nội dung",
    Field.LEAD: "Cơ quan chủ trì",
    Field.COORDINATING: "Cơ quan phối hợp",
    Field.TIME: "Thời gian",
    Field.PRODUCT: "Sản phẩm",
    Field.NOTE: "Ghi chú",
}
_FEWEST_ROWS, _FEWEST_COLUMNS = 2, 4
_MOST = 0.6


def add_heads(blocks: Sequence[Block]) -> list[Block]:
    """The blocks with a head put above each table whose columns can be told by what they hold."""
    made: list[Block] = []
    table: list[Row] = []
    for block in [*blocks, Line("", 0)]:
        if isinstance(block, Row) and (not table or table[-1].table == block.table):
            table.append(block)
            continue
        made += _with_head(table)
        table = [block] if isinstance(block, Row) else []
        if not isinstance(block, Row):
            made.append(block)
    return made[:-1]


def _with_head(table: list[Row]) -> list[Row]:
    fields = _tell_columns(table)
    if fields is None:
        return table
    first = next(n for n, row in enumerate(table) if read_numeral(row.get_text(0)))
    cells = tuple(Cell(_LABELS.get(name, ""), place) for place, name in enumerate(fields))
    return [*table[:first], replace(table[first], cells=cells, unclear=False), *table[first:]]


def _tell_columns(table: list[Row]) -> list[Field] | None:
    """What the columns hold, from left to right; None unless a number, words, somebody and a time are found."""
    full = [row for row in table if read_numeral(row.get_text(0)) and _count_filled(row) >= _FEWEST_COLUMNS]
    if len(full) < _FEWEST_ROWS:
        return None
    width = max(row.width for row in full)
    texts = {
        place: [t for row in full if (t := clean_line(row.get_text(place)))] for place in range(1, width)
    }
    times = [place for place, held in texts.items() if _mostly(held, _is_time)]
    actors = [
        place for place, held in texts.items() if _mostly(held, looks_like_actor) and place not in times
    ]
    free = [place for place in texts if place not in {*times, *actors} and texts[place]]
    if not (times and actors and free):
        return None
    content = max(free, key=lambda place: sum(map(len, texts[place])) / len(texts[place]))
    rest = [place for place in free if place != content]
    found = {0: Field.NUMBER, content: Field.CONTENT, times[0]: Field.TIME, actors[0]: Field.LEAD}
    found |= dict(zip(actors[1:], [Field.COORDINATING], strict=False))
    found |= dict(zip(rest, [Field.PRODUCT, Field.NOTE], strict=False))
    return [found.get(place, Field.OTHER) for place in range(width)]


def _count_filled(row: Row) -> int:
    return sum(1 for cell in row.cells if cell.text.strip())


def _is_time(text: str) -> bool:
    read = parse_deadline(text, 2000)
    return read.kind is not None and "partly" not in read.doubts and len(text) < 90


def _mostly(texts: list[str], fits: Callable[[str], bool]) -> bool:
    return bool(texts) and sum(1 for text in texts if fits(text)) >= _MOST * len(texts)
