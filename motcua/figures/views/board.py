"""The board of a unit: what needs a decision first, then where, then how it went."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from urllib.parse import urlencode

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from motcua.core.marking import _ as _mark
from motcua.core.pages import render
from motcua.core.writing import number
from motcua.figures import access, charts, queries
from motcua.figures.asking import Asked, PeriodForm, make_initial, name_period
from motcua.figures.queries import Board, Month
from motcua.figures.rules import Counts, Measure, Period
from motcua.figures.rules.counts import NEW, OUT, RESOLVED
from motcua.figures.views import reading
from motcua.organisations import queries as organisations
from motcua.organisations.requests import OfficerRequest, today

M = Measure
SERIES = (_mark("Mới nhận"), _mark("Đã giải quyết"), _mark("Trong đó quá hạn"))
WORST, MOST_FIELDS = 8, 8
# What the tiles of units may be coloured by: the word in the address, what it is called.
SHADES = (
    ("dung-han", _mark("tỷ lệ đúng hạn")),
    ("qua-han", _mark("hồ sơ còn quá hạn")),
    ("truc-tuyen", _mark("tỷ lệ trực tuyến")),
)
STEPS_IN_TIME, STEPS_ONLINE, STEPS_OVERDUE = (90.0, 95.0, 99.0), (25.0, 50.0, 75.0), (0, 5, 20)


@dataclass(frozen=True, slots=True)
class Tile:
    """A unit among the others: its figure in words, and its shade from 0 (worst) to 3; None: nothing to judge."""

    name: str
    href: str
    said: str
    shade: int | None


@require_GET
def overview(request: OfficerRequest) -> HttpResponse:
    """What presses, the units and fields where it presses, and twelve months."""
    asked = reading.read_request(request)
    unit_id = asked.unit_id or 0
    agencies = queries.find_agencies(unit_id, asked.counted.last_on)
    board = queries.get_board(asked.counted, _year_before(asked.period), agencies)
    names = reading.name_units((unit for unit, _c in board.by_unit), asked.counted)
    shade = request.GET.get("to", "")
    shade = shade if shade in dict(SHADES) else SHADES[0][0]
    is_wall = request.GET.get("man-hinh") == "lon"
    context = {
        "asked": asked,
        "unit": organisations.get_unit(unit_id, today(request)),
        "form": PeriodForm(initial=make_initial(asked.period)),
        "period_name": name_period(asked.period),
        "total": board.total,
        "late": queries.find_most_overdue(request.actor, agencies, request.at),
        "columns": reading.name_columns(),
        "units": _list_units(board, names, asked),
        "unit_count": len(board.by_unit),
        "tiles": _lay_tiles(board, names, asked, shade) if len(board.by_unit) > 1 else [],
        "shades": [
            (word, _(words), f"?{asked.make_query(to=word)}", word == shade) for word, words in SHADES
        ],
        "fields": _list_fields(board, asked),
        "field_count": len(board.by_field),
        "chart": _draw_trend(board.months, asked),
        "months": board.months,
        "series": [_(name) for name in SERIES],
        "counted_at": board.counted_at,
        "closed": queries.find_closed(asked.period),
        "rate": reading.rate(board.total),
        "may_lead": access.may_lead(request.actor, unit_id),
        "may_close": access.may_close(request.actor),
        "is_wall": is_wall,
        "wall_query": asked.make_query(**{"to": shade, "man-hinh": "" if is_wall else "lon"}),
    }
    return render(request, "figures/board.html", context)


def _list_units(board: Board, names: dict[int, str], asked: Asked) -> list[reading.Row]:
    """The units where most is overdue."""
    return [
        reading.Row(
            names[unit_id],
            f"?{query}" if unit_id != asked.unit_id else "",
            reading.write_figures(counts, query),
            reading.rate(counts),
        )
        for unit_id, counts in reading.order_worst(board.by_unit, names)[:WORST]
        if (query := asked.make_query(donvi=unit_id))
    ]


def _list_fields(board: Board, asked: Asked) -> list[reading.Row]:
    """The fields with most work."""
    names = reading.name_fields()
    most = sorted(board.by_field, key=lambda one: (-one[1].sum_of(OUT), one[0]))[:MOST_FIELDS]
    return [
        reading.Row(
            reading.name_field(code, names),
            "",
            reading.write_figures(counts, asked.make_query(linhvuc=code)),
            reading.rate(counts),
        )
        for code, counts in most
    ]


def _lay_tiles(board: Board, names: dict[int, str], asked: Asked, shade: str) -> list[Tile]:
    """Every unit by name; where the land lies is not known to the house, so that a map would be made up."""
    query = asked.make_query(donvi=0, to=shade)
    judge = {"dung-han": _judge_in_time, "qua-han": _judge_overdue, "truc-tuyen": _judge_online}[shade]
    return [
        Tile(name, "?" + query.replace("donvi=0", f"donvi={unit_id}"), *judge(counts))
        for name, unit_id, counts in sorted((names[u], u, c) for u, c in board.by_unit)
    ]


def _judge_in_time(counts: Counts) -> tuple[str, int | None]:
    rate = reading.rate(counts)
    return ("–", None) if rate is None else (f"{number(rate)}%", _step(rate, STEPS_IN_TIME))


def _judge_online(counts: Counts) -> tuple[str, int | None]:
    if not counts.new:
        return "–", None
    share = round((counts.new_online + counts.new_assisted) * 100 / counts.new, 1)
    return f"{number(share)}%", _step(share, STEPS_ONLINE)


def _judge_overdue(counts: Counts) -> tuple[str, int | None]:
    return number(counts.pending_overdue), 3 - sum(counts.pending_overdue > step for step in STEPS_OVERDUE)


def _step(share: float, steps: Sequence[float]) -> int:
    return sum(share >= step for step in steps)


def _year_before(period: Period) -> tuple[date, date]:
    """Twelve months of reports that end with the period's last."""
    last = period.last_on
    return date(last.year - 1, last.month, min(last.day, 28)), last


def _draw_trend(months: Sequence[Month], asked: Asked) -> charts.Chart | None:
    if not months:
        return None
    groups = [
        charts.Group(
            f"{month.last_on:%m/%Y}",
            (month.received, month.resolved, month.late),
            tuple(_link(asked, month.last_on, measures) for measures in (NEW, RESOLVED, (M.LATE,))),
        )
        for month in months
    ]
    return charts.draw(groups, [_(name) for name in SERIES])


def _link(asked: Asked, last_on: date, measures: Sequence[Measure]) -> str:
    first_on = (last_on.replace(day=1) - timedelta(days=1)).replace(day=15)
    told = {
        "so-lieu": ",".join(measures), "tu": f"{first_on:%d/%m/%Y}", "den": f"{last_on:%d/%m/%Y}", "ky": "days",
        "donvi": asked.unit_id or "",
    }  # fmt: skip
    return f"danh-sach/?{urlencode(told)}"
