"""Loading the reference units: the country before and after 1 July 2025."""

import csv
import gzip
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from django.db import connection, transaction

from motcua.core.copying import copy_rows
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
    # A unit renamed in between has a row for each of its names.
    units = {row["code"]: (row["code"], row["kind"], row["province_code"]) for row in fresh}
    copy_rows(Unit, ("code", "kind", "province_code"), units.values())
    ids = dict(Unit.objects.filter(code__regex=r"^(2004|2025)-[THX]").values_list("code", "id"))
    copy_rows(UnitVersion, _OF_VERSIONS, (_make_version(row, ids) for row in fresh))
    _load_successions(ids)
    _measure()
    mark_changed()
    return len(units)


def _measure() -> None:
    # Without it the planner takes the tables just filled for empty ones, until the next automatic round.
    with connection.cursor() as cursor:
        for model in (Unit, UnitVersion, UnitSuccession):
            cursor.execute(f'ANALYZE "{model._meta.db_table}"')


_OF_VERSIONS = (
    *("unit_id", "parent_id", "name", "name_folded", "short_name", "agency_code", "address", "phone"),
    *("territory_code", "level", "decision_number", "valid_from", "valid_to"),
)


def _make_version(row: dict[str, str], ids: dict[str, int]) -> tuple[int | str | None, ...]:
    name, parent, until = row["name"], ids.get(row["parent"]), row["valid_to"] or None
    short_name = address = phone = ""
    return (
        *(ids[row["code"]], parent, name, fold(name), short_name, row["agency_code"], address, phone),
        *(row["territory_code"], row["kind"], TABLES[row["code"][:4]], row["valid_from"], until),
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
