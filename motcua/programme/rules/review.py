"""What a person should look at in the rows of a plan: numerals that jump, cells that are empty."""

from collections.abc import Iterable, Iterator, Mapping

from motcua.programme.rules.columns import Field
from motcua.programme.rules.numerals import Level, Numeral, read_numeral
from motcua.programme.rules.tasks import Section, TaskRow


def review_tasks(tasks: Iterable[TaskRow]) -> Iterator[TaskRow]:
    """The same rows, with doubts about numerals and empty cells added."""
    rows = list(tasks)
    repeated = _find_odd_sections(rows)
    before: TaskRow | None = None
    for place, row in enumerate(rows):
        doubts = [*_find_empty(row), *_find_jump(row, before)]
        if place in repeated:
            doubts.append(repeated[place])
        yield row.with_doubt(*doubts)
        before = row


def review_cells(cells: Mapping[str, object]) -> list[str]:
    """What is missing in a row that a person has corrected."""
    return [f"{name}: empty" for name in (Field.CONTENT, Field.LEAD) if not cells.get(name)]


def _find_empty(row: TaskRow) -> list[str]:
    return review_cells({name.value: row.get(name) for name in (Field.CONTENT, Field.LEAD)})


def _find_jump(row: TaskRow, before: TaskRow | None) -> list[str]:
    """The number of a row follows the one above it in the same group."""
    numeral = read_numeral(row.number)
    above = read_numeral(before.number) if before and _is_same_place(row, before) else None
    if numeral is None or (above is not None and above.level is not numeral.level):
        return []
    if above is None and before is not None and _is_back(row, before):
        above = read_numeral(before.section.number)
    expected = above.value + 1 if above else _first_of(numeral, before)
    return [] if expected in {None, numeral.value} else ["no: out of order"]


def _first_of(numeral: Numeral, before: TaskRow | None) -> int | None:
    """A group begins at 1; numbers that run on through the groups are as good."""
    above = read_numeral(before.number) if before else None
    if above and above.level is numeral.level is Level.NUMBER and numeral.value == above.value + 1:
        return numeral.value
    return 1


def _is_back(row: TaskRow, before: TaskRow) -> bool:
    """Whether the row stands beside the title the row before stands under: `2` after `1` with its `a`, `b`."""
    return row.appendix == before.appendix and row.section in before.path


def _is_same_place(row: TaskRow, other: TaskRow) -> bool:
    return row.appendix == other.appendix and row.section == other.section


def _find_odd_sections(rows: list[TaskRow]) -> dict[int, str]:
    """Places where a group begins whose numeral does not follow the group before."""
    odd: dict[int, str] = {}
    before: Section | None = None
    around: tuple[str, tuple[Section, ...]] = ("", ())
    inside: tuple[Section, ...] = ()
    seen: set[str] = set()
    for place, row in enumerate(rows):
        if (row.appendix, row.path) != around:
            is_back = row.appendix == around[0] and row.section in inside
            around, before, seen = (row.appendix, row.path), row.section if is_back else None, set()
        inside = row.path
        if row.section != before:
            fault = _judge(row.section, before, seen)
            if fault is not None and not (place and _numbers_on(row, rows[place - 1])):
                odd[place] = fault
            before = row.section
            seen.add(row.section.number)
    return odd


def _numbers_on(row: TaskRow, before: TaskRow) -> bool:
    """Whether the title of a row is numbered after the task above it: `1`, then `2` with its `a`, `b`."""
    title, above = read_numeral(row.section.number), read_numeral(before.number)
    is_inside = row.appendix == before.appendix and before.section in row.path
    return is_inside and bool(title and above and title.value == above.value + 1)


def _judge(section: Section, before: Section | None, seen: set[str]) -> str | None:
    numeral = read_numeral(section.number)
    if numeral is None:
        return None
    if section.number in seen:
        return "section_no: repeated"
    above = read_numeral(before.number) if before else None
    expected = above.value + 1 if above and above.level is numeral.level else 1
    return None if numeral.value == expected else "section_no: out of order"
