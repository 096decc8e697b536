"""Targets a person adds to a plan, puts right, and takes away again."""

from secrets import token_urlsafe

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from motcua.core.pages import render
from motcua.core.refusal import Refused
from motcua.organisations.requests import OfficerRequest, today
from motcua.programme import access, forms
from motcua.programme.actions import own_targets as acts
from motcua.programme.models import PlanTarget
from motcua.programme.queries import targets as asked
from motcua.programme.views import targets
from motcua.programme.views.drafts import attempt, read_key
from motcua.programme.views.plans import open_plan

_LEVEL = ("text", "op", "value", "unit_name")


@require_http_methods(["GET", "HEAD", "POST"])
def add(request: OfficerRequest, plan_id: int) -> HttpResponse:
    """Add a target: what is to be reached, what it counts, for whom, when, without whom."""
    context = open_plan(request, plan_id, "targets")
    plan = context["plan"]
    access.require_keeper(request.actor, plan.unit_id)
    form = forms.OwnTargetForm(request.POST or None, initial={"period_kind": "year"})
    targets.set_formula_choices(form, plan, plan.targets.all())
    made: list[PlanTarget] = []

    def act() -> None:
        level, facts = _read_level(form), targets.read_formula(form)
        key = read_key(request)
        made.append(
            acts.add_target(
                actor=request.actor, plan_id=plan_id, level=level, facts=facts, key=key, at=request.at
            )
        )

    if attempt(form, act):
        messages.success(request, _("Đã thêm chỉ tiêu."))
        return redirect("programme:target", made[0].pk)
    context |= {"form": form, "key": read_key(request) or token_urlsafe(16)}
    return render(request, "programme/add_target.html", context, status=422 if form.errors else 200)


def _read_level(form: forms.LevelForm) -> acts.LevelFacts:
    return acts.LevelFacts(**{name: form.cleaned_data[name] for name in _LEVEL})


@require_POST
def correct(request: OfficerRequest, target_id: int) -> HttpResponse:
    """Put right what is to be reached."""
    found = asked.get_target(request.actor, target_id, today(request))
    form = targets.level_form(found, request.POST)

    def act() -> None:
        acts.correct_target(actor=request.actor, target_id=target_id, level=_read_level(form), at=request.at)

    if attempt(form, act):
        messages.success(request, _("Đã sửa chỉ tiêu."))
        return redirect("programme:target", target_id)
    return targets.target(request, target_id, level_form=form)


@require_POST
def remove(request: OfficerRequest, target_id: int) -> HttpResponse:
    """Take away a target that was added by hand."""
    asked.get_target(request.actor, target_id, today(request))
    try:
        plan_id = acts.remove_target(actor=request.actor, target_id=target_id, at=request.at)
    except Refused as refusal:
        messages.error(request, refusal.message)
        return redirect("programme:target", target_id)
    messages.success(request, _("Đã bỏ chỉ tiêu."))
    return redirect("programme:targets", plan_id)
