"""What plans ask of the actor's units, and what is said of plans by those who watch over them."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from motcua.core.pages import render
from motcua.core.requests import read_text
from motcua.core.text import read_count
from motcua.organisations.requests import OfficerRequest, today
from motcua.programme.actions import telling as acts
from motcua.programme.queries import mine as queries
from motcua.programme.rules.standing import Standing
from motcua.programme.views.drafts import read_key
from motcua.programme.words import say_standing


@require_GET
def mine(request: OfficerRequest) -> HttpResponse:
    """Parts to be done over all plans, reports and difficulties to answer, the last weekly summaries."""
    day = today(request)
    work = queries.find_work(request.actor, day)
    context = {
        "work": work,
        "say": say_standing,
        "day": day,
        "digests": queries.find_digests(request.actor),
        "standings": list(Standing),
    }
    return render(request, "programme/mine.html", context)


@require_POST
def comment(request: OfficerRequest, plan_id: int) -> HttpResponse:
    """A word on the plan, or on the task named by `task`."""
    task_id = read_count(request.POST.get("task", ""))
    acts.comment(
        actor=request.actor,
        plan_id=plan_id,
        task_id=task_id,
        text=read_text(request, "text"),
        key=read_key(request),
        at=request.at,
    )
    messages.success(request, _("Đã ghi góp ý."))
    return redirect("programme:task", task_id) if task_id else redirect("programme:comments", plan_id)
