"""How well plans are read: rows found, cells exact, deadlines of the right kind, against a register made by hand.

The register is a table of the reference material beside the repository (`../shared`); without it there is nothing to
measure against, and the measure says so.
"""

import csv
import re
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import motcua.programme
from motcua.core.text import clean_line
from motcua.programme.reading import open_source
from motcua.programme.rules.columns import Field
from motcua.programme.rules.plan import ReadPlan, read_plan
from motcua.programme.rules.tasks import TaskRow

FORMS = Path(motcua.programme.__file__).parent / "data" / "deadline_forms.csv"
_REGISTER_ROW = re.compile(r"^\| (\d+)/(\S+) \| [^|]* \|(.*)\|$")
_CELLS = (Field.CONTENT, Field.LEAD, Field.COORDINATING, Field.TIME, Field.PRODUCT, Field.NOTE)


@dataclass(frozen=True, slots=True)
class Expected:
    """A row of the register: its reference and its six cells, long ones cut with `…`."""

    reference: str
    cells: dict[Field, str]


@dataclass(frozen=True, slots=True)
class Score:
    """The figures of one file, with the cells that differ."""

    name: str
    rows_expected: int
    rows_found: int
    cells: int
    cells_exact: int
    kinds_right: int
    numbers_right: int
    seconds: float
    faults: tuple[str, ...] = ()


def find_reference(root: Path) -> Path | None:
    """The reference material beside the repository, or None when it is not there."""
    place = root.parent / "shared"
    return place if (place / "reference" / "seed-inventory.md").is_file() else None


def read_register(path: Path) -> dict[int, list[Expected]]:
    """The rows of the register by file, in order."""
    rows: dict[int, list[Expected]] = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        match = _REGISTER_ROW.match(line)
        cells = [clean_line(c) for c in match[3].split(" | ")] if match else []
        if match and len(cells) >= 6:
            cells = [_without_remark(c) for c in cells]
            named = dict(zip(_CELLS, cells, strict=False))
            rows.setdefault(int(match[1]), []).append(Expected(match[2], named))
    return rows


def _without_remark(cell: str) -> str:
    """`(none)` is an empty cell; `group: …` in the note is the register's own remark on a flattened group."""
    return "" if cell == "(none)" or cell.startswith("group: ") else cell


def read_kinds() -> dict[str, str]:
    """The kind of each literal deadline, as judged by a person."""
    with FORMS.open(encoding="utf-8", newline="") as file:
        return {row["text"]: row["kind"] for row in csv.DictReader(file)}


def measure_plans(shared: Path) -> list[Score]:
    """Read every plan of the reference material and compare it with the register."""
    register = read_register(shared / "reference" / "seed-inventory.md")
    files = sorted((shared / "plans").glob("*.txt"))
    return [measure_file(path, register.get(place, [])) for place, path in enumerate(files)]


def measure_file(path: Path, expected: Sequence[Expected]) -> Score:
    """Read one plan and compare."""
    begun = time.perf_counter()
    plan = read_plan(open_source(path.read_bytes(), path.name))
    return score(path.name, plan, expected, time.perf_counter() - begun)


def score(name: str, plan: ReadPlan, expected: Sequence[Expected], seconds: float = 0.0) -> Score:
    """Compare a reading with the rows that should be there."""
    pairs = _pair(plan.tasks, expected)
    kinds = read_kinds()
    faults: list[str] = []
    exact = right = numbered = 0
    for want, got in pairs:
        for cell in _CELLS:
            if got is not None and _is_same(got.get(cell), want.cells.get(cell, "")):
                exact += 1
            else:
                faults.append(f"{want.reference} {cell}: {got.get(cell) if got else '—'!r}")
        right += _is_right_kind(got, want, kinds)
        numbered += got is not None and _is_reference(got, want.reference)
    found = sum(1 for _, got in pairs if got is not None)
    return Score(
        name,
        len(expected),
        found,
        len(expected) * len(_CELLS),
        exact,
        right,
        numbered,
        seconds,
        tuple(faults),
    )


def _pair(tasks: Sequence[TaskRow], expected: Sequence[Expected]) -> list[tuple[Expected, TaskRow | None]]:
    """Each expected row with the first row read, not yet taken, whose content begins alike."""
    left = list(tasks)
    pairs: list[tuple[Expected, TaskRow | None]] = []
    for want in expected:
        beginning = want.cells[Field.CONTENT].rstrip("…")[:25]
        got = next((t for t in left if t.get(Field.CONTENT).startswith(beginning)), None)
        if got is not None:
            left.remove(got)
        pairs.append((want, got))
    return pairs


def _is_same(got: str, want: str) -> bool:
    """Equal, or equal as far as the register tells before its `…`."""
    return got.startswith(want[:-1].rstrip()) if want.endswith("…") else got == want


def _is_right_kind(got: TaskRow | None, want: Expected, kinds: dict[str, str]) -> bool:
    if got is None or got.deadline is None or got.deadline.kind is None:
        return False
    return got.deadline.kind.value == kinds.get(want.cells[Field.TIME])


def _reference_of(task: TaskRow) -> str:
    """The reference the register would give: `1.I.2`, `I-V.1`, `2.3`, `8`."""
    if "." in task.number:
        return task.number
    return ".".join(part for part in (task.appendix, task.section.number, task.number) if part)


def _is_reference(task: TaskRow, reference: str) -> bool:
    """The register tells two groups `VI` apart by letters and parts appendices by a dash."""
    wanted = re.sub(r"(?<=[IVX])[ab]\b", "", reference).replace("-", ".")
    return _reference_of(task) in {wanted, wanted.rpartition(".")[0]}
