"""Plain text: tables by tabs, by bars, by tags, or one cell under the other."""

import re

from motcua.core.text import nfc
from motcua.programme.reading.markup import strip_markup
from motcua.programme.reading.pasted import read_pasted_row
from motcua.programme.reading.spaced import read_spaced_table
from motcua.programme.reading.tagged import has_tagged_table, read_tagged
from motcua.programme.rules.blocks import Block, Line, Row, Source, make_row
from motcua.programme.rules.columns import read_head
from motcua.programme.rules.stacked import gather_stacked_cells

_BAR_ROW = re.compile(r"^\s*\|.*\|\s*$")


def read_text(content: bytes) -> Source:
    """The blocks of a plain text file."""
    text = decode(content)
    return read_tagged(text) if has_tagged_table(text) else read_lines(text.splitlines())


def decode(content: bytes) -> str:
    """The text of a file whose encoding nobody says: UTF-8, UTF-16 with its mark, else the old Vietnamese one."""
    if content[:2] in {b"\xff\xfe", b"\xfe\xff"}:
        return nfc(content.decode("utf-16", "replace"))
    try:
        return nfc(content.decode("utf-8-sig"))
    except UnicodeDecodeError:
        return nfc(content.decode("cp1258", "replace"))


def read_lines(lines: list[str]) -> Source:
    """The blocks of lines of text."""
    blocks: list[Block] = []
    place = width = 0
    while place < len(lines):
        spaced = read_spaced_table(lines, place)
        if spaced is not None:
            blocks += spaced[0]
            place = spaced[1]
            continue
        pasted = read_pasted_row(lines, place, width) if width else None
        if pasted is not None:
            blocks.append(pasted[0])
            place = pasted[1]
            continue
        after_blank = place == 0 or not lines[place - 1].strip()
        blocks.append(_read_line(lines[place], place + 1, after_blank))
        width = _find_width(blocks[-1]) or width
        place += 1
    return Source(tuple(gather_stacked_cells(blocks)), tuple(lines))


def _find_width(block: Block) -> int:
    """How many cells the rows have under a head; 0 for anything but a head."""
    head = read_head([block]) if isinstance(block, Row) else None
    return head[0].width if head else 0


def _read_line(line: str, at: int, after_blank: bool) -> Block:
    if _BAR_ROW.match(line):
        return make_row(
            [strip_markup(cell) for cell in line.strip().strip("|").split("|")], at, breaks=after_blank
        )
    body = line.strip(" \u00a0\ufeff")
    inside = body.lstrip("\t")
    if "\t" in inside.rstrip("\t") or (inside.endswith("\t") and inside.strip()):
        return make_row([strip_markup(cell) for cell in body.split("\t")], at, breaks=after_blank)
    if body.startswith("\t") and inside.strip() and _is_continued_row(body):
        return make_row([strip_markup(cell) for cell in body.split("\t")], at, breaks=after_blank)
    return Line(strip_markup(inside.strip()), at, is_cell=body.startswith("\t"), after_blank=after_blank)


def _is_continued_row(body: str) -> bool:
    """Several tabs before the only words: a row whose other cells are empty."""
    return len(body) - len(body.lstrip("\t")) >= 2
