"""Groups of procedures under one form, kept by the province: the list, one group with its versions, a new version."""

from functools import partial
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from motcua.catalogue import access
from motcua.catalogue import actions as catalogue_actions
from motcua.catalogue import queries as catalogue
from motcua.core.middleware import status_of
from motcua.core.pages import render
from motcua.core.refusal import Refused
from motcua.core.refusing import say_refusal
from motcua.dossiers.actions.grouping import state_group
from motcua.dossiers.forms_groups import SPARE_PARTS, EndGroup, StateGroup, show_papers, start_from
from motcua.dossiers.queries import groups as queries
from motcua.dossiers.rules.interlinked import STARTS, Start
from motcua.organisations.requests import OfficerRequest, today
from motcua.organisations.rules import Actor


@require_GET
def groups(request: OfficerRequest) -> HttpResponse:
    """Every group with the version in force, or the one to come."""
    actor = _reader(request)
    on = today(request)
    found = catalogue.find_bundle_versions()
    latest = {one.bundle.code: one for one in reversed(found) if one.valid_from <= on}
    context = {
        "held": sorted(latest.values(), key=lambda one: one.bundle.name),
        "coming": [one for one in found if one.valid_from > on],
        "on": on,
        "may_change": access.is_keeper(actor),
    }
    return render(request, "dossiers/groups.html", context)


@require_GET
def group(request: OfficerRequest, code: str) -> HttpResponse:
    """One group: what it states, where its parts are decided today, its versions and what was received under each."""
    return _show(request, code, EndGroup())


def _show(request: OfficerRequest, code: str, form: EndGroup, status: int = 200) -> HttpResponse:
    actor = _reader(request)
    on = today(request)
    versions = queries.find_versions(code)
    if not versions:
        raise Refused("not_found", _("Không có nhóm thủ tục liên thông này."))
    chosen = _choose(request, versions)
    parts = [
        (part, queries.find_places_of(part, on), _(STARTS[Start(part.start)]) % {"needs": ", ".join(map(str, part.needs))})
        for part in chosen.bundle.parts
    ]  # fmt: skip
    context = {
        "versions": versions, "chosen": chosen, "bundle": chosen.bundle, "parts": parts, "on": on, "form": form,
        "may_change": access.is_keeper(actor),
    }  # fmt: skip
    return render(request, "dossiers/group.html", context, status=status)


def _choose(request: OfficerRequest, versions: list[queries.Version]) -> queries.Version:
    """The version asked for, else the one in force, else the newest."""
    on = today(request)
    asked = [one for one in versions if request.GET.get("ban") == str(one.bundle.id)]
    held = [one for one in versions if one.held.holds_on(on)]
    return (asked or held or versions)[0]


@require_http_methods(["GET", "POST"])
def state(request: OfficerRequest, code: str = "") -> HttpResponse:
    """A new group, or a new version of one from a day; the version in force is never changed."""
    actor = _keeper(request)
    versions = queries.find_versions(code) if code else []
    if request.method != "POST":
        start = start_from(versions[0].bundle) if versions else {"take_over_hours": 2}
        rows = (len(versions[0].bundle.parts) if versions else 1) + SPARE_PARTS
        return _page(request, _form(request, initial=start | {"rows": rows}, rows=rows), code)
    form = _form(request, request.POST, rows=_count_rows(request))
    if "show" in request.POST:
        return _page(request, _show_chosen(request, form), code)
    if not form.is_valid():
        return _page(request, form, code, status=422)
    facts = form.get_facts()
    for fault in queries.check_group(facts, form.cleaned_data["first_day"]):
        form.add_error(fault.field if fault.field in form.fields else None, fault.message)
    if form.errors:
        return _page(request, form, code, status=422)
    try:
        state_group(actor=actor, facts=facts, first_day=form.cleaned_data["first_day"], at=request.at)
    except Refused as no:
        say_refusal(form, no)
        return _page(request, form, code, status=status_of(no))
    messages.success(request, _("Đã ghi bản mới của nhóm; hồ sơ đã nhận giữ bản của ngày nhận."))
    return redirect("dossiers:group", facts.code)


def _form(request: OfficerRequest, *args: Any, **kwargs: Any) -> StateGroup:
    return StateGroup(
        *args,
        **kwargs,
        procedures=catalogue.find_operated_choices(),
        papers=partial(queries.find_paper_choices, on=today(request)),
    )


def _show_chosen(request: OfficerRequest, form: StateGroup) -> StateGroup:
    """The same page with the papers of the procedures just chosen: nothing is judged, nothing written."""
    typed = {name: form[name].value() for name in form.fields}
    papers = partial(queries.find_paper_choices, on=today(request))
    shown = show_papers(typed, len(form.numbers), papers)
    return _form(request, initial=shown, rows=shown["rows"])


def _count_rows(request: OfficerRequest) -> int:
    text = request.POST.get("rows", "")
    return int(text) if text.isdecimal() and len(text) < 3 else 2 + SPARE_PARTS


def _page(request: OfficerRequest, form: StateGroup, code: str, status: int = 200) -> HttpResponse:
    return render(request, "dossiers/state_group.html", {"form": form, "code": code}, status=status)


@require_POST
def end(request: OfficerRequest, code: str) -> HttpResponse:
    """Nothing more is received under it after a day."""
    actor = _keeper(request)
    form = EndGroup(request.POST)
    if not form.is_valid():
        return _show(request, code, form, status=422)
    try:
        catalogue_actions.end_bundle(
            actor=actor, code=code, last_day=form.cleaned_data["last_day"], at=request.at
        )
    except Refused as no:
        say_refusal(form, no)
        return _show(request, code, form, status=status_of(no))
    messages.success(request, _("Đã ghi ngày cuối nhận theo nhóm này."))
    return redirect("dossiers:group", code)


@require_POST
def drop(request: OfficerRequest, code: str, bundle_id: int) -> HttpResponse:
    """Take back a version that is to come."""
    catalogue_actions.drop_bundle(actor=_keeper(request), bundle_id=bundle_id, at=request.at)
    messages.success(request, _("Đã bỏ bản chưa áp dụng."))
    if queries.find_versions(code):
        return redirect("dossiers:group", code)
    return redirect("dossiers:groups")


def _reader(request: OfficerRequest) -> Actor:
    access.require_curator(request.actor)
    return request.actor


def _keeper(request: OfficerRequest) -> Actor:
    access.require_keeper(request.actor)
    return request.actor
