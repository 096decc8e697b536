"""The nine indicators of Circular 01/2018 for a unit, for the units below it, and for the officers of an agency."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import TypeVar

from motcua.core.marking import _
from motcua.figures import queries as figures
from motcua.figures.rules import Counts, Period
from motcua.indices import sets
from motcua.indices.models import TypedFigure, nine_kept, nine_store
from motcua.indices.models.nine_store import ProcedureSums
from motcua.indices.queries.around import PEERS
from motcua.indices.queries.published import find_facts
from motcua.indices.queries.typed import find_typed
from motcua.indices.rules.nine import (
    EARLY,
    LATE,
    OF_DOSSIER,
    ON_TIME,
    DossierMarks,
    UnitMarks,
    get_total,
    score_dossier,
    score_unit,
    sum_up_groups,
)
from motcua.indices.rules.scoring import HUNDRED, Band, Indicator, find_band
from motcua.organisations import queries as organisations

ENDS = {1: EARLY, 2: ON_TIME, 3: LATE}
STEPS = {2: EARLY, 1: ON_TIME, 0: LATE}
ALL = ("1", "2", "3", "4", "5", "6", "7", "8", "9")
# What the indicators of a unit are judged by, in the order they are shown: the code typed figures use, its words.
FACTS = {
    "9c5a": _("thủ tục thực hiện toàn bộ quy trình tại Bộ phận Một cửa"),
    "9c5b": _("thủ tục tiếp nhận và trả kết quả tại Bộ phận Một cửa"),
    "9c6a": _("niêm yết đủ, đúng tại nơi tiếp nhận"),
    "9c6b": _("thủ tục được công khai đủ nội dung trên trang tra cứu"),
    "9c8": _("phản ánh, kiến nghị trả lời đúng hạn"),
    "9c9": _("thủ tục nộp được trực tuyến"),
    "9c9h": _("hồ sơ nộp trực tuyến"),
}
Stamp = tuple[object, ...]
Group = tuple[int, int, int | None, int, int, bool, int]
_Row = TypeVar("_Row", Group, ProcedureSums)


@dataclass(frozen=True, slots=True)
class NineFact:
    """How many of how many stand behind an indicator of a unit; `evidence` where somebody typed it, empty when counted."""

    code: str
    name: str
    numerator: Decimal
    denominator: Decimal
    evidence: str = ""

    @property
    def rate(self) -> Decimal:
        """Percent; where there is nothing to answer (0 of 0), all was answered."""
        return self.numerator * HUNDRED / self.denominator if self.denominator else HUNDRED


@dataclass(frozen=True, slots=True)
class NineScore:
    """Points of each indicator that is known, their sum, its word, how many dossiers and which facts stand behind it."""

    sums: Mapping[str, Decimal]
    total: Decimal
    most: int
    band: Band | None
    dossiers: int
    facts: tuple[NineFact, ...] = ()


def get_nine(period: Period, unit_id: int, on: date) -> tuple[tuple[Indicator, ...], NineScore]:
    """The indicators and the score of a unit with all below it, counted up to a day.

    The band is judged by what is known, in proportion: indicators without data are left out (art. 15.4b).
    """
    counted = period.until(on)
    agencies = figures.find_agencies(unit_id, counted.last_on)
    groups, procedures, late = _read(counted, agencies)
    facts = _find_facts(procedures, figures.get_total(counted, agencies))
    marks = _mark_unit(counted, unit_id, _type_over(facts, find_typed(period, [unit_id])), sum(late.values()))
    return sets.get_indicators(period.last_on, sets.NINE), _make_unit(groups, *marks, period)


def find_units(period: Period, unit_id: int, on: date) -> list[tuple[int, str, NineScore]]:
    """Id, name and score of every unit below that is judged beside its peers, the lowest score first."""
    counted = period.until(on)
    tree = organisations.get_tree(counted.last_on)
    below = [one for one in tree.get_subtree(unit_id) if one != unit_id and _is_judged(tree.units[one])]
    if not below:
        return []
    groups, procedures, late = _read(counted, None)
    counts, typed = figures.get_by_agency(counted, below), find_typed(period, below)
    groups_of, procedures_of = _by_unit(groups), _by_unit(procedures)
    made = []
    for one in below:
        facts = _find_facts(procedures_of.get(one, []), counts.get(one, Counts()))
        over = _type_over(facts, [row for row in typed if row.unit_id == one])
        score = _make_unit(groups_of.get(one, []), *_mark_unit(counted, one, over, late.get(one, 0)), period)
        made.append((one, tree.units[one].short_agency_name, score))
    return sorted(made, key=lambda one: (not one[2].most, one[2].total * 18 / (one[2].most or 1), one[1]))


def _is_judged(unit: organisations.UnitView) -> bool:
    return unit.kind in PEERS and bool(unit.agency_code)


def find_officers(period: Period, agency_id: int, on: date) -> list[tuple[str, str, NineScore]]:
    """Name, unit and score of each officer who did a step of a finished dossier, the lowest score first."""
    counted = period.until(on)
    store = nine_kept if _is_kept(counted) else nine_store
    rows = store.find_groups_of_officers(agency_id, counted.first_on, counted.last_on)
    told: dict[int, list[tuple[dict[str, int], int]]] = {}
    for row in rows:
        told.setdefault(row[0], []).append((_score(row), row[-1]))
    names = {row.user_id: (row.name, row.unit) for row in figures.find_officers(agency_id, counted)}
    made = [
        (*names.get(user_id, ("", "")), _make(sum_up_groups(groups), OF_DOSSIER, sum(n for _t, n in groups), period, "officer"))
        for user_id, groups in told.items()
        if user_id in names
    ]  # fmt: skip
    return sorted(made, key=lambda one: (one[2].total, one[0]))


def _read(
    period: Period, agencies: Sequence[int] | None
) -> tuple[tuple[Group, ...], tuple[ProcedureSums, ...], dict[int, int]]:
    """Groups of dossiers, procedures, and late ones filed online: asked once for every state of the counting."""
    wanted = None if agencies is None else tuple(agencies)
    stamp = figures.get_stamp()
    return (_keep if stamp else _keep.__wrapped__)(stamp, period, wanted)


def _is_kept(period: Period) -> bool:
    """Whether sums know the period: its days, and of every dossier what the work on it was like."""
    return figures.is_summed(period) and figures.are_marks_told()


@lru_cache(maxsize=64)
def _keep(
    stamp: Stamp, period: Period, agencies: tuple[int, ...] | None
) -> tuple[tuple[Group, ...], tuple[ProcedureSums, ...], dict[int, int]]:
    days = (agencies, period.first_on, period.last_on)
    said = {code: (one.is_whole, one.is_online) for code, one in find_facts(period.last_on).items()}
    if _is_kept(period):
        procedures = nine_kept.sum_procedures(*days, said, figures.find_span(period))
        return tuple(nine_kept.find_groups(*days)), tuple(procedures), nine_kept.count_late_online(*days)
    procedures = nine_store.sum_procedures(*days, said)
    return tuple(nine_store.find_groups(*days)), tuple(procedures), nine_store.count_late_online(*days)


def _by_unit(rows: Iterable[_Row]) -> dict[int, list[_Row]]:
    told: dict[int, list[_Row]] = {}
    for row in rows:
        told.setdefault(row[0], []).append(row)
    return told


def _score(row: Sequence[object]) -> dict[str, int]:
    _who, end, step, contacts, bodies, is_upheld, _count = row
    marks = DossierMarks(
        timeliness=ENDS[end],  # type: ignore[index]
        agency_timeliness=STEPS[step] if step is not None else None,  # type: ignore[index]
        contacts=contacts,  # type: ignore[arg-type]
        bodies=bodies,  # type: ignore[arg-type]
        is_complaint_upheld=is_upheld,  # type: ignore[arg-type]
    )
    return score_dossier(marks)


def _find_facts(rows: Sequence[ProcedureSums], counts: Counts) -> dict[str, NineFact]:
    """What the house knows by itself, of the procedures that had dossiers finished, and of the dossiers received."""
    if not rows and not counts.new:
        return {}
    told = {
        "9c5a": sum(row.done_there for row in rows),
        "9c5b": sum(row.received_there for row in rows),
        "9c6b": sum(row.whole for row in rows),
        "9c9": sum(row.online for row in rows),
    }
    sizes = dict.fromkeys(told, sum(row.procedures for row in rows)) | {"9c9h": counts.new}
    told["9c9h"] = counts.new_online + counts.new_assisted
    return {
        code: NineFact(code, FACTS[code], Decimal(told[code]), Decimal(n)) for code, n in sizes.items() if n
    }


def _type_over(facts: Mapping[str, NineFact], typed: Iterable[TypedFigure]) -> dict[str, NineFact]:
    over = {
        row.code: NineFact(row.code, FACTS[row.code], row.numerator, row.denominator, row.evidence)
        for row in typed
        if row.code in FACTS
    }
    return {**facts, **over}


def _mark_unit(
    period: Period, unit_id: int, facts: Mapping[str, NineFact], late_online: int
) -> tuple[UnitMarks, tuple[NineFact, ...]]:
    rates = {code: fact.rate for code, fact in facts.items()}
    whole = {code: rate >= HUNDRED for code, rate in rates.items()}
    marks = UnitMarks(
        level=figures.find_level(organisations.get_tree(period.last_on), unit_id),
        whole_process_rate=rates.get("9c5a"),
        one_stop_rate=rates.get("9c5b"),
        is_posted=whole.get("9c6a"),
        is_online=whole.get("9c6b"),
        feedback_on_time_rate=rates.get("9c8"),
        online_procedures_rate=rates.get("9c9"),
        online_dossiers_rate=rates.get("9c9h"),
        late_online=late_online,
    )
    return marks, tuple(facts[code] for code in FACTS if code in facts)


def _make_unit(
    groups: Sequence[Group], marks: UnitMarks, facts: tuple[NineFact, ...], period: Period
) -> NineScore:
    unit = score_unit(marks, sets.get_nine_limits(period.last_on))
    sums = sum_up_groups([(_score(row), row[-1]) for row in groups], unit)
    return _make(sums, ALL, sum(row[-1] for row in groups), period, "unit", facts)


def _make(
    sums: Mapping[str, Decimal],
    codes: tuple[str, ...],
    dossiers: int,
    period: Period,
    scope: str,
    facts: tuple[NineFact, ...] = (),
) -> NineScore:
    total = get_total(dict(sums), codes)
    most = 2 * sum(code in sums for code in codes)
    full = total * 2 * len(codes) / most if most else Decimal(0)
    band = find_band(sets.get_bands(period.last_on, sets.NINE, scope), full) if most else None
    return NineScore(sums, total, most, band, dossiers, facts)
