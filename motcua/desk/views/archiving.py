"""Dossiers whose time of keeping ended: the list, a look at what a decision would do, and the decision."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from motcua.audit import actions as audit
from motcua.catalogue import queries as catalogue
from motcua.core.pages import render
from motcua.core.refusal import Refused
from motcua.core.refusing import say_refusal
from motcua.desk.actions import disposing as actions
from motcua.desk.forms import DecisionForm
from motcua.dossiers import access
from motcua.dossiers.actions.disposing import Decision
from motcua.dossiers.queries import retention as queries
from motcua.dossiers.rules.powers import LEADERS
from motcua.dossiers.rules.retention import FATE_LABELS, Fate
from motcua.organisations.requests import OfficerRequest, today

NUMBER_LENGTH = 12


@require_GET
def ended(request: OfficerRequest) -> HttpResponse:
    """What the agency may decide of, a hundred at a time from the oldest; what it decided; and the rules behind it."""
    rows = queries.find_ended(request.actor, at=request.at)
    shown = rows[: queries.PAGE]
    audit.record_reading("dossiers.ended", actor=request.actor, ids=[row.id for row in shown], at=request.at)
    rules = [rule for rule in catalogue.find_retentions() if rule.until is None]
    context = {
        "rows": shown,
        "opens": _find_open_to(request, [row.id for row in shown]),
        "has_more": len(rows) > queries.PAGE,
        "disposals": queries.find_disposals(request.actor),
        "rules": sorted({(rule.years, rule.basis) for rule in rules if rule.years is not None}),
        "without": sum(rule.years is None for rule in rules),
        "fates": _fates(request),
    }
    return render(request, "desk/ended.html", context)


def _find_open_to(request: OfficerRequest, ids: list[int]) -> set[int]:
    """Which of them may be opened: who keeps the archive of an agency may sit in a room the dossier never came to."""
    return set(access.visible_to(request.actor).filter(pk__in=ids).values_list("pk", flat=True))


def _fates(request: OfficerRequest) -> list[tuple[str, str]]:
    may = [Fate.ARCHIVED, Fate.DESTROYED] if request.actor.post in LEADERS else [Fate.ARCHIVED]
    return [(fate.value, _(FATE_LABELS[fate])) for fate in may]


@require_POST
def dispose(request: OfficerRequest) -> HttpResponse:
    """Without a decision typed, what it would do; with one, the act."""
    fate = _read_fate(request)
    ids = _read_ids(request)
    rows = queries.find_ended(request.actor, ids=ids, most=max(len(ids), 1), at=request.at) if ids else []
    if not rows:
        messages.warning(request, _("Hãy đánh dấu ít nhất một hồ sơ."))
        return redirect("desk:ended")
    is_typed = "decision_number" in request.POST
    form = DecisionForm(fate, request.POST if is_typed else None, initial={"decided_on": today(request)})
    if is_typed and form.is_valid() and _done(request, form, [row.id for row in rows]):
        return redirect("desk:ended")
    audit.record_reading("dossiers.ended", actor=request.actor, ids=[row.id for row in rows], at=request.at)
    context = {"form": form, "fate": fate.value, "rows": rows, "is_destroying": fate == Fate.DESTROYED}
    return render(request, "desk/dispose.html", context, status=422 if form.errors else 200)


def _read_fate(request: OfficerRequest) -> Fate:
    access.require_archivist(request.actor)
    try:
        fate = Fate(request.POST.get("fate", ""))
    except ValueError as fault:
        raise Refused(
            "unknown_choice", _("Chọn giao nộp lưu trữ hoặc hủy dữ liệu cá nhân."), field="fate"
        ) from fault
    if fate == Fate.DESTROYED:
        access.require_destroyer(request.actor)
    return fate


def _read_ids(request: OfficerRequest) -> list[int]:
    picked = request.POST.getlist("pick")[: queries.PAGE]
    return [int(word) for word in picked if word.isdecimal() and len(word) <= NUMBER_LENGTH]


def _done(request: OfficerRequest, form: DecisionForm, ids: list[int]) -> bool:
    typed = form.cleaned_data
    decision = Decision(
        form.fate, typed["decision_number"], typed["decided_on"], typed["signer"], typed.get("place", "")
    )
    try:
        actions.dispose(actor=request.actor, decision=decision, dossier_ids=ids, at=request.at)
    except Refused as refusal:
        say_refusal(form, refusal)
        return False
    words = (
        _("Đã hủy dữ liệu cá nhân của %(n)d hồ sơ.")
        if form.fate == Fate.DESTROYED
        else _("Đã ghi giao nộp %(n)d hồ sơ.")
    )
    messages.success(request, words % {"n": len(ids)})
    return True
