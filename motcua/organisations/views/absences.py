"""Who is away and who stands in; who signs for whom: pages of the administrator and of heads."""

from collections.abc import Collection
from datetime import date, timedelta

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from motcua.core.pages import render
from motcua.core.refusal import Refused
from motcua.core.refusing import attempt
from motcua.core.workbook import answer_list
from motcua.organisations import access, actions, forms, queries
from motcua.organisations.actions import AbsenceFacts
from motcua.organisations.models import SigningRight
from motcua.organisations.queries import AbsenceView, PostingView
from motcua.organisations.requests import OfficerRequest, today
from motcua.organisations.rules import POST_LABELS, Actor, Post
from motcua.organisations.views.forming import show_form

MOST_NAMED = 400


@require_GET
def absences(request: OfficerRequest) -> HttpResponse:
    """/quan-tri/vang-mat/: who is away today, who will be, who was; and who could be recorded."""
    actor = access.require_absence_keeper(request.actor)
    on, units = today(request), find_kept_units(request.actor, today(request))
    current = queries.find_absences(units, on)
    if request.GET.get("dang") == "xlsx":
        return _answer_absences([*current, *queries.find_absences(units, on, past=True)], units, on)
    context = {
        "now": [one for one in current if one.valid_from <= on],
        "later": [one for one in current if one.valid_from > on],
        "past": queries.find_absences(units, on, past=True, limit=30),
        "people": queries.find_officers_of(set(units), on=on)[:MOST_NAMED],
        "unit_names": _name_units(units, on),
        "rights": queries.find_rights(units, on),
        "may_grant": actor.has(Post.ADMINISTRATOR),
        "on": on,
        "last_day": _last_day,
    }
    return render(request, "organisations/absences.html", context)


def _answer_absences(found: list[AbsenceView], units: Collection[int], on: date) -> HttpResponse:
    """Those that hold or are to come, then those that are over, the latest first."""
    names = _name_units(units, on)
    head = [
        _("Người vắng"),
        _("Chức danh"),
        _("Đơn vị"),
        _("Từ ngày"),
        _("Đến hết ngày"),
        _("Lý do"),
        _("Số văn bản"),
        _("Người thay"),
    ]
    lines = (
        (one.person_name, _(one.post_label), names.get(one.unit_id, ""), one.valid_from, _last_day(one),
         _(one.reason_label), one.decision_number, one.substitute_name)
        for one in found
    )  # fmt: skip
    return answer_list(f"vang-mat-{on}", head, lines)


@require_http_methods(["GET", "POST"])
def record_absence(request: OfficerRequest, assignment_id: int) -> HttpResponse:
    """/quan-tri/vang-mat/ghi/<phân công>/"""
    posting = queries.find_assignment(assignment_id)
    if posting is None:
        raise Refused("not_found", _("Không có phân công này."))
    actor = access.require_absence_keeper(request.actor, posting.unit_id)
    on = today(request)
    people = _find_substitutes(actor, posting.unit_id, posting.post, posting.user_id, on)
    is_leader = posting.post in (Post.APPROVER, Post.UNIT_HEAD)
    form = forms.AbsenceForm(
        request.POST or None, initial={"first_day": on}, people=people, is_leader=is_leader
    )
    if attempt(form, lambda: _record(request, form, assignment_id)):
        messages.success(request, _("Đã ghi vắng mặt."))
        return redirect("organisations:absences")
    subject = f"{posting.user.full_name} – {_(POST_LABELS[Post(posting.post)])}, {queries.get_name(posting.unit_id, on)}"
    return show_form(
        request,
        form,
        _("Ghi vắng mặt, người thay"),
        _("Ghi"),
        reverse("organisations:absences"),
        subject=subject,
    )


def _record(request: OfficerRequest, form: forms.AbsenceForm, assignment_id: int) -> None:
    facts = AbsenceFacts(assignment_id=assignment_id, **form.cleaned_data)
    actions.record_absence(actor=request.actor, absence=facts, at=request.at)


@require_http_methods(["GET", "POST"])
def end_absence(request: OfficerRequest, absence_id: int) -> HttpResponse:
    """/quan-tri/vang-mat/<id>/ket-thuc/: back earlier, or not away after all."""
    absence = _require_absence(request, absence_id)
    form = forms.EndAbsence(request.POST or None, initial={"last_day": today(request)})
    if attempt(
        form,
        lambda: actions.end_absence(
            actor=request.actor, absence_id=absence_id, last_day=form.cleaned_data["last_day"], at=request.at
        ),
    ):
        messages.success(request, _("Đã ghi ngày trở lại làm việc."))
        return redirect("organisations:absences")
    return show_form(
        request,
        form,
        _("Trở lại làm việc sớm"),
        _("Ghi"),
        reverse("organisations:absences"),
        subject=absence.person_name,
    )


@require_http_methods(["GET", "POST"])
def grant_signing(request: OfficerRequest) -> HttpResponse:
    """/quan-tri/vang-mat/ky-thay/: a standing right to sign for another, or one by decision."""
    actor = access.require_administrator(request.actor)
    on = today(request)
    units = find_kept_units(actor, on)
    names = _name_units(units, on)
    leaders = [
        (one.id, _say_person(one, names))
        for one in queries.find_officers_of(set(units), on=on)
        if one.post in (Post.APPROVER, Post.UNIT_HEAD, Post.SECTION_HEAD, Post.ONE_STOP_HEAD)
    ]
    form = forms.Signing(request.POST or None, initial={"first_day": on}, people=leaders)
    if attempt(form, lambda: actions.grant_signing(actor=actor, at=request.at, **form.cleaned_data)):
        messages.success(request, _("Đã ghi quyền ký thay."))
        return redirect("organisations:absences")
    return show_form(request, form, _("Ai ký thay ai"), _("Ghi"), reverse("organisations:absences"))


@require_http_methods(["GET", "POST"])
def end_signing(request: OfficerRequest, right_id: int) -> HttpResponse:
    """/quan-tri/vang-mat/ky-thay/<id>/ket-thuc/"""
    access.require_administrator(request.actor)
    form = forms.EndAbsence(request.POST or None, initial={"last_day": today(request)})
    if attempt(
        form,
        lambda: actions.end_signing(
            actor=request.actor, right_id=right_id, last_day=form.cleaned_data["last_day"], at=request.at
        ),
    ):
        messages.success(request, _("Đã ghi ngày hết quyền ký."))
        return redirect("organisations:absences")
    return show_form(request, form, _("Kết thúc quyền ký thay"), _("Ghi"), reverse("organisations:absences"))


def find_kept_units(actor: Actor, on: date) -> frozenset[int]:
    """The units whose people the actor keeps: those looked after, or the own one and what is below it."""
    return actor.administers if actor.has(Post.ADMINISTRATOR) else actor.scope


def _require_absence(request: OfficerRequest, absence_id: int) -> AbsenceView:
    absence = queries.find_absence(absence_id)
    if absence is None:
        raise Refused("not_found", _("Không có lần vắng mặt này."))
    access.require_absence_keeper(request.actor, absence.unit_id)
    return absence


def _find_substitutes(actor: Actor, unit_id: int, post: str, user_id: int, on: date) -> list[tuple[str, str]]:
    """Colleagues with the same post first; the administrator may take anybody of the agency."""
    tree = queries.get_tree(on)
    agency = tree.get_agency_of(unit_id)
    wide = actor.may_administer(unit_id) and agency is not None
    units = tree.get_subtree(agency.id) if wide and agency else {unit_id}
    names = _name_units(units, on)
    found = [
        one
        for one in queries.find_officers_of(units, on=on)
        if one.user_id != user_id and (wide or one.post == post) and one.post != Post.ADMINISTRATOR
    ]
    found.sort(key=lambda one: (one.unit_id != unit_id, one.post != post, one.person_name))
    choices = {one.username: _say_person(one, names) for one in reversed(found)}
    return [("", _("Không có: việc để cả bộ phận")), *reversed(list(choices.items()))]


def _say_person(one: PostingView, names: dict[int, str]) -> str:
    return f"{one.person_name} – {_(one.post_label)}, {names.get(one.unit_id, '')}"


def _name_units(unit_ids: Collection[int], on: date) -> dict[int, str]:
    tree = queries.get_tree(on)
    return {i: tree.units[i].name for i in unit_ids if i in tree.units}


def _last_day(one: AbsenceView | SigningRight) -> date | None:
    """The last day as people say it; rows keep the first day after."""
    return one.valid_to - timedelta(days=1) if one.valid_to else None
