"""From a file to a plan: choose it, look at what was read beside the source, confirm."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from motcua.core.pages import render
from motcua.core.refusal import Refused
from motcua.core.text import read_count
from motcua.organisations.requests import OfficerRequest, today
from motcua.programme import access, forms, jobs, queries
from motcua.programme.actions import importing as acts
from motcua.programme.actions import keeping, uploads
from motcua.programme.models import PlanUpload
from motcua.programme.queries.differences import compare
from motcua.programme.reading import MOST_SCANNED, count_slow
from motcua.programme.views import writing
from motcua.programme.views.drafts import (
    attempt,
    choose,
    letter_form,
    list_unknown,
    revision,
    row_form,
    view_rows,
)
from motcua.programme.words import say_file_doubts


@require_http_methods(["GET", "HEAD", "POST"])
def import_file(request: OfficerRequest) -> HttpResponse:
    """Choose a file; it is read at once and the reading waits for confirmation."""
    access.require_keeper(request.actor)
    form = forms.FileForm(request.POST or None, request.FILES or None)
    made: list[Any] = []
    if attempt(form, lambda: made.append(_read(request, form))):
        return _show(made[0], request)
    context = {"form": form, "ended": _find_ended(request), "asked": request.GET.get("don-vi", "")}
    context["most_scanned"] = MOST_SCANNED
    return render(request, "programme/import.html", context, status=422 if form.errors else 200)


def _read(request: OfficerRequest, form: forms.FileForm) -> Any:
    """The reading; of a scan or a very long file, the upload that waits for the worker."""
    given = form.cleaned_data["file"]
    asked = {
        "actor": request.actor,
        "content": given.read(),
        "name": given.name or "",
        "year": form.cleaned_data["year"],
        "unit_id": _read_unit(request),
        "at": request.at,
    }
    if pages := count_slow(asked["content"]):
        return uploads.ask_reading(**asked, pages=pages)
    return acts.read_file(**asked)


def _show(made: Any, request: OfficerRequest) -> HttpResponse:
    """The page of comparison, or that of the reading in the background."""
    if not isinstance(made, PlanUpload):
        return redirect("programme:review", made.pk)
    jobs.call_reader(request.at)
    return redirect("programme:upload", made.key)


def _read_unit(request: OfficerRequest) -> int | None:
    """The ended unit whose plan it is; None for the actor's own agency."""
    return read_count(request.POST.get("unit", ""))


def _find_ended(request: OfficerRequest) -> list[Any]:
    """Units that are no more, which this agency asked for their plans of an old year."""
    return queries.find_ended_called(request.actor, today(request))


def review(request: OfficerRequest, reading_id: int, **forms_with_errors: Any) -> HttpResponse:
    """What was read beside the lines it was read from, with what to look at."""
    access.require_keeper(request.actor)
    reading = queries.get_reading(request.actor, reading_id)
    if reading.file_id is None:
        return writing.show(request, reading, **forms_with_errors)
    rows = view_rows(reading)
    chosen = choose(request, rows, forms_with_errors.get("place"))
    known = keeping.find_known(reading)
    context = {
        "reading": reading,
        "dated": date.fromisoformat(reading.read["date"]) if reading.read["date"] else None,
        "rows": rows,
        "lines": _view_lines(reading, rows),
        "chosen": chosen,
        "row_form": forms_with_errors.get("row_form")
        or (row_form(rows[chosen]["row"]) if chosen is not None else None),
        "letter_form": forms_with_errors.get("letter_form") or letter_form(reading),
        "editing_letter": "letter_form" in forms_with_errors or request.GET.get("sua") == "phan-dau",
        "known": known,
        "difference": compare(known, reading.read["rows"]) if known else None,
        "unknown": list_unknown(rows),
        "file_doubts": say_file_doubts(reading.read.get("doubts", ())),
        "other_owner": _find_other_owner(reading),
        "doubtful": sum(1 for row in rows if row["doubts"]),
        "waits": reading.state == "waiting",
    }
    return render(request, "programme/review.html", context, status=422 if forms_with_errors else 200)


def _find_other_owner(reading: Any) -> str:
    """Whose plan it becomes, where the file says that somebody else issued it; empty when they agree."""
    read = reading.read
    on = date.fromisoformat(read["date"]) if read["date"] else reading.created_at.date()
    return queries.say_other_owner(read["issuer"], reading.unit_id, on)


def _view_lines(reading: Any, rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The source line by line; a line where a row begins knows the row."""
    begins = {view["row"].get("line"): view for view in rows}
    return [
        {"number": number, "text": text.replace("\t", " ⇥ "), "row": begins.get(number)}
        for number, text in enumerate(reading.lines.split("\n"), start=1)
    ]


@require_POST
def letter(request: OfficerRequest, reading_id: int) -> HttpResponse:
    """Correct title, number, day, issuer, signer, year."""
    form = forms.LetterForm(request.POST)
    if attempt(
        form,
        lambda: acts.correct_letter(
            actor=request.actor,
            reading_id=reading_id,
            letter=_letter(form),
            revision=revision(request),
            at=request.at,
        ),
    ):
        messages.success(request, _("Đã sửa phần đầu."))
        return redirect("programme:review", reading_id)
    return review(request, reading_id, letter_form=form)


def _letter(form: forms.LetterForm) -> dict[str, Any]:
    data = dict(form.cleaned_data)
    data["date"] = data["date"].isoformat() if data["date"] else None
    return data


@require_POST
def row(request: OfficerRequest, reading_id: int, place: int) -> HttpResponse:
    """Correct one row, or say that it is right."""
    form = forms.RowForm(request.POST)
    if attempt(form, lambda: _correct(request, reading_id, place, form)):
        return redirect(_next(request, reading_id, place))
    return review(request, reading_id, row_form=form, place=place)


def _correct(request: OfficerRequest, reading_id: int, place: int, form: forms.RowForm) -> None:
    given = dict(form.cleaned_data)
    acts.correct_row(
        actor=request.actor,
        reading_id=reading_id,
        place=place,
        whole_group=given.pop("whole_group"),
        facts=acts.RowFacts(**given),
        revision=revision(request),
        at=request.at,
    )


def _next(request: OfficerRequest, reading_id: int, place: int) -> str:
    """The next row that needs a look, so that one may go through them with the keyboard alone."""
    rows = view_rows(queries.get_reading(request.actor, reading_id))
    waiting = [view["place"] for view in rows if view["doubts"]]
    following = next((n for n in waiting if n > place), waiting[0] if waiting else None)
    address = reverse("programme:review", args=[reading_id])
    return f"{address}?sua={following}#dong-{following}" if following is not None else f"{address}#xac-nhan"


@require_POST
def add_row(request: OfficerRequest, reading_id: int, place: int) -> HttpResponse:
    """An empty row below this one."""
    acts.add_row(
        actor=request.actor, reading_id=reading_id, after=place, revision=revision(request), at=request.at
    )
    address = reverse("programme:review", args=[reading_id])
    return redirect(f"{address}?sua={place + 1}#dong-{place + 1}")


@require_POST
def remove_row(request: OfficerRequest, reading_id: int, place: int) -> HttpResponse:
    """Take out a row that is no task."""
    acts.remove_row(
        actor=request.actor, reading_id=reading_id, place=place, revision=revision(request), at=request.at
    )
    messages.success(request, _("Đã bỏ một dòng khỏi bản đọc."))
    return redirect("programme:review", reading_id)


@require_POST
def confirm(request: OfficerRequest, reading_id: int) -> HttpResponse:
    """Make a plan of the reading."""
    try:
        plan = keeping.confirm(
            actor=request.actor, reading_id=reading_id, revision=revision(request), at=request.at
        )
    except Refused as refusal:
        messages.error(request, refusal.message)
        return redirect("programme:review", reading_id)
    messages.success(request, _("Đã nhập kế hoạch. Từ đây theo dõi được từng nhiệm vụ."))
    return redirect("programme:plan", plan.pk)


@require_POST
def discard(request: OfficerRequest, reading_id: int) -> HttpResponse:
    """Let go of the reading."""
    acts.discard(actor=request.actor, reading_id=reading_id, at=request.at)
    messages.success(request, _("Đã bỏ; chưa có gì được lưu thành kế hoạch."))
    return redirect("programme:plans")
