"""Loading the reference units: the country before and after 1 July 2025."""

import csv
import gzip
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from django.db import connection, transaction

from motcua.core.text import fold
from motcua.organisations.actions.units import mark_changed
from motcua.organisations.models import Unit, UnitSuccession, UnitVersion

DATA = Path(__file__).resolve().parent.parent / "data"
CHANGE = date(2025, 7, 1)
BATCH = 2000
TABLES = {"2004": "Quyết định 124/2004/QĐ-TTg", "2025": "Quyết định 19/2025/QĐ-TTg"}
RESOLUTIONS = {
    "T": "Nghị quyết 202/2025/QH15",
    "H": "Luật số 72/2025/QH15",
    "X": "Nghị quyết của UBTVQH ngày 16/6/2025",
}


def _read(name: str) -> Iterator[dict[str, str]]:
    with gzip.open(DATA / name, "rt", encoding="utf-8", newline="") as lines:
        yield from csv.DictReader(lines)


@transaction.atomic
def load_reference_units() -> int:
    """Load what is not there yet; units changed here since keep their changes. Says how many units came."""
    rows = list(_read("units.csv.gz"))
    known = set(Unit.objects.filter(code__regex=r"^(2004|2025)-[THX]").values_list("code", flat=True))
    fresh = [row for row in rows if row["code"] not in known]
    if not fresh:
        return 0
    units = {row["code"]: _make_unit(row) for row in fresh}
    Unit.objects.bulk_create(units.values(), batch_size=BATCH)
    ids = dict(Unit.objects.filter(code__regex=r"^(2004|2025)-[THX]").values_list("code", "id"))
    UnitVersion.objects.bulk_create((_make_version(row, ids) for row in fresh), batch_size=BATCH)
    _load_successions(ids)
    _measure()
    mark_changed()
    return len(units)


def _measure() -> None:
    # Without it the planner takes the tables just filled for empty ones, until the next automatic round.
    with connection.cursor() as cursor:
        for model in (Unit, UnitVersion, UnitSuccession):
            cursor.execute(f'ANALYZE "{model._meta.db_table}"')


def _make_unit(row: dict[str, str]) -> Unit:
    return Unit(code=row["code"], kind=row["kind"], province_code=row["province_code"])


def _make_version(row: dict[str, str], ids: dict[str, int]) -> UnitVersion:
    return UnitVersion(
        unit_id=ids[row["code"]],
        name=row["name"],
        name_folded=fold(row["name"]),
        parent_id=ids.get(row["parent"]),
        agency_code=row["agency_code"],
        territory_code=row["territory_code"],
        level=row["kind"],
        decision_number=TABLES[row["code"][:4]],
        valid_from=date.fromisoformat(row["valid_from"]),
        valid_to=date.fromisoformat(row["valid_to"]) if row["valid_to"] else None,
    )


def _load_successions(ids: dict[str, int]) -> None:
    successions = (
        UnitSuccession(
            from_unit_id=ids[row["from"]],
            to_unit_id=ids[row["to"]],
            on=CHANGE,
            decision_number=RESOLUTIONS[row["from"][5]],
            was_split=row["was_split"] == "1",
            is_default=row["is_default"] == "1",
        )
        for row in _read("successions.csv.gz")
    )
    UnitSuccession.objects.bulk_create(successions, batch_size=BATCH, ignore_conflicts=True)
