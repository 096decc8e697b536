"""Plans below a plan: ask for them, see who sent theirs, name one's own as the answer."""

from collections import Counter
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from motcua.core.pages import render
from motcua.core.refusal import Refused
from motcua.core.text import read_count
from motcua.organisations.requests import OfficerRequest, today
from motcua.programme import access, forms, queries
from motcua.programme.actions import cascade as acts
from motcua.programme.rules.standing import Receipt
from motcua.programme.views.drafts import attempt
from motcua.programme.views.plans import open_plan
from motcua.programme.words import say_receipt


@require_http_methods(["GET", "HEAD", "POST"])
def cascade(request: OfficerRequest, plan_id: int) -> HttpResponse:
    """The received/missing board, and the form that asks for plans."""
    context = open_plan(request, plan_id, "cascade")
    plan = context["plan"]
    may_ask = access.may_keep(request.actor, plan.unit_id)
    form = forms.HandDownForm(request.POST or None)
    form.set_groups(queries.group_callable(plan) if may_ask else [])
    if may_ask and attempt(form, lambda: _hand_down(request, plan_id, form)):
        messages.success(request, _("Đã giao; đơn vị thấy việc này trong mục Kế hoạch của mình."))
        return redirect("programme:cascade", plan_id)
    rows = queries.make_cascade(plan, context["day"])
    wanted = request.GET.get("tinh-hinh", "")
    context |= {
        "rows": rows,
        "shown": [row for row in rows if wanted in {"", row.receipt}],
        "filters": _list_filters(rows, wanted),
        "form": form,
        "may_ask": may_ask,
        "say_receipt": say_receipt,
        "received": sum(1 for row in rows if row.plan),
        "total": sum((row.progress + row.below for row in rows), queries.Progress()),
        "ended": {unit.id for unit in queries.find_ended_called(request.actor, context["day"])},
    }
    return render(request, "programme/cascade.html", context, status=422 if form.errors else 200)


def _list_filters(rows: list[Any], wanted: str) -> list[tuple[object, ...]]:
    """All of them, then by where they stand, each with its count."""
    counts = Counter(row.receipt for row in rows)
    every: list[tuple[object, ...]] = [(_("Tất cả"), "?", len(rows), not wanted)]
    for receipt in Receipt:
        words, tone = say_receipt(receipt)
        every.append((words.capitalize(), f"?tinh-hinh={receipt}", counts[receipt], wanted == receipt, tone))
    return every


def _hand_down(request: OfficerRequest, plan_id: int, form: forms.HandDownForm) -> None:
    acts.hand_down(
        actor=request.actor,
        plan_id=plan_id,
        unit_ids=form.get_units(),
        due_on=form.cleaned_data["due_on"],
        at=request.at,
    )


@require_POST
def answer(request: OfficerRequest, plan_id: int) -> HttpResponse:
    """Say that this plan carries out the one above."""
    parent = read_count(request.POST.get("parent", ""))
    if parent is None:
        raise Refused("not_found", _("Không có kế hoạch này."))
    queries.get_plan(request.actor, plan_id, today(request))
    acts.answer_with(actor=request.actor, plan_id=plan_id, parent_id=parent, at=request.at)
    messages.success(request, _("Đã gửi kế hoạch lên cấp trên."))
    return redirect("programme:plan", plan_id)
