"""The score of the house itself: each indicator, what it costs and which dossiers lost it, and the place among peers."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from motcua.audit import actions as audit
from motcua.core.pages import render
from motcua.core.paging import Page
from motcua.core.refusal import Refused
from motcua.core.refusing import say_refusal
from motcua.core.writing import number
from motcua.dossiers.views.exports import send_table
from motcua.figures import charts, maps
from motcua.figures import queries as figures
from motcua.figures.asking import Asked, PeriodForm, make_initial, name_period, read_period
from motcua.figures.rules.shading import Tone, shade
from motcua.indices import access, actions, queries, sets
from motcua.indices.forms import TypedForm
from motcua.indices.rules import Line, Score
from motcua.indices.rules.gaining import find_steps
from motcua.legal import queries as legal
from motcua.organisations import queries as organisations
from motcua.organisations.requests import OfficerRequest, today


def read_asked(request: OfficerRequest) -> Asked:
    asked = read_period(request, legal.get_int("report.period_first_day_of_month", today(request)))
    unit_id = asked.unit_id or request.actor.agency_id
    access.require_reader(request.actor, unit_id)
    return Asked(asked.period, unit_id, on=asked.on)


def make_score(asked: Asked) -> Score:
    """The score of what is asked. :raises Refused: no set of indicators holds then."""
    try:
        return queries.get_score(asked.period, asked.unit_id or 0, asked.on)
    except sets.NoSetOfIndicators as fault:
        raise Refused("not_found", _("Kỳ này chưa có bộ chỉ số."), field="ky") from fault


@require_GET
def index(request: OfficerRequest) -> HttpResponse:
    """Points by group and indicator, most lost first in words, and the units of the scope in their places."""
    with figures.reading_once():
        return render(request, "indices/index.html", _tell_index(request))


def _tell_index(request: OfficerRequest) -> dict[str, object]:
    asked = read_asked(request)
    made = make_score(asked)
    typed = queries.find_typed(asked.period, [asked.unit_id or 0])
    lost = sorted(
        (line for line in made.lines if line.lost and line.rate is not None), key=lambda one: -one.lost
    )
    return {
        "asked": asked,
        "unit": organisations.get_unit(asked.unit_id or 0, today(request)),
        "period_name": name_period(asked.period),
        "form": PeriodForm(initial=make_initial(asked.period)),
        "made": made,
        "lost": lost[:5],
        "typed": {row.code: row for row in typed},
        "counted": queries.COUNTED,
        "empty_rule": sets.get_empty_rules(asked.period.last_on).get("*"),
        "ranks": (ranks := _rank(asked)),
        "map": _draw_map(asked, ranks),
        "counted_at": figures.find_counted_at(),
        "uncounted": figures.find_uncounted(request.at),
        "place": queries.find_place(asked.period, asked.unit_id or 0, asked.on),
        "risk": queries.find_risk(asked.period, asked.unit_id or 0, asked.on),
        "trend": (points := _find_trend(asked)),
        "chart": _draw(points),
        "notes": list(queries.find_notes(asked.unit_id or 0)[:1]),
        "may_type": access.may_type(request.actor, asked.unit_id or 0),
    }


def _find_trend(asked: Asked) -> list[tuple[str, Score]]:
    first_day = legal.get_int("report.period_first_day_of_month", asked.on)
    points = queries.find_trend(asked.period, asked.unit_id or 0, asked.on, first_day)
    return [(name_period(point.period), point.score) for point in points]


def _draw(points: list[tuple[str, Score]]) -> charts.Chart | None:
    """Bars of whole points in percent of what is known; exact points stand in the table."""
    if len(points) < 2:
        return None
    groups = [charts.Group(name, (round(made.total * 100 / made.known_most),)) for name, made in points]
    return charts.draw(groups, [_("Điểm, phần trăm của các chỉ số có số liệu")])


def _rank(asked: Asked) -> list[tuple[int, int, int, str, str, Score]]:
    """The units below the one shown, in their places, kind by kind."""
    tree = organisations.get_tree(asked.counted.last_on)
    below = [
        unit.id
        for unit_id in tree.get_subtree(asked.unit_id or 0)
        if (unit := tree.units[unit_id]).kind in queries.PEERS
        and unit.agency_code
        and unit_id != asked.unit_id
    ]
    found = [
        (place, of, unit_id, tree.units[unit_id].kind_label, tree.units[unit_id].short_agency_name, made)
        for unit_id, (place, of, made) in queries.find_ranks(asked.period, below, asked.on).items()
    ]
    return sorted(found, key=lambda row: (row[3], row[0], row[4]))


def _draw_map(asked: Asked, ranks: list[tuple[int, int, int, str, str, Score]]) -> maps.Map | None:
    """The communes where they lie, coloured by their points: a quarter of the units in each colour."""
    tree = organisations.get_tree(asked.counted.last_on)
    points = {unit_id: float(made.total) for _place, _of, unit_id, _kind, _name, made in ranks}
    said = {
        one: maps.Said(number(value), value, f"?{asked.make_query(donvi=one)}")
        for one, value in points.items()
    }
    names = {unit_id: name for _place, _of, unit_id, _kind, name, _made in ranks}
    return maps.draw_map(tree, asked.unit_id or 0, said, names, shade(points, Tone.HIGH_IS_GOOD))


@require_GET
def why(request: OfficerRequest, code: str) -> HttpResponse:
    """One indicator: its formula, its points, what mending some would gain, and what lost it, worst first."""
    asked = read_asked(request)
    line = _get_line(asked, code)
    loss = queries.find_loss(request.actor, code, asked.counted, asked.unit_id or 0)
    if loss is not None:
        shown = [dossier.pk for dossier in loss.dossiers]  # type: ignore[attr-defined]
        audit.record_reading("indices.why", actor=request.actor, ids=shown, at=request.at)
    context = {
        "asked": asked,
        "unit": organisations.get_unit(asked.unit_id or 0, today(request)),
        "period_name": name_period(asked.period),
        "line": line,
        "why_typed": _(sets.WHY_TYPED[code]) if code in sets.WHY_TYPED else "",
        "may_type": access.may_type(request.actor, asked.unit_id or 0),
        "empty_rule": sets.get_empty_rules(asked.period.last_on).get("*"),
        "steps": find_steps(line.indicator, line.figure) if line.figure and line.indicator.points else [],
        "loss": loss,
    }
    return render(request, "indices/why.html", context)


@require_GET
def export_why(request: OfficerRequest, code: str) -> HttpResponseBase:
    """The dossiers that lost points of an indicator, as its page lists them, as a file.

    :raises Refused: there is no such indicator, or no list of dossiers stands behind it.
    """
    asked = read_asked(request)
    indicator = _get_line(asked, code).indicator
    loss = queries.find_loss(request.actor, code, asked.counted, asked.unit_id or 0)
    if loss is None or loss.is_of_procedures:
        raise Refused("not_found", _("Chỉ số này không có danh sách hồ sơ."))
    page = Page(list(loss.dossiers), None, None)

    def line(row: Any) -> list[object]:
        return [row.code, row.procedure_name, row.due_at, row.finished_at or _("chưa xong"), row.state_label]

    head = [_("Mã hồ sơ"), _("Thủ tục"), _("Hẹn trả"), _("Xong"), _("Trạng thái")]
    names, title = ("indices.why_exported", "ho-so-mat-diem"), f"{indicator.code} {indicator.name}"
    return send_table(request, lambda _cursor: page, (head, line), title, names, lambda row: row.pk)


def _get_line(asked: Asked, code: str) -> Line:
    line = next((one for one in make_score(asked).lines if one.indicator.code == code), None)
    if line is None:
        raise Refused("not_found", _("Không có chỉ số này."))
    return line


@require_http_methods(["GET", "HEAD", "POST"])
def type_in(request: OfficerRequest) -> HttpResponse:
    """Type a figure the house does not count."""
    asked = read_asked(request)
    access.require_typist(request.actor, asked.unit_id or 0)
    made = make_score(asked)
    codes = [(line.indicator.code, f"{line.indicator.code} {line.indicator.name}") for line in made.lines]
    codes += [(code, _(words)) for code, words in sets.NINE_TYPED.items()]
    form = TypedForm(request.POST or None, codes=codes, initial={"code": request.GET.get("chi-so", "")})
    if form.is_bound and form.is_valid():
        try:
            actions.type_figure(
                actor=request.actor,
                unit_id=asked.unit_id or 0,
                period=asked.period,
                **form.cleaned_data,
                at=request.at,
            )
        except Refused as no:
            say_refusal(form, no)
        else:
            messages.success(request, _("Đã ghi số liệu."))
            return redirect(f"{reverse('indices:index')}?{asked.make_query()}")
    context = {
        "asked": asked,
        "form": form,
        "period_name": name_period(asked.period),
        "reasons": [(code, _(words)) for code, words in sets.WHY_TYPED.items()],
        "typed": queries.find_typed(asked.period, [asked.unit_id or 0]),
        "unit": organisations.get_unit(asked.unit_id or 0, today(request)),
    }
    return render(request, "indices/type.html", context, status=422 if form.errors else 200)
