"""The score of a unit and period from what the house counts itself and what was typed with evidence."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from motcua.catalogue import queries as catalogue
from motcua.feedback import queries as feedback
from motcua.figures import queries as figures
from motcua.figures.rules import Counts, Period
from motcua.indices import sets
from motcua.indices.models import TypedFigure, paid_store, store
from motcua.indices.queries.published import find_facts
from motcua.indices.queries.typed import find_typed
from motcua.indices.rules import Figure, Score, rank, score
from motcua.indices.rules.counting import Offered, Owed, read_counts, read_offered, read_owed
from motcua.organisations import queries as organisations

COUNTED = ("1.3", "1.4", "2.1", "3.x", "3.1", "3.2", "3.3", "3.5b", "3.6", "4.1", "4.2", "5.4")


class Known(NamedTuple):
    """A procedure of a unit: what came in, and what its public page says of it."""

    row: figures.Received
    facts: catalogue.PublishedFacts


def get_score(period: Period, unit_id: int, on: date) -> Score:
    """The score of a unit with all below it, counted up to a day. :raises NoSetOfIndicators: none holds at the period's end."""
    indicators = sets.get_indicators(period.last_on)
    figures_of = get_figures(period, unit_id, on)
    last_on = period.last_on
    return score(indicators, figures_of.values(), sets.get_bands(last_on), sets.get_spread(last_on))


def get_figures(period: Period, unit_id: int, on: date) -> dict[str, Figure]:
    """The figures behind a unit's score: counted, and over them those somebody typed with evidence."""
    counted = period.until(on)
    agencies = figures.find_agencies(unit_id, counted.last_on)
    counts = figures.get_total(counted, agencies)
    beside = _count_beside(counted, agencies, on)
    told = _figures(
        counts,
        (sum(beside.repeated.values()), sum(beside.disliked.values())),
        [_offer(one) for one in merge_units(find_known(counted, agencies))],
        None if beside.untold is None else sum(beside.untold.values()),
        merge_owed(find_owed(counted, agencies).values()),
    )
    return _type_over(told, find_typed(period, [unit_id]))


def find_scores(period: Period, unit_ids: Sequence[int], on: date) -> dict[int, Score]:
    """The scores of many units, each of its own dossiers alone: ten statements, whatever their number."""
    counted = period.until(on)
    counts = figures.get_by_agency(counted, unit_ids)
    beside = _count_beside(counted, unit_ids, on)
    offered = find_offered(counted, unit_ids)
    typed, owed = find_typed(period, unit_ids), find_owed(counted, unit_ids)
    indicators, bands = sets.get_indicators(period.last_on), sets.get_bands(period.last_on)
    spread = sets.get_spread(period.last_on)
    made = {}
    for unit_id in unit_ids:
        told = _figures(
            counts.get(unit_id, Counts()),
            (beside.repeated[unit_id], beside.disliked[unit_id]), offered.get(unit_id, ()),
            None if beside.untold is None else beside.untold[unit_id],
            owed.get(unit_id, {}),
        )  # fmt: skip
        over = _type_over(told, [row for row in typed if row.unit_id == unit_id])
        made[unit_id] = score(indicators, over.values(), bands, spread)
    return made


class Beside(NamedTuple):
    """By unit, dossiers that cost beside lateness; `untold` None: nothing was ever told to the national portal."""

    repeated: Counter[int]
    disliked: Counter[int]
    untold: Counter[int] | None


def _count_beside(period: Period, agencies: Iterable[int] | None, on: date) -> Beside:
    """Asked for more than once, answered to badly, not taken by the portal.

    Of a period that is over, read once for every state of the counting; of a running one, anew: a low answer or a status that
    went through is no event of a dossier.
    """
    wanted = None if agencies is None else tuple(sorted(agencies))
    stamp = figures.get_stamp() if period.last_on < on else ()
    if stamp:
        return _keep_beside(stamp, period, wanted)
    return figures.ask_once(("beside", period, wanted), lambda: _read_beside(period, wanted))


@lru_cache(maxsize=256)
def _keep_beside(stamp: tuple[object, ...], period: Period, agencies: tuple[int, ...] | None) -> Beside:
    return _read_beside(period, agencies)


def _read_beside(period: Period, agencies: tuple[int, ...] | None) -> Beside:
    wanted = None if agencies is None else list(agencies)
    repeated = store.find_repeated(period.first_on, period.last_on, wanted)
    rows = feedback.find_disliked(period.first_on, period.last_on, wanted)
    known = {dossier_id for dossier_id, _agency, _code in repeated}
    known |= figures.find_late_among([dossier_id for dossier_id, _agency in rows], period) if rows else set()
    untold = store.find_untold(period.first_on, period.last_on, wanted)
    return Beside(
        Counter(agency_id for _id, agency_id, _code in repeated),
        Counter(agency_id for dossier_id, agency_id in rows if dossier_id not in known),
        None if untold is None else Counter(agency_id for _id, agency_id, _code in untold),
    )


def find_owed(period: Period, agencies: Iterable[int] | None) -> Mapping[int, Mapping[str, Owed]]:
    """By unit and procedure, what had something to pay: read once for every state of the counting."""
    wanted = None if agencies is None else tuple(sorted(agencies))
    stamp = figures.get_stamp()
    return (_keep_owed if stamp else _keep_owed.__wrapped__)(stamp, period, wanted)


@lru_cache(maxsize=128)
def _keep_owed(
    stamp: tuple[object, ...], period: Period, agencies: tuple[int, ...] | None
) -> dict[int, dict[str, Owed]]:
    told: dict[int, dict[str, Owed]] = {}
    wanted = None if agencies is None else list(agencies)
    for agency_id, code, total, online in paid_store.count_paid(period.first_on, period.last_on, wanted):
        told.setdefault(agency_id, {})[code] = Owed(total, online)
    return told


def merge_owed(many: Iterable[Mapping[str, Owed]]) -> dict[str, Owed]:
    """Each procedure once, whatever units it was owed in."""
    told: dict[str, Owed] = {}
    for procedures in many:
        for code, one in procedures.items():
            known = told.get(code, Owed(0, 0))
            told[code] = Owed(known.total + one.total, known.online + one.online)
    return told


def find_full_online(period: Period, agencies: Iterable[int] | None) -> tuple[Known, ...]:
    """What came in of procedures that are done online as a whole."""
    return tuple(one for one in find_known(period, agencies) if one.facts.is_full_online)


def find_known(period: Period, agencies: Iterable[int] | None) -> tuple[Known, ...]:
    """Procedures on the public pages that units received dossiers of: read once for every state of the counting."""
    wanted = None if agencies is None else tuple(sorted(agencies))
    stamp = figures.get_stamp()
    return (_keep_known if stamp else _keep_known.__wrapped__)(stamp, period, wanted)


def merge_units(known: Iterable[Known]) -> list[Known]:
    """Each procedure once, whatever units received dossiers of it."""
    told: dict[str, Known] = {}
    for row, facts in known:
        other = told[row.procedure_code].row if row.procedure_code in told else None
        total, online = (other.total, other.online) if other else (0, 0)
        merged = figures.Received(0, row.procedure_code, total + row.total, online + row.online)
        told[row.procedure_code] = Known(merged, facts)
    return list(told.values())


@lru_cache(maxsize=128)
def _keep_known(
    stamp: tuple[object, ...], period: Period, agencies: tuple[int, ...] | None
) -> tuple[Known, ...]:
    rows = figures.find_received(period, agencies)
    facts = find_facts(period.last_on)
    return tuple(Known(row, facts[row.procedure_code]) for row in rows if row.procedure_code in facts)


def find_offered(period: Period, unit_ids: Iterable[int]) -> Mapping[int, list[Offered]]:
    """By unit, published procedures it received dossiers of, those that are alike together: read once for every state of the
    counting."""
    stamp = figures.get_stamp()
    return (_keep_offered if stamp else _keep_offered.__wrapped__)(stamp, period, tuple(sorted(unit_ids)))


@lru_cache(maxsize=32)
def _keep_offered(
    stamp: tuple[object, ...], period: Period, unit_ids: tuple[int, ...]
) -> dict[int, list[Offered]]:
    facts = {code: _say(one) for code, one in find_facts(period.last_on).items()}
    kinds = sorted(set(facts.values()))
    groups = {code: kinds.index(said) for code, said in facts.items()}
    told: dict[int, list[Offered]] = {}
    for one in figures.sum_received(period, unit_ids, groups):
        alike = Offered(one.procedures, one.used_online, one.total, one.online, *kinds[one.group])
        told.setdefault(one.agency_id, []).append(alike)
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


def _figures(
    counts: Counts,
    beside: tuple[int, int],
    offered: Iterable[Offered],
    untold: int | None,
    owed: Mapping[str, Owed],
) -> dict[str, Figure]:
    """`beside`: asked for more than once, disliked; `offered`: published procedures with what came in of them.

    :param untold: received and not known to the national portal; None: nobody knows
    """
    repeated, disliked = beside
    electronic, digitised, resolved = (
        Decimal(n) for n in (counts.electronic, counts.digitised, counts.resolved)
    )
    told = {figure.code: figure for figure in read_counts(counts, disliked, repeated)}
    if untold is not None:
        told["1.4"] = Figure("1.4", Decimal(max(counts.new - untold, 0)), Decimal(counts.new))
    told |= {figure.code: figure for figure in read_offered(offered)}
    told |= {figure.code: figure for figure in read_owed(owed.values())}
    return told | {"4.1": Figure("4.1", electronic, resolved), "4.2": Figure("4.2", digitised, resolved)}


def _offer(one: Known) -> Offered:
    return Offered(1, int(one.row.online > 0), one.row.total, one.row.online, *_say(one.facts))


def _say(facts: catalogue.PublishedFacts) -> tuple[bool, bool, bool]:
    return facts.is_whole, facts.is_online, facts.is_full_online


def _type_over(told: Mapping[str, Figure], typed: Iterable[TypedFigure]) -> dict[str, Figure]:
    """Typed figures stand where the house counts nothing, and over what it counts where somebody typed them."""
    return {**told, **{row.code: Figure(row.code, row.numerator, row.denominator) for row in typed}}
