"""A task: who does it by when, what was reported, what stands in the way."""

from collections.abc import Mapping
from functools import partial
from secrets import token_urlsafe
from typing import Any

from django.contrib import messages
from django.http import FileResponse, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from motcua.core.pages import render
from motcua.core.refusal import Refused
from motcua.core.requests import read_text
from motcua.documents import queries as files
from motcua.organisations.requests import OfficerRequest, today
from motcua.programme import access, forms, queries
from motcua.programme.actions import products
from motcua.programme.actions import reporting as acts
from motcua.programme.queries.registers import find_entries_of
from motcua.programme.rules.deadlines import parse_deadline
from motcua.programme.rules.products import suggest_product
from motcua.programme.rules.registers import REGISTERS
from motcua.programme.views.drafts import attempt, read_key
from motcua.programme.words import PRODUCT_WORDS, say_doubts, say_standing


def task(request: OfficerRequest, task_id: int, **wrong: Any) -> HttpResponse:
    """Everything about one task."""
    day = today(request)
    spoken_for = access.speaks_for(request.actor)
    found = queries.get_task(request.actor, task_id, day)
    view = queries.view_tasks(found.plan, day, only=found)[0]
    named = list(found.responsibilities.order_by("pk"))
    names = queries.get_names({r.unit_id for r in named}, found.plan.dated or day)
    copies = queries.find_copies(found, day)
    context = {
        "task": found,
        "key": token_urlsafe(14),
        "copies": copies,
        "copy_names": queries.get_names({plan.unit_id for plan, _view in copies}, day),
        "above": f"{found.source.number}. {found.source.content}" if found.source else "",
        "view": view,
        "deadline": parse_deadline(found.time, found.plan.year),
        "doubts": say_doubts(found.unsure),
        "named": {role: _group(named, role, names) for role in ("lead", "coordinating")},
        "difficulties": found.difficulties.select_related("passed_up"),
        "comments": queries.find_comments(found.plan, found),
        "may_comment": access.is_observer(request.actor)
        or access.may_keep(request.actor, found.plan.unit_id),
        "may_raise": not access.is_observer(request.actor),
        "product_words": PRODUCT_WORDS,
        "entries": find_entries_of(found),
        "registers": REGISTERS,
        "proposed_product": None if found.product_kind else suggest_product(found.content, found.product),
        "may_accept": access.may_accept(request.actor, found),
        "mine": [p for p in view.parts if p.unit_id in spoken_for],
        "say": say_standing,
        "make_report_form": partial(_make_report_form, wrong=wrong),
        "wrong_part": wrong.get("part"),
        "answer_form": forms.AnswerForm(),
        "difficulty_form": wrong.get("difficulty_form") or forms.DifficultyForm(),
        "event_form": wrong.get("event_form") or forms.EventForm(),
    }
    return render(request, "programme/task.html", context, status=422 if wrong else 200)


def _make_report_form(
    occurrence_id: int,
    unit_id: int,
    *,
    wrong: Mapping[str, Any] | None = None,
    data: Any = None,
    files: Any = None,
) -> forms.ReportForm:
    """The form of one part, its boxes named apart from those of the other parts; what was sent amiss stays in its own."""
    if wrong and wrong.get("part") == (occurrence_id, unit_id):
        kept: forms.ReportForm = wrong["report_form"]
        return kept
    return forms.ReportForm(data, files, auto_id=f"id_%s_{occurrence_id}_{unit_id}")


def _group(named: list[Any], role: str, names: dict[int, str]) -> list[dict[str, Any]]:
    """The actors of a cell in their own words, each with the units it means."""
    groups: dict[str, dict[str, Any]] = {}
    for row in named:
        if row.role == role:
            group = groups.setdefault(row.words, {"words": row.words, "is_set": row.is_set, "units": []})
            group["units"] += [names.get(row.unit_id, row.words)] if row.unit_id else []
    return list(groups.values())


@require_POST
def set_product(request: OfficerRequest, task_id: int) -> HttpResponse:
    """Say which product of this house closes the task."""
    products.set_product(
        actor=request.actor, task_id=task_id, product=request.POST.get("product", "")[:20], at=request.at
    )
    messages.success(request, _("Đã ghi; nhiệm vụ tự hoàn thành khi có sản phẩm."))
    return redirect("programme:task", task_id)


@require_POST
def report(request: OfficerRequest, task_id: int, occurrence_id: int, unit_id: int) -> HttpResponse:
    """Report a result with its evidence."""
    form = _make_report_form(occurrence_id, unit_id, data=request.POST, files=request.FILES)

    def act() -> object:
        return acts.report(
            actor=request.actor,
            occurrence_id=occurrence_id,
            unit_id=unit_id,
            text=form.cleaned_data["text"],
            evidence=_evidence(form),
            at=request.at,
        )

    if attempt(form, act):
        messages.success(request, _("Đã gửi báo cáo kết quả."))
        return redirect("programme:task", task_id)
    return task(request, task_id, report_form=form, part=(occurrence_id, unit_id))


def _evidence(form: forms.ReportForm) -> list[acts.Shown]:
    data, shown = form.cleaned_data, []
    if data["address"]:
        shown.append(acts.Shown(data["words"], address=data["address"]))
    if data["file"]:
        given = data["file"]
        shown.append(acts.Shown(data["words"], content=given, file_name=given.name or ""))
    return shown


@require_POST
def accept(request: OfficerRequest, report_id: int) -> HttpResponse:
    """Accept a report."""
    made = acts.accept(
        actor=request.actor, report_id=report_id, answer=read_text(request, "answer"), at=request.at
    )
    messages.success(request, _("Đã nghiệm thu."))
    return redirect("programme:task", made.occurrence.task_id)


@require_POST
def give_back(request: OfficerRequest, report_id: int) -> HttpResponse:
    """Return a report with what is missing."""
    made = acts.give_back(
        actor=request.actor, report_id=report_id, answer=read_text(request, "answer"), at=request.at
    )
    messages.success(request, _("Đã trả lại báo cáo."))
    return redirect("programme:task", made.occurrence.task_id)


@require_POST
def note_event(request: OfficerRequest, task_id: int) -> HttpResponse:
    """Write down that what the task waits for has come."""
    form = forms.EventForm(request.POST)
    if attempt(
        form,
        lambda: acts.note_event(actor=request.actor, task_id=task_id, **form.cleaned_data, at=request.at),
    ):
        messages.success(request, _("Đã ghi sự việc; nhiệm vụ có thêm một kỳ thực hiện."))
        return redirect("programme:task", task_id)
    return task(request, task_id, event_form=form)


@require_POST
def raise_difficulty(request: OfficerRequest, task_id: int) -> HttpResponse:
    """Say what stands in the way."""
    queries.get_task(request.actor, task_id, today(request))
    form = forms.DifficultyForm(request.POST)
    if attempt(
        form,
        lambda: acts.raise_difficulty(
            actor=request.actor, task_id=task_id, **form.cleaned_data, key=read_key(request), at=request.at
        ),
    ):
        messages.success(request, _("Đã gửi phản ánh tới cơ quan ban hành kế hoạch."))
        return redirect("programme:task", task_id)
    return task(request, task_id, difficulty_form=form)


@require_POST
def answer_difficulty(request: OfficerRequest, difficulty_id: int) -> HttpResponse:
    """Answer a difficulty."""
    answer = read_text(request, "answer")
    if not answer:
        raise Refused("empty", _("Cần ghi hướng xử lý."), field="answer")
    made = acts.answer_difficulty(
        actor=request.actor, difficulty_id=difficulty_id, answer=answer, at=request.at
    )
    messages.success(request, _("Đã trả lời."))
    return redirect("programme:task", made.task_id)


@require_POST
def pass_up(request: OfficerRequest, difficulty_id: int) -> HttpResponse:
    """Put a difficulty before the agency of the plan above."""
    made = acts.pass_up(actor=request.actor, difficulty_id=difficulty_id, at=request.at)
    messages.success(request, _("Đã chuyển lên cơ quan ban hành kế hoạch cấp trên."))
    return redirect("programme:task", made.task_id)


@require_GET
def evidence_file(request: OfficerRequest, evidence_id: int) -> FileResponse:
    """A file shown as evidence, for whoever sees the plan."""
    return files.serve_file(
        queries.get_evidence_file(request.actor, evidence_id, today(request)), inline=True
    )
