"""The columns of a request: pure. A line is a column: `tên cột`, or `tên cột | nguồn số liệu`; `# tên cột` holds words."""

from dataclasses import dataclass

from motcua.core.marking import _
from motcua.figures.rules import Counts, Measure
from motcua.reports.rules.layout import read_source

MOST_COLUMNS = 30


class BadColumns(ValueError):
    """A line that cannot be read: its number and why, as a marked sentence with facts."""

    def __init__(self, line: int, sentence: str, **facts: str) -> None:
        super().__init__(sentence)
        self.line, self.sentence, self.facts = line, sentence, facts


@dataclass(frozen=True, slots=True)
class AskedColumn:
    """A column: words or a figure, and the measures that fill it by themselves with their signs."""

    no: str
    name: str
    is_text: bool = False
    source: tuple[tuple[int, Measure], ...] = ()

    def fill(self, counts: Counts) -> int | None:
        """The value the figures give; None when nothing fills it by itself."""
        return sum(sign * counts.get(measure) for sign, measure in self.source) if self.source else None


def read_columns(text: str) -> tuple[AskedColumn, ...]:
    """The columns lines describe. :raises BadColumns: a line is wrong, or there are none or too many."""
    columns: list[AskedColumn] = []
    for number, line in enumerate(text.splitlines(), start=1):
        if line.strip():
            columns.append(_read_column(number, line.strip(), str(len(columns) + 1)))
    if not columns:
        raise BadColumns(0, _("Ghi ít nhất một cột."))
    if len(columns) > MOST_COLUMNS:
        raise BadColumns(0, _("Nhiều nhất {n} cột."), n=str(MOST_COLUMNS))
    return tuple(columns)


def _read_column(number: int, line: str, no: str) -> AskedColumn:
    name, _bar, source = (part.strip() for part in line.partition("|"))
    if name.startswith("#"):
        return AskedColumn(no, name.lstrip("# ")[:120], is_text=True)
    if not name:
        raise BadColumns(number, _("Cột này chưa có tên."))
    try:
        return AskedColumn(no, name[:120], source=read_source(source))
    except ValueError as fault:
        raise BadColumns(number, _("Không có số liệu “{source}”."), source=source) from fault
