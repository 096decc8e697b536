"""Pages where the province and its agencies write step tables, send and publish them, and move them through Excel."""

from decimal import Decimal
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from motcua.catalogue import queries as catalogue
from motcua.core.pages import render
from motcua.core.refusal import Refused
from motcua.core.refusing import say_refusal
from motcua.core.text import clean_line
from motcua.core.workbook import XLSX
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


def _actor(request: OfficerRequest) -> Actor:
    access.require_curator(request.actor)
    return request.actor


def _keeper(request: OfficerRequest) -> Actor:
    access.require_keeper(request.actor)
    return request.actor


def _unit_code(agency_id: int | None, request: OfficerRequest) -> str:
    return "" if agency_id is None else organisations.get_unit(agency_id, today(request)).code


def _unit_names(rows: list[ProcessVersion], request: OfficerRequest) -> dict[int, str]:
    ids = {row.process.agency_id for row in rows} - {None}
    return {pk: organisations.get_unit(pk, today(request)).name for pk in ids if pk}


@require_GET
def processes(request: OfficerRequest) -> HttpResponse:
    """Every process in use or in draft."""
    _actor(request)
    text, state = clean_line(request.GET.get("q", ""))[:200], request.GET.get("xem", "")
    rows = queries.find_versions(
        text, state if state in {*dict(STATES), queries.WAITING} else "", request.actor
    )
    context = {
        "rows": rows,
        "agencies": _unit_names(rows, request),
        "names": catalogue.find_names(row.process.procedure_code for row in rows),
        "q": text,
        "state": state,
    }
    return render(
        request, "processes/processes.html", context | {"is_keeper": access.is_keeper(request.actor)}
    )


@require_http_methods(["GET", "HEAD", "POST"])
def begin(request: OfficerRequest) -> HttpResponse:
    """A first draft for a procedure: what the province has for all, or five plain steps within its limit."""
    actor = _actor(request)
    form = forms.BeginForm(request.POST or None)
    if not form.is_valid():
        return _choose_procedure(request, form)
    code = form.cleaned_data["procedure_code"]
    own = access.get_own_agency(actor)
    if latest := queries.find_latest(code, own):
        return redirect("processes:version", version_id=latest.version_id)
    common = queries.find_process(code, None, today(request))
    facts = _as_own(common, own) if common and own else _plain_facts(code, own, request)
    draft = actions.save_draft(actor=actor, facts=facts, at=request.at)
    return redirect("processes:edit", version_id=draft.pk)


def _choose_procedure(request: OfficerRequest, form: forms.BeginForm) -> HttpResponse:
    """Every procedure of the catalogue by words of its name: a process may be ready before it is received here."""
    asked = request.GET.get("q", "").strip()[:100]
    context = {"form": form, "q": asked, "found": _each_once(catalogue.search(asked, limit=30))}
    return render(request, "processes/begin.html", context, status=422 if form.errors else 200)


def _each_once(rows: list[catalogue.ProcedureRow]) -> list[catalogue.ProcedureRow]:
    """A process is for a code, which several entries of the national catalogue may share."""
    return list({row.code: row for row in reversed(rows)}.values())[::-1]


def _plain_facts(code: str, agency_id: int | None, request: OfficerRequest) -> actions.DraftFacts:
    hours = _limit_hours(code, request)
    return actions.DraftFacts(code, _first_steps(hours or HOURS_PER_DAY), hours, agency_id)


def _as_own(view: ProcessView, agency_id: int) -> actions.DraftFacts:
    """The province's table as the beginning of an agency's own; what it was taken from is said."""
    source = _("Theo quy trình chung của tỉnh, quyết định %(number)s") % {"number": view.decision_number}
    return actions.DraftFacts(
        view.procedure_code, view.steps, view.total_hours, agency_id, source[:300], view.is_demonstration
    )


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
        queries.get_version_row(version_id, request.actor),
        forms.PublishForm(initial={"published_on": today(request)}),
    )


def _version_page(
    request: OfficerRequest,
    row: ProcessVersion,
    form: forms.PublishForm,
    back: forms.TakeBackForm | None = None,
) -> HttpResponse:
    view = queries.view(row)
    code = row.process.procedure_code
    own = access.get_own_agency(request.actor)
    context = {
        "row": row,
        "view": view,
        "form": form,
        "name": catalogue.find_names([code]).get(code, ""),
        "problems": [say(problem) for problem in check_table(view.steps, view.total_hours)],
        "sum": longest_hours(view.steps),
        "limit": _limit_hours(code, request),
        "sisters": queries.find_sisters(row.process_id),
        "posts": post_words(),
        "roles": role_words(),
        "back": back or forms.TakeBackForm(),
        "agency": _unit_names([row], request).get(row.process.agency_id or 0, ""),
        "is_keeper": own is None,
        "may_change": access.may_draft(request.actor, row.process.agency_id)
        and (own is None or row.submitted_at is None),
        "is_own": own is not None and row.process.agency_id == own,
    }
    wrong = form.errors or (back and back.errors)
    return render(request, "processes/version.html", context, status=422 if wrong else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: OfficerRequest, version_id: int) -> HttpResponse:
    """The table editor of a draft; it may be kept with faults, which are shown."""
    actor = _actor(request)
    row = queries.get_version_row(version_id, actor)
    access.require_drafter(actor, row.process.agency_id)
    if row.state != "draft" or (row.submitted_at and not access.is_keeper(actor)):
        return redirect("processes:version", version_id=version_id)
    view = queries.view(row)
    units = organisations.get_working_choices(actor.unit_id, today(request))
    rows = forms.get_rows(view.steps)
    table = forms.StepTable(request.POST or None, initial=rows, prefix="buoc", form_kwargs={"units": units})
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
    """A new draft with the steps of a published version; an agency copies the province's table as its own."""
    actor = _actor(request)
    row = queries.get_version_row(version_id, actor)
    view, own = queries.view(row), access.get_own_agency(actor)
    agency_id = row.process.agency_id if own is None else own
    latest = queries.find_latest(view.procedure_code, agency_id)
    if latest and latest.published_on is None:
        messages.info(request, _("Đã có dự thảo của quy trình này; hãy sửa tiếp ở đây."))
        return redirect("processes:version", version_id=latest.version_id)
    facts = _as_own(view, own) if own and row.process.agency_id is None else _again(view, agency_id)
    draft = actions.save_draft(actor=actor, facts=facts, at=request.at)
    return redirect("processes:edit", version_id=draft.pk)


def _again(view: ProcessView, agency_id: int | None) -> actions.DraftFacts:
    return actions.DraftFacts(
        view.procedure_code, view.steps, view.total_hours, agency_id, view.source, view.is_demonstration
    )


@require_POST
def submit(request: OfficerRequest, version_id: int) -> HttpResponse:
    """An agency asks the province to publish its draft."""
    actions.submit_draft(actor=_actor(request), version_id=version_id, at=request.at)
    messages.success(request, _("Đã trình tỉnh. Quy trình có hiệu lực khi tỉnh công bố bằng quyết định."))
    return redirect("processes:version", version_id=version_id)


@require_POST
def take_back(request: OfficerRequest, version_id: int) -> HttpResponse:
    """The agency takes its draft back, or the province gives it back with a reason."""
    actor = _actor(request)
    form = forms.TakeBackForm(request.POST)
    if form.is_valid():
        try:
            actions.take_back(actor=actor, version_id=version_id, **form.cleaned_data, at=request.at)
        except Refused as refusal:
            if refusal.field != "reason":
                raise
            form.add_error("reason", refusal.message)
        else:
            messages.success(request, _("Dự thảo đã về lại đơn vị soạn."))
            return redirect("processes:version", version_id=version_id)
    row = queries.get_version_row(version_id, actor)
    return _version_page(request, row, forms.PublishForm(initial={"published_on": today(request)}), form)


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
            say_refusal(form, refusal)
        else:
            messages.success(request, _("Đã công bố quy trình. Hồ sơ nhận từ ngày áp dụng đi theo bản này."))
            return redirect("processes:version", version_id=version_id)
    return _version_page(request, queries.get_version_row(version_id, actor), form)


@require_POST
def discard(request: OfficerRequest, version_id: int) -> HttpResponse:
    """Throw a draft away."""
    actions.discard_draft(actor=_actor(request), version_id=version_id, at=request.at)
    messages.success(request, _("Đã bỏ dự thảo."))
    return redirect("processes:processes")


@require_GET
def export_file(request: OfficerRequest) -> HttpResponse:
    """Every table in use or in draft as Excel, the draft where there are both."""
    newest = {row.process_id: row for row in queries.find_versions(actor=_actor(request))}
    tables = [
        _table(queries.view(queries.get_version_row(row.pk)), _unit_code(row.process.agency_id, request))
        for row in newest.values()
    ]
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
    actor = _actor(request)
    form = forms.FileForm(request.POST or None, request.FILES or None)
    if not form.is_valid():
        return render(request, "processes/import.html", {"form": form}, status=422 if form.errors else 200)
    try:
        reading = read_tables(form.cleaned_data["file"].read())
    except ValueError as fault:
        form.add_error("file", str(fault))
        return render(request, "processes/import.html", {"form": form}, status=422)
    tables = actions.address_to(_unit_code(access.get_own_agency(actor), request), reading.tables)
    difference = actions.import_processes(actor=actor, tables=tables, is_dry_run=True, at=request.at)
    touched = {
        (change.procedure_code, change.agency_code) for change in (*difference.added, *difference.changed)
    }
    context = {
        "difference": difference,
        "rejections": [*reading.rejections, *difference.rejections],
        "packed": pack([table for table in tables if table.key in touched]) if touched else "",
    }
    return render(request, "processes/preview.html", context)


@require_POST
def keep_import(request: OfficerRequest) -> HttpResponse:
    """Write the drafts the preview showed."""
    actor = _actor(request)
    tables = unpack(request.POST.get("packed", ""))
    difference = actions.import_processes(actor=actor, tables=tables, at=request.at)
    count = len(difference.added) + len(difference.changed)
    messages.success(
        request, _("Đã ghi %(count)d dự thảo quy trình; xem lại rồi công bố.") % {"count": count}
    )
    return redirect("processes:processes")
