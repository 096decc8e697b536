"""Pages of figures: what presses and where things stand, and the dossiers behind any number."""

from collections.abc import Sequence
from datetime import date, timedelta
from urllib.parse import urlencode

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from motcua.audit import actions as audit
from motcua.catalogue import queries as catalogue
from motcua.core.pages import render
from motcua.core.refusal import Refused
from motcua.figures import access, charts, queries
from motcua.figures.asking import Asked, PeriodForm, make_initial, name_period, read_period
from motcua.figures.queries import Cell
from motcua.figures.rules import Counts, Measure, Period, add_up
from motcua.figures.rules.counts import LABELS, NEW, OUT, RESOLVED
from motcua.figures.rules.words import _ as _mark
from motcua.legal import queries as legal
from motcua.organisations import queries as organisations
from motcua.organisations.requests import OfficerRequest, today

M = Measure
COLUMNS: tuple[tuple[str, tuple[Measure, ...]], ...] = (
    (_mark("Kỳ trước chuyển qua"), (M.CARRIED,)),
    (_mark("Mới nhận trực tuyến"), (M.NEW_ONLINE, M.NEW_ASSISTED)),
    (_mark("Mới nhận trực tiếp, bưu chính"), (M.NEW_COUNTER, M.NEW_POSTAL)),
    (_mark("Xong trước hạn"), (M.EARLY,)),
    (_mark("Xong đúng hạn"), (M.ON_TIME,)),
    (_mark("Xong quá hạn"), (M.LATE,)),
    (_mark("Rút, dừng"), (M.WITHDRAWN, M.STOPPED)),
    (_mark("Còn trong hạn"), (M.PENDING_IN_TIME,)),
    (_mark("Còn quá hạn"), (M.PENDING_OVERDUE,)),
    (_mark("Chờ người nộp"), (M.WAITING,)),
)
SERIES = (_mark("Mới nhận"), _mark("Đã giải quyết"), _mark("Trong đó quá hạn"))


def read_request(request: OfficerRequest) -> Asked:
    """The period and unit asked for; without a unit, the actor's own agency.

    :raises Refused: the unit is not the actor's to see.
    """
    asked = read_period(request, legal.get_int("report.period_first_day_of_month", today(request)))
    unit_id = asked.unit_id or request.actor.agency_id
    if unit_id != request.actor.agency_id or request.actor.has("administrator"):
        access.require_unit(request.actor, unit_id)
    return Asked(asked.period, unit_id, asked.field_code, asked.on)


@require_GET
def overview(request: OfficerRequest) -> HttpResponse:
    """What needs a decision first, then the period in figures by unit and field, then how it went."""
    asked = read_request(request)
    unit_id = asked.unit_id or 0
    unit = organisations.get_unit(unit_id, today(request))
    agencies = queries.find_agencies(unit_id, asked.counted.last_on)
    rows = queries.get_rows(asked.counted, agencies)
    context = {
        "asked": asked,
        "unit": unit,
        "form": PeriodForm(initial=make_initial(asked.period)),
        "period_name": name_period(asked.period),
        "total": add_up(row.counts for row in rows),
        "columns": [(_(title), _names(measures)) for title, measures in COLUMNS],
        "by_unit": _by_unit(rows, asked),
        "by_field": _by_field(rows),
        "chart": _draw_trend(agencies, asked),
        "months": queries.find_trend(*_year_before(asked.period), agencies),
        "series": [_(name) for name in SERIES],
        "counted_at": queries.find_counted_at(),
        "closed": queries.find_closed(asked.period),
        "rate": rate,
    }
    return render(request, "figures/overview.html", context)


@require_GET
def behind(request: OfficerRequest) -> HttpResponse:
    """The dossiers behind a figure, within what the reader may see.

    :raises Refused: there is no such figure, or the unit is not the reader's.
    """
    asked = read_request(request)
    measures = _read_measures(request.GET.get("so-lieu", ""))
    agencies = queries.find_agencies(asked.unit_id or 0, asked.counted.last_on)
    cell = Cell(
        asked.counted, measures, frozenset(agencies) if agencies is not None else None, asked.field_code
    )
    page = queries.find_behind(request.actor, cell, cursor=request.GET.get("cursor"))
    audit.record_reading("figures.behind", actor=request.actor, ids=[d.pk for d in page.rows], at=request.at)
    context = {
        "asked": asked,
        "unit": organisations.get_unit(asked.unit_id or 0, today(request)),
        "period_name": name_period(asked.period),
        "title": " + ".join(_(LABELS[measure]) for measure in measures),
        "field_name": dict(catalogue.find_fields()).get(asked.field_code, asked.field_code),
        "count": queries.count_behind(cell),
        "page": page,
        "keep": asked.make_query(**{"so-lieu": ",".join(measures)}),
    }
    return render(request, "figures/behind.html", context)


def _read_measures(text: str) -> tuple[Measure, ...]:
    try:
        found = tuple(Measure(name) for name in text.split(",") if name)
    except ValueError as fault:
        raise Refused("not_found", _("Không có số liệu này.")) from fault
    if not found:
        raise Refused("not_found", _("Không có số liệu này."))
    return found


def _names(measures: Sequence[Measure]) -> str:
    return ",".join(measures)


def rate(counts: Counts) -> float | None:
    """Percent finished in time among those finished, one decimal; None when nothing was."""
    return round((counts.early + counts.on_time) * 100 / counts.resolved, 1) if counts.resolved else None


def _by_unit(rows: Sequence[queries.Row], asked: Asked) -> list[tuple[int, str, Counts]]:
    """The units of the scope, worst first: most overdue, then most late."""
    tree = organisations.get_tree(asked.counted.last_on)
    told: dict[int, Counts] = {}
    for row in rows:
        told[row.agency_id] = told.get(row.agency_id, Counts()) + row.counts
    named = [
        (unit_id, tree.units[unit_id].short_agency_name if unit_id in tree.units else organisations.get_name(unit_id, asked.counted.last_on), counts)
        for unit_id, counts in told.items()
    ]  # fmt: skip
    return sorted(named, key=lambda one: (-one[2].pending_overdue, -one[2].late, one[1]))


def _by_field(rows: Sequence[queries.Row]) -> list[tuple[str, str, Counts]]:
    names = dict(catalogue.find_fields())
    told: dict[str, Counts] = {}
    for row in rows:
        told[row.field_code] = told.get(row.field_code, Counts()) + row.counts
    named = [(code, names.get(code, code) or _("Chưa rõ lĩnh vực"), counts) for code, counts in told.items()]
    return sorted(named, key=lambda one: (-one[2].sum_of(OUT), one[1]))


def _year_before(period: Period) -> tuple[date, date]:
    """Twelve months of reports that end with the period's last."""
    last = period.last_on
    return date(last.year - 1, last.month, min(last.day, 28)), last


def _draw_trend(agencies: Sequence[int] | None, asked: Asked) -> charts.Chart | None:
    months = queries.find_trend(*_year_before(asked.period), agencies)
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
