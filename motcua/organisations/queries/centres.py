"""Where communes lie: a point inside each, for laying them out beside each other; borders are not known to the house."""

import csv
import gzip
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path

DATA = Path(__file__).resolve().parent.parent / "data" / "centres.csv.gz"
SINCE_2025 = "2025-X"


def find_centres(codes: Iterable[str]) -> dict[str, tuple[float, float]]:
    """Latitude and longitude of communes by their code (`2025-X19441`); units without a place are left out."""
    known = _read()
    return {
        code: known[number]
        for code in codes
        if code.startswith(SINCE_2025) and (number := code.removeprefix(SINCE_2025)) in known
    }


@cache
def _read() -> Mapping[str, tuple[float, float]]:
    with gzip.open(DATA, "rt", encoding="utf-8", newline="") as file:
        return {
            row["code"]: (float(row["latitude"]), float(row["longitude"])) for row in csv.DictReader(file)
        }
