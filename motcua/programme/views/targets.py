"""Targets of a plan: their values, how each is counted, the units one by one, and what was typed."""

from collections.abc import Iterable
from secrets import token_urlsafe
from typing import Any

from django.contrib import messages
from django.http import FileResponse, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from motcua.core.pages import render
from motcua.core.refusal import Refused
from motcua.documents import queries as files
from motcua.figures.asking import KINDS, name_period
from motcua.organisations.requests import OfficerRequest, today
from motcua.organisations.rules import KIND_LABELS
from motcua.programme import access, forms, queries
from motcua.programme.actions import targets as acts
from motcua.programme.actions.reporting import Shown
from motcua.programme.models import Plan, PlanTarget
from motcua.programme.queries import targets as asked
from motcua.programme.rules.measures import suggest
from motcua.programme.views.drafts import attempt, read_key
from motcua.programme.views.plans import open_plan


@require_GET
def targets(request: OfficerRequest, plan_id: int) -> HttpResponse:
    """The figures the plan sets itself with where they stand, and the objectives they stand beside."""
    context = open_plan(request, plan_id, "targets")
    return render(
        request,
        "programme/targets.html",
        context
        | {
            "targets": [
                asked.show_doors(view, request.actor)
                for view in asked.view_targets(context["plan"], context["day"])
            ]
        },
    )


@require_http_methods(["GET", "HEAD", "POST"])
def target(request: OfficerRequest, target_id: int, **wrong: Any) -> HttpResponse:
    """One target: value, numerator, denominator, the units it binds, and the forms."""
    found = asked.get_target(request.actor, target_id, today(request))
    context = open_plan(request, found.plan_id, "targets")
    form = wrong.get("formula_form") or _formula_form(found, None)
    context |= {
        "target": found,
        "view": asked.show_doors(asked.view_target(found, context["day"]), request.actor),
        "period_name": name_period(asked.get_period(found)),
        "formulas": dict(asked.find_formulas(found.plan)),
        "proposed": suggest(found.text) if not found.formula else "",
        "formula_form": form,
        "value_form": wrong.get("value_form") or _value_form(request, found),
        "history": found.values.select_related("unit")[:30],
        "names": queries.get_names({value.unit_id for value in found.values.all()}, context["day"]),
        "level_form": wrong.get("level_form") or level_form(found),
        "key": read_key(request) or token_urlsafe(16),
        "wrong": wrong,
    }
    return render(request, "programme/target.html", context, status=422 if wrong else 200)


def set_formula_choices(form: forms.FormulaForm, plan: Plan, beside: Iterable[PlanTarget]) -> None:
    """What may be chosen for a target of the plan; `beside` are the targets it may lie within."""
    groups = queries.group_callable(plan)
    form.set_choices(
        formula=[("", _("Nhập bằng tay, có minh chứng")), *asked.find_formulas(plan)],
        scope=[
            ("", _("Toàn cơ quan")),
            *(
                (str(kind), _("Từng đơn vị: %(kind)s") % {"kind": _(KIND_LABELS[kind])})
                for kind, _units in groups
            ),
        ],
        period_kind=[(str(kind), str(words)) for kind, words in KINDS if kind != "days"],
        excluded=[(str(unit.id), unit.short_agency_name) for _kind, units in groups for unit in units],
        within=[("", "—"), *((str(one.pk), one.text[:80]) for one in beside)],
    )


def read_formula(form: forms.FormulaForm) -> acts.TargetFacts:
    """What the form says a target counts."""
    data = {name: form.cleaned_data[name] for name in forms.FormulaForm.base_fields}
    excluded = [int(unit) for unit in data["excluded"]]
    return acts.TargetFacts(
        **data | {"excluded": excluded, "within": int(data["within"]) if data["within"] else None}
    )


def _formula_form(found: PlanTarget, data: Any) -> forms.FormulaForm:
    excluded = [str(unit.pk) for unit in found.excluded.all()]
    names = ("formula", "numerator_words", "denominator_words", "scope", "period_kind", "period_number")
    initial = {name: getattr(found, name) for name in (*names, "exclusion_reason")}
    form = forms.FormulaForm(data, initial=initial | {"excluded": excluded, "within": found.within_id or ""})
    set_formula_choices(form, found.plan, found.plan.targets.exclude(pk=found.pk))
    return form


def level_form(found: PlanTarget, data: Any = None) -> forms.LevelForm:
    """The form of what is to be reached, as it stands."""
    names = ("text", "op", "unit_name")
    initial = {name: getattr(found, name) for name in names} | {"value": found.value.normalize()}
    form = forms.LevelForm(data, initial=initial)
    if not found.is_own:
        form.keep_words()
    return form


def _value_form(
    request: OfficerRequest, found: PlanTarget, data: Any = None, given: Any = None
) -> forms.ValueForm:
    form = forms.ValueForm(data, given, initial={"as_of": today(request)})
    form.set_units(
        [
            (unit.id, unit.short_agency_name)
            for unit in asked.find_scope_units(found)
            if access.may_type_value(request.actor, found.plan, unit.id)
        ]
    )
    return form


@require_POST
def set_formula(request: OfficerRequest, target_id: int) -> HttpResponse:
    """Say what the target counts."""
    found = asked.get_target(request.actor, target_id, today(request))
    form = _formula_form(found, request.POST)

    def act() -> None:
        acts.set_formula(actor=request.actor, target_id=target_id, facts=read_formula(form), at=request.at)

    if attempt(form, act):
        messages.success(request, _("Đã ghi cách tính."))
        return redirect("programme:target", target_id)
    return target(request, target_id, formula_form=form)


@require_POST
def type_value(request: OfficerRequest, target_id: int) -> HttpResponse:
    """Type a value with what shows it."""
    found = asked.get_target(request.actor, target_id, today(request))
    form = _value_form(request, found, request.POST, request.FILES)

    def act() -> None:
        data = form.cleaned_data
        file = data["file"]
        shown = Shown(data["words"], data["address"], file or b"", file.name if file else "")
        acts.type_value(
            actor=request.actor,
            target_id=target_id,
            unit_id=data["unit"],
            **{name: data[name] for name in ("as_of", "numerator", "denominator")},
            shown=shown,
            key=read_key(request),
            at=request.at,
        )

    if attempt(form, act):
        messages.success(request, _("Đã ghi số liệu."))
        return redirect("programme:target", target_id)
    return target(request, target_id, value_form=form)


@require_GET
def value_file(request: OfficerRequest, value_id: int) -> FileResponse:
    """The file that shows a value."""
    found = asked.get_value(request.actor, value_id, today(request))
    if found.file is None:
        raise Refused("not_found", _("Không có tệp minh chứng này."))
    return files.serve_file(found.file, inline=True)
