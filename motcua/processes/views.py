"""Pages where control officers write step tables, publish them, and move them through Excel."""

from decimal import Decimal
from typing import Any

from django.contrib import messages
from django.core import signing
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from motcua.catalogue import queries as catalogue
from motcua.core.pages import render
from motcua.core.refusal import Refused
from motcua.core.text import clean_line
from motcua.organisations import queries as organisations
from motcua.organisations.requests import OfficerRequest, today
from motcua.organisations.rules import Actor
from motcua.processes import access, actions, forms, queries
from motcua.processes.exchange.workbook import Table, read_tables, write_tables
from motcua.processes.models import STATES, ProcessVersion
from motcua.processes.packing import pack, unpack
from motcua.processes.queries import ProcessView
from motcua.processes.rules import HOURS_PER_DAY, StepView, check_table, longest_hours
from motcua.processes.words import post_words, role_words, say

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def _actor(request: OfficerRequest) -> Actor:
    access.require_curator(request.actor)
    return request.actor


def _keeper(request: OfficerRequest) -> Actor:
    access.require_keeper(request.actor)
    return request.actor


def _agency_code(version: ProcessVersion, request: OfficerRequest) -> str:
    if version.process.agency_id is None:
        return ""
    return organisations.get_unit(version.process.agency_id, today(request)).code


@require_GET
def processes(request: OfficerRequest) -> HttpResponse:
    """Every process in use or in draft."""
    _actor(request)
    text, state = clean_line(request.GET.get("q", ""))[:200], request.GET.get("xem", "")
    rows = queries.find_versions(text, state if state in dict(STATES) else "")
    context = {
        "rows": rows,
        "names": catalogue.find_names(row.process.procedure_code for row in rows),
        "q": text,
        "state": state,
    }
    return render(
        request, "processes/processes.html", context | {"may_change": access.is_keeper(request.actor)}
    )


@require_http_methods(["GET", "HEAD", "POST"])
def begin(request: OfficerRequest) -> HttpResponse:
    """A first draft for a procedure: take in, handle, decide, give back, within its limit."""
    actor = _keeper(request)
    form = forms.BeginForm(request.POST or None, initial={"procedure_code": request.GET.get("ma", "")})
    if not form.is_valid():
        return render(request, "processes/begin.html", {"form": form}, status=422 if form.errors else 200)
    code = form.cleaned_data["procedure_code"]
    if latest := queries.find_latest(code, None):
        return redirect("processes:version", version_id=latest.version_id)
    hours = _limit_hours(code, request)
    facts = actions.DraftFacts(code, _first_steps(hours or HOURS_PER_DAY), hours)
    draft = actions.save_draft(actor=actor, facts=facts, at=request.at)
    return redirect("processes:edit", version_id=draft.pk)


def _limit_hours(code: str, request: OfficerRequest) -> Decimal | None:
    try:
        limit = catalogue.get_intake_sheet(code, today(request)).limit
    except Refused:
        return None
    days = {"same_day": Decimal(1), "working_day": limit.amount, "calendar_day": limit.amount}.get(limit.unit)
    return limit.amount if limit.unit == "working_hour" else days and days * HOURS_PER_DAY


def _first_steps(hours: Decimal) -> tuple[StepView, ...]:
    quarter = hours / 8
    return (
        StepView(1, _("Tiếp nhận, kiểm tra và chuyển hồ sơ"), "intake_officer", "one_stop", quarter),
        StepView(
            2,
            _("Thẩm tra hồ sơ, dự thảo kết quả"),
            "case_officer",
            "competent",
            hours - 4 * quarter,
            "",
            (1,),
        ),
        StepView(3, _("Lãnh đạo ký duyệt"), "approver", "leader", quarter, "", (2,)),
        StepView(4, _("Vào sổ, lấy số, đóng dấu"), "clerk", "competent", quarter, "", (3,)),
        StepView(5, _("Trả kết quả"), "intake_officer", "one_stop", quarter, "", (4,)),
    )


@require_GET
def version(request: OfficerRequest, version_id: int) -> HttpResponse:
    """One version: its steps, its sum against the limit, its faults, its sisters."""
    _actor(request)
    return _version_page(
        request,
        queries.get_version_row(version_id),
        forms.PublishForm(initial={"published_on": today(request)}),
    )


def _version_page(request: OfficerRequest, row: ProcessVersion, form: forms.PublishForm) -> HttpResponse:
    view = queries.view(row)
    code = row.process.procedure_code
    context = {
        "row": row,
        "view": view,
        "form": form,
        "name": catalogue.find_names([code]).get(code, ""),
        "problems": [say(problem) for problem in check_table(view.steps, view.total_hours)],
        "sum": longest_hours(view.steps),
        "sisters": queries.find_sisters(row.process_id),
        "posts": post_words(),
        "roles": role_words(),
    }
    return render(
        request,
        "processes/version.html",
        context | {"may_change": access.is_keeper(request.actor)},
        status=422 if form.errors else 200,
    )


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: OfficerRequest, version_id: int) -> HttpResponse:
    """The table editor of a draft; it may be kept with faults, which are shown."""
    actor = _keeper(request)
    row = queries.get_version_row(version_id)
    if row.state != "draft":
        return redirect("processes:version", version_id=version_id)
    view = queries.view(row)
    table = forms.StepTable(request.POST or None, initial=forms.get_rows(view.steps), prefix="buoc")
    total = forms.TotalForm(request.POST or None, initial=forms.get_totals(row))
    if (
        request.method == "POST"
        and table.is_valid()
        and total.is_valid()
        and _kept(request, actor, row, table, total)
    ):
        messages.success(request, _("Đã lưu dự thảo."))
        return redirect("processes:version", version_id=version_id)
    code = row.process.procedure_code
    context = {"row": row, "table": table, "total": total, "name": catalogue.find_names([code]).get(code, "")}
    return render(request, "processes/edit.html", context, status=422 if table.is_bound else 200)


def _kept(
    request: OfficerRequest, actor: Actor, row: ProcessVersion, table: Any, total: forms.TotalForm
) -> bool:
    steps = tuple(step for form in table if (step := form.get_step()))
    facts = actions.DraftFacts(
        row.process.procedure_code, steps, agency_id=row.process.agency_id, **total.cleaned_data
    )
    try:
        actions.save_draft(actor=actor, facts=facts, at=request.at)
    except Refused as refusal:
        total.add_error(None, refusal.message)
        return False
    return True


@require_POST
def copy(request: OfficerRequest, version_id: int) -> HttpResponse:
    """A new draft with the steps of a published version."""
    actor = _keeper(request)
    row = queries.get_version_row(version_id)
    view = queries.view(row)
    facts = actions.DraftFacts(
        view.procedure_code,
        view.steps,
        view.total_hours,
        row.process.agency_id,
        view.source,
        view.is_demonstration,
    )
    draft = actions.save_draft(actor=actor, facts=facts, at=request.at)
    return redirect("processes:edit", version_id=draft.pk)


@require_POST
def publish(request: OfficerRequest, version_id: int) -> HttpResponse:
    """Publish a draft by its decision."""
    actor = _keeper(request)
    form = forms.PublishForm(request.POST)
    if form.is_valid():
        try:
            actions.publish(actor=actor, version_id=version_id, **form.cleaned_data, at=request.at)
        except Refused as refusal:
            if refusal.code in ("not_found", "published", "forbidden"):
                raise
            form.add_error(refusal.field if refusal.field in form.fields else None, refusal.message)
        else:
            messages.success(request, _("Đã công bố quy trình. Hồ sơ nhận từ ngày áp dụng đi theo bản này."))
            return redirect("processes:version", version_id=version_id)
    return _version_page(request, queries.get_version_row(version_id), form)


@require_POST
def discard(request: OfficerRequest, version_id: int) -> HttpResponse:
    """Throw a draft away."""
    actions.discard_draft(actor=_keeper(request), version_id=version_id, at=request.at)
    messages.success(request, _("Đã bỏ dự thảo."))
    return redirect("processes:processes")


@require_GET
def export_file(request: OfficerRequest) -> HttpResponse:
    """Every table in use or in draft as Excel, the draft where there are both."""
    _actor(request)
    newest = {row.process_id: row for row in queries.find_versions()}
    tables = [_table(queries.get_version(row.pk), _agency_code(row, request)) for row in newest.values()]
    response = HttpResponse(write_tables(tables), content_type=XLSX)
    response["Content-Disposition"] = 'attachment; filename="quy-trinh-noi-bo.xlsx"'
    return response


def _table(view: ProcessView, agency_code: str) -> Table:
    return Table(
        view.procedure_code, agency_code, view.total_hours, view.source, view.is_demonstration, view.steps
    )


@require_http_methods(["GET", "HEAD", "POST"])
def import_file(request: OfficerRequest) -> HttpResponse:
    """Read a workbook and show what it would change; nothing is written yet."""
    actor = _keeper(request)
    form = forms.FileForm(request.POST or None, request.FILES or None)
    if not form.is_valid():
        return render(request, "processes/import.html", {"form": form}, status=422 if form.errors else 200)
    try:
        reading = read_tables(form.cleaned_data["file"].read())
    except ValueError as fault:
        form.add_error("file", str(fault))
        return render(request, "processes/import.html", {"form": form}, status=422)
    difference = actions.import_processes(actor=actor, tables=reading.tables, is_dry_run=True, at=request.at)
    touched = {
        (change.procedure_code, change.agency_code) for change in (*difference.added, *difference.changed)
    }
    context = {
        "difference": difference,
        "rejections": [*reading.rejections, *difference.rejections],
        "packed": pack([table for table in reading.tables if table.key in touched]) if touched else "",
    }
    return render(request, "processes/preview.html", context)


@require_POST
def keep_import(request: OfficerRequest) -> HttpResponse:
    """Write the drafts the preview showed."""
    actor = _keeper(request)
    try:
        tables = unpack(request.POST.get("packed", ""))
    except signing.BadSignature as fault:
        raise Refused("stale", _("Bản xem trước đã quá hạn hoặc bị sửa. Hãy chọn lại tệp.")) from fault
    difference = actions.import_processes(actor=actor, tables=tables, at=request.at)
    count = len(difference.added) + len(difference.changed)
    messages.success(
        request, _("Đã ghi %(count)d dự thảo quy trình; xem lại rồi công bố.") % {"count": count}
    )
    return redirect("processes:processes")
