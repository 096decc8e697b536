"""What a form looks like: its columns with header paths, formulas and sources, its checks, and the merged header cells."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from motcua.core.marking import _
from motcua.figures.rules import Measure
from motcua.reports.rules.formula import BadFormula, compute, find_references, order, split_rule

STEP = " › "
TEXT_COLUMNS = 2  # number and name come first


class Rows(StrEnum):
    """What the rows of a form are."""

    FIELD = "field"
    LEVEL_FIELD = "level_field"
    UNIT = "unit"


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its printed number, header from the top down, formula, and measures of figures with their signs."""

    no: str
    path: tuple[str, ...]
    formula: str = ""
    source: tuple[tuple[int, Measure], ...] = ()

    @property
    def is_typed(self) -> bool:
        """Whether nothing fills it by itself."""
        return not self.formula and not self.source

    @property
    def caption(self) -> str:
        """The line under the header: `(3) = (4)+(5)+(6)`."""
        return f"({self.no}) = {self.formula}" if self.formula else f"({self.no})"


@dataclass(frozen=True, slots=True)
class Check:
    """What has to hold in each row: an error blocks signing, a warning asks for a look."""

    rule: str
    is_error: bool
    sentence: str


@dataclass(frozen=True, slots=True)
class Layout:
    """A form as it is printed."""

    columns: tuple[Column, ...]
    checks: tuple[Check, ...]

    @property
    def numbers(self) -> tuple[Column, ...]:
        """The columns that hold figures."""
        return self.columns[TEXT_COLUMNS:]

    @property
    def depth(self) -> int:
        """How many header rows the form has."""
        return get_depth(self)

    @property
    def header(self) -> "list[HeaderCell]":
        """The merged cells of the header."""
        return draw_header(self)

    def get(self, no: str) -> Column:
        """A column by its number. :raises KeyError: there is none."""
        found = next((column for column in self.columns if column.no == no), None)
        if found is None:
            raise KeyError(no)
        return found


@dataclass(frozen=True, slots=True)
class HeaderCell:
    """A cell of the merged header: from row and column, over so many of them."""

    row: int
    column: int
    rows: int
    columns: int
    text: str


def get_depth(layout: Layout) -> int:
    """How many header rows the form has."""
    return max(len(column.path) for column in layout.columns)


def draw_header(layout: Layout) -> list[HeaderCell]:
    """The merged cells of the header: neighbours with the same beginning of the path share a cell."""
    depth = get_depth(layout)
    cells: list[HeaderCell] = []
    for level in range(depth):
        column = 0
        while column < len(layout.columns):
            path = layout.columns[column].path
            if level >= len(path):
                column += 1
                continue
            width = _count_alike(layout.columns[column:], path[: level + 1])
            is_last = level == len(path) - 1
            cells.append(HeaderCell(level, column, depth - level if is_last else 1, width, path[level]))
            column += width
    return cells


def _count_alike(columns: Sequence[Column], beginning: tuple[str, ...]) -> int:
    count = 0
    for column in columns:
        if column.path[: len(beginning)] != beginning or (count and len(column.path) == len(beginning)):
            break
        count += 1
    return max(count, 1)


def read_source(text: str) -> tuple[tuple[int, Measure], ...]:
    """`new_counter moved_in -moved_out`. :raises ValueError: a word is no measure."""
    return tuple((-1 if word.startswith("-") else 1, Measure(word.lstrip("-"))) for word in text.split())


def write_layout(layout: Layout) -> str:
    """The form as lines an administrator can edit: `3 | header › part | formula | measures`, checks after them."""
    lines = []
    for column in layout.columns:
        source = " ".join(("-" if sign < 0 else "") + measure for sign, measure in column.source)
        lines.append(" | ".join((column.no, STEP.join(column.path), column.formula, source)).rstrip(" |"))
    lines += [
        f"{'lỗi' if check.is_error else 'nhắc'} | {check.rule} | {check.sentence}" for check in layout.checks
    ]
    return "\n".join(lines) + "\n"


class BadLayout(ValueError):
    """A line that cannot be read: its number and why, as a marked sentence with facts."""

    def __init__(self, line: int, sentence: str, **facts: str) -> None:
        super().__init__(sentence)
        self.line, self.sentence, self.facts = line, sentence, facts


def read_layout(text: str) -> Layout:
    """The form that lines describe. :raises BadLayout: a line is wrong; the first one is named."""
    columns: list[Column] = []
    checks: list[Check] = []
    for number, line in enumerate(text.splitlines(), start=1):
        cells = [cell.strip() for cell in line.split("|")]
        if not any(cells):
            continue
        if cells[0].lower() in ("lỗi", "nhắc"):
            checks.append(_read_check(number, cells))
        else:
            columns.append(_read_column(number, cells, {column.no for column in columns}))
    layout = Layout(tuple(columns), tuple(checks))
    _prove(layout)
    return layout


def _read_column(number: int, cells: list[str], known: set[str]) -> Column:
    no, path, formula, source = (*cells, "", "", "")[:4]
    if len(cells) > 4 or not no or not path or len(no) > 4:
        raise BadLayout(number, _("Viết: số cột | tiêu đề › tiêu đề con | công thức | nguồn số liệu."))
    if no in known:
        raise BadLayout(number, _("Cột ({no}) đã có ở trên."), no=no)
    try:
        measures = read_source(source)
    except ValueError as fault:
        raise BadLayout(number, _("Không có số liệu “{source}”."), source=source) from fault
    parts = tuple(part.strip() for part in path.split(STEP.strip()) if part.strip())
    return Column(no, parts, formula, measures)


def _read_check(number: int, cells: list[str]) -> Check:
    kind, rule, sentence = (*cells, "", "")[:3]
    try:
        split_rule(rule)
    except BadFormula as fault:
        raise BadLayout(number, _("“{rule}” không phải là điều kiện."), rule=rule) from fault
    return Check(rule, kind.lower() == "lỗi", sentence or rule)


def _prove(layout: Layout) -> None:
    """Every formula can be computed and speaks of columns that exist."""
    if len(layout.columns) <= TEXT_COLUMNS:
        raise BadLayout(0, _("Biểu phải có cột số thứ tự, cột tên và ít nhất một cột số liệu."))
    known = {column.no for column in layout.numbers}
    formulas = {column.no: column.formula for column in layout.columns if column.formula}
    sides = [side for check in layout.checks for side in split_rule(check.rule)[::2]]
    for formula in [*formulas.values(), *sides]:
        missing = [no for no in find_references(formula) if no not in known]
        if missing:
            raise BadLayout(0, _("Công thức “{formula}” nói tới cột không có."), formula=formula)
        try:
            compute(formula, {})
        except BadFormula as fault:
            raise BadLayout(0, _("“{formula}” không phải là công thức."), formula=formula) from fault
    try:
        order(formulas)
    except BadFormula as fault:
        raise BadLayout(0, _("Công thức “{formula}” vòng lại chính nó."), formula=str(fault)) from fault
