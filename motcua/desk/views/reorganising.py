"""A decision about units as one operation: written down, looked over, carried out, and taken back until somebody acts."""

from datetime import date
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from motcua.catalogue import queries as catalogue
from motcua.core.forms import DayField, NfcCharField, choose_among
from motcua.core.middleware import status_of
from motcua.core.pages import render
from motcua.core.refusal import Refused
from motcua.core.refusing import say_refusal
from motcua.core.several import SeveralChoiceField
from motcua.core.workbook import answer_list
from motcua.core.writing import number
from motcua.desk.actions import reorganising
from motcua.dossiers.queries.relocating import Load, count_load, count_moving
from motcua.organisations import access, actions, queries
from motcua.organisations.actions import NewUnit, ReorganisationFacts
from motcua.organisations.queries import Reorganisation
from motcua.organisations.requests import OfficerRequest, today
from motcua.organisations.rules import REORGANISATION_LABELS, Actor, MoveLine, ReorganisationKind

# Among the units that take over: the one that the same decision sets up.
THE_NEW = "+"
# Two lines of one unit at most are shown with their loads before the page says how many more there are.
MOST_LINES = 400
TALLY = (
    ("dossiers", gettext_lazy("Hồ sơ đang giải quyết đã chuyển")),
    ("filings", gettext_lazy("Hồ sơ nộp trực tuyến đã chuyển")),
    ("people", gettext_lazy("Phân công chuyển theo")),
    ("units_ended", gettext_lazy("Đơn vị kết thúc")),
    ("units_begun", gettext_lazy("Đơn vị lập mới")),
    ("books", gettext_lazy("Sổ cấp số mở tiếp")),
    ("processes", gettext_lazy("Quy trình chuyển theo")),
    ("operations", gettext_lazy("Thủ tục đổi cơ quan giải quyết")),
    ("seconds", gettext_lazy("Giây")),
)


class Plan(forms.Form):
    """What a decision says."""

    kind = forms.ChoiceField(label=gettext_lazy("Loại sắp xếp"))
    title = NfcCharField(label=gettext_lazy("Nội dung"), max_length=300)
    decision_number = NfcCharField(label=gettext_lazy("Số văn bản"), max_length=120)
    first_day = DayField(label=gettext_lazy("Từ ngày"))
    sources = SeveralChoiceField(
        label=gettext_lazy("Đơn vị được sắp xếp"), help_text=gettext_lazy("Đơn vị trực thuộc đi theo.")
    )
    targets = SeveralChoiceField(
        label=gettext_lazy("Đơn vị nhận việc"),
        required=False,
        help_text=gettext_lazy("Để trống khi chỉ có đơn vị mới ghi dưới đây; đơn vị đầu nhận phần còn lại."),
    )
    field_codes = SeveralChoiceField(
        label=gettext_lazy("Lĩnh vực"),
        required=False,
        help_text=gettext_lazy("Chỉ khi chuyển lĩnh vực, hoặc chia theo lĩnh vực."),
    )
    new_code = NfcCharField(label=gettext_lazy("Mã đơn vị mới"), max_length=40, required=False)
    new_name = NfcCharField(
        label=gettext_lazy("Tên mới"),
        max_length=200,
        required=False,
        help_text=gettext_lazy("Tên của đơn vị mới, hoặc tên sau khi đổi."),
    )
    new_agency_code = NfcCharField(
        label=gettext_lazy("Mã định danh của đơn vị mới"), max_length=35, required=False
    )
    sources_stay = forms.BooleanField(
        label=gettext_lazy("Đơn vị được sắp xếp vẫn còn (tách ra một phần)"), required=False
    )
    moves_people = forms.BooleanField(
        label=gettext_lazy("Người đang giữ chức danh chuyển theo"), required=False, initial=True
    )

    def __init__(self, *args: Any, actor: Actor, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        units = self._find_units(actor, on)
        choose_among(self, "kind", [(kind.value, _(label)) for kind, label in REORGANISATION_LABELS.items()])
        choose_among(self, "sources", units)
        choose_among(self, "targets", [*units, (THE_NEW, _("Đơn vị mới ghi dưới đây"))])
        choose_among(self, "field_codes", catalogue.find_fields())

    def _find_units(self, actor: Actor, on: date) -> list[tuple[str, str]]:
        """What the administrator looks after; of the sections of a commune those beside the ones asked for."""
        asked = tuple(self["sources"].value() or ())
        return list(
            dict([*queries.get_unit_choices(actor, on), *queries.get_beside_choices(asked, on)]).items()
        )


class Undo(forms.Form):
    """Why it is taken back."""

    reason = NfcCharField(label=gettext_lazy("Lý do hoàn tác"), max_length=500)


@require_GET
def reorganisations(request: OfficerRequest) -> HttpResponse:
    """/quan-tri/sap-xep/: what was planned and done."""
    actor = access.require_administrator(request.actor)
    rows = [
        (row, REORGANISATION_LABELS[ReorganisationKind(row.kind)])
        for row in queries.find_reorganisations(actor)
    ]
    if request.GET.get("dang") == "xlsx":
        return _answer_reorganisations(rows)
    return render(request, "desk/reorganisations.html", {"rows": rows})


def _answer_reorganisations(rows: list[tuple[Reorganisation, str]]) -> HttpResponse:
    head = [_("Nội dung"), _("Loại"), _("Văn bản"), _("Từ ngày"), _("Tình trạng"), _("Người chuẩn bị")]
    lines = (
        (row.title, _(label), row.decision_number, row.first_day, row.get_state_display(), row.kept_by)
        for row, label in rows
    )
    return answer_list("sap-xep-to-chuc", head, lines)


@require_http_methods(["GET", "POST"])
def plan(request: OfficerRequest) -> HttpResponse:
    """/quan-tri/sap-xep/moi/: what the decision says; then everything is looked over before anything moves."""
    actor = access.require_administrator(request.actor)
    form = Plan(
        request.POST or None,
        actor=actor,
        on=today(request),
        initial={"kind": "merge", "first_day": today(request), "sources": request.GET.getlist("don-vi")},
    )
    if request.method == "POST" and form.is_valid():
        try:
            row = actions.plan_reorganisation(actor=actor, facts=_read(form, actor, request), at=request.at)
        except Refused as no:
            say_refusal(form, no)
            return _show_plan(request, form, status_of(no))
        return redirect("desk:reorganisation", row.pk)
    return _show_plan(request, form, 422 if form.errors else 200)


@require_GET
def reorganisation(request: OfficerRequest, reorganisation_id: int) -> HttpResponse:
    """/quan-tri/sap-xep/<id>/: what goes where and how much of it; afterwards what was moved."""
    return _show(request, _require(request, reorganisation_id))


@require_POST
def place(request: OfficerRequest, reorganisation_id: int) -> HttpResponse:
    """Say otherwise where the work of a unit goes."""
    _require(request, reorganisation_id)
    places = {
        name.removeprefix("den_"): value
        for name, value in request.POST.items()
        if name.startswith("den_") and isinstance(value, str)
    }
    return _do(
        request,
        reorganisation_id,
        lambda: actions.place_lines(
            actor=request.actor, reorganisation_id=reorganisation_id, places=places, at=request.at
        ),
        _("Đã lưu nơi chuyển đến."),
    )


@require_POST
def carry_out(request: OfficerRequest, reorganisation_id: int) -> HttpResponse:
    """Do it now, or have it done on its first day."""
    row = _require(request, reorganisation_id)
    if row.first_day > today(request):
        return _do(
            request,
            reorganisation_id,
            lambda: actions.schedule_reorganisation(
                actor=request.actor, reorganisation_id=reorganisation_id, at=request.at
            ),
            _("Đã đặt lịch; việc sắp xếp tự thực hiện khi đến ngày."),
        )
    return _do(
        request,
        reorganisation_id,
        lambda: reorganising.carry_out(
            actor=request.actor, reorganisation_id=reorganisation_id, at=request.at
        ),
        _("Đã thực hiện sắp xếp."),
    )


@require_POST
def undo(request: OfficerRequest, reorganisation_id: int) -> HttpResponse:
    """Take everything back, until somebody acted."""
    row = _require(request, reorganisation_id)
    form = Undo(request.POST)
    if not form.is_valid():
        return _show(request, row, form, 422)
    reason = form.cleaned_data["reason"]
    return _do(
        request,
        reorganisation_id,
        lambda: reorganising.undo(
            actor=request.actor, reorganisation_id=reorganisation_id, reason=reason, at=request.at
        ),
        _("Đã hoàn tác; mọi việc trở lại như trước."),
    )


@require_POST
def drop(request: OfficerRequest, reorganisation_id: int) -> HttpResponse:
    """A plan nobody carries out goes away."""
    _require(request, reorganisation_id)
    actions.drop_reorganisation(actor=request.actor, reorganisation_id=reorganisation_id, at=request.at)
    messages.success(request, _("Đã bỏ bản chuẩn bị."))
    return redirect("desk:reorganisations")


def _do(request: OfficerRequest, reorganisation_id: int, act: Any, said: str) -> HttpResponse:
    try:
        act()
    except Refused as no:
        return _show(request, queries.get_reorganisation(reorganisation_id), None, status_of(no), no.message)
    messages.success(request, said)
    return redirect("desk:reorganisation", reorganisation_id)


def _require(request: OfficerRequest, reorganisation_id: int) -> Reorganisation:
    access.require_administrator(request.actor)
    row = queries.get_reorganisation(reorganisation_id)
    access.require_administrator(request.actor, row.agency_id)
    return row


def _read(form: Plan, actor: Actor, request: OfficerRequest) -> ReorganisationFacts:
    typed = form.cleaned_data
    sources, targets = typed["sources"], typed["targets"]
    fresh: tuple[NewUnit, ...] = ()
    if typed["new_name"]:
        fresh = (_read_new(typed, sources, request),)
        targets = tuple(fresh[0].code if code == THE_NEW else code for code in targets)
        if typed["kind"] != ReorganisationKind.RENAME and fresh[0].code not in targets:
            targets = (fresh[0].code, *targets)
    return ReorganisationFacts(
        kind=typed["kind"],
        title=typed["title"],
        decision_number=typed["decision_number"],
        first_day=typed["first_day"],
        sources=sources,
        targets=targets,
        new_units=fresh,
        fields=typed["field_codes"],
        sources_stay=typed["sources_stay"],
        moves_people=typed["moves_people"],
    )


def _read_new(typed: dict[str, Any], sources: tuple[str, ...], request: OfficerRequest) -> NewUnit:
    """A unit of the kind and place of the first source; without a code of its own it is the source under another name."""
    tree = queries.get_tree(today(request))
    source = tree.units.get(tree.by_code.get(sources[0] if sources else "", 0))
    above = tree.units.get(source.parent_id or 0) if source else None
    code = typed["new_code"] or (sources[0] if sources else "")
    if code in tree.by_code or source is None:
        return NewUnit(code, typed["new_name"])
    return NewUnit(
        code, typed["new_name"], source.kind, above.code if above else "", typed["new_agency_code"]
    )


def _show_plan(request: OfficerRequest, form: Plan, status: int) -> HttpResponse:
    return render(request, "desk/plan_reorganisation.html", {"form": form}, status=status)


def _show(
    request: OfficerRequest,
    row: Reorganisation,
    undo_form: Undo | None = None,
    status: int = 200,
    refusal: str = "",
) -> HttpResponse:
    is_planned = row.state in (Reorganisation.State.PLANNED, Reorganisation.State.SCHEDULED)
    lines = queries.view_lines(row)
    loads = _count(row) if is_planned else {}
    moving, known = count_moving(_read_pending(row)) if is_planned else (0, 0)
    context = {
        "row": row,
        "kind_label": REORGANISATION_LABELS[ReorganisationKind(row.kind)],
        "lines": [(line, loads.get(line.from_code)) for line in lines[:MOST_LINES]],
        "more": max(0, len(lines) - MOST_LINES),
        "total": _add(loads.values())._replace(dossiers=moving, known=known),
        "people": queries.count_people(queries.find_unit_ids(row.closes).values(), row.first_day),
        "choices": queries.find_target_choices(row) if is_planned else [],
        "is_planned": is_planned,
        "is_now": row.first_day <= today(request),
        "tally": [(label, number(row.tally[name])) for name, label in TALLY if row.tally.get(name)],
        "undo": undo_form or Undo(),
        "refusal": refusal,
    }
    return render(request, "desk/reorganisation.html", context, status=status)


def _count(row: Reorganisation) -> dict[str, Load]:
    """What lies in each unit that moves, by its code."""
    ids = queries.find_unit_ids(line["from"] for line in row.lines)
    pending = _read_pending(row)
    return {code: count_load(pending, unit_id) for code, unit_id in ids.items()}


def _read_pending(row: Reorganisation) -> list[MoveLine]:
    """The lines for counting: a target that is not set up yet has no number."""
    ids = queries.find_unit_ids(line["from"] for line in row.lines)
    return [
        MoveLine(ids[line["from"]], 0, tuple(line.get("fields", ())))
        for line in row.lines
        if line["from"] in ids
    ]


def _add(loads: Any) -> Load:
    rows = list(loads)
    return Load(*(sum(row[place] for row in rows) for place in range(len(Load._fields))))
