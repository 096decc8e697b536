"""A desk handed over at once: what lies on it, to whom it goes, and only then the button."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods

from motcua.audit import actions as audit
from motcua.core.forms import choose_among
from motcua.core.middleware import status_of
from motcua.core.pages import render
from motcua.core.refusal import Refused
from motcua.core.refusing import say_refusal
from motcua.dossiers.actions.desks import hand_over_desk
from motcua.dossiers.queries.desks import count_desk, find_desk, find_unmanned
from motcua.organisations import access
from motcua.organisations import queries as organisations
from motcua.organisations.requests import OfficerRequest, today
from motcua.organisations.rules import Post

MOST_SHOWN = 100


class To(forms.Form):
    """Who takes the desk; nobody named means the pool."""

    to = forms.TypedChoiceField(label=gettext_lazy("Giao cho"), coerce=int, empty_value=None, required=False)


@require_http_methods(["GET", "POST"])
def desk(request: OfficerRequest, assignment_id: int) -> HttpResponse:
    """Everything open on the desk of a posting, and to whom it may go; a POST hands it over."""
    posting = organisations.find_assignment(assignment_id)
    if posting is None:
        raise Refused("not_found", _("Không có phân công này."))
    access.require_absence_keeper(request.actor, posting.unit_id)
    form = To(request.POST or None)
    choose_among(form, "to", [("", _("Cả bộ phận: ai nhận thì làm")), *_find_takers(request, posting)])
    if request.method == "POST" and form.is_valid():
        try:
            moved = hand_over_desk(
                actor=request.actor,
                user_id=posting.user_id,
                unit_id=posting.unit_id,
                to_user_id=form.cleaned_data["to"],
                at=request.at,
            )
        except Refused as no:
            say_refusal(form, no)
            return _show(request, posting, form, status_of(no))
        words = ngettext("Đã bàn giao %(n)s việc.", "Đã bàn giao %(n)s việc.", moved)
        messages.success(request, words % {"n": moved})
        return redirect("organisations:absences")
    return _show(request, posting, form, 422 if form.errors else 200)


def _show(request: OfficerRequest, posting: Any, form: To, status: int) -> HttpResponse:
    on = today(request)
    tasks = find_desk(posting.user_id, posting.unit_id, MOST_SHOWN)
    is_administrator = request.actor.has(Post.ADMINISTRATOR)
    if not is_administrator:
        ids = [task.dossier_id for task in tasks]
        audit.record_reading("dossiers.desk", actor=request.actor, ids=ids, at=request.at)
    context = {
        "posting": posting,
        "tasks": tasks,
        "total": count_desk(posting.user_id, posting.unit_id),
        "form": form,
        "place_name": organisations.get_name(posting.unit_id, on),
        "is_away": (posting.user_id, posting.unit_id) in organisations.find_absentees([posting.unit_id], on),
        "unmanned": find_unmanned([posting.unit_id], on),
        # The administrator looks after units and sees no dossier: how many and which steps, not whose.
        "names_dossiers": not is_administrator,
    }
    return render(request, "dossiers/desk.html", context, status=status)


def _find_takers(request: OfficerRequest, posting: Any) -> list[tuple[int, str]]:
    """Those present in the unit, the same post first."""
    on = today(request)
    named = [p for p in organisations.find_officers(posting.unit_id, on=on) if p.user_id != posting.user_id]
    present = organisations.find_present([p.user_id for p in named], posting.unit_id, on)
    named.sort(key=lambda p: (p.post != posting.post, p.person_name))
    return [(p.user_id, f"{p.person_name} – {_(p.post_label)}") for p in named if p.user_id in present]
