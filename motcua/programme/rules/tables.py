"""From rows of cells to tasks: groups, rows that go on after a page break, heads repeated, numerals that jump.

Nothing is put right in silence: where a reading rests on a judgement, the row says so in `unsure`.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from motcua.programme.rules.actors import looks_like_actor
from motcua.programme.rules.blocks import Block, Line, Row
from motcua.programme.rules.columns import (
    Columns,
    Field,
    is_head_again,
    is_index_row,
    is_rule_row,
    read_head,
)
from motcua.programme.rules.deadlines import parse_deadline
from motcua.programme.rules.fitting import Fitted, fit_row
from motcua.programme.rules.headings import ends_table, is_total, read_appendix
from motcua.programme.rules.merging import fill_ditto, fill_merged
from motcua.programme.rules.numerals import Level, Numeral, read_numeral, split_leading_numeral
from motcua.programme.rules.sharing import divide_actors
from motcua.programme.rules.tasks import Section, TaskRow

_GROUP_LEVELS = {Level.ROMAN, Level.LETTER}
_TITLE_LEVELS = {Level.NUMBER, Level.DECIMAL, Level.LETTER, Level.SMALL_LETTER}
_BULLETS = "-–+•*"


@dataclass
class Table:
    """Where the reader stands: which appendix, which group, which columns."""

    appendix: str = ""
    sub_table: str = ""
    heading: Section | None = None
    section: Section = field(default_factory=Section)
    outer: Section = field(default_factory=Section)
    around: Section | None = None
    columns: Columns | None = None
    inherited: Columns | None = None
    tasks: list[TaskRow] = field(default_factory=list)
    after_break: bool = False
    pending: tuple[str, ...] = ()
    source_table: int = -1

    @property
    def label(self) -> str:
        """`I`, `2` or `I.2`: the appendix and the table inside it."""
        return ".".join(part for part in (self.appendix, self.sub_table) if part)


def read_tasks(blocks: Sequence[Block]) -> list[TaskRow]:
    """Every task of every table."""
    state = Table()
    place = 0
    while place < len(blocks):
        block = blocks[place]
        if isinstance(block, Line):
            _read_line(state, block, blocks, place)
            place += 1
        else:
            place += _read_row(state, block, blocks, place)
    return state.tasks


def _read_line(state: Table, line: Line, blocks: Sequence[Block], place: int) -> None:
    """A line between tables: an appendix begins, a table of its own begins, or the table is over."""
    heading = read_appendix(line.text)
    if heading is not None:
        state.appendix, state.sub_table = heading[0] or state.appendix, ""
        _leave(state)
        return
    if ends_table(line.text):
        _leave(state)
        return
    numeral, title = split_leading_numeral(line.text)
    if numeral is not None and title and numeral.level is Level.NUMBER and _has_own_groups(blocks, place):
        state.sub_table = numeral.text
        _leave(state)
        return
    if numeral is not None and title and numeral.level in _TITLE_LEVELS and _stands_above(blocks, place):
        state.heading = Section(numeral.text, title, numeral.level)
    state.after_break = state.after_break or not line.text.strip()


def _leave(state: Table) -> None:
    """The table is over; the next may have no head and then takes this one's columns."""
    state.inherited = state.columns or state.inherited
    state.columns = None
    state.section = state.outer = Section()
    state.around = None


def _stands_above(blocks: Sequence[Block], place: int) -> bool:
    """Whether the head of a table comes right below a line."""
    below = [b for b in blocks[place + 1 : place + 8] if isinstance(b, Row) or b.text.strip()]
    rows = [b for b in below[:5] if isinstance(b, Row)]
    return bool(rows) and below[0] is rows[0] and read_head(rows) is not None


def _has_own_groups(blocks: Sequence[Block], place: int) -> bool:
    """Whether a table with groups of its own comes right below a numbered title."""
    below = [b for b in blocks[place + 1 : place + 8] if isinstance(b, Row) or b.text.strip()]
    if not below or not isinstance(below[0], Row):
        return False
    numerals = [read_numeral(b.get_text(0)) for b in below[:4] if isinstance(b, Row)]
    return any(n and n.level is Level.ROMAN for n in numerals)


def _read_row(state: Table, row: Row, blocks: Sequence[Block], place: int) -> int:
    """Read one row; the number of blocks it took."""
    following = _rows_from(blocks, place)
    head = read_head(following)
    if head is not None:
        state.columns, height = head
        state.inherited = state.columns
        state.after_break = True
        state.source_table = row.table
        state.section, state.heading = state.heading or state.section, None
        return height
    if state.columns is None and not _take_over(state, following):
        return 1
    assert state.columns is not None
    if is_rule_row(row) or is_index_row(row) or is_head_again(row, state.columns):
        state.after_break = True
        return 1
    if ends_table(" ".join(c.text for c in row.cells)):
        _leave(state)
        return 1
    state.after_break = state.after_break or row.breaks
    fitted = _take_own_number(fit_row(row, state.columns))
    _take(state, fill_merged(fitted, _above(state)), row, following)
    state.after_break = False
    return 1


def _take_own_number(fitted: Fitted) -> Fitted:
    """Under a number merged over several rows, `a) …` before the words is the row's own."""
    if fitted.number or Field.NUMBER not in fitted.merged:
        return fitted
    numeral, words = split_leading_numeral(fitted.text(Field.CONTENT))
    if numeral is None or numeral.level not in {Level.SMALL_LETTER, Level.DECIMAL}:
        return fitted
    return replace(
        fitted,
        number=numeral.text,
        cells={**fitted.cells, Field.CONTENT: words},
        merged=fitted.merged - {Field.NUMBER},
    )


def _above(state: Table) -> TaskRow | None:
    """The task above in the same group; a cell does not reach over the title of a group."""
    last = state.tasks[-1] if state.tasks else None
    return last if last and last.section == state.section and last.appendix == state.label else None


def _rows_from(blocks: Sequence[Block], place: int) -> list[Row]:
    """The rows that follow without a line between, at most a handful."""
    rows: list[Row] = []
    for block in blocks[place : place + 6]:
        if isinstance(block, Line):
            break
        rows.append(block)
    return rows


def _take_over(state: Table, rows: Sequence[Row]) -> bool:
    """A table without a head, as wide as the one before it, has the same columns."""
    known = state.inherited
    if known is None or not rows:
        return False
    widths = [r.width for r in rows]
    numbered = any(read_numeral(r.get_text(0)) for r in rows)
    if not numbered or max(widths) < known.width - 1 or min(widths) > known.width + 1:
        return False
    state.columns = known
    return True


def _take(state: Table, fitted: Fitted, row: Row, following: Sequence[Row]) -> None:
    """Decide what a row is: a group, a task, or the rest of the task before."""
    numeral = read_numeral(fitted.number)
    if numeral is None and is_total(fitted.text(Field.CONTENT) or fitted.number):
        return
    if title := fitted.text(Field.GROUP):
        state.section = _read_group(title)
    if fitted.group_title:
        state.section = Section(numeral.text if numeral else fitted.number, fitted.group_title)
        _add(state, "", fitted, row, "no: missing", "section: flattened")
        return
    if fitted.is_title_only:
        _take_title(state, numeral, fitted, row, following)
        return
    if numeral is None and fitted.number and not fitted.text(Field.CONTENT):
        numeral, rest = split_leading_numeral(fitted.number)
        fitted = replace(fitted, cells={**fitted.cells, Field.CONTENT: rest})
    elif numeral is None and not fitted.number:
        numeral, fitted = _number_inside(fitted, state)
    if numeral is None and not fitted.number and _goes_on(state, fitted):
        state.tasks[-1] = state.tasks[-1].join(fitted.cells).with_doubt(*_doubt_joined(state))
        return
    _add(state, numeral.text if numeral else fitted.number, fitted, row)


def _read_group(title: str) -> Section:
    """The group that a column of its own names."""
    numeral, words = split_leading_numeral(title)
    return Section(numeral.text, words, numeral.level) if numeral else Section("", title)


def _doubt_joined(state: Table) -> tuple[str, ...]:
    """A row that goes on right after a page break is ordinary; elsewhere a person should look."""
    return () if state.after_break else ("content: joined",)


def _has_numbers(state: Table) -> bool:
    return state.columns is not None and Field.NUMBER in state.columns.places


def _number_inside(fitted: Fitted, state: Table) -> tuple[Numeral | None, Fitted]:
    """A table without a number column has its numbers before the words."""
    if _has_numbers(state):
        return None, fitted
    numeral, rest = split_leading_numeral(fitted.text(Field.CONTENT))
    if numeral is None:
        return None, fitted
    return numeral, replace(fitted, cells={**fitted.cells, Field.CONTENT: rest})


def _goes_on(state: Table, fitted: Fitted) -> bool:
    """Whether a row without a number is the rest of the row above."""
    if not state.tasks:
        return False
    content, lead, time = (fitted.text(f) for f in (Field.CONTENT, Field.LEAD, Field.TIME))
    if not content:
        return True
    if not _has_numbers(state) and content[:1].isupper() and lead:
        return False
    return not _is_whole(content, lead, time)


def _is_whole(content: str, lead: str, time: str) -> bool:
    """Whether words, somebody and a time are all there: a task of its own, though it has no number."""
    return content[:1].isupper() and looks_like_actor(lead) and parse_deadline(time, 2000).kind is not None


def _is_whole_row(row: Row, state: Table) -> bool:
    if state.columns is None:
        return False
    fitted = fit_row(row, state.columns)
    return not fitted.number and _is_whole(*(fitted.text(f) for f in (Field.CONTENT, Field.LEAD, Field.TIME)))


def _is_lettered(row: Row) -> bool:
    """A task `a) …` whose number cell is merged with the title's above."""
    merged = any(cell.merged_up and cell.column == 0 for cell in row.cells)
    first = next((cell.text for cell in row.cells if cell.text.strip()), "")
    numeral, _words = split_leading_numeral(first)
    has_more = sum(1 for cell in row.cells if cell.text.strip()) > 1
    return merged and has_more and numeral is not None and numeral.level is Level.SMALL_LETTER


def _is_bullet_row(row: Row) -> bool:
    """A task whose number is a dash: it belongs to the numbered title above."""
    number = row.get_text(0).strip()
    return bool(number) and not number.strip(_BULLETS) and sum(1 for c in row.cells if c.text.strip()) > 2


def _take_title(
    state: Table, numeral: Numeral | None, fitted: Fitted, row: Row, following: Sequence[Row]
) -> None:
    """A row with a number and words only: a group, or a task whose other cells are empty."""
    words = fitted.text(Field.CONTENT)
    if numeral is None:
        numeral, words = split_leading_numeral(words or fitted.number)
        if numeral is None:
            _take_bare_words(state, words, fitted, row, following)
            return
    if numeral.level in _GROUP_LEVELS or _leads_deeper(numeral, following, state) or not words:
        _open_section(state, numeral, words)
        return
    _add(
        state, numeral.text, replace(fitted, cells={**fitted.cells, Field.CONTENT: words}), row, "lead: empty"
    )


def _take_bare_words(state: Table, words: str, fitted: Fitted, row: Row, following: Sequence[Row]) -> None:
    """Words without a number: the rest of the task above when they run on, else the title of a group."""
    before = state.tasks[-1].get(Field.CONTENT) if state.tasks else ""
    runs_on = bool(before) and (not words[:1].isupper() or (state.after_break and before[-1:] not in ".;:)"))
    has_new_number = before and not runs_on and not fitted.spans_all
    if before and not fitted.number and (runs_on or (has_new_number and words[:1] in "-–+•(")):
        state.tasks[-1] = state.tasks[-1].join(fitted.cells).with_doubt(*_doubt_joined(state))
        return
    state.section = Section(fitted.number if fitted.text(Field.CONTENT) else "", words)


def _leads_deeper(numeral: Numeral, following: Sequence[Row], state: Table) -> bool:
    """Whether the rows below number on inside this one: `1` then `1.1` or `a`, or start again at 1."""
    for row in following[1:]:
        below = read_numeral(row.get_text(0))
        if below is None:
            if _is_whole_row(row, state) or _is_bullet_row(row) or _is_lettered(row):
                return True
            continue
        if below.level is Level.DECIMAL:
            return below.parent == numeral.text and numeral.level is not Level.SMALL_LETTER
        if below.level is Level.SMALL_LETTER:
            return numeral.level is not Level.SMALL_LETTER and below.value == 1
        if below.level is Level.CODE:
            return numeral.level is not Level.CODE
        return below.level is Level.NUMBER and below.value == 1 and numeral.level is not Level.NUMBER
    return False


def _open_section(state: Table, numeral: Numeral, title: str) -> None:
    if numeral.level is Level.LETTER and _follows(numeral, state.outer):
        state.outer = Section(numeral.text, title, numeral.level)
    if numeral.level in _GROUP_LEVELS:
        state.around = None
    if numeral.level is Level.NUMBER and (state.section.level in _GROUP_LEVELS or state.section == Section()):
        state.around = state.section
    state.section = Section(numeral.text, title, numeral.level)
    state.pending = ("section_no: slip",) if numeral.is_slip else ()


def _add(state: Table, number: str, fitted: Fitted, row: Row, *doubts: str) -> None:
    numeral = read_numeral(number)
    _go_back(state, numeral)
    section = state.section
    found = [*state.pending, *doubts, *fitted.doubts, *(["scan: unclear"] if row.unclear else [])]
    found += ["cells: by space"] if row.spaced else []
    state.pending = ()
    if numeral and numeral.level is Level.DECIMAL and numeral.parent and not _belongs(section, numeral):
        section = state.section = Section(numeral.parent, "", Level.NUMBER)
        found.append("section: missing")
    if not number and "no: missing" not in found and _has_numbers(state):
        found.append("no: missing")
    if state.columns is not None and state.columns.is_guessed:
        found.append("content: guessed")
    cells, divided = _share_out(
        {
            name: text
            for name, text in fitted.cells.items()
            if name not in {Field.NUMBER, Field.OTHER, Field.GROUP}
        }
    )
    cells, repeated = fill_ditto(cells, state.tasks[-1] if state.tasks else None)
    found += [*repeated, *divided, *(["cells: left out"] if fitted.more else [])]
    state.tasks.append(
        TaskRow(
            state.label,
            section,
            number,
            cells,
            row.at,
            more=fitted.more,
            unsure=tuple(found),
            path=_find_path(state),
        )
    )


def _follows(letter: Numeral, before: Section) -> bool:
    """Groups in capital letters begin at A and go on; a lone `H` is a scan's `II`."""
    above = read_numeral(before.number)
    # `Đ` is rarely counted: `E` comes after `D`.
    return letter.value == 1 or 0 < letter.value - (above.value if above else 0) <= 2


def _find_path(state: Table) -> tuple[Section, ...]:
    """`A` around `I`, `I` around `1`: the groups that stand around the one a task is in."""
    around = [section for section in (state.outer, state.around) if section is not None and section.number]
    return tuple(dict.fromkeys(section for section in around if section != state.section))


def _go_back(state: Table, numeral: Numeral | None) -> None:
    """`2` after the tasks of the title `1` stands beside that title, in the group around it."""
    if state.around is None or numeral is None or numeral.level is not Level.NUMBER:
        return
    if state.section.level == Level.NUMBER and read_numeral(state.section.number) != numeral:
        state.section, state.around = state.around, None


def _share_out(cells: dict[Field, str]) -> tuple[dict[Field, str], list[str]]:
    """`Chủ trì: …; Phối hợp: …` in the leader's cell named under its own columns, where nobody else takes part."""
    divided = None if cells.get(Field.COORDINATING) else divide_actors(cells.get(Field.LEAD, ""))
    if divided is None:
        return cells, []
    return {**cells, Field.LEAD: divided[0], Field.COORDINATING: divided[1]}, ["lead: divided"]


def _belongs(section: Section, numeral: Numeral) -> bool:
    """`2.3` belongs to group `2`; under a Roman group decimals may run on their own."""
    return section.level in _GROUP_LEVELS or section.number == numeral.parent
