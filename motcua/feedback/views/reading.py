"""What people answered, with how many were asked; and what is done about low answers."""

from datetime import date, timedelta
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from motcua.audit import actions as audit
from motcua.catalogue import queries as catalogue
from motcua.core.forms import read_day
from motcua.core.pages import render
from motcua.core.refusal import Refused
from motcua.core.refusing import say_refusal
from motcua.feedback import access, actions, queries
from motcua.feedback.forms import FollowUpForm
from motcua.feedback.rules import BODIES, CONTENTS, LEVELS, get_words
from motcua.organisations import queries as organisations
from motcua.organisations.requests import OfficerRequest, today

MOST = 100


@require_GET
def results(request: OfficerRequest) -> HttpResponse:
    """Satisfaction of the units one answers for: by unit, field and content, the response beside every score."""
    agencies = access.get_agencies(access.require_reader(request.actor))
    first, last = read_days(request)
    tree = organisations.get_tree(today(request))
    fields = dict(catalogue.find_fields())
    by_agency = queries.tally_agencies(first, last, agencies)
    by_field = queries.tally_fields(first, last, agencies)
    contents = queries.count_contents(first, last, agencies)
    context = {
        "first": first,
        "last": last,
        "total": queries.tally(first, last, agencies),
        "by_agency": sorted(
            ((tree.units[one].agency_name if one in tree.units else str(one), told, f"&donvi={one}") for one, told in by_agency.items()),
            key=lambda row: (row[1].rate if row[1].rate is not None else 101, row[0]),
        ),
        "by_field": sorted(
            ((fields.get(code, code) or _("Chưa rõ lĩnh vực"), told, f"&{urlencode({'linhvuc': code})}") for code, told in by_field.items()),
            key=lambda row: (row[1].rate if row[1].rate is not None else 101, row[0]),
        ),
        "contents": [(_(words), [(contents.get(name, {}).get(int(level), 0), f"&noidung={name}&muc={level}") for level in LEVELS]) for name, words in CONTENTS.items() if name != BODIES],
        "bodies": [(_(words), contents.get(BODIES, {}).get(int(level), 0), f"&noidung={BODIES}&muc={level}") for level, words in get_words(BODIES).items()],
        "levels": [_(words) for words in LEVELS.values()],
        "open": queries.find_follow_ups(request.actor).filter(closed_at=None).count(),
    }  # fmt: skip
    return render(request, "feedback/results.html", context)


def read_days(request: OfficerRequest) -> tuple[date, date]:
    """The days asked for; what cannot be read is left at the last ninety."""
    on = today(request)
    try:
        first, last = read_day(request.GET.get("tu", "")), read_day(request.GET.get("den", ""))
    except ValueError:
        return on - timedelta(days=90), on
    return (first, last) if first <= last else (last, first)


@require_GET
def follow_ups(request: OfficerRequest) -> HttpResponse:
    """Low answers, the open ones first and the oldest of them first."""
    rows = list(queries.find_follow_ups(request.actor).order_by("-closed_at", "opened_at")[:MOST])
    rows.sort(key=lambda row: (row.closed_at is not None, row.opened_at))
    return render(request, "feedback/follow_ups.html", {"rows": rows})


@require_http_methods(["GET", "HEAD", "POST"])
def follow_up(request: OfficerRequest, follow_up_id: int) -> HttpResponse:
    """One low answer with what was written, and the form that ends it."""
    row = queries.find_follow_ups(request.actor).filter(pk=follow_up_id).first()
    if row is None:
        raise Refused("not_found", _("Không tìm thấy việc này."))
    form = FollowUpForm(request.POST or None)
    if form.is_bound and form.is_valid():
        try:
            actions.close(actor=request.actor, follow_up_id=follow_up_id, **form.cleaned_data, at=request.at)
        except Refused as no:
            say_refusal(form, no)
        else:
            messages.success(request, _("Đã kết thúc."))
            return redirect("feedback:follow_ups")
    audit.record("feedback.read", actor=request.actor, subject=f"feedback.followup:{row.pk}", at=request.at)
    context = {
        "row": row,
        "comment": queries.read_comment(row),
        "contents": [(_(CONTENTS[name]), _(get_words(name)[level])) for name, level in row.rating.contents.items() if name in CONTENTS and level in LEVELS],
        "form": form,
    }  # fmt: skip
    return render(request, "feedback/follow_up.html", context, status=422 if form.errors else 200)


@require_POST
def take(request: OfficerRequest, follow_up_id: int) -> HttpResponse:
    """See to it oneself."""
    actions.take(actor=request.actor, follow_up_id=follow_up_id, at=request.at)
    messages.success(request, _("Anh/chị đã nhận việc này."))
    return redirect("feedback:follow_up", follow_up_id)
