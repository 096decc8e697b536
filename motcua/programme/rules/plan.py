"""A plan as it was read: letter, bases, targets, tasks."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from motcua.core.text import clean_line
from motcua.programme.rules.bases import read_bases
from motcua.programme.rules.blocks import Block, Line, Row, Source
from motcua.programme.rules.columns import Field, read_head, read_label
from motcua.programme.rules.deadline import Deadline, Kind
from motcua.programme.rules.deadlines import find_in_content, parse_deadline
from motcua.programme.rules.headings import ends_table, read_appendix
from motcua.programme.rules.headless import add_heads
from motcua.programme.rules.letter import BodyPart, Letter, read_letter
from motcua.programme.rules.listed import read_listed
from motcua.programme.rules.mending import mend_numbers, mend_words
from motcua.programme.rules.numerals import read_numeral
from motcua.programme.rules.review import review_tasks
from motcua.programme.rules.tables import read_tasks
from motcua.programme.rules.targets import Target, read_targets
from motcua.programme.rules.tasks import TaskRow
from motcua.programme.rules.words import flatten

_TARGET_FIELDS = (Field.CONTENT, Field.PRODUCT, Field.NOTE)


@dataclass(frozen=True, slots=True)
class ReadPlan:
    """Everything a file says, and what is doubtful about it as a whole."""

    letter: Letter
    bases: tuple[str, ...]
    targets: tuple[Target, ...]
    tasks: tuple[TaskRow, ...]
    doubts: tuple[str, ...] = ()

    @property
    def parts(self) -> tuple[BodyPart, ...]:
        """The parts of the body."""
        return self.letter.parts


def read_plan(source: Source) -> ReadPlan:
    """Read a plan from the blocks of its file."""
    blocks, found = _find_tasks(source)
    lines = [b for b in blocks if isinstance(b, Line)]
    letter = read_letter(lines)
    texts = _before_parts(lines)
    if "scanned" in source.doubts:
        found = mend_words(mend_numbers(found))
    tasks = tuple(review_tasks(_with_deadlines(found, letter.year)))
    paragraphs = [text for part in letter.parts for text in part.paragraphs]
    targets = gather_targets(paragraphs, ([task.get(name) for name in _TARGET_FIELDS] for task in tasks))
    return ReadPlan(letter, tuple(read_bases(texts)), tuple(targets), tasks, source.doubts)


def _find_tasks(source: Source) -> tuple[list[Block], list[TaskRow]]:
    """The file laid open, and its tasks: of tables, else of paragraphs, else of tables without a head."""
    blocks = lay_open(source.blocks)
    found = read_tasks(blocks) or read_listed([b for b in blocks if isinstance(b, Line)])
    if found:
        return blocks, found
    guessed = lay_open(add_heads(source.blocks))
    tasks = [task.with_doubt("cells: no head") for task in read_tasks(guessed)]
    return (guessed, tasks) if tasks else (blocks, [])


def _before_parts(lines: Sequence[Line]) -> list[str]:
    texts = [clean_line(line.text) for line in lines]
    start = next((n for n, t in enumerate(texts) if flatten(t).strip(" *") == "ke hoach"), 0)
    return [t for t in texts[start : start + 60] if t]


def lay_open(blocks: Iterable[Block]) -> list[Block]:
    """Tables that only lay out a letter (its head, its signature) become lines, cell after cell."""
    laid: list[Block] = []
    for group in _group_rows(list(blocks)):
        if isinstance(group, Line):
            laid.append(group)
        else:
            laid += _lay_open_rows(group, laid)
    return laid


def _group_rows(blocks: list[Block]) -> Iterator[Line | list[Row]]:
    rows: list[Row] = []
    for block in blocks:
        if isinstance(block, Row) and (not rows or rows[-1].table == block.table):
            rows.append(block)
            continue
        if rows:
            yield rows
            rows = []
        if isinstance(block, Row):
            rows = [block]
        else:
            yield block
    if rows:
        yield rows


def _lay_open_rows(rows: list[Row], before: list[Block]) -> list[Block]:
    """The rows from the head down to the signature stay rows; what stands above and below becomes lines."""
    first = next((n for n in range(len(rows)) if read_head(rows[n : n + 4])), None)
    goes_on = _goes_on(rows, before)
    if first is None and not goes_on:
        return list(_as_lines(rows))
    if first is None or (goes_on and (rows[0].breaks or _has_numbers(rows[:first]))):
        first = 0
    last = next((n for n in range(first, len(rows)) if _ends(rows[n])), len(rows))
    kept = [_open_title(rows, n) for n in range(first, last)]
    return [*_as_lines(rows[:first]), *kept, *_as_lines(rows[last:])]


def _has_numbers(rows: list[Row]) -> bool:
    return any(read_numeral(row.get_text(0)) for row in rows)


def _open_title(rows: list[Row], place: int) -> Block:
    """A title over the width that heads an appendix, or stands right above a head, is a line."""
    row = rows[place]
    filled = [c for c in row.cells if c.text.strip()]
    if len(filled) != 1 or len(row.cells) > 2:
        return row
    text = clean_line(filled[0].text)
    if read_appendix(text) is None and not _stands_above_head(rows[place + 1 : place + 5]):
        return row
    return Line(text, row.at, row.page, after_blank=True)


def _stands_above_head(rows: list[Row]) -> bool:
    """Only titles come between here and the next head."""
    for order, row in enumerate(rows):
        if read_head(rows[order:]):
            return True
        if sum(1 for c in row.cells if c.text.strip()) > 1:
            return False
    return False


def _goes_on(rows: list[Row], before: list[Block]) -> bool:
    """A table as wide as the one before it goes on with it; a title alone is no table, nor is one of other columns."""
    if _has_other_head(rows[0]):
        return False
    if len(rows) == 1 and not rows[0].breaks and sum(1 for c in rows[0].cells if c.text.strip()) < 2:
        return False
    known = next((b.width for b in reversed(before) if isinstance(b, Row)), None)
    return known is not None and abs(max(r.width for r in rows) - known) <= 1


def _has_other_head(row: Row) -> bool:
    """`TT | Nội dung chi | Kinh phí | Nguồn`: a head that is no plan's."""
    known = [read_label(cell.text) for cell in row.cells]
    return known[:1] == [Field.NUMBER] and not row.unclear and sum(name is not None for name in known) < 3


def _ends(row: Row) -> bool:
    """Whether a row is the signature; beside a number `Chủ tịch` is who directs a task."""
    if read_numeral(row.get_text(0)) is not None and sum(1 for c in row.cells if c.text.strip()) > 2:
        return False
    return any(ends_table(cell.text) for cell in row.cells)


def _as_lines(rows: list[Row]) -> list[Line]:
    """Column by column, so that the recipients do not mix with the signature beside them."""
    width = max((r.width for r in rows), default=0)
    return [
        Line(part.strip(), row.at, row.page)
        for place in range(width)
        for row in rows
        for part in row.get_text(place).split("\n")
        if not any(c.column == place and c.merged_up for c in row.cells)
    ]


def _with_deadlines(tasks: Iterable[TaskRow], year: int | None) -> Iterator[TaskRow]:
    for task in tasks:
        read = parse_deadline(task.get(Field.TIME), year)
        hidden = find_in_content(task.get(Field.CONTENT), year)
        if read.kind is None and "none" in read.doubts and hidden:
            read = hidden[0]
        doubts = [f"time: {doubt}" for doubt in read.doubts]
        if hidden and read is not hidden[0]:
            doubts.append("time: also in content")
        yield replace(task, deadline=read).with_doubt(*doubts)


def gather_targets(paragraphs: Iterable[str], rows: Iterable[Iterable[str]]) -> Iterator[Target]:
    """The figures of the body, then of each row's cells; a figure that a row says twice is one."""
    for paragraph in paragraphs:
        yield from read_targets(paragraph)
    for cells in rows:
        seen: set[tuple[str, str]] = set()
        for text in cells:
            for target in read_targets(text):
                if (str(target.value), target.unit) not in seen:
                    seen.add((str(target.value), target.unit))
                    yield target


def gather_targets_of(
    parts: Iterable[dict[str, Any]], rows: Iterable[dict[str, Any]]
) -> list[dict[str, Any]]:
    """The same of a draft, as it is kept."""
    paragraphs = [text for part in parts for text in part["paragraphs"]]
    return [
        _target(t) for t in gather_targets(paragraphs, ([row[n] for n in _TARGET_FIELDS] for row in rows))
    ]


def as_json(plan: ReadPlan) -> dict[str, Any]:
    """The reading as the command prints it."""
    letter = plan.letter
    return {
        "title": letter.title,
        "number": letter.number,
        "date": _day(letter.dated),
        "issuer": letter.issuer,
        "signer": letter.signer,
        "year": letter.year,
        "legal_bases": list(plan.bases),
        "targets": [_target(target) for target in plan.targets],
        "recipients": list(letter.recipients),
        "rows": [_row(task) for task in plan.tasks],
    }


def as_kept(plan: ReadPlan) -> dict[str, Any]:
    """The reading as it waits for a person: what the command prints, and what only pages and papers show."""
    read = as_json(plan)
    for row, task in zip(read["rows"], plan.tasks, strict=True):
        row["path"] = [[section.number, section.title] for section in task.path]
    parts = [
        {"number": p.number, "heading": p.heading, "paragraphs": list(p.paragraphs), "line": p.line}
        for p in plan.parts
    ]
    return read | {"parts": parts, "doubts": list(plan.doubts), "signature": list(plan.letter.signature)}


def _target(target: Target) -> dict[str, Any]:
    value = int(target.value) if target.value == target.value.to_integral() else float(target.value)
    return {"text": target.text, "op": target.op, "value": value, "unit": target.unit}


def _row(task: TaskRow) -> dict[str, Any]:
    return {
        "appendix": task.appendix,
        "section_no": task.section.number,
        "section": task.section.title,
        "no": task.number,
        **{name.value: task.get(name) for name in (Field.CONTENT, Field.LEAD, Field.COORDINATING)},
        **{name.value: task.get(name) for name in (Field.TIME, Field.PRODUCT, Field.NOTE)},
        "deadline": deadline_as_json(task.deadline),
        "line": task.line,
        "unsure": list(task.unsure),
    }


def deadline_as_json(read: Deadline | None) -> dict[str, Any]:
    """A deadline as the command prints it and a reading keeps it."""
    if read is None:
        read = Deadline(None, "")
    by_day = read.kind is not Kind.EACH_PERIOD
    day = next((r.day for r in read.rhythm if r.day and by_day), None)
    return {
        "kind": read.kind.value if read.kind else None,
        "from": _day(read.first),
        "to": _day(read.last),
        "every": read.every or None,
        "days": read.days if read.days is not None else day,
        "event": read.event or None,
        "text": read.text,
    }


def _day(on: date | None) -> str | None:
    return on.isoformat() if on else None
