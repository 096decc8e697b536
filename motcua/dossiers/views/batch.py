"""Applications one organisation brings together: a file, a trial line by line, and then all of them at once."""

from datetime import datetime, time
from secrets import token_urlsafe
from typing import Any

from django import forms
from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from motcua.catalogue import queries as catalogue
from motcua.catalogue.queries import IntakeSheet
from motcua.core.forms import DayField, NfcCharField, PhoneField, choose_among
from motcua.core.pages import render
from motcua.core.refusal import Refused
from motcua.core.refusing import say_refusal
from motcua.core.workbook import XLSX
from motcua.dossiers import access, queries
from motcua.dossiers.actions.batch import Batch, BatchReport, receive_batch
from motcua.dossiers.actions.facts import PersonFacts
from motcua.dossiers.forms import DELIVERIES
from motcua.dossiers.queries.batch import write_blank
from motcua.organisations.requests import OfficerRequest, today

LARGEST = 5_000_000


class BatchForm(forms.Form):
    """Who brings them, what they have in common, and the file."""

    idempotency_key = forms.CharField(max_length=40, widget=forms.HiddenInput)
    organisation = NfcCharField(label=gettext_lazy("Tổ chức nộp"), max_length=200)
    tax_code = NfcCharField(label=gettext_lazy("Mã số thuế / doanh nghiệp"), max_length=20, required=False)
    phone = PhoneField(label=gettext_lazy("Điện thoại liên hệ"), required=False)
    competent_agency_id = forms.TypedChoiceField(
        label=gettext_lazy("Cơ quan giải quyết"), coerce=int, empty_value=None, required=False
    )
    result_delivery = forms.ChoiceField(
        label=gettext_lazy("Nhận kết quả"), choices=DELIVERIES, initial="counter"
    )
    return_place = NfcCharField(label=gettext_lazy("Địa chỉ nhận kết quả"), max_length=300, required=False)
    agreed_due_on = DayField(label=gettext_lazy("Ngày hẹn trả"), required=False)
    agreed_due_reason = NfcCharField(
        label=gettext_lazy("Lý do chọn ngày hẹn"), max_length=500, required=False
    )
    missing_reason = NfcCharField(
        label=gettext_lazy("Lý do nhận khi còn giấy tờ chưa tích"), max_length=500, required=False
    )
    file = forms.FileField(
        label=gettext_lazy("Tệp Excel (.xlsx)"), widget=forms.ClearableFileInput(attrs={"accept": ".xlsx"})
    )

    def __init__(self, *args: Any, agencies: list[tuple[int, str]], needs_due: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose_among(self, "competent_agency_id", [("", _("Theo nơi tiếp nhận")), *agencies])
        for name in ("agreed_due_on", "agreed_due_reason"):
            self.fields[name].required = needs_due
            if not needs_due:
                self.fields[name].widget = forms.HiddenInput()


@require_http_methods(["GET", "POST"])
def batch(request: OfficerRequest, procedure_code: str) -> HttpResponse:
    """A POST tries the file, or with `take` receives every line of it."""
    access.require_intake_post(request.actor)
    sheet = catalogue.get_intake_sheet(procedure_code, today(request))
    form = BatchForm(
        request.POST or None,
        request.FILES or None,
        initial={"idempotency_key": token_urlsafe(16)},
        agencies=queries.find_agency_choices(sheet, on=today(request)),
        needs_due=sheet.no_deadline,
    )
    report: BatchReport | None = None
    if request.method == "POST" and form.is_valid():
        try:
            report = _receive(request, sheet, form)
        except Refused as no:
            say_refusal(form, no)
    case = sheet.cases[0] if sheet.cases else None
    context = {
        "sheet": sheet,
        "form": form,
        "report": report,
        "components": case.components if case else (),
        "ticked": {int(v) for v in request.POST.getlist("co") if v.isdecimal() and len(v) < 18},
    }
    status = 422 if form.errors or (report and report.problems) else 200
    return render(request, "dossiers/batch.html", context, status=status)


@require_GET
def blank(request: OfficerRequest, procedure_code: str) -> HttpResponse:
    """The empty file to fill in."""
    access.require_intake_post(request.actor)
    headers = {"Content-Disposition": 'attachment; filename="danh-sach.xlsx"'}
    return HttpResponse(write_blank(), content_type=XLSX, headers=headers)


def _receive(request: OfficerRequest, sheet: IntakeSheet, form: BatchForm) -> BatchReport:
    typed = form.cleaned_data
    if typed["file"].size > LARGEST:
        raise Refused("too_large", _("Tệp lớn hơn 5 MB."), field="file")
    case = sheet.cases[0] if sheet.cases else None
    ticked = {v for v in request.POST.getlist("co")}
    agreed = typed["agreed_due_on"]
    facts = Batch(
        procedure_code=sheet.code,
        submitter=PersonFacts(
            full_name=typed["organisation"],
            kind="organisation",
            id_number=typed["tax_code"],
            phone=typed["phone"],
        ),
        case_id=case.id if case else None,
        component_ids=tuple(c.id for c in case.components if str(c.id) in ticked) if case else (),
        missing_reason=typed["missing_reason"],
        competent_agency_id=typed["competent_agency_id"],
        result_delivery=typed["result_delivery"],
        return_place=typed["return_place"],
        agreed_due_at=timezone.make_aware(datetime.combine(agreed, time(17))) if agreed else None,
        agreed_reason=typed["agreed_due_reason"],
    )
    return receive_batch(
        actor=request.actor,
        content=typed["file"].read(),
        batch=facts,
        dry_run="take" not in request.POST,
        key=typed["idempotency_key"],
        at=request.at,
    )
