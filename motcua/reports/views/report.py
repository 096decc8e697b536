"""Reports at the desk: the list of a period, one report with its sheets, and every act as a button."""

from collections.abc import Callable, Sequence
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from motcua.audit import actions as audit
from motcua.core.pages import render
from motcua.core.refusal import Refused
from motcua.core.refusing import attempt
from motcua.core.writing import day
from motcua.figures.rules import Period, find_current, make_period
from motcua.figures.rules.periods import LABELS as PERIODS
from motcua.legal import queries as legal
from motcua.organisations import queries as organisations
from motcua.organisations.requests import OfficerRequest, today
from motcua.organisations.rules import Kind
from motcua.reports import access, actions, forms, queries
from motcua.reports.models import Report
from motcua.reports.printing import write_pdf
from motcua.reports.rules.narrative import count_unwritten
from motcua.reports.rules.reading import find_mismatch, write_figure
from motcua.reports.rules.reminding import Reminder
from motcua.reports.rules.states import LABELS, MOVES, TONES, Act, State
from motcua.reports.word import write_docx
from motcua.reports.workbook import read_workbook, write_workbook

_OFFICE = "application/vnd.openxmlformats-officedocument"
MOST_DUTIES = 60
WRITERS = {
    "excel": (write_workbook, f"{_OFFICE}.spreadsheetml.sheet", "xlsx"),
    "pdf": (write_pdf, "application/pdf", "pdf"),
    "word": (write_docx, f"{_OFFICE}.wordprocessingml.document", "docx"),
}


def name_period(report: Report) -> str:
    """The period of a report in words."""
    return _(PERIODS[report.kind]).format(number=report.number, year=report.year)  # type: ignore[index]


@require_http_methods(["GET", "HEAD", "POST"])
def reports(request: OfficerRequest) -> HttpResponse:
    """Every report one may see, and the form to begin one."""
    access.require_reader(request.actor)
    first_day = legal.get_int("report.period_first_day_of_month", today(request))
    current = find_current(today(request), first_day=first_day)
    initial = {"kind": str(current.kind), "number": current.number, "year": current.year}
    form = forms.BeginForm(request.POST or None, initial=initial)
    made: list[Report] = []
    if form.is_bound and attempt(form, lambda: made.append(_begin(request, form, first_day))):
        return redirect("reports:report", made[0].pk)
    rows = list(queries.find_reports(request.actor)[:400])
    tree = organisations.get_tree(today(request))
    context = {
        "form": form,
        "rows": [(r, name_period(r), _name_unit(tree, r.unit_id), _(LABELS[State(r.state)]), TONES[State(r.state)]) for r in rows],
        "today": today(request),
        "duties": _list_duties(request),
        "open_answers": list(queries.find_open_answers(request.actor)[:20]),
        "may_begin": access.may_prepare(request.actor, request.actor.agency_id),
    }  # fmt: skip
    return render(request, "reports/reports.html", context, status=422 if form.errors else 200)


def _list_duties(request: OfficerRequest) -> list[tuple[queries.Duty, str, str, str]]:
    """What the actor's agency owes and what those below it have not sent: with the period, what presses, its tone."""
    on = today(request)
    tree = organisations.get_tree(on)
    wanted = {
        request.actor.agency_id,
        *(unit.id for unit in queries.find_reporters(request.actor.agency_id, on)),
    }
    duties = queries.find_duties([tree.units[one] for one in wanted if one in tree.units], on)
    return [
        (duty, _(duty.period.label).format(number=duty.period.number, year=duty.period.year), *_say(duty))
        for duty in duties
        if duty.unit.kind in queries.REPORTING or duty.unit.kind == Kind.PROVINCE
    ][:MOST_DUTIES]


def _say(duty: queries.Duty) -> tuple[str, str]:
    words = {
        Reminder.LATE: (_("đã quá hạn"), "late"),
        Reminder.TODAY: (_("hạn hôm nay"), "due"),
        Reminder.SOON: (_("sắp đến hạn"), "due"),
    }
    return words[duty.reminder] if duty.reminder else (_("chưa đến hạn"), "plain")


def _name_unit(tree: organisations.Tree, unit_id: int) -> str:
    return tree.units[unit_id].agency_name if unit_id in tree.units else str(unit_id)


def _begin(request: OfficerRequest, form: forms.BeginForm, first_day: int) -> Report:
    told = form.cleaned_data
    try:
        period = make_period(told["kind"], told["year"], told["number"], first_day=first_day)
    except ValueError as fault:
        raise Refused("unknown_choice", _("Không có kỳ này."), field="number") from fault
    if period.first_on > today(request):
        raise Refused("not_begun", _("Kỳ này chưa bắt đầu."), field="number")
    return actions.generate(
        actor=request.actor, unit_id=request.actor.agency_id, period=period, at=request.at
    )


@require_GET
def report(request: OfficerRequest, report_id: int) -> HttpResponse:
    """One report: where it stands, what may be done, its sheets with checks, its words, its steps."""
    found = access.require_visible(request.actor, report_id)
    audit.record("reports.read", actor=request.actor, subject=f"reports.report:{found.pk}", at=request.at)
    below = queries.find_children(found)
    context = _tell_standing(found) | _tell_acts(request, found, has_children=bool(below))
    return render(request, "reports/report.html", context | {"children": _tell_children(found, below)})


def _tell_standing(found: Report) -> dict[str, Any]:
    """The report itself: of whom, for when, its sheets and the steps it went."""
    tree = organisations.get_tree(found.last_on)
    return {
        "report": found,
        "period_name": name_period(found),
        "unit": organisations.get_unit(found.unit_id, found.last_on),
        "state": _(LABELS[State(found.state)]),
        "tone": TONES[State(found.state)],
        "views": queries.get_sheet_views(found),
        "steps": [(step, _(MOVES[Act(step.act)].label)) for step in queries.get_steps(found)],
        "missing": [_name_unit(tree, unit_id) for unit_id in found.missing_units],
        "filled_at": queries.get_filled_at(found),
    }


def _tell_acts(request: OfficerRequest, found: Report, *, has_children: bool) -> dict[str, Any]:
    """What the actor may do with it now, and what stands in the way of its end."""
    allowed = access.find_allowed(request.actor, found)
    may_end = {Act.SIGN, Act.RECORD} & set(allowed)
    hindrance = queries.find_hindrance_of(found, today(request)) if may_end else None
    return {
        "today": today(request),
        "allowed": [str(one) for one in allowed],
        "may_enter": access.may_enter(request.actor, found.unit_id) and found.last_on < today(request),
        "hindrance": actions.say_hindrance(hindrance) if hindrance else "",
        "unwritten": count_unwritten(found.narrative, _) if may_end else 0,
        "sent_since": queries.count_sent_since(found) if has_children and Act.GENERATE in allowed else 0,
        "seen": actions.make_fingerprint(found) if Act.SIGN in allowed else "",
        "form_sign": forms.SignForm(),
        "form_return": forms.ReturnForm(),
    }


def _tell_children(found: Report, below: Sequence[tuple[Any, Report | None]]) -> list[tuple[Any, ...]]:
    """The units below with what each sent and when it was reminded."""
    period = Period(found.first_on, found.last_on)
    reminded = queries.find_reminded([unit.id for unit, _child in below], period)
    return [(unit, child, reminded.get(unit.id), *_say_child(child)) for unit, child in below]


def _say_child(child: Report | None) -> tuple[str, str]:
    return (_(LABELS[State(child.state)]), TONES[State(child.state)]) if child else ("", "late")


@require_POST
def do(request: OfficerRequest, report_id: int, word: str) -> HttpResponse:
    """One act on a report; a refusal is said on the report's page."""
    actor, at = request.actor, request.at
    reason = request.POST.get("reason", "")
    acts: dict[str, Callable[[], Report]] = {
        "lay-lai-so-lieu": lambda: _again(request, report_id),
        "ky": lambda: actions.sign(
            actor=actor,
            report_id=report_id,
            with_missing="with_missing" in request.POST,
            seen=request.POST.get("seen", "")[:64],
            at=at,
        ),  # fmt: skip
        "gui": lambda: actions.send(actor=actor, report_id=report_id, at=at),
        "nhan": lambda: actions.accept(actor=actor, report_id=report_id, at=at),
        "tra-lai": lambda: actions.return_report(actor=actor, report_id=report_id, reason=reason, at=at),
        "khoa": lambda: actions.lock(actor=actor, report_id=report_id, at=at),
        "ghi-nhan": lambda: actions.record(actor=actor, report_id=report_id, evidence=reason, at=at),
        "thay-the": lambda: actions.amend(actor=actor, report_id=report_id, reason=reason, at=at),
    }
    if word not in acts:
        raise Refused("not_found", _("Không có việc này."))
    try:
        done = acts[word]()
    except Refused as no:
        messages.error(request, no.message)
        return redirect("reports:report", report_id)
    messages.success(request, _("Đã ghi: %(state)s.") % {"state": _(LABELS[State(done.state)]).lower()})
    return redirect("reports:report", done.pk)


@require_POST
def enter(request: OfficerRequest, report_id: int, unit_id: int) -> HttpResponse:
    """Begin the report of a unit below that works elsewhere, from the page of the report it belongs to."""
    found = access.require_visible(request.actor, report_id)
    below = {unit.id: child for unit, child in queries.find_children(found)}
    if unit_id not in below:
        raise Refused("not_found", _("Không tìm thấy đơn vị này."))
    child = below[unit_id]
    if child is not None:  # somebody began it meanwhile: look at theirs
        return redirect("reports:report", child.pk)
    made = actions.generate(actor=request.actor, unit_id=unit_id, period=_get_period(found), at=request.at)
    messages.success(request, _("Đã lập thay; lấy số liệu từ tệp của đơn vị rồi ghi nhận."))
    return redirect("reports:report", made.pk)


def _get_period(found: Report) -> Period:
    return Period(found.first_on, found.last_on, found.kind, found.year, found.number)  # type: ignore[arg-type]


def _again(request: OfficerRequest, report_id: int) -> Report:
    found = access.require_visible(request.actor, report_id)
    return actions.generate(
        actor=request.actor, unit_id=found.unit_id, period=_get_period(found), at=request.at
    )


@require_http_methods(["GET", "HEAD", "POST"])
def adjust(request: OfficerRequest, report_id: int, form_code: str) -> HttpResponse:
    """Type one value over the automatic one; the cell is named in the address."""
    found = access.require_visible(request.actor, report_id)
    row_key, column = request.GET.get("dong", ""), request.GET.get("cot", "")
    view = next((one for one in queries.get_sheet_views(found) if one.form.code == form_code), None)
    row = (
        next((r for group in view.groups for r in group.rows if r.line.key == row_key), None)
        if view
        else None
    )
    if view is None or row is None or column not in row.values:
        raise Refused("not_found", _("Biểu không có ô này."))
    typed = row.line.typed.get(column)
    initial = {"value": write_figure(typed.value) if typed else "", "reason": typed.reason if typed else ""}
    form = forms.AdjustForm(request.POST or None, initial=initial)
    if form.is_bound and attempt(
        form,
        lambda: actions.adjust(
            actor=request.actor,
            report_id=report_id,
            form_code=form_code,
            row_key=row_key,
            column=column,
            **form.cleaned_data,
            at=request.at,
        ),
    ):
        return redirect("reports:report", report_id)
    context = {
        "report": found,
        "form": form,
        "view": view,
        "row": row,
        "column": view.layout.get(column),
        "automatic": row.automatic.get(column),
    }
    return render(request, "reports/adjust.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def narrative(request: OfficerRequest, report_id: int) -> HttpResponse:
    """Edit the words of the report."""
    found = access.require_visible(request.actor, report_id)
    form = forms.NarrativeForm(request.POST or None, initial={"text": found.narrative})
    if form.is_bound and attempt(
        form,
        lambda: actions.write_narrative(
            actor=request.actor, report_id=report_id, text=form.cleaned_data["text"], at=request.at
        ),
    ):
        messages.success(request, _("Đã ghi phần lời."))
        return redirect("reports:report", report_id)
    return render(
        request, "reports/narrative.html", {"report": found, "form": form}, status=422 if form.errors else 200
    )


@require_http_methods(["GET", "HEAD", "POST"])
def take_in(request: OfficerRequest, report_id: int, form_code: str) -> HttpResponse:
    """Take the values of a workbook filled elsewhere; faults are named, nothing is half taken."""
    found = access.require_visible(request.actor, report_id)
    view = next((one for one in queries.get_sheet_views(found) if one.form.code == form_code), None)
    if view is None:
        raise Refused("not_found", _("Báo cáo không có biểu này."))
    form = forms.ImportForm(request.POST or None, request.FILES or None)
    if form.is_bound and attempt(form, lambda: _take_in(request, found, view.layout, form_code, form)):
        messages.success(request, _("Đã lấy số liệu từ tệp."))
        return redirect("reports:report", report_id)
    context = {"report": found, "form": form, "view": view}
    return render(request, "reports/import.html", context, status=422 if form.errors else 200)


def _take_in(
    request: OfficerRequest, found: Report, layout: object, code: str, form: forms.ImportForm
) -> None:
    file = form.cleaned_data["file"]
    rows, faults, head = read_workbook(file.read(5_000_001), layout, code)  # type: ignore[arg-type]
    unit = organisations.get_unit(found.unit_id, found.last_on)
    names = (unit.agency_name, unit.short_agency_name, unit.name)
    if other := find_mismatch(head, names, (day(found.first_on), day(found.last_on))):
        faults = [other, *faults]
    if faults:
        told = "; ".join(_(fault.sentence) % fault.facts for fault in faults[:5])
        raise Refused("bad_file", told, field="file")
    if not rows:
        raise Refused("bad_file", _("Không có dòng số liệu nào trong tệp."), field="file")
    actions.import_sheet(
        actor=request.actor,
        report_id=found.pk,
        form_code=code,
        rows=rows,
        source=file.name,
        at=request.at,
    )


@require_GET
def file(request: OfficerRequest, report_id: int, kind: str) -> HttpResponse:
    """The report as a workbook, on paper, or as a Word file."""
    if kind not in WRITERS:
        raise Refused("not_found", _("Không có loại tệp này."))
    write, media_type, ending = WRITERS[kind]
    found = access.require_visible(request.actor, report_id)
    unit = organisations.get_unit(found.unit_id, found.last_on)
    parent = organisations.get_unit(found.parent_unit_id, found.last_on) if found.parent_unit_id else None
    audit.record(
        "reports.file", actor=request.actor, subject=f"reports.report:{found.pk}", note=kind, at=request.at
    )
    with translation.override("vi"):  # an official paper, whatever language its reader has chosen
        content = write(found, unit, parent, queries.get_sheet_views(found))
    name = f"bao-cao-{found.year}-{found.kind}-{found.number}-{unit.agency_code or unit.code}.{ending}"
    return HttpResponse(
        content, media_type, headers={"Content-Disposition": f'attachment; filename="{name}"'}
    )
