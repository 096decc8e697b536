"""The board of a unit: what needs a decision first, then where, then how it went."""

from collections.abc import Sequence
from datetime import date, timedelta
from urllib.parse import parse_qsl, urlencode

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from motcua.core.marking import _ as _mark
from motcua.core.pages import render
from motcua.core.writing import number
from motcua.figures import access, charts, maps, queries
from motcua.figures.asking import Asked, PeriodForm, make_initial, name_period
from motcua.figures.queries import Board, Month
from motcua.figures.rules import Measure, Period
from motcua.figures.rules.counts import NEW, OUT, RESOLVED
from motcua.figures.rules.shading import SHOWN, Shown, shade
from motcua.figures.views import reading
from motcua.organisations import queries as organisations
from motcua.organisations.requests import OfficerRequest, today

M = Measure
SERIES = (_mark("Mới nhận"), _mark("Đã giải quyết"), _mark("Trong đó quá hạn"))
WORST, MOST_FIELDS = 8, 8


@require_GET
def overview(request: OfficerRequest) -> HttpResponse:
    """What presses, the units and fields where it presses, and twelve months."""
    asked = reading.read_request(request)
    unit_id = asked.unit_id or 0
    agencies = queries.find_agencies(unit_id, asked.counted.last_on)
    board = queries.get_board(asked.counted, _year_before(asked.period), agencies)
    names = reading.name_units((unit for unit, _c in board.by_unit), asked.counted)
    shown = SHOWN.get(request.GET.get("to", ""), SHOWN["dung-han"])
    drawn = _draw_map(board, names, asked, shown) if len(board.by_unit) > 1 else None
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
        "map": drawn,
        "keep": parse_qsl(asked.make_query(**{"man-hinh": request.GET.get("man-hinh", "")[:4]})),
        "shown": shown,
        "choices": [(one.word, _(one.name), one.word == shown.word) for one in SHOWN.values()],
        "fields": _list_fields(board, asked),
        "field_count": len(board.by_field),
        "chart": _draw_trend(board.months, asked),
        "months": board.months,
        "series": [_(name) for name in SERIES],
        "counted_at": board.counted_at,
        "uncounted": queries.find_uncounted(request.at),
        "closed": queries.find_closed(asked.period),
        "rate": reading.rate(board.total),
        "may_lead": access.may_lead(request.actor, unit_id),
        "may_close": access.may_close(request.actor),
        "is_wall": is_wall,
        "wall_query": asked.make_query(**{"to": shown.word, "man-hinh": "" if is_wall else "lon"}),
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


def _draw_map(board: Board, names: dict[int, str], asked: Asked, shown: Shown) -> maps.Map | None:
    """Communes where they lie, coloured by one figure, each leading to its unit and to the dossiers behind."""
    query = asked.make_query(donvi=0, to=shown.word)
    lead = f"{reverse('figures:behind')}?{asked.make_query(donvi=0)}&so-lieu={','.join(shown.measures)}"
    said = {}
    for unit_id, counts in board.by_unit:
        value = shown.read(counts)
        there = lead.replace("donvi=0", f"donvi={unit_id}") if value else ""
        said[unit_id] = maps.Said(
            _write(value, shown), value, "?" + query.replace("donvi=0", f"donvi={unit_id}"), there
        )
    known = {unit_id: one.value for unit_id, one in said.items() if one.value is not None}
    tree = organisations.get_tree(asked.counted.last_on)
    return maps.draw_map(tree, asked.unit_id or 0, said, names, shade(known, shown.tone, shown.bounds))


def _write(value: float | None, shown: Shown) -> str:
    return "–" if value is None else f"{number(value)}%" if shown.is_rate else number(value)


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
