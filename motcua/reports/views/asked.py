"""Requests beside the regular reports: asked, answered, given back, gathered."""

from decimal import Decimal
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from motcua.audit import actions as audit
from motcua.core.pages import render
from motcua.core.refusal import Refused
from motcua.core.refusing import attempt
from motcua.core.text import read_count
from motcua.core.workbook import XLSX
from motcua.dossiers.views.sheets import stream_workbook
from motcua.figures import access as figures
from motcua.figures.rules.counts import LABELS
from motcua.organisations import queries as organisations
from motcua.organisations.requests import OfficerRequest, today
from motcua.reports import access, actions, forms, queries
from motcua.reports.models import DataRequest
from motcua.reports.rules.asking import AskedColumn, read_columns


@require_GET
def requests(request: OfficerRequest) -> HttpResponse:
    """What the actor's agency asked and was asked."""
    access.require_asker(request.actor)
    tree = organisations.get_tree(today(request))
    rows = [
        (one, tree.units[one.unit_id].agency_name if one.unit_id in tree.units else "")
        for one in queries.find_requests(request.actor)[:200]
    ]
    context = {"rows": rows, "today": today(request)}
    return render(request, "reports/requests.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: OfficerRequest) -> HttpResponse:
    """Write a request."""
    access.require_asker(request.actor)
    on = today(request)
    tree = organisations.get_tree(on)
    below = [tree.units[one] for one in tree.get_subtree(request.actor.agency_id) if one in tree.units]
    units = [(u.id, u.agency_name, str(u.kind)) for u in below if u.kind in queries.REPORTING and u.agency_code and u.id != request.actor.agency_id]  # fmt: skip
    form = forms.AskForm(request.POST or None, units=sorted(units, key=lambda one: one[1]))
    if form.is_bound and attempt(
        form, lambda: actions.ask(actor=request.actor, **form.cleaned_data, at=request.at)
    ):
        messages.success(request, _("Đã gửi yêu cầu."))
        return redirect("reports:requests")
    sources = [(str(measure), _(words)) for measure, words in LABELS.items()]
    context = {"form": form, "sources": sources}
    return render(request, "reports/ask.html", context, status=422 if form.errors else 200)


@require_GET
def request_page(request: OfficerRequest, request_id: int) -> HttpResponse:
    """A request with every answer side by side, for who asked; who was asked goes to the own answer."""
    found = access.require_request(request.actor, request_id)
    if not access.owns_request(request.actor, found):
        return redirect("reports:answer", request_id)
    tree = organisations.get_tree(today(request))
    table = queries.get_table(found)
    names = {
        row.unit_id: tree.units[row.unit_id].agency_name if row.unit_id in tree.units else str(row.unit_id)
        for row, _values in table.rows
    }
    audit.record(
        "reports.request_read", actor=request.actor, subject=f"reports.datarequest:{found.pk}", at=request.at
    )
    context = {
        "asked": found,
        "table": table,
        "names": names,
        "today": today(request),
        "doors": _find_doors(request, found, table),
    }
    return render(request, "reports/request.html", context)


def _find_doors(
    request: OfficerRequest, found: DataRequest, table: queries.Table
) -> dict[tuple[int, str], str]:
    """Where the list behind a figure that filled itself is, by unit and column, for who may open it."""
    return {
        (row.unit_id, column.no): address
        for row, _values in table.rows
        if figures.may_read(request.actor, row.unit_id)
        for column in table.columns
        if (address := find_door(found, column, row.unit_id))
    }


def find_door(found: DataRequest, column: AskedColumn, unit_id: int) -> str:
    """The list of the dossiers a column counts in a unit; empty where it counts none, or takes some away."""
    if not column.source or found.first_on is None or any(sign < 0 for sign, _measure in column.source):
        return ""
    days = {"tu": f"{found.first_on:%d/%m/%Y}", "den": f"{found.last_on:%d/%m/%Y}", "donvi": unit_id}
    measures = ",".join(measure for _sign, measure in column.source)
    return f"{reverse('figures:behind')}?{urlencode(days)}&so-lieu={measures}"


@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: OfficerRequest, request_id: int) -> HttpResponse:
    """The own answer: kept while it is being made, sent when it is done."""
    found = access.require_request(request.actor, request_id)
    mine = queries.find_answer(found, request.actor.agency_id)
    if mine is None:
        raise Refused("not_found", _("Đơn vị của anh/chị không được yêu cầu trả lời."))
    columns = read_columns(found.lines)
    initial = {f"c{no}": told for no, told in queries.fill(found, mine).items()} | {"note": mine.note}
    form = forms.AnswerForm(request.POST or None, columns=columns, initial=initial)
    is_sent = "send" in request.POST
    if form.is_bound and attempt(
        form,
        lambda: actions.answer(
            actor=request.actor,
            request_id=request_id,
            values=form.get_values(),
            note=form.cleaned_data["note"],
            is_sent=is_sent,
            at=request.at,
        ),
    ):
        messages.success(request, _("Đã gửi trả lời.") if is_sent else _("Đã lưu, chưa gửi."))
        return redirect("reports:answer", request_id)
    context = {
        "asked": found,
        "mine": mine,
        "form": form,
        "columns": columns,
        "doors": {column.no: find_door(found, column, mine.unit_id) for column in columns},
        "asker": organisations.get_unit(found.unit_id, today(request)),
        "may_answer": access.may_answer(request.actor) and not mine.sent_at and not found.closed_at,
    }
    return render(request, "reports/answer.html", context, status=422 if form.errors else 200)


@require_POST
def give_back(request: OfficerRequest, answer_id: int) -> HttpResponse:
    """Give an answer back; a refusal is said on the page of the request."""
    request_id = read_count(request.POST.get("request", ""))
    try:
        row = actions.give_back(
            actor=request.actor, answer_id=answer_id, reason=request.POST.get("reason", ""), at=request.at
        )
    except Refused as no:
        if request_id is None or no.code == "not_found":
            raise
        messages.error(request, no.message)
        return redirect("reports:request", request_id)
    messages.success(request, _("Đã trả lại để sửa."))
    return redirect("reports:request", row.request_id)


@require_POST
def close(request: OfficerRequest, request_id: int) -> HttpResponse:
    """Take no more answers."""
    actions.close_request(actor=request.actor, request_id=request_id, at=request.at)
    messages.success(request, _("Đã đóng yêu cầu."))
    return redirect("reports:request", request_id)


@require_GET
def file(request: OfficerRequest, request_id: int) -> HttpResponseBase:
    """The answers that were sent, side by side as a workbook; who has not sent stands there with nothing."""
    found = access.require_request(request.actor, request_id)
    if not access.owns_request(request.actor, found):
        raise Refused("not_found", _("Không tìm thấy yêu cầu này."))
    table = queries.get_table(found)
    tree = organisations.get_tree(today(request))
    head = [_("Đơn vị"), *(column.name for column in table.columns), _("Gửi lúc"), _("Ghi chú")]
    lines = [
        [
            tree.units[row.unit_id].agency_name if row.unit_id in tree.units else str(row.unit_id),
            *(
                _as_cell(told, column.is_text) if row.sent_at else ""
                for told, column in zip(values, table.columns, strict=True)
            ),
            row.sent_at,
            row.note if row.sent_at else "",
        ]
        for row, values in table.rows
    ]
    audit.record(
        "reports.request_file", actor=request.actor, subject=f"reports.datarequest:{found.pk}", at=request.at
    )
    answer = StreamingHttpResponse(stream_workbook(_("Trả lời"), head, lines), content_type=XLSX)
    answer["Content-Disposition"] = f'attachment; filename="yeu-cau-{found.pk}.xlsx"'
    answer["Cache-Control"] = "private, no-store"
    return answer


def _as_cell(told: str, is_text: bool) -> object:
    """Figures as numbers, that they can be added up; words as they were written."""
    return told if is_text or not told else Decimal(told)
