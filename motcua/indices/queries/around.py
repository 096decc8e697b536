"""What stands around a score: how it went, the place among peers, what threatens it."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from motcua.figures import queries as figures
from motcua.figures.rules import Period
from motcua.figures.rules.periods import previous
from motcua.indices import sets
from motcua.indices.queries.live import find_ranks, get_figures, get_score
from motcua.indices.rules import Score
from motcua.indices.rules.gaining import imagine_all
from motcua.organisations import queries as organisations
from motcua.organisations.rules import Kind

PEERS = frozenset({Kind.COMMUNE, Kind.DEPARTMENT, Kind.DISTRICT, Kind.VERTICAL_AGENCY})
TREND, DAYS_AHEAD = 6, 7


@dataclass(frozen=True, slots=True)
class Point:
    """The score of one period of a trend."""

    period: Period
    score: Score


@dataclass(frozen=True, slots=True)
class Risk:
    """Dossiers that fall due within a week, and the points lost if all of them became late."""

    count: int
    points: Decimal
    until: date


def find_trend(period: Period, unit_id: int, on: date, first_day: int) -> list[Point]:
    """The scores of a period and those before it, the oldest first; periods without a set of indicators are left out."""
    found: list[Point] = []
    for _step in range(TREND):
        try:
            found.append(Point(period, get_score(period, unit_id, on)))
        except sets.NoSetOfIndicators:
            break
        if not period.year:
            break
        period = previous(period, first_day=first_day)
    return [point for point in reversed(found) if point.score.known_most]


def find_peers(unit_id: int, on: date) -> list[int]:
    """The units of the same kind as of a day, this one among them; empty where a kind has no peers."""
    tree = organisations.get_tree(on)
    unit = tree.units.get(unit_id)
    if unit is None or unit.kind not in PEERS:
        return []
    return [one.id for one in tree.units.values() if one.kind == unit.kind and one.agency_code]


def find_place(period: Period, unit_id: int, on: date) -> tuple[int, int] | None:
    """The place of a unit among its peers and how many they are; None without peers or without figures."""
    peers = find_peers(unit_id, period.until(on).last_on)
    found = find_ranks(period, peers, on).get(unit_id) if peers else None
    return found[:2] if found else None


def find_risk(period: Period, unit_id: int, on: date) -> Risk:
    """What is lost of 2.1 and 5.4 if everything that falls due within a week became late."""
    until = on + timedelta(days=DAYS_AHEAD)
    agencies = figures.find_agencies(unit_id, on)
    count = figures.count_falling_due(agencies, on, until)
    told = get_figures(period, unit_id, on)
    indicators, bands = sets.get_indicators(period.last_on), sets.get_bands(period.last_on)
    spread = sets.get_spread(period.last_on)
    now = imagine_all(indicators, told, {}, bands, spread)
    then = imagine_all(indicators, told, {"2.1": -count, "5.4": -count}, bands, spread)
    return Risk(count, now.total - then.total, until)
