"""The score of a unit and period from what the house counts itself and what was typed with evidence."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from functools import lru_cache

from motcua.feedback import queries as feedback
from motcua.figures import queries as figures
from motcua.figures.rules import Counts, Period
from motcua.indices import sets
from motcua.indices.models import TypedFigure, store
from motcua.indices.queries.typed import find_typed
from motcua.indices.rules import Figure, Score, rank, score
from motcua.indices.rules.counting import read_counts
from motcua.organisations import queries as organisations

COUNTED = ("2.1", "3.3", "4.1", "4.2", "5.4")


def get_score(period: Period, unit_id: int, on: date) -> Score:
    """The score of a unit with all below it, counted up to a day. :raises NoSetOfIndicators: none holds at the period's end."""
    indicators = sets.get_indicators(period.last_on)
    figures_of = get_figures(period, unit_id, on)
    return score(indicators, figures_of.values(), sets.get_bands(period.last_on))


def get_figures(period: Period, unit_id: int, on: date) -> dict[str, Figure]:
    """The figures behind a unit's score: counted, and over them those somebody typed with evidence."""
    counted = period.until(on)
    agencies = figures.find_agencies(unit_id, counted.last_on)
    counts = figures.get_total(counted, agencies)
    digital = _count_digital(counted, agencies)
    disliked = sum(_count_disliked(counted, agencies).values())
    told = _figures(counts, [sum(row[n] for row in digital) for n in (1, 2, 3)], disliked)
    return _type_over(told, find_typed(period, [unit_id]))


def find_scores(period: Period, unit_ids: Sequence[int], on: date) -> dict[int, Score]:
    """The scores of many units, each of its own dossiers alone: five statements, whatever their number."""
    counted = period.until(on)
    counts = {row.agency_id: row.counts for row in figures.get_rows(counted, unit_ids, by=("agency",))}
    digital = {row[0]: row[1:] for row in _count_digital(period, unit_ids)}
    disliked = _count_disliked(counted, unit_ids)
    typed = find_typed(period, unit_ids)
    indicators, bands = sets.get_indicators(period.last_on), sets.get_bands(period.last_on)
    made = {}
    for unit_id in unit_ids:
        told = _figures(
            counts.get(unit_id, Counts()), digital.get(unit_id, (0, 0, 0)), disliked.get(unit_id, 0)
        )
        over = _type_over(told, [row for row in typed if row.unit_id == unit_id])
        made[unit_id] = score(indicators, over.values(), bands)
    return made


def _count_digital(period: Period, agencies: Iterable[int] | None) -> tuple[tuple[int, int, int, int], ...]:
    """How finished dossiers of a period were digitised, by unit: counted once for every state of the counting."""
    wanted = None if agencies is None else tuple(sorted(agencies))
    stamp = figures.get_stamp()
    count = _keep_digital if stamp else _keep_digital.__wrapped__
    return count(stamp, period.first_on, period.last_on, wanted)


@lru_cache(maxsize=256)
def _keep_digital(
    stamp: tuple[object, ...], first: date, last: date, agencies: tuple[int, ...] | None
) -> tuple[tuple[int, int, int, int], ...]:
    return tuple(store.count_digital(first, last, None if agencies is None else list(agencies)))


def _count_disliked(period: Period, agencies: Iterable[int] | None) -> dict[int, int]:
    """Low answers of a period about dossiers that were not late as well, by unit."""
    rows = feedback.find_disliked(period.first_on, period.last_on, agencies)
    late = figures.find_late_among([dossier_id for dossier_id, _agency in rows], period) if rows else set()
    told: dict[int, int] = {}
    for dossier_id, agency_id in rows:
        if dossier_id not in late:
            told[agency_id] = told.get(agency_id, 0) + 1
    return told


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


def _figures(counts: Counts, digital: Sequence[int], disliked: int) -> dict[str, Figure]:
    finished, electronic, whole = (Decimal(n) for n in digital)
    told = {figure.code: figure for figure in read_counts(counts, disliked)}
    return told | {"4.1": Figure("4.1", electronic, finished), "4.2": Figure("4.2", whole, finished)}


def _type_over(told: Mapping[str, Figure], typed: Iterable[TypedFigure]) -> dict[str, Figure]:
    """Typed figures stand where the house counts nothing, and over what it counts where somebody typed them."""
    return {**told, **{row.code: Figure(row.code, row.numerator, row.denominator) for row in typed}}
