"""Hand-over lists with the postal partner: drawn up, signed by the giver and the receiver, followed to the last thing."""

from collections.abc import Callable
from datetime import date
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import translation
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from motcua.audit import actions as audit
from motcua.core.forms import NfcCharField
from motcua.core.middleware import status_of
from motcua.core.pages import render
from motcua.core.refusal import Refused
from motcua.core.refusing import say_refusal
from motcua.core.requests import read_text
from motcua.documents.forms_data import ConsignedDossier, ConsignmentData
from motcua.documents.printing import print_form
from motcua.dossiers import access
from motcua.dossiers.actions import consigning as actions
from motcua.dossiers.models import Consignment, ConsignmentItem
from motcua.dossiers.queries import consigning as queries
from motcua.dossiers.queries.reading import name_unit
from motcua.dossiers.rules.consigning import (
    CONTENT_LABELS,
    ITEM_LABELS,
    ITEM_MOVES,
    Content,
    ItemState,
    ListState,
)
from motcua.dossiers.views.prints import IN_VIETNAMESE, answer_pdf
from motcua.dossiers.views.slips import make_head
from motcua.organisations.requests import OfficerRequest, today


class DrawUp(forms.Form):
    """What goes to whom."""

    to_unit_id = forms.TypedChoiceField(label=gettext_lazy("Giao cho"), coerce=int)
    content = forms.ChoiceField(label=gettext_lazy("Giao gì"))
    note = NfcCharField(label=gettext_lazy("Ghi chú"), max_length=500, required=False)

    def __init__(self, *args: Any, partners: list[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        to, content = self.fields["to_unit_id"], self.fields["content"]
        assert isinstance(to, forms.TypedChoiceField) and isinstance(content, forms.ChoiceField)
        # Nobody is the receiver by being first in the list.
        to.choices = partners if len(partners) == 1 else [("", _("Chọn nơi nhận")), *partners]
        content.choices = [(c.value, _(label)) for c, label in CONTENT_LABELS.items()]


@require_GET
def lists(request: OfficerRequest) -> HttpResponse:
    """The lists of this place, and what waits for its signature."""
    access.require_intake_post(request.actor)
    is_missing = request.GET.get("nhom") == "thieu"
    page = queries.find_consignments(request.actor, request.GET.get("cursor"), missing=is_missing)
    context = {
        "page": page,
        "names": queries.name_units(page.rows, today(request)),
        "waiting": queries.count_waiting(request.actor),
        "is_missing": is_missing,
        "mine": request.actor.unit_id,
    }
    return render(request, "dossiers/consignments.html", context)


@require_http_methods(["GET", "POST"])
def draw_up(request: OfficerRequest) -> HttpResponse:
    """Choose what lies here and whom it goes to."""
    access.require_intake_post(request.actor)
    on = today(request)
    asked = request.POST.get("content") or request.GET.get("gi", "")
    content = Content(asked) if asked in set(Content) else _usual(request)
    form = DrawUp(
        request.POST or None,
        initial={"content": content.value},
        partners=queries.find_partners(request.actor, on),
    )
    status = 200
    if request.method == "POST" and form.is_valid():
        try:
            row = actions.draw_up(
                actor=request.actor,
                dossier_codes=request.POST.getlist("ma"),
                tracking={
                    code: request.POST.get(f"van_don_{code}", "") for code in request.POST.getlist("ma")
                },
                at=request.at,
                **form.cleaned_data,
            )
        except Refused as no:
            say_refusal(form, no)
            status = status_of(no)
        else:
            return redirect("dossiers:consignment", row.number)
    ready = queries.find_ready(request.actor, content)
    audit.record_reading("dossiers.consigning", actor=request.actor, ids=[d.pk for d in ready], at=request.at)
    context = {
        "form": form,
        "ready": ready,
        "content": content.value,
        "kinds": [(c.value, _(label), c == content) for c, label in CONTENT_LABELS.items()],
        "chosen": set(request.POST.getlist("ma")),
    }
    return render(
        request, "dossiers/draw_up.html", context, status=422 if form.errors and status == 200 else status
    )


@require_GET
def show(request: OfficerRequest, number: str) -> HttpResponse:
    """One list with its lines, its signatures and what may be done."""
    return _show(request, number)


@require_GET
@xframe_options_sameorigin
def sheet(request: OfficerRequest, number: str) -> HttpResponse:
    """The list on paper, with room for both signatures."""
    access.require_intake_post(request.actor)
    gathered = _gather(request, number)
    with translation.override(IN_VIETNAMESE):
        row, items = gathered["row"], [item for item, _moves in gathered["items"]]
        content = print_form("consignment_list", localdate(row.made_at), _fill(row, items, gathered["names"]))
    return answer_pdf(content, f"{number}.pdf")


def _fill(row: Consignment, items: list[ConsignmentItem], names: dict[int, str]) -> ConsignmentData:
    """The list as its paper says it, on the paper of who gives."""
    on = localdate(row.made_at)
    giver, taker = names[row.from_unit_id], names[row.to_unit_id]
    return ConsignmentData(
        head=make_head(row.from_unit_id, on, row.number), content=row.content_label, from_unit=giver, to_unit=taker,
        made_at=row.made_at, lines=tuple(_line(row, item, on) for item in items), note=row.note,
        giver_name=row.handed_by.removesuffix(f", {giver}"), handed_at=row.handed_at,
        receiver_name=row.received_by.removesuffix(f", {taker}"), received_at=row.received_at,
    )  # fmt: skip


def _line(row: Consignment, item: ConsignmentItem, on: date) -> ConsignedDossier:
    """Results go to the applicant's place, papers to the agency that decides."""
    dossier = item.dossier
    is_result = row.content == Content.RESULT
    return ConsignedDossier(
        dossier_code=dossier.code, applicant_name=dossier.applicant_name, tracking=item.tracking,
        place=dossier.return_place if is_result else name_unit(dossier.competent_agency_id, on),
        state=": ".join(part for part in (item.state_label, item.words) if part),
    )  # fmt: skip


@require_POST
def act(request: OfficerRequest, number: str, act: str) -> HttpResponse:
    """Sign, receive, settle a line, record what was delivered, or drop a draft."""
    access.require_intake_post(request.actor)
    if act not in ACTS:
        raise Refused("not_found", _("Không có việc này."))
    try:
        said = ACTS[act](request, number)
    except Refused as no:
        if no.code == "not_found":
            raise
        return _show(request, number, status=status_of(no), refusal=no.message)
    messages.success(request, said)
    return redirect("dossiers:consignments") if act == "bo" else redirect("dossiers:consignment", number)


def _usual(request: OfficerRequest) -> Content:
    """A postal place brings papers, a counter sends results."""
    return Content.PAPERS if queries.is_postal(request.actor.unit_id, today(request)) else Content.RESULT


def _sign(request: OfficerRequest, number: str) -> str:
    actions.consign(actor=request.actor, number=number, at=request.at)
    return _("Đã ký giao.")


def _receive(request: OfficerRequest, number: str) -> str:
    row = queries.get_consignment(request.actor, number)
    items = queries.find_items(row)
    received = {item.pk for item in items if f"co_{item.pk}" in request.POST}
    reasons = {item.pk: read_text(request, f"ly_do_{item.pk}", 500) for item in items}
    actions.receive_list(
        actor=request.actor, number=number, received_ids=received, reasons=reasons, at=request.at
    )
    return _("Đã ký nhận.")


def _settle(request: OfficerRequest, number: str) -> str:
    item = request.POST.get("dong", "")
    actions.settle_item(
        actor=request.actor,
        number=number,
        item_id=int(item) if item.isdecimal() and len(item) < 18 else 0,
        state=request.POST.get("thanh", ""),
        words=read_text(request, "loi", 500),
        at=request.at,
    )
    return _("Đã ghi.")


def _give_back(request: OfficerRequest, number: str) -> str:
    done = actions.give_back_delivered(actor=request.actor, number=number, at=request.at)
    return _("Đã ghi trả kết quả %(n)s hồ sơ.") % {"n": done}


def _drop(request: OfficerRequest, number: str) -> str:
    actions.drop(actor=request.actor, number=number, at=request.at)
    return _("Đã bỏ bảng kê.")


ACTS: dict[str, Callable[[OfficerRequest, str], str]] = {
    "ky-giao": _sign,
    "ky-nhan": _receive,
    "ghi": _settle,
    "tra-ket-qua": _give_back,
    "bo": _drop,
}


def _show(request: OfficerRequest, number: str, status: int = 200, refusal: str = "") -> HttpResponse:
    access.require_intake_post(request.actor)
    return render(
        request, "dossiers/consignment.html", _gather(request, number) | {"refusal": refusal}, status=status
    )


def _gather(request: OfficerRequest, number: str) -> dict[str, Any]:
    row = queries.get_consignment(request.actor, number)
    items = queries.find_items(row)
    audit.record_reading(
        "dossiers.consignment", actor=request.actor, ids=[i.dossier_id for i in items], at=request.at
    )
    gives, takes = request.actor.unit_id == row.from_unit_id, request.actor.unit_id == row.to_unit_id
    is_received = row.state == ListState.RECEIVED
    return {
        "row": row,
        "items": [(item, _moves(item.state) if takes and is_received else []) for item in items],
        "names": queries.name_units([row], today(request)),
        "may_sign": gives and row.state == ListState.DRAFT,
        "may_receive": takes and row.state == ListState.HANDED,
        "may_give_back": gives and _is_delivered(row, items),
        "gives": gives,
    }


def _is_delivered(row: Consignment, items: list[Any]) -> bool:
    waits = [item for item in items if item.state == ItemState.DELIVERED and item.dossier.returned_at is None]
    return row.content == Content.RESULT and bool(waits)


def _moves(state: str) -> list[tuple[str, str]]:
    usual = (ItemState.DELIVERED, ItemState.RETURNED, ItemState.RECEIVED, ItemState.LOST)
    return [(to.value, _(ITEM_LABELS[to])) for to in usual if to in ITEM_MOVES[ItemState(state)]]
