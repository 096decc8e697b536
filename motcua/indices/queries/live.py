"""The score of a unit and period from what the house counts itself and what was typed with evidence."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal

from motcua.figures import queries as figures
from motcua.figures.rules import Counts, Period, add_up
from motcua.indices import sets
from motcua.indices.models import store
from motcua.indices.queries.typed import find_typed
from motcua.indices.rules import Figure, Score, rank, score
from motcua.indices.rules.counting import read_counts
from motcua.organisations import queries as organisations

COUNTED = ("2.1", "3.3", "4.1", "4.2", "5.4")


def get_score(period: Period, unit_id: int, on: date) -> Score:
    """The score of a unit with all below it, counted up to a day. :raises NoSetOfIndicators: none holds at the period's end."""
    counted = period.until(on)
    agencies = figures.find_agencies(unit_id, counted.last_on)
    counts = add_up(row.counts for row in figures.get_rows(counted, agencies, by=()))
    digital = store.count_digital(counted.first_on, counted.last_on, agencies)
    told = _figures(counts, [sum(row[n] for row in digital) for n in (1, 2, 3)])
    return _score(period, told, find_typed(period, [unit_id]))


def find_scores(period: Period, unit_ids: Sequence[int], on: date) -> dict[int, Score]:
    """The scores of many units, each of its own dossiers alone: three statements, whatever their number."""
    counts = {
        row.agency_id: row.counts for row in figures.get_rows(period.until(on), unit_ids, by=("agency",))
    }
    digital = {
        row[0]: row[1:] for row in store.count_digital(period.first_on, period.last_on, list(unit_ids))
    }
    typed = find_typed(period, unit_ids)
    return {
        unit_id: _score(
            period,
            _figures(counts.get(unit_id, Counts()), digital.get(unit_id, (0, 0, 0))),
            [row for row in typed if row.unit_id == unit_id],
        )
        for unit_id in unit_ids
    }


def find_ranks(period: Period, unit_ids: Iterable[int], on: date) -> dict[int, tuple[int, int, Score]]:
    """The place of each unit among those of its kind: place, how many of the kind, score. Without figures, no place."""
    scores = {unit: made for unit, made in find_scores(period, list(unit_ids), on).items() if made.known_most}
    tree = organisations.get_tree(period.until(on).last_on)
    kinds: dict[str, dict[int, Decimal]] = {}
    for unit_id, made in scores.items():
        kind = tree.units[unit_id].kind if unit_id in tree.units else ""
        kinds.setdefault(kind, {})[unit_id] = made.total
    return {
        unit_id: (place, len(totals), scores[unit_id])
        for totals in kinds.values()
        for unit_id, place in rank(totals).items()
    }


def _figures(counts: Counts, digital: Sequence[int]) -> Mapping[str, Figure]:
    finished, electronic, whole = (Decimal(n) for n in digital)
    told = {figure.code: figure for figure in read_counts(counts)}
    return told | {"4.1": Figure("4.1", electronic, finished), "4.2": Figure("4.2", whole, finished)}


def _score(period: Period, told: Mapping[str, Figure], typed: Iterable[object]) -> Score:
    """Typed figures stand where the house counts nothing, and over what it counts where somebody typed them."""
    over = {row.code: Figure(row.code, row.numerator, row.denominator) for row in typed}  # type: ignore[attr-defined]
    indicators = sets.get_indicators(period.last_on)
    return score(indicators, {**told, **over}.values(), sets.get_bands(period.last_on))
