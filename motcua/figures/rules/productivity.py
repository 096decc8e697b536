"""What an officer does in a year at the pace of a period, beside the target of the level: pure."""

from dataclasses import dataclass
from datetime import date

DAYS_OF_YEAR = 365
# The target of the plan of a district in 2023: 30 a day, or 20, on 22 days of 12 months.
TARGETS = {
    "commune": "productivity.commune_dossiers_per_officer_year",
    "district": "productivity.district_dossiers_per_officer_year",
    "province": "productivity.district_dossiers_per_officer_year",
}


@dataclass(frozen=True, slots=True)
class Pace:
    """So many received in a period; so many that would be in a year, and the share of the target in percent, if there is one."""

    received: int
    yearly: int
    share: int | None


def reckon(received: int, first_on: date, last_on: date, target: int | None) -> Pace:
    """The yearly pace of a period counted to a day."""
    days = max((last_on - first_on).days + 1, 1)
    yearly = round(received * DAYS_OF_YEAR / days)
    return Pace(received, yearly, round(yearly * 100 / target) if target else None)
