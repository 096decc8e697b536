"""Tables of figures anyone in the office may narrow, keep, print and take along."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from motcua.audit import actions as audit
from motcua.catalogue import queries as catalogue
from motcua.core.pages import render
from motcua.core.refusal import Refused
from motcua.dossiers.views.sheets import stream_csv, stream_workbook
from motcua.figures import access, actions, queries
from motcua.figures.asking import Asked, make_initial, name_period
from motcua.figures.forms import SHARES, KeepForm, StatisticsForm
from motcua.figures.rules import Counts, add_up
from motcua.figures.views import reading
from motcua.organisations import queries as organisations
from motcua.organisations.requests import OfficerRequest, today
from motcua.organisations.rules import Actor

MOST_ROWS = 300
BY = {
    "don-vi": ("agency",), "linh-vuc": ("field",), "thu-tuc": ("procedure",), "don-vi-linh-vuc": ("agency", "field"),
    "cap": ("agency",), "kenh": ("channel", "behalf"),
}  # fmt: skip
KINDS = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv; charset=utf-8",
}
Named = tuple[str, str, Counts]  # name, the query of its dossiers, figures


@require_GET
def statistics(request: OfficerRequest) -> HttpResponse:
    """A table of figures as asked for, every number a link to its dossiers."""
    asked, theo = _read(request)
    rows = _count(asked, theo)
    total = add_up(counts for _name, _query, counts in rows)
    whole = reading.Row(_("Cộng"), "", reading.write_figures(total, asked.make_query()), reading.rate(total))
    context = {
        "asked": asked,
        "theo": theo,
        "share": str(dict(SHARES)[theo]),
        "unit": organisations.get_unit(asked.unit_id or 0, today(request)),
        "period_name": name_period(asked.period),
        "field_name": reading.name_field(asked.field_code, reading.name_fields()) if asked.field_code else "",
        "form": _make_form(request.actor, asked, theo),
        "columns": reading.name_columns(),
        "total": whole,
        "rows": [
            reading.Row(name, "", reading.write_figures(counts, query), reading.rate(counts))
            for name, query, counts in rows[:MOST_ROWS]
        ],
        "count": len(rows),
        "counted_at": queries.find_counted_at(),
        "uncounted": queries.find_uncounted(request.at),
        "closed": queries.find_closed(asked.period),
        "kept": queries.find_tables(request.actor),
        "form_keep": KeepForm(),
        "query": asked.make_query(theo=theo),
    }
    return render(request, "figures/statistics.html", context)


def _read(request: OfficerRequest) -> tuple[Asked, str]:
    asked = reading.read_request(request)
    theo = request.GET.get("theo", "")
    return asked, theo if theo in BY else "don-vi"


def _make_form(actor: Actor, asked: Asked, theo: str) -> StatisticsForm:
    initial = make_initial(asked.period) | {
        "donvi": str(asked.unit_id or ""), "linhvuc": asked.field_code, "theo": theo,
    }  # fmt: skip
    units = _find_units(actor, asked)
    fields = sorted(reading.name_fields().items(), key=lambda one: one[1])
    return StatisticsForm(initial=initial, units=units, fields=fields)


def _find_units(actor: Actor, asked: Asked) -> list[tuple[str, str]]:
    """The actor's own agency, and the units whose figures are open to the actor."""
    tree = organisations.get_tree(asked.counted.last_on)
    scope = access.get_scope(actor)
    own = [unit for unit in tree.units.values() if unit.id == actor.agency_id]
    others = [
        unit
        for unit in tree.units.values()
        if unit.agency_code and unit.id != actor.agency_id and (scope is None or unit.id in scope)
    ]
    return [(str(unit.id), unit.agency_name) for unit in [*own, *sorted(others, key=lambda u: u.agency_name)]]


def _count(asked: Asked, theo: str) -> list[Named]:
    """The rows of a table, the most work first; units by name."""
    agencies = queries.find_agencies(asked.unit_id or 0, asked.counted.last_on)
    by = BY[theo] if not asked.field_code else tuple({*BY[theo], "field"})
    rows = [
        row
        for row in queries.get_rows(asked.counted, agencies, by=by)
        if not asked.field_code or row.field_code == asked.field_code
    ]
    return _name_rows(rows, asked, theo)


def _name_rows(rows: Sequence[queries.Row], asked: Asked, theo: str) -> list[Named]:
    if theo == "thu-tuc":
        names = catalogue.find_names(row.procedure_code for row in rows)
        named = [
            (
                f"{row.procedure_code} {names.get(row.procedure_code, '')}",
                asked.make_query(thutuc=row.procedure_code),
                row.counts,
            )
            for row in rows
        ]
        return sorted(named, key=lambda one: (-one[2].new - one[2].carried, one[0]))
    if theo == "kenh":
        order = {channel: n for n, channel in enumerate(reading.CHANNEL_NAMES)}
        return [
            (
                reading.name_way(row.channel, row.is_behalf),
                asked.make_query(kenh=row.channel, thay="co" if row.is_behalf else "khong"),
                row.counts,
            )
            for row in sorted(rows, key=lambda one: (order.get(one.channel, 9), one.is_behalf))
        ]
    if theo == "cap":
        return _name_levels(rows, asked)
    units = reading.name_units({row.agency_id for row in rows if row.agency_id}, asked.counted)
    fields = reading.name_fields()
    named = []
    for row in rows:
        field = reading.name_field(row.field_code, fields)
        unit = units.get(row.agency_id, "")
        name = {"don-vi": unit, "linh-vuc": field}.get(theo, f"{unit} · {field}")
        query = replace(asked, field_code=row.field_code or asked.field_code).make_query(
            donvi=row.agency_id or asked.unit_id or ""
        )
        named.append((name, query, row.counts))
    return sorted(named, key=lambda one: one[0])


def _name_levels(rows: Sequence[queries.Row], asked: Asked) -> list[Named]:
    """The rows of each level added up, the province first."""
    tree = organisations.get_tree(asked.counted.last_on)
    told: dict[str, Counts] = {}
    for row in rows:
        level = queries.find_level(tree, row.agency_id)
        told[level] = told.get(level, Counts()) + row.counts
    return [
        (reading.name_level(level), asked.make_query(cap=level), told[level])
        for level in queries.LEVELS
        if level in told
    ]


@require_GET
def export(request: OfficerRequest) -> HttpResponseBase:
    """The whole table as a file."""
    asked, theo = _read(request)
    form = request.GET.get("dang", "xlsx")
    if form not in KINDS:
        raise Refused("unknown_choice", _("Chọn tệp Excel (.xlsx) hoặc CSV (.csv)."), field="dang")
    head = [str(dict(SHARES)[theo]), *reading.name_columns(), _("Đúng hạn (%)")]
    lines = _write_lines(_count(asked, theo), say_rate=_say_percent if form == "csv" else _as_number)
    title = _("Bảng số liệu")
    subject = f"figures.table:{asked.unit_id}"
    audit.record(
        "figures.exported", actor=request.actor, subject=subject, note=asked.make_query(), at=request.at
    )
    pieces = stream_csv(head, lines) if form == "csv" else stream_workbook(title, head, lines)
    name = f"so-lieu-{asked.counted.first_on:%Y%m%d}-{asked.counted.last_on:%Y%m%d}.{form}"
    answer = StreamingHttpResponse(pieces, content_type=KINDS[form])
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    answer["Cache-Control"] = "private, no-store"
    return answer


def _write_lines(rows: Sequence[Named], say_rate: Callable[[float], object]) -> Iterator[list[object]]:
    for name, _query, counts in rows:
        rate = reading.rate(counts)
        told = [counts.sum_of(measures) for _title, measures in reading.COLUMNS]
        yield [name, *told, "" if rate is None else say_rate(rate)]


def _say_percent(rate: float) -> str:
    """As it is written where a comma is the decimal mark: CSV has no numbers, only what its reader makes of them."""
    return f"{rate:.1f}".replace(".", ",")


def _as_number(rate: float) -> Decimal:
    return Decimal(str(rate))


@require_POST
def keep(request: OfficerRequest) -> HttpResponse:
    """Keep what a table was asked for under a name."""
    asked, theo = _read(request)
    query = asked.make_query(theo=theo)
    form = KeepForm(request.POST)
    if form.is_valid():
        try:
            actions.keep_table(
                actor=request.actor, name=form.cleaned_data["name"], query=query, at=request.at
            )
            messages.success(request, _("Đã lưu bảng."))
        except Refused as no:
            messages.error(request, no.message)
    else:
        messages.error(request, _("Ghi tên cho bảng."))
    return redirect(f"{reverse('figures:statistics')}?{query}")


@require_POST
def forget(request: OfficerRequest, table_id: int) -> HttpResponse:
    """Forget a kept table."""
    actions.forget_table(actor=request.actor, table_id=table_id, at=request.at)
    messages.success(request, _("Đã bỏ bảng."))
    return redirect("figures:statistics")
