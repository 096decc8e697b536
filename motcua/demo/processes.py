"""The catalogue, the procedures operated and their processes, for the demonstration province."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from django.utils import timezone

from motcua.catalogue import actions as catalogue
from motcua.catalogue.exchange.files import read_file
from motcua.organisations import queries as organisations
from motcua.organisations.rules import SYSTEM
from motcua.processes import actions as processes

PROCEDURES = Path(__file__).resolve().parent.parent / "catalogue" / "data" / "procedures.jsonl.gz"
AGENCY_KINDS = ("department", "vertical_agency")


def load_catalogue(*, at: datetime, progress: Callable[[int, int], None] = lambda done, total: None) -> int:
    """The national catalogue from the file that comes with the product; answers how many were new."""
    reading = read_file(PROCEDURES)
    difference = catalogue.import_catalogue(
        actor=SYSTEM, procedures=reading.procedures, progress=progress, at=at
    )
    return len(difference.added)


def load_operations(*, province_code: str = "", at: datetime) -> tuple[int, int]:
    """Operated procedures and their processes, after the units: how many of each were new."""
    codes = find_agency_codes(province_code=province_code, at=at)
    operated = catalogue.load_operated(actor=SYSTEM, unit_codes=codes, at=at)
    catalogue.load_bundles(actor=SYSTEM, at=at)
    return (
        operated,
        processes.load_processes(actor=SYSTEM, unit_codes=codes, at=at),
    )


def find_agency_codes(*, province_code: str = "", at: datetime) -> dict[str, str]:
    """Codes of the province's departments and vertical agencies by their names."""
    on = timezone.localdate(at)
    return {
        unit.name.partition(" tỉnh ")[0]: unit.code
        for kind in AGENCY_KINDS
        for unit in organisations.find_units(kind=kind, province_code=province_code, on=on)
    }
