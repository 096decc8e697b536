"""Pages where control officers keep procedures: list, page, what is stated here, files in and out."""

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from motcua.catalogue import access, actions, forms, queries
from motcua.catalogue.exchange.cells import Cells
from motcua.catalogue.exchange.facts import Reading, to_row
from motcua.catalogue.exchange.files import read_file
from motcua.catalogue.exchange.jsonl import read_compact
from motcua.catalogue.exchange.workbook import write_workbook
from motcua.catalogue.models import LEVELS, Procedure
from motcua.catalogue.queries import keeping
from motcua.catalogue.queries.held import read_facts
from motcua.core.carrying import pack, unpack
from motcua.core.pages import render
from motcua.core.refusing import attempt
from motcua.core.text import clean_line
from motcua.core.workbook import XLSX
from motcua.core.writing import day as write_day
from motcua.organisations import queries as organisations
from motcua.organisations.requests import OfficerRequest, today
from motcua.organisations.rules import Actor

SALT = "catalogue.import"
SHOWN = 200


def _actor(request: OfficerRequest) -> Actor:
    access.require_curator(request.actor)
    return request.actor


def _keeper(request: OfficerRequest) -> Actor:
    access.require_keeper(request.actor)
    return request.actor


def _get(request: OfficerRequest, code: str) -> Procedure:
    return queries.get_procedure(code, request.GET.get("ban") or None)


def _address(name: str, procedure: Procedure) -> str:
    return reverse(f"catalogue:{name}", args=[procedure.code]) + "?" + urlencode({"ban": procedure.portal_id})


@require_GET
def procedures(request: OfficerRequest) -> HttpResponse:
    """The list, with search and filters; what has no stated limit waits there to be curated."""
    _actor(request)
    asked = {name: clean_line(request.GET.get(name, ""))[:200] for name in ("q", "linh_vuc", "cap", "xem")}
    found = queries.find_procedures(
        asked["q"], asked["linh_vuc"], asked["cap"], asked["xem"], request.GET.get("cursor")
    )
    context = {
        "page": found,
        "asked": asked,
        "keep": urlencode({name: value for name, value in asked.items() if value}),
        "counts_of": queries.count_procedures(),
        "fields": queries.find_fields(),
        "levels": LEVELS,
    }
    return render(
        request, "catalogue/procedures.html", context | {"may_change": access.is_keeper(request.actor)}
    )


@require_GET
def procedure(request: OfficerRequest, code: str) -> HttpResponse:
    """One procedure: what is published, in which versions, and what is stated here."""
    _actor(request)
    row = _get(request, code)
    day = today(request)
    version = keeping.get_version_in_force(row, day)
    context = {
        "procedure": row,
        "version": version,
        "versions": keeping.find_versions(row),
        "blocks": keeping.find_blocks(version) if version else [],
        "sheet": queries.get_intake_sheet(row.code, day, row.portal_id) if version else None,
        "operation": keeping.find_operation(row, day),
        "operations": keeping.find_operations(row),
        "ban": urlencode({"ban": row.portal_id}),
        "levels": dict(LEVELS),
    }
    return render(
        request, "catalogue/procedure.html", context | {"may_change": access.is_keeper(request.actor)}
    )


@require_http_methods(["GET", "HEAD", "POST"])
def operate(request: OfficerRequest, code: str) -> HttpResponse:
    """State limit, required papers and fees, from a day on."""
    actor = _keeper(request)
    row = _get(request, code)
    day = today(request)
    papers = keeping.find_papers(keeping.get_version_in_force(row, day))
    operation = keeping.find_operation(row, day)
    level = "commune" if "commune" in row.levels else "province"
    form = forms.OperateForm(
        request.POST or None,
        papers=papers,
        agencies=organisations.get_working_choices(actor.unit_id, day, agencies_only=True),
        fee_count=operation.fees.count() if operation else 0,
        signing_post=operation.signing_post if operation else "approver",
        initial={"first_day": day} | forms.get_initial(operation, papers, level),
    )
    if _stated(request, actor, row, form):
        messages.success(
            request,
            _("Đã lưu cách tiếp nhận thủ tục %(code)s, áp dụng từ ngày %(day)s.")
            % {"code": row.code, "day": write_day(form.cleaned_data["first_day"] or day)},
        )
        return redirect(_address("procedure", row))
    context = {
        "form": form,
        "procedure": row,
        "operation": operation,
        "ban": urlencode({"ban": row.portal_id}),
    }
    return render(request, "catalogue/operate.html", context, status=422 if form.errors else 200)


def _stated(request: OfficerRequest, actor: Actor, row: Procedure, form: forms.OperateForm) -> bool:
    return attempt(
        form,
        lambda: actions.operate(
            actor=actor,
            code=row.code,
            portal_id=row.portal_id,
            facts=form.get_facts(),
            first_day=form.cleaned_data["first_day"],
            at=request.at,
        ),
    )


@require_POST
def stop_operating(request: OfficerRequest, code: str) -> HttpResponse:
    """No longer receive the procedure, from tomorrow on."""
    actor = _keeper(request)
    row = _get(request, code)
    actions.stop_operating(actor=actor, code=row.code, portal_id=row.portal_id, at=request.at)
    messages.success(request, _("Từ ngày mai không tiếp nhận thủ tục %(code)s nữa.") % {"code": row.code})
    return redirect(_address("procedure", row))


@require_GET
def export_file(request: OfficerRequest) -> HttpResponse:
    """The procedures as Excel, to edit and give back: the operated ones, or all."""
    _actor(request)
    operated = request.GET.get("xem") != "tat-ca"
    response = HttpResponse(write_workbook(read_facts(operated_only=operated)), content_type=XLSX)
    response["Content-Disposition"] = f'attachment; filename="thu-tuc{"-tiep-nhan" if operated else ""}.xlsx"'
    return response


@require_http_methods(["GET", "HEAD", "POST"])
def import_file(request: OfficerRequest) -> HttpResponse:
    """Read a file and show what it would change; nothing is written yet."""
    actor = _keeper(request)
    form = forms.FileForm(request.POST or None, request.FILES or None)
    if not form.is_valid():
        return render(request, "catalogue/import.html", {"form": form}, status=422 if form.errors else 200)
    try:
        reading = _read(form.cleaned_data["file"])
    except ValueError as fault:
        form.add_error("file", str(fault))
        return render(request, "catalogue/import.html", {"form": form}, status=422)
    difference = actions.import_catalogue(
        actor=actor, procedures=reading.procedures, is_dry_run=True, at=request.at
    )
    touched = {*difference.added, *((change.code, change.portal_id) for change in difference.changed)}
    context = {
        "difference": difference,
        "reading": reading,
        "shown": SHOWN,
        "packed": pack([to_row(facts) for facts in reading.procedures if facts.key in touched], SALT)
        if touched
        else "",
    }
    return render(request, "catalogue/preview.html", context)


def _read(upload: Any) -> Reading:
    with TemporaryDirectory() as folder:
        name = (
            "upload.xlsx"
            if upload.name.lower().endswith(".xlsx")
            else f"upload{''.join(Path(upload.name).suffixes[-2:])}"
        )
        path = Path(folder) / name
        path.write_bytes(upload.read())
        return read_file(path)


@require_POST
def keep_import(request: OfficerRequest) -> HttpResponse:
    """Write what the preview showed."""
    actor = _keeper(request)
    rows = unpack(request.POST.get("packed", ""), SALT)
    procedures = [read_compact(Cells(number, row, [])) for number, row in enumerate(rows, 1)]
    difference = actions.import_catalogue(actor=actor, procedures=procedures, at=request.at)
    numbers = {"added": len(difference.added), "changed": len(difference.changed)}
    messages.success(request, _("Đã thêm %(added)d và thay đổi %(changed)d thủ tục.") % numbers)
    return redirect("catalogue:procedures")
