"""Plans without a table: each task is a paragraph that names its leader and its time.

They stand in lines of their own below it (`Đơn vị chủ trì: …`), or at its end, in brackets or not
(`… (Thời gian: Quý I; Chủ trì: …)`).
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from motcua.core.text import clean_line
from motcua.programme.rules.blocks import Line
from motcua.programme.rules.columns import Field, read_label
from motcua.programme.rules.headings import ends_table, read_appendix
from motcua.programme.rules.numerals import Level, Numeral, split_leading_numeral
from motcua.programme.rules.tasks import Section, TaskRow
from motcua.programme.rules.words import strip_bullet

_LABEL = re.compile(r"(?:^|[(\[;.,–-])\s*([^()\[\]:;.,–-]{3,45}?)\s*:\s*")
_OF_TASKS = {Field.LEAD, Field.ACTORS, Field.COORDINATING, Field.TIME, Field.PRODUCT, Field.NOTE}
_DECIDING = {Field.LEAD, Field.TIME}
_FEWEST = 2


@dataclass
class _Open:
    """A task being gathered."""

    number: Numeral | None
    words: list[str]
    line: int
    cells: dict[Field, str] = field(default_factory=dict)
    in_brackets: bool = False


@dataclass
class _List:
    """Where the reader stands."""

    appendix: str = ""
    section: Section = field(default_factory=Section)
    titles: dict[str, str] = field(default_factory=dict)
    open_task: _Open | None = None
    tasks: list[TaskRow] = field(default_factory=list)


def read_listed(lines: Sequence[Line]) -> list[TaskRow]:
    """The tasks of a plan that lists them in paragraphs. Paragraphs that name neither leader nor time are no tasks."""
    state = _List()
    for line in lines:
        text = clean_line(line.text)
        if ends_table(text):
            break
        if text:
            _read_line(state, text, line.at)
    _close(state)
    return state.tasks


def _read_line(state: _List, text: str, at: int) -> None:
    heading = read_appendix(text)
    if heading is not None:
        _close(state)
        state.appendix, state.section, state.titles = heading[0], Section(), {}
    words, cells, in_brackets = split_labels(text)
    if cells and not words and state.open_task is not None:
        state.open_task.cells.update(cells)
        return
    numeral, rest = split_leading_numeral(words)
    if _is_detail(state, numeral, text):
        assert state.open_task is not None
        state.open_task.words.append(strip_bullet(words))
        state.open_task.cells.update(cells)
        return
    _close(state)
    if numeral is not None and not cells and numeral.level in {Level.ROMAN, Level.LETTER}:
        state.section, state.titles = Section(numeral.text, rest, numeral.level), {}
        return
    state.open_task = _Open(numeral, [rest if numeral else strip_bullet(words)], at, cells, in_brackets)


def _is_detail(state: _List, numeral: Numeral | None, text: str) -> bool:
    """A bullet below a numbered task that has named nobody yet is part of its words."""
    task = state.open_task
    is_bullet = numeral is None and text != strip_bullet(text)
    return is_bullet and task is not None and task.number is not None and not task.cells


def split_labels(text: str) -> tuple[str, dict[Field, str], bool]:
    """The words before the first label, what the labels name, and whether these stand in brackets.

    `Niêm yết (Thời gian: Quý I; Chủ trì: Văn phòng).` → `Niêm yết`, time and leader.
    """
    line = strip_bullet(text)
    found = [match for match in _LABEL.finditer(line) if read_label(match[1]) in _OF_TASKS]
    if not found:
        return text, {}, False
    cells: dict[Field, str] = {}
    in_brackets = line[found[0].start()] in "(["
    for match, following in zip(found, [*found[1:], None], strict=True):
        words = line[match.end() : following.start() if following else len(line)]
        name = read_label(match[1])
        assert name is not None
        cells.setdefault(
            Field.LEAD if name is Field.ACTORS else name, _trim(words, in_brackets, following is None)
        )
    before = text[: len(text) - len(line)] + _end(line, found[0].start())
    return (before if before.strip(" -–+•") else ""), cells, in_brackets


def _end(line: str, place: int) -> str:
    """The words up to the sign before the first label; a full stop there is the sentence's own."""
    words = line[:place].rstrip(" ;,(")
    return f"{words}." if line[place] == "." and words else words


def _trim(words: str, in_brackets: bool, is_last: bool) -> str:
    """What a label names, without the bracket that ends them all."""
    text = words.strip()
    if in_brackets and is_last:
        text = re.sub(r"[)\]][\s.;,]*$", "", text).rstrip()
    return text if is_last and not in_brackets else text.rstrip(" ;,")


def _close(state: _List) -> None:
    """A task that named enough is kept; a numbered line that named nothing heads what is numbered below it."""
    task, state.open_task = state.open_task, None
    if task is None:
        return
    content = clean_line(" ".join(word for word in task.words if word))
    enough = len(task.cells) >= _FEWEST or (task.in_brackets and bool(_DECIDING & set(task.cells)))
    if not enough or not content:
        if task.number is not None and not task.cells:
            state.titles[task.number.text] = content
        return
    number = task.number.text if task.number else ""
    doubts = () if number else ("no: missing",)
    cells = {Field.CONTENT: content, **task.cells}
    section = _find_section(state, task.number)
    path = (state.section,) if state.section.number and section != state.section else ()
    state.tasks.append(TaskRow(state.appendix, section, number, cells, task.line, unsure=doubts, path=path))


def _find_section(state: _List, numeral: Numeral | None) -> Section:
    """`2.1` belongs to `2`, where that was a title; anything else to the group around it."""
    title = state.titles.get(numeral.parent) if numeral and numeral.level is Level.DECIMAL else None
    return state.section if numeral is None or title is None else Section(numeral.parent, title, Level.NUMBER)
