"""What a scan could not read: numerals (`g` for 5) told from those around them, a few words it takes for others; each is marked."""

import re
from collections.abc import Sequence
from dataclasses import replace

from motcua.programme.rules.numbering_rows import write_roman
from motcua.programme.rules.numerals import Level, read_numeral
from motcua.programme.rules.tasks import Section, TaskRow

_LONGEST_SLIP = 3
# No other word of a plan looks like these.
_WORDS = (
    (re.compile(r"\bTT(?:H[GƠO0Q]C?|HCG|HOG|LHC|HGC)\b"), "TTHC"),
    (re.compile(r"\b(ƯBND|ỦBND|UBNĐ)\b"), "UBND"),
    (re.compile(r"\b(UBND|Ủy ban nhân dân|cấp) tính\b"), r"\1 tỉnh"),
    (re.compile(r"\b([Vv])ì phạm\b"), r"\1i phạm"),
)


def mend_numbers(tasks: Sequence[TaskRow]) -> list[TaskRow]:
    """The rows with unreadable numerals put in the place the others leave free."""
    return _mend_rows(_mend_sections(list(tasks)))


def mend_words(tasks: Sequence[TaskRow]) -> list[TaskRow]:
    """The rows with words put right that scans are known to mistake; each such row is marked."""
    return [_mend_cells(task) for task in tasks]


def _mend_cells(task: TaskRow) -> TaskRow:
    cells = {name: _mend_text(text) for name, text in task.cells.items()}
    return task if cells == task.cells else replace(task, cells=cells).with_doubt("scan: mended")


def _mend_text(text: str) -> str:
    for slip, word in _WORDS:
        text = slip.sub(word, text)
    return text


def _mend_rows(tasks: list[TaskRow]) -> list[TaskRow]:
    mended: list[TaskRow] = []
    for place, task in enumerate(tasks):
        above = mended[-1] if mended and _is_beside(mended[-1], task) else None
        below = tasks[place + 1] if place + 1 < len(tasks) and _is_beside(tasks[place + 1], task) else None
        number = _guess(task, above, below)
        mended.append(replace(task, number=number).with_doubt("no: slip") if number else task)
    return mended


def _is_beside(one: TaskRow, other: TaskRow) -> bool:
    return one.appendix == other.appendix and one.section == other.section


def _guess(task: TaskRow, above: TaskRow | None, below: TaskRow | None) -> str:
    """The number between the one above and the one below; empty when the row has a number or nothing tells it."""
    if _read(task) is not None or len(task.number) > _LONGEST_SLIP:
        return ""
    before = _read(above) if above else 0
    after = _read(below) if below else None
    if before is None or (above is None and after is None):
        return ""
    return str(before + 1) if after in {None, before + 2} else ""


def _read(task: TaskRow | None) -> int | None:
    numeral = read_numeral(task.number) if task else None
    return numeral.value if numeral and numeral.level is Level.NUMBER and not numeral.is_slip else None


def _mend_sections(tasks: list[TaskRow]) -> list[TaskRow]:
    """Groups follow one another as I, II, III in each appendix."""
    mended: list[TaskRow] = []
    appendix, seen = None, list[Section]()
    for task in tasks:
        if task.appendix != appendix:
            appendix, seen = task.appendix, []
        if task.section not in seen:
            seen.append(task.section)
        mended.append(_mend_section(task, len(seen)))
    return mended


def _mend_section(task: TaskRow, order: int) -> TaskRow:
    number = task.section.number
    if not number or len(number) > _LONGEST_SLIP or read_numeral(number):
        return task
    section = Section(write_roman(order), task.section.title, Level.ROMAN)
    return replace(task, section=section).with_doubt("section_no: slip")
