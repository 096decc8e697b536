"""What every page of figures begins with: which unit and period, and how a figure is written."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from motcua.catalogue import queries as catalogue
from motcua.core.marking import _ as _mark
from motcua.core.writing import number
from motcua.figures import access
from motcua.figures.asking import Asked, read_period
from motcua.figures.rules import Counts, Measure, Period
from motcua.legal import queries as legal
from motcua.organisations import queries as organisations
from motcua.organisations.requests import OfficerRequest, today

M = Measure
COLUMNS: tuple[tuple[str, tuple[Measure, ...]], ...] = (
    (_mark("Kỳ trước chuyển qua"), (M.CARRIED,)),
    (_mark("Mới nhận trực tuyến"), (M.NEW_ONLINE, M.NEW_ASSISTED)),
    (_mark("Mới nhận trực tiếp, bưu chính"), (M.NEW_COUNTER, M.NEW_POSTAL)),
    (_mark("Trong số mới: nộp thay"), (M.NEW_BEHALF,)),
    (_mark("Xong trước hạn"), (M.EARLY,)),
    (_mark("Xong đúng hạn"), (M.ON_TIME,)),
    (_mark("Xong quá hạn"), (M.LATE,)),
    (_mark("Rút, dừng"), (M.WITHDRAWN, M.STOPPED)),
    (_mark("Còn trong hạn"), (M.PENDING_IN_TIME,)),
    (_mark("Còn quá hạn"), (M.PENDING_OVERDUE,)),
    (_mark("Chờ người nộp"), (M.WAITING,)),
)
CHANNEL_NAMES = {
    "online": _mark("Trực tuyến tại nhà"),
    "online_assisted": _mark("Trực tuyến có hỗ trợ"),
    "counter": _mark("Trực tiếp"),
    "postal": _mark("Bưu chính"),
}
LEVEL_NAMES = {"province": _mark("Cấp tỉnh"), "district": _mark("Cấp huyện"), "commune": _mark("Cấp xã")}
BAD = frozenset({(M.LATE,), (M.PENDING_OVERDUE,)})


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure as it stands in a table: the number, how it is written, and the address of the dossiers behind it."""

    value: int
    said: str
    href: str
    is_bad: bool


@dataclass(frozen=True, slots=True)
class Row:
    """A row of figures under a name; an empty `href` leads nowhere."""

    name: str
    href: str
    figures: tuple[Figure, ...]
    rate: float | None


def read_request(request: OfficerRequest) -> Asked:
    """The period and unit asked for; without a unit, the actor's own agency.

    :raises Refused: the unit is not the actor's to see.
    """
    asked = read_period(request, legal.get_int("report.period_first_day_of_month", today(request)))
    unit_id = asked.unit_id or request.actor.agency_id
    if not access.may_read(request.actor, unit_id):
        access.require_unit(request.actor, unit_id)
    return Asked(asked.period, unit_id, asked.field_code, asked.on)


def rate(counts: Counts) -> float | None:
    """Percent finished in time among those finished, one decimal; None when nothing was."""
    return round((counts.early + counts.on_time) * 100 / counts.resolved, 1) if counts.resolved else None


def write_figures(counts: Counts, query: str) -> tuple[Figure, ...]:
    """The figures of a row; `query` asks for its period, unit and field."""
    lead = f"{reverse('figures:behind')}?{query}&so-lieu="
    written = []
    for _title, measures in COLUMNS:
        value = counts.sum_of(measures)
        href = lead + ",".join(measures) if value else ""
        written.append(Figure(value, number(value), href, bool(value) and measures in BAD))
    return tuple(written)


def name_columns() -> list[str]:
    """The heads of the columns of figures."""
    return [_(title) for title, _measures in COLUMNS]


def name_units(unit_ids: Iterable[int], period: Period) -> dict[int, str]:
    """Short names of units as of the end of the period."""
    tree = organisations.get_tree(period.last_on)
    return {
        unit_id: tree.units[unit_id].short_agency_name
        if unit_id in tree.units
        else organisations.get_name(unit_id, period.last_on)
        for unit_id in unit_ids
    }


def name_fields() -> Mapping[str, str]:
    """Names of the fields of the catalogue; one that is not there keeps its code."""
    return dict(catalogue.find_fields())


def name_field(code: str, names: Mapping[str, str]) -> str:
    """The name of a field in a row."""
    return names.get(code, code) or _("Chưa rõ lĩnh vực")


def name_channel(channel: str) -> str:
    """How a dossier came, in words; what is not known says nothing."""
    return _(CHANNEL_NAMES[channel]) if channel in CHANNEL_NAMES else ""


def name_way(channel: str, is_behalf: bool | None) -> str:
    """How a dossier came and who filed it: the applicant, or somebody in the applicant's place; None does not tell."""
    who = {True: _("người khác nộp thay"), False: _("tự nộp")}
    return " · ".join(
        word for word in (name_channel(channel), "" if is_behalf is None else who[is_behalf]) if word
    )


def name_level(level: str) -> str:
    """A level of government in words; what is not known says nothing."""
    return _(LEVEL_NAMES[level]) if level in LEVEL_NAMES else ""


def order_worst(shares: Sequence[tuple[int, Counts]], names: Mapping[int, str]) -> list[tuple[int, Counts]]:
    """Units with the most overdue first, then the most late, then by name."""
    return sorted(shares, key=lambda one: (-one[1].pending_overdue, -one[1].late, names[one[0]]))
