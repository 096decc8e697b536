"""How long each page of figures took, kept as a file and laid beside the same of another size. Pure but for the file."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple


class Drawn(NamedTuple):
    """A page: milliseconds with nothing kept, and of the quickest of the next; of CPU with nothing kept, its process and the
    database together, which other work on the machine changes less."""

    words: str
    first: float
    after: float
    cpu: float


class Run(NamedTuple):
    """The pages over so many dossiers."""

    dossiers: int
    pages: Sequence[Drawn]


def write_run(path: Path, run: Run) -> None:
    """Keep a run."""
    told = {"dossiers": run.dossiers, "pages": [page._asdict() for page in run.pages]}
    path.write_text(json.dumps(told, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def read_run(path: Path) -> Run:
    """A run that was kept. :raises OSError, ValueError, KeyError: there is none in the file."""
    told = json.loads(path.read_text(encoding="utf-8"))
    return Run(int(told["dossiers"]), [Drawn(**page) for page in told["pages"]])


def tell_pages(pages: Sequence[Drawn], beside: Run | None = None) -> list[str]:
    """A line for each page, with how many times as long it took as in another run."""
    head = "  trang, ms lần đầu · về sau · CPU lần đầu / pages, ms with nothing kept · after that · CPU with nothing kept"
    if beside is None:
        return [head, *map(_tell, pages)]
    head += f"; so với {beside.dossiers} hồ sơ / growth over {beside.dossiers} dossiers"
    before = {page.words: page for page in beside.pages}
    return [head, *(_tell_growth(page, before.get(page.words)) for page in pages)]


def _tell_growth(page: Drawn, before: Drawn | None) -> str:
    if before is None:
        return _tell(page)
    shares = zip(page[1:], before[1:], strict=True)
    return f"{_tell(page)}   ({' · '.join(f'{now / then:.2f}' if then else '–' for now, then in shares)} ×)"


def _tell(page: Drawn) -> str:
    return f"  {page.words:<72}{page.first:>10.1f} · {page.after:.1f} · {page.cpu:.0f}"
