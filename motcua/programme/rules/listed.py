"""Plans without a table: each task is a paragraph, and below it stand `Đơn vị chủ trì: …`, `Thời gian: …`."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from motcua.core.text import clean_line
from motcua.programme.rules.blocks import Line
from motcua.programme.rules.columns import Field, read_label
from motcua.programme.rules.headings import ends_table, read_appendix
from motcua.programme.rules.numerals import Level, split_leading_numeral
from motcua.programme.rules.tasks import Section, TaskRow
from motcua.programme.rules.words import strip_bullet

_LABELLED = re.compile(r"^([^:]{3,60}?)\s*:\s*(\S.*)$")
_OF_TASKS = {Field.LEAD, Field.ACTORS, Field.COORDINATING, Field.TIME, Field.PRODUCT, Field.NOTE}
_FEWEST = 2


@dataclass
class _Open:
    """A task being gathered."""

    number: str
    words: list[str]
    line: int
    cells: dict[Field, str] = field(default_factory=dict)


def read_listed(lines: Sequence[Line]) -> list[TaskRow]:
    """The tasks of a plan that lists them in paragraphs. Paragraphs with fewer than two labels are no tasks."""
    tasks: list[TaskRow] = []
    section, appendix = Section(), ""
    open_task: _Open | None = None
    for line in lines:
        text = clean_line(line.text)
        if ends_table(text):
            break
        if not text:
            continue
        heading = read_appendix(text)
        if heading is not None:
            appendix, section = heading[0], Section()
        labelled = list(_read_labels(text))
        if labelled and open_task is not None:
            open_task.cells.update(labelled)
            continue
        tasks += _close(open_task, appendix, section)
        numeral, rest = split_leading_numeral(text)
        if numeral is not None and numeral.level in {Level.ROMAN, Level.LETTER}:
            section, open_task = Section(numeral.text, rest, numeral.level), None
        else:
            open_task = _Open(
                numeral.text if numeral else "", [rest if numeral else strip_bullet(text)], line.at
            )
    return [*tasks, *_close(open_task, appendix, section)]


def _read_labels(text: str) -> Iterator[tuple[Field, str]]:
    """`- Đơn vị chủ trì: Sở Nội vụ; phối hợp: Sở Tài chính.` names two fields."""
    whole = _read_one(strip_bullet(text))
    if whole is None:
        return
    parts = re.split(r"[;.]\s+(?=[^:;.]{3,40}:\s)", strip_bullet(text))
    read = [_read_one(part) for part in parts]
    if len(parts) > 1 and all(read):
        yield from (one for one in read if one is not None)
    else:
        yield whole


def _read_one(text: str) -> tuple[Field, str] | None:
    match = _LABELLED.match(text)
    name = read_label(match[1]) if match else None
    if match is None or name not in _OF_TASKS:
        return None
    return (Field.LEAD if name is Field.ACTORS else name), match[2]


def _close(task: _Open | None, appendix: str, section: Section) -> list[TaskRow]:
    if task is None or len(task.cells) < _FEWEST:
        return []
    cells = {Field.CONTENT: clean_line(" ".join(task.words)), **task.cells}
    doubts = () if task.number else ("no: missing",)
    return [TaskRow(appendix, section, task.number, cells, task.line, unsure=doubts)]
