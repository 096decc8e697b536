"""Keys of neighbouring systems: which there are, issuing one from a posting, taking one back."""

from datetime import date

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from motcua.core.pages import render
from motcua.core.refusal import Refused
from motcua.core.refusing import attempt
from motcua.core.text import fold
from motcua.organisations import access, actions, forms, queries
from motcua.organisations.actions.tokens import CALLS_PER_MINUTE, SCOPES
from motcua.organisations.queries.tokens import find_tokens
from motcua.organisations.requests import OfficerRequest, today
from motcua.organisations.rules import POST_LABELS, Post
from motcua.organisations.views.forming import show_form

MOST_SHOWN = 50


@require_GET
def tokens(request: OfficerRequest) -> HttpResponse:
    """/quan-tri/khoa-he-thong/: the keys that act in the units one looks after."""
    actor = access.require_administrator(request.actor)
    on = today(request)
    rows = [
        (one, _(POST_LABELS[Post(one.post)]), queries.get_name(one.unit_id, on))
        for one in find_tokens(actor.administers, on)
    ]
    return render(
        request, "organisations/tokens.html", {"rows": rows, "scope_labels": dict(forms.SCOPE_LABELS)}
    )


@require_GET
def choose_posting(request: OfficerRequest) -> HttpResponse:
    """/quan-tri/khoa-he-thong/cap/: whose posting the system is to act in."""
    actor = access.require_administrator(request.actor)
    on, text = today(request), request.GET.get("q", "")[:100]
    tree = queries.get_tree(on)
    found = [
        (one, tree.units[one.unit_id])
        for one in queries.find_officers_of(set(actor.administers), on=on)
        if one.post != Post.ADMINISTRATOR
        and fold(text) in fold(f"{one.person_name} {one.username} {tree.units[one.unit_id].name}")
    ]
    context = {"rows": found[:MOST_SHOWN], "is_cut": len(found) > MOST_SHOWN, "q": text}
    return render(request, "organisations/choose_posting.html", context)


@never_cache
@require_http_methods(["GET", "POST"])
def issue_token(request: OfficerRequest, assignment_id: int) -> HttpResponse:
    """/quan-tri/khoa-he-thong/cap/<id>/: the text is shown once, on the answer to this very form."""
    subject = _name_posting(request, assignment_id)
    start = {"scopes": SCOPES[:1], "first_day": today(request), "calls_per_minute": CALLS_PER_MINUTE}
    form = forms.Token(request.POST or None, initial=start)
    made: list[str] = []
    if attempt(form, lambda: made.append(_issue(request, form, assignment_id))):
        context = {"text": made[0], "name": form.cleaned_data["name"]}
        return render(request, "organisations/token_issued.html", context)
    back = reverse("organisations:choose_posting")
    return show_form(request, form, _("Cấp khóa hệ thống"), _("Cấp khóa"), back, subject=subject)


def _name_posting(request: OfficerRequest, assignment_id: int) -> str:
    posting = queries.find_assignment(assignment_id)
    if posting is None or not posting.holds_on(today(request)):
        raise Refused("not_found", _("Không có phân công này."))
    access.require_administrator(request.actor, posting.unit_id)
    return f"{posting.user.full_name} – {_(POST_LABELS[Post(posting.post)])}"


def _issue(request: OfficerRequest, form: forms.Token, assignment_id: int) -> str:
    typed = form.cleaned_data
    last: date | None = typed["last_day"]
    return actions.issue_token(
        actor=request.actor, assignment_id=assignment_id, name=typed["name"], scopes=typed["scopes"],
        valid_from=typed["first_day"], valid_to=date.fromordinal(last.toordinal() + 1) if last else None,
        calls_per_minute=typed["calls_per_minute"], at=request.at,
    )  # fmt: skip


@require_POST
def revoke_token(request: OfficerRequest, token_id: int) -> HttpResponse:
    """/quan-tri/khoa-he-thong/<id>/thu-hoi/"""
    actions.revoke_token(actor=access.require_administrator(request.actor), token_id=token_id, at=request.at)
    messages.success(request, _("Đã thu hồi khóa; hệ thống dùng khóa này không gọi được nữa."))
    return redirect("organisations:tokens")
