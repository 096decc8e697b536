"""Points of an indicator, of a group, of the whole: Decision 766/QĐ-TTg as the national portal computes it."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from motcua.core.marking import _
from motcua.indices.rules.reading import Figure

HUNDRED = Decimal(100)
CENT = Decimal("0.01")
SAME_RANK_WITHIN = Decimal("0.001")

# The Decision has five groups; the portal shows online services and online payment apart.
GROUPS: Mapping[str, str] = {
    "transparency": _("Công khai, minh bạch"),
    "progress": _("Tiến độ, kết quả giải quyết"),
    "online": _("Cung cấp dịch vụ trực tuyến"),
    "payment": _("Thanh toán trực tuyến"),
    "digitisation": _("Số hóa hồ sơ"),
    "satisfaction": _("Mức độ hài lòng"),
}


@dataclass(frozen=True, slots=True)
class Indicator:
    """One indicator while it holds: the most it gives, and the rate (percent) from which it gives that."""

    code: str
    group: str
    name: str
    points: Decimal
    threshold: Decimal | None
    numerator: str
    denominator: str
    valid_from: date
    valid_to: date | None
    basis: str
    is_verified: bool

    @property
    def is_information(self) -> bool:
        """Whether it is published without points."""
        return not self.points


@dataclass(frozen=True, slots=True)
class Band:
    """A word for a total from so many points up."""

    floor: Decimal
    label: str
    basis: str
    is_verified: bool


@dataclass(frozen=True, slots=True)
class Line:
    """An indicator with its figures; `rate` and `points` are None and 0 where there is nothing to divide by."""

    indicator: Indicator
    figure: Figure | None
    rate: Decimal | None
    points: Decimal
    is_out: bool = False

    @property
    def lost(self) -> Decimal:
        """Points not given; an indicator that does not apply loses none."""
        return Decimal(0) if self.is_out else self.indicator.points - self.points


@dataclass(frozen=True, slots=True)
class GroupScore:
    """A group with its lines."""

    code: str
    name: str
    lines: tuple[Line, ...]

    @property
    def points(self) -> Decimal:
        """The sum of the rounded points of its indicators."""
        return sum((line.points for line in self.lines), Decimal(0))

    @property
    def is_known(self) -> bool:
        """Whether any of its indicators that give points has figures."""
        return any(line.rate is not None and not line.indicator.is_information for line in self.lines)

    @property
    def most(self) -> Decimal:
        """The most the group gives."""
        return sum((line.indicator.points for line in self.lines), Decimal(0))


@dataclass(frozen=True, slots=True)
class Score:
    """The whole: groups, total of at most 100, and its word."""

    groups: tuple[GroupScore, ...]
    band: Band | None

    @property
    def given(self) -> Decimal:
        """The sum of the groups as they stand."""
        return sum((group.points for group in self.groups), Decimal(0))

    @property
    def total(self) -> Decimal:
        """The sum of the groups, in proportion where something does not apply; points of missing figures go to nobody."""
        return self._spread(self.given)

    @property
    def most(self) -> Decimal:
        """What the indicators together give at most."""
        return sum((group.most for group in self.groups), Decimal(0))

    @property
    def known_most(self) -> Decimal:
        """What the indicators that have figures give at most."""
        known = (line.indicator.points for line in self.lines if line.rate is not None)
        return self._spread(sum(known, Decimal(0)))

    @property
    def applying_most(self) -> Decimal:
        """What the indicators that apply to this unit and period give at most, before it is spread."""
        return self.most - sum((line.indicator.points for line in self.out), Decimal(0))

    @property
    def out(self) -> tuple[Line, ...]:
        """Indicators that give points and do not apply: there was nothing to count, which is known."""
        return tuple(line for line in self.lines if line.is_out and not line.indicator.is_information)

    def _spread(self, points: Decimal) -> Decimal:
        if not self.out or not self.applying_most:
            return points
        return (points * self.most / self.applying_most).quantize(CENT, ROUND_HALF_UP)

    @property
    def lines(self) -> tuple[Line, ...]:
        """Every indicator in order."""
        return tuple(line for group in self.groups for line in group.lines)

    @property
    def missing(self) -> tuple[Line, ...]:
        """Indicators that give points and have no figures."""
        return tuple(
            line
            for line in self.lines
            if line.rate is None and not line.is_out and not line.indicator.is_information
        )


def get_points(indicator: Indicator, rate: Decimal) -> Decimal:
    """Points of a rate in percent, two decimals: all from the threshold on, in proportion below it."""
    full_from = indicator.threshold or HUNDRED
    if rate >= full_from:
        return indicator.points.quantize(CENT)
    return (rate * indicator.points / full_from).quantize(CENT, ROUND_HALF_UP)


def score(
    indicators: Sequence[Indicator],
    figures: Iterable[Figure],
    bands: Sequence[Band] = (),
    spread: Collection[str] = (),
) -> Score:
    """The score of these figures by these indicators.

    :param spread: codes whose points go to the others when it is known that there was nothing to count (0 of 0)
    """
    told = {figure.code: figure for figure in figures}
    lines = [_make_line(indicator, told.get(indicator.code), spread) for indicator in indicators]
    groups = tuple(
        GroupScore(code, name, tuple(line for line in lines if line.indicator.group == code))
        for code, name in GROUPS.items()
        if any(line.indicator.group == code for line in lines)
    )
    made = Score(groups, None)
    return Score(groups, find_band(bands, made.total))


def _make_line(indicator: Indicator, figure: Figure | None, spread: Collection[str]) -> Line:
    if figure is None or not figure.denominator:
        return Line(indicator, figure, None, Decimal(0), figure is not None and indicator.code in spread)
    rate = figure.numerator * HUNDRED / figure.denominator
    return Line(indicator, figure, rate, get_points(indicator, rate))


def find_band(bands: Sequence[Band], total: Decimal) -> Band | None:
    """The band a total falls into: the highest floor it reaches."""
    reached = [band for band in bands if total >= band.floor]
    return max(reached, key=lambda band: band.floor, default=None)


def rank(totals: Mapping[int, Decimal]) -> dict[int, int]:
    """Places among peers of one kind: equals within a thousandth of a point share a place, the next one is skipped."""
    places: dict[int, int] = {}
    leader, place = Decimal(0), 0
    for position, (who, total) in enumerate(
        sorted(totals.items(), key=lambda pair: (-pair[1], pair[0])), start=1
    ):
        if position == 1 or leader - total > SAME_RANK_WITHIN:
            leader, place = total, position
        places[who] = place
    return places
