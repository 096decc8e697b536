"""Writing a plan on a page: begin, edit the table, look at what is missing, submit, sign, number."""

from collections.abc import Callable
from secrets import token_urlsafe
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from motcua.core.pages import render
from motcua.core.refusal import Refused
from motcua.core.requests import read_text
from motcua.organisations.requests import OfficerRequest, today
from motcua.programme import access, forms, queries
from motcua.programme.actions import writing as acts
from motcua.programme.printing import write_word
from motcua.programme.queries.papers import as_draft_paper
from motcua.programme.rules.checking import check_rows
from motcua.programme.rules.recipients import Purpose, group_recipients, join_recipient
from motcua.programme.views.drafts import (
    attempt,
    choose,
    letter_form,
    read_key,
    revision,
    row_form,
    view_rows,
)
from motcua.programme.views.plans import WORD
from motcua.programme.words import say_doubts

_FIELDS = {Purpose.REPORT: "report", Purpose.CARRY_OUT: "carry_out", Purpose.COORDINATE: "coordinate"}
_FIELDS |= {Purpose.PUBLISH: "publish", Purpose.KNOW: "know", Purpose.KEEP: "keep"}


@require_http_methods(["GET", "HEAD", "POST"])
def begin(request: OfficerRequest) -> HttpResponse:
    """Choose what the plan begins from: a plan of one's own, the plan above that asks for one, or nothing."""
    access.require_keeper(request.actor)
    form = forms.BeginForm(request.POST or None, initial={"year": today(request).year})
    form.set_sources(queries.find_sources(request.actor, today(request)))
    if request.method == "GET" and request.GET.get("tu"):
        form.initial["source"] = request.GET["tu"]
    made: list[Any] = []

    def act() -> None:
        data = form.cleaned_data
        from_id, unit_id = form.get_source()
        made.append(
            acts.begin(
                actor=request.actor,
                year=data["year"],
                from_id=from_id,
                unit_id=unit_id,
                key=read_key(request),
                at=request.at,
            )
        )

    if attempt(form, act):
        return redirect("programme:review", made[0].pk)
    context = {"form": form, "key": read_key(request) or token_urlsafe(16)}
    return render(request, "programme/begin.html", context, status=422 if form.errors else 200)


def show(request: OfficerRequest, reading: Any, **wrong: Any) -> HttpResponse:
    """The draft as a table one edits, with what is missing named at its row."""
    if reading.state == "kept" and reading.plan_id:
        return redirect("programme:plan", reading.plan_id)
    rows = view_rows(reading)
    chosen = choose(request, rows, wrong.get("place"))
    findings = check_rows(reading.read["rows"])
    context = {
        "reading": reading,
        "rows": rows,
        "chosen": chosen,
        "waits": reading.state == "waiting",
        "row_form": wrong.get("row_form") or (row_form(rows[chosen]["row"]) if chosen is not None else None),
        "letter_form": wrong.get("letter_form") or letter_form(reading),
        "body_form": wrong.get("body_form") or _body_form(reading),
        "issue_form": wrong.get("issue_form") or forms.IssueForm(initial={"dated": today(request)}),
        "editing": next((name for name in ("letter", "body") if f"{name}_form" in wrong), ""),
        "stops": [f for f in findings if f.is_stop],
        "hints": [f for f in findings if not f.is_stop],
        "say_doubts": say_doubts,
        "may_sign": access.may_sign(request.actor, reading.unit_id),
        "owner": queries.get_names([reading.unit_id], today(request)).get(reading.unit_id, ""),
    }
    return render(request, "programme/write.html", context, status=422 if wrong else 200)


def _body_form(reading: Any) -> forms.BodyForm:
    read, groups = reading.read, group_recipients(reading.read["recipients"])
    initial = {name: "\n".join(groups[purpose]) for purpose, name in _FIELDS.items()}
    initial |= {"legal_bases": "\n".join(read["legal_bases"]), "body": forms.write_parts(read["parts"])}
    return forms.BodyForm(initial=initial)


@require_POST
def body(request: OfficerRequest, reading_id: int) -> HttpResponse:
    """Keep bases, body and recipients."""
    form = forms.BodyForm(request.POST)
    if attempt(form, lambda: _correct_body(request, reading_id, form)):
        messages.success(request, _("Đã lưu phần thân và nơi nhận."))
        return redirect("programme:review", reading_id)
    return show(request, queries.get_reading(request.actor, reading_id), body_form=form)


def _correct_body(request: OfficerRequest, reading_id: int, form: forms.BodyForm) -> None:
    data = form.cleaned_data
    recipients = [join_recipient(name, purpose) for purpose, field in _FIELDS.items() for name in data[field]]
    acts.correct_body(
        actor=request.actor,
        reading_id=reading_id,
        facts=acts.BodyFacts(data["legal_bases"], data["body"], recipients),
        revision=revision(request),
        at=request.at,
    )


@require_POST
def move_row(request: OfficerRequest, reading_id: int, place: int) -> HttpResponse:
    """One row up or down."""
    up = request.POST.get("up") == "1"
    acts.move_row(
        actor=request.actor,
        reading_id=reading_id,
        place=place,
        up=up,
        revision=revision(request),
        at=request.at,
    )
    following = place - 1 if up else place + 1
    return redirect(f"{_address(reading_id)}?sua={following}#dong-{following}")


def _address(reading_id: int) -> str:
    return str(redirect("programme:review", reading_id)["Location"])


@require_POST
def renumber(request: OfficerRequest, reading_id: int) -> HttpResponse:
    """Number groups and rows anew."""
    return _act(request, reading_id, acts.renumber, _("Đã đánh số lại."))


@require_POST
def submit(request: OfficerRequest, reading_id: int) -> HttpResponse:
    """Lay the draft before the head."""
    return _act(request, reading_id, acts.submit, _("Đã trình ký."))


@require_POST
def sign_draft(request: OfficerRequest, reading_id: int) -> HttpResponse:
    """Sign."""
    return _act(request, reading_id, acts.sign_draft, _("Đã ký. Văn thư cấp số và ngày ban hành."))


@require_POST
def return_draft(request: OfficerRequest, reading_id: int) -> HttpResponse:
    """Give the draft back with what is to be changed."""
    answer = read_text(request, "answer")
    return _act(request, reading_id, acts.return_draft, _("Đã trả lại bản soạn."), answer=answer)


def _act(
    request: OfficerRequest, reading_id: int, act: Callable[..., object], said: str, **more: Any
) -> HttpResponse:
    """One act on the whole draft; a refusal is said at its head."""
    try:
        act(actor=request.actor, reading_id=reading_id, **more, revision=revision(request), at=request.at)
    except Refused as refusal:
        if refusal.code in {"forbidden", "not_found"}:
            raise
        messages.error(request, refusal.message)
    else:
        messages.success(request, said)
    return redirect("programme:review", reading_id)


@require_POST
def issue(request: OfficerRequest, reading_id: int) -> HttpResponse:
    """Give number and day; the draft becomes a plan."""
    form = forms.IssueForm(request.POST)
    made: list[Any] = []

    def act() -> None:
        made.append(
            acts.issue(
                actor=request.actor,
                reading_id=reading_id,
                **form.cleaned_data,
                revision=revision(request),
                at=request.at,
            )
        )

    if attempt(form, act):
        messages.success(request, _("Đã ban hành kế hoạch. Từ đây theo dõi được từng nhiệm vụ."))
        return redirect("programme:plan", made[0].pk)
    return show(request, queries.get_reading(request.actor, reading_id), issue_form=form)


@require_GET
def draft_file(request: OfficerRequest, reading_id: int) -> HttpResponse:
    """The draft as a Word file."""
    access.require_keeper(request.actor)
    reading = queries.get_reading(request.actor, reading_id)
    answer = HttpResponse(write_word(as_draft_paper(reading)), content_type=WORD)
    answer["Content-Disposition"] = f'attachment; filename="du-thao-{reading.year or reading.pk}.docx"'
    return answer
