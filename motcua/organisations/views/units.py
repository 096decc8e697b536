"""Units: the tree of a day, one unit and its versions, setting up, changing, closing, Excel."""

from datetime import date

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from motcua.core.pages import render
from motcua.core.refusing import attempt
from motcua.organisations import access, actions, forms, queries, sheets
from motcua.organisations.actions import UnitFacts
from motcua.organisations.requests import OfficerRequest, today
from motcua.organisations.rules import Actor
from motcua.organisations.views.forming import (
    answer_sheet,
    get_calendar_choices,
    get_day,
    show_form,
    show_import,
)

MOST_SHOWN = 300
_FACTS = ("name", "short_name", "parent_code", "agency_code", "calendar_code", "address", "phone")


@require_GET
def units(request: OfficerRequest) -> HttpResponse:
    """/quan-tri/don-vi/: the units below one unit as of a day, or those whose name has the words."""
    actor = access.require_reader(request.actor)
    on, text = get_day(request), request.GET.get("q", "")[:100]
    top = queries.find_unit_by_code(request.GET.get("thuoc", ""), on)
    tree = queries.get_tree(on)
    if text:
        found = queries.find_units(on=on, text=text, limit=MOST_SHOWN)
    elif top:
        found = tree.get_children(top.id)
    else:
        own = tree.units.get(actor.agency_id)
        found = (
            ([own] if own else []) + tree.get_children(actor.agency_id) if own else tree.get_children(None)
        )
    rows = [
        (
            unit,
            tree.units.get(unit.parent_id) if unit.parent_id else None,
            len(tree.children.get(unit.id, ())),
        )
        for unit in found
    ]
    context = {
        "rows": rows[:MOST_SHOWN], "on": on, "q": text, "top": top, "is_cut": len(rows) > MOST_SHOWN,
        "lineage": list(reversed(queries.get_lineage(top.id, on))) if top else [],
        "may_change": actor.post == "administrator",
    }  # fmt: skip
    return render(request, "organisations/units.html", context)


@require_GET
def unit(request: OfficerRequest, code: str) -> HttpResponse:
    """/quan-tri/don-vi/<code>/: what holds on the day, every version, who works there, where it came from and went."""
    actor = access.require_reader(request.actor)
    on = get_day(request)
    identity = queries.get_identity(code)
    tree = queries.get_tree(on)
    view = tree.units.get(identity.id)
    context = {
        "code": code, "unit": view, "on": on, "kind_label": identity.kind,
        "versions": queries.find_versions(identity.id),
        "lineage": list(reversed(queries.get_lineage(identity.id, on)))[:-1],
        "children": tree.get_children(identity.id)[:MOST_SHOWN],
        "officers": queries.find_officers(identity.id, on=on),
        "successors": queries.find_successors(identity.id), "predecessors": queries.find_predecessors(identity.id),
        "may_change": actor.may_administer(identity.id) and view is not None,
        "calendar": dict(get_calendar_choices()).get(tree.get_calendar_code(identity.id), ""),
        "agency": tree.get_agency_of(identity.id) if view else None,
    }  # fmt: skip
    return render(request, "organisations/unit.html", context)


@require_http_methods(["GET", "POST"])
def new_unit(request: OfficerRequest) -> HttpResponse:
    """/quan-tri/don-vi/moi/"""
    actor = access.require_administrator(request.actor)
    parents = queries.get_unit_choices(actor, today(request))
    above = request.GET.get("thuoc", "") or (parents[0][0] if parents else "")
    start = {"parent_code": above, "kind": "section"}
    choices = {"parents": parents, "calendars": get_calendar_choices()}
    form = forms.NewUnit(request.POST or None, initial=start, **choices)
    if attempt(form, lambda: _create(request, form)):
        messages.success(request, _("Đã lập đơn vị."))
        return redirect("organisations:unit", form.cleaned_data["code"])
    return show_form(request, form, _("Lập đơn vị"), _("Lập đơn vị"), reverse("organisations:units"))


def _create(request: OfficerRequest, form: forms.NewUnit) -> None:
    typed = form.cleaned_data
    actions.create_unit(
        actor=request.actor, code=typed["code"], kind=typed["kind"], facts=UnitFacts(**{name: typed[name] for name in _FACTS}),
        decision_number=typed["decision_number"], first_day=typed["first_day"], at=request.at,
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
def change_unit(request: OfficerRequest, code: str) -> HttpResponse:
    """/quan-tri/don-vi/<code>/thay-doi/: another name, place or code by a decision, from a day on."""
    return _edit(request, code, forms.Change, _("Thay đổi theo quyết định"), _("Ghi thay đổi"))


@require_http_methods(["GET", "POST"])
def correct_unit(request: OfficerRequest, code: str) -> HttpResponse:
    """/quan-tri/don-vi/<code>/sua/: a misprint, an address, a telephone; no new version."""
    return _edit(request, code, forms.Facts, _("Sửa thông tin đang ghi sai"), _("Lưu"))


def _edit(
    request: OfficerRequest, code: str, shape: type[forms.Facts], heading: str, button: str
) -> HttpResponse:
    on = today(request)
    actor = access.require_administrator(request.actor, queries.get_identity(code).id)
    before = actions.get_facts(code, on)
    parents = queries.get_unit_choices(actor, on)
    if before.parent_code and before.parent_code not in dict(parents):
        above = queries.find_unit_by_code(before.parent_code, on)
        parents = [(before.parent_code, above.agency_name if above else before.parent_code), *parents]
    form = shape(
        request.POST or None, initial={name: getattr(before, name) for name in _FACTS}, parents=parents,
        calendars=get_calendar_choices(),
    )  # fmt: skip
    if attempt(form, lambda: _keep(request, code, form, before)):
        messages.success(request, _("Đã ghi."))
        return redirect("organisations:unit", code)
    return show_form(
        request, form, heading, button, reverse("organisations:unit", args=[code]), subject=before.name
    )


def _keep(request: OfficerRequest, code: str, form: forms.Facts, before: UnitFacts) -> None:
    typed = form.cleaned_data
    facts = UnitFacts(
        **{name: typed[name] for name in _FACTS}, territory_code=before.territory_code, level=before.level
    )
    if "first_day" not in typed:
        actions.correct_unit(actor=request.actor, code=code, facts=facts, on=today(request), at=request.at)
        return
    actions.change_unit(
        actor=request.actor, code=code, facts=facts, decision_number=typed["decision_number"],
        first_day=typed["first_day"], at=request.at,
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
def close_unit(request: OfficerRequest, code: str) -> HttpResponse:
    """/quan-tri/don-vi/<code>/ket-thuc/"""
    on = today(request)
    actor = access.require_administrator(request.actor, queries.get_identity(code).id)
    form = forms.Close(request.POST or None, units=_find_heirs(actor, code, on))
    if attempt(form, lambda: _close(request, code, form)):
        messages.success(request, _("Đã ghi ngày kết thúc của đơn vị."))
        return redirect("organisations:unit", code)
    name = actions.get_facts(code, on).name
    back = reverse("organisations:unit", args=[code])
    return show_form(request, form, _("Kết thúc hoạt động"), _("Kết thúc đơn vị"), back, subject=name)


def _find_heirs(actor: Actor, code: str, on: date) -> list[tuple[str, str]]:
    """Who may take over: every unit looked after, and those beside the one that ends."""
    offered = dict([*queries.get_unit_choices(actor, on), *queries.get_beside_choices((code,), on)])
    return [(other, name) for other, name in offered.items() if other != code]


def _close(request: OfficerRequest, code: str, form: forms.Close) -> None:
    actions.close_unit(
        actor=request.actor, code=code, successor_codes=form.cleaned_data["successors"],
        decision_number=form.cleaned_data["decision_number"], last_day=form.cleaned_data["last_day"], at=request.at,
    )  # fmt: skip


@require_GET
def export_units(request: OfficerRequest) -> HttpResponse:
    """/quan-tri/don-vi/xuat/: the units the administrator looks after, ready to be edited."""
    actor = access.require_administrator(request.actor)
    on = get_day(request)
    return answer_sheet(
        sheets.write_units(queries.find_administered(actor, on), queries.get_tree(on), on), f"don-vi-{on}"
    )


@require_http_methods(["GET", "POST"])
def import_units(request: OfficerRequest) -> HttpResponse:
    """/quan-tri/don-vi/nhap/"""
    actor = access.require_administrator(request.actor)
    return show_import(
        request,
        _("Nhập đơn vị từ Excel"),
        "organisations:units",
        lambda content, dry_run: actions.import_units(
            actor=actor, content=content, dry_run=dry_run, at=request.at
        ),
    )
