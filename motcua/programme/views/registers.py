"""Registers: the shelf, one register, an entry with its rows, publication, files."""

import io
from collections.abc import Iterable
from secrets import token_urlsafe
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from motcua.core.pages import render
from motcua.core.refusal import Refused
from motcua.core.workbook import open_workbook
from motcua.organisations.requests import OfficerRequest, today
from motcua.programme import access, forms
from motcua.programme import queries as plans
from motcua.programme.actions import registers as acts
from motcua.programme.models import RegisterEntry
from motcua.programme.printing import write_word
from motcua.programme.queries import registers as queries
from motcua.programme.rules.registers import REGISTERS, Kind, Register
from motcua.programme.views.drafts import attempt, read_key, revision
from motcua.programme.views.plans import WORD

EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_BY_OFFICER = {"truyen-thong": "officer", "kinh-phi": "source"}


@require_GET
def shelf(request: OfficerRequest) -> HttpResponse:
    """Every register with how much it holds."""
    counts = queries.count_entries(request.actor)
    day = today(request)
    reviews = {
        code: queries.review(register, request.actor.agency_id, day)
        for code, register in REGISTERS.items()
        if register.issued
    }
    context = {"registers": REGISTERS.values(), "counts": counts, "reviews": reviews}
    return render(request, "programme/shelf.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def register(request: OfficerRequest, code: str) -> HttpResponse:
    """The entries of a register, and the form of a new one."""
    found = queries.get_register(code)
    may_keep = access.may_keep(request.actor)
    form = _entry_form(request, found) if may_keep else None
    if form is not None and attempt(form, lambda: _add(request, found, form)):
        messages.success(request, _("Đã ghi vào sổ."))
        return redirect("programme:register", code)
    entries = list(queries.find_entries(request.actor, found)[:500])
    context = {
        "register": found,
        "key": token_urlsafe(16),
        "entries": entries,
        "form": form,
        "names": plans.get_names({entry.unit_id for entry in entries}, today(request)),
        "say": queries.say,
        "review": queries.review(found, request.actor.agency_id, today(request)) if found.issued else None,
        "publish_form": forms.PublishForm(initial={"published_on": today(request)}),
        "published": queries.find_published(found, request.actor.agency_id) if found.issued else [],
        "counted": queries.count_by(entries, _BY_OFFICER[code]) if code in _BY_OFFICER else [],
        "count_column": next((c for c in found.columns if c.name == _BY_OFFICER.get(code)), None),
    }
    status = 422 if form is not None and form.errors else 200
    return render(request, "programme/register.html", context, status=status)


def _entry_form(
    request: OfficerRequest, found: Register, entry: RegisterEntry | None = None
) -> forms.ColumnsForm:
    initial = forms.read_initial(entry.values, found.columns) if entry else {}
    initial |= {"task": str(entry.task_id or "") if entry else request.GET.get("nhiem-vu", "")}
    tasks = queries.find_tasks(request.actor, today(request))
    data = request.POST if request.method == "POST" else None
    return forms.ColumnsForm(data, columns=found.columns, tasks=tasks, initial=initial)


def _add(request: OfficerRequest, found: Register, form: Any) -> None:
    acts.add_entry(
        actor=request.actor,
        code=found.code,
        values=form.get_values(found.columns),
        task_id=_read_task(form),
        key=read_key(request),
        at=request.at,
    )


def _read_task(form: Any) -> int | None:
    asked = form.cleaned_data.get("task") or ""
    return int(asked) if asked else None


@require_http_methods(["GET", "HEAD", "POST"])
def entry(request: OfficerRequest, entry_id: int, **wrong: Any) -> HttpResponse:
    """One entry: its columns, where it stands, what is written under it."""
    found = queries.get_entry(request.actor, entry_id)
    kept_in = queries.get_register(found.register)
    may_keep = access.may_keep(request.actor, found.unit_id)
    form = _entry_form(request, kept_in, found) if may_keep else None
    if form is not None and not wrong and attempt(form, lambda: _change(request, kept_in, entry_id, form)):
        messages.success(request, _("Đã sửa."))
        return redirect("programme:entry", entry_id)
    context = {
        "entry": found,
        "key": token_urlsafe(16),
        "register": kept_in,
        "state": kept_in.get_state(found.state),
        "following": _list_moves(kept_in, found),
        "form": form,
        "line_form": wrong.get("line_form") or forms.ColumnsForm(columns=kept_in.lines, auto_id="line_%s"),
        "lines": found.lines.all(),
        "total": queries.sum_lines(kept_in, found),
        "say": queries.say,
        "may_keep": may_keep,
        "owner": plans.get_names([found.unit_id], today(request)).get(found.unit_id, ""),
    }
    status = 422 if wrong or (form is not None and form.errors) else 200
    return render(request, "programme/entry.html", context, status=status)


def _list_moves(kept_in: Register, found: RegisterEntry) -> list[Any]:
    here = kept_in.get_state(found.state)
    return [kept_in.get_state(code) for code in here.following] if here else []


def _change(request: OfficerRequest, kept_in: Register, entry_id: int, form: Any) -> None:
    acts.change_entry(
        actor=request.actor,
        entry_id=entry_id,
        values=form.get_values(kept_in.columns),
        task_id=_read_task(form),
        revision=revision(request),
        at=request.at,
    )


@require_POST
def move(request: OfficerRequest, entry_id: int) -> HttpResponse:
    """The next step of an entry."""
    try:
        acts.move_entry(
            actor=request.actor,
            entry_id=entry_id,
            state=request.POST.get("state", "")[:12],
            revision=revision(request),
            at=request.at,
        )
    except Refused as refusal:
        if refusal.code != "not_filled":
            raise
        messages.error(request, refusal.message)
    else:
        messages.success(request, _("Đã chuyển bước."))
    return redirect("programme:entry", entry_id)


@require_POST
def withdraw(request: OfficerRequest, entry_id: int) -> HttpResponse:
    """Out of the register."""
    gone = acts.withdraw_entry(
        actor=request.actor, entry_id=entry_id, revision=revision(request), at=request.at
    )
    messages.success(request, _("Đã bỏ khỏi sổ."))
    return redirect("programme:register", gone.register)


@require_POST
def add_line(request: OfficerRequest, entry_id: int) -> HttpResponse:
    """A row under an entry."""
    kept_in = queries.get_register(queries.get_entry(request.actor, entry_id).register)
    form = forms.ColumnsForm(request.POST, columns=kept_in.lines, auto_id="line_%s")

    def act() -> None:
        values = form.get_values(kept_in.lines)
        acts.add_line(
            actor=request.actor, entry_id=entry_id, values=values, key=read_key(request), at=request.at
        )

    if attempt(form, act):
        return redirect("programme:entry", entry_id)
    request.method = "GET"
    return entry(request, entry_id, line_form=form)


@require_POST
def remove_line(request: OfficerRequest, line_id: int) -> HttpResponse:
    """Take a row away."""
    held = acts.remove_line(actor=request.actor, line_id=line_id, at=request.at)
    return redirect("programme:entry", held.pk)


@require_POST
def publish(request: OfficerRequest, code: str) -> HttpResponse:
    """Publish the list as it stands."""
    form = forms.PublishForm(request.POST)
    if attempt(
        form, lambda: acts.publish_list(actor=request.actor, code=code, **form.cleaned_data, at=request.at)
    ):
        messages.success(request, _("Đã công bố danh sách."))
    else:
        said = [str(error) for errors in form.errors.values() for error in errors]
        messages.error(request, " ".join(said))
    return redirect("programme:register", code)


@require_GET
def published_list(request: OfficerRequest, list_id: int) -> HttpResponse:
    """A list as a decision published it."""
    found = queries.get_published(request.actor, list_id)
    kept_in = queries.get_register(found.register)
    context = {"found": found, "register": kept_in, "say": queries.say}
    return render(request, "programme/published_list.html", context)


@require_GET
def decision(request: OfficerRequest, code: str) -> HttpResponse:
    """A draft of the decision that publishes the list."""
    access.require_keeper(request.actor)
    register = queries.get_register(code)
    if not register.issued:
        raise Refused("not_found", _("Sổ này không công bố danh sách bằng quyết định."))
    paper = queries.as_decision_paper(register, request.actor, today(request))
    answer = HttpResponse(write_word(paper), content_type=WORD)
    answer["Content-Disposition"] = f'attachment; filename="du-thao-quyet-dinh-{code}.docx"'
    return answer


@require_GET
def export(request: OfficerRequest, code: str) -> HttpResponse:
    """The register as an Excel file, with the rows under its entries on a second sheet."""
    found = queries.get_register(code)
    entries = list(queries.find_entries(request.actor, found).prefetch_related("lines"))
    if not entries:
        raise Refused("empty", _("Sổ chưa có mục nào."))
    answer = HttpResponse(_write_book(found, entries, request), content_type=EXCEL)
    answer["Content-Disposition"] = f'attachment; filename="so-{code}.xlsx"'
    return answer


def _write_book(found: Register, entries: list[RegisterEntry], request: OfficerRequest) -> bytes:
    names = plans.get_names({entry.unit_id for entry in entries}, today(request))
    out = io.BytesIO()
    book = open_workbook(out)
    bold = book.add_format({"bold": True, "text_wrap": True})
    head = [_("Mã"), _("Đơn vị"), *(_(column.words) for column in found.columns), _("Tình hình")]
    rows = (
        [entry.pk, names.get(entry.unit_id, ""), *_cells(found, entry), _say_state(found, entry)]
        for entry in entries
    )
    _write_sheet(book, _("Sổ"), head, rows, bold)
    if found.lines:
        below = (
            [
                entry.pk,
                *(
                    _cell(
                        column.kind,
                        queries.say(column, line.values.get(column.name, "")),
                        line.values.get(column.name),
                    )
                    for column in found.lines
                ),
            ]
            for entry in entries
            for line in entry.lines.all()
        )
        _write_sheet(
            book, _("Chi tiết"), [_("Mã"), *(_(column.words) for column in found.lines)], below, bold
        )
    book.close()
    return out.getvalue()


def _cells(found: Register, entry: RegisterEntry) -> list[object]:
    return [
        _cell(
            column.kind, queries.say(column, entry.values.get(column.name, "")), entry.values.get(column.name)
        )
        for column in found.columns
    ]


def _cell(kind: Kind, said: str, kept: Any) -> object:
    """Numbers as numbers, everything else as it is said."""
    return float(kept) if kind in {Kind.NUMBER, Kind.MONEY} and kept else said


def _say_state(found: Register, entry: RegisterEntry) -> str:
    state = found.get_state(entry.state)
    return _(state.words) if state else ""


def _write_sheet(book: Any, name: str, head: list[str], rows: Iterable[list[object]], bold: Any) -> None:
    sheet = book.add_worksheet(name[:31])
    sheet.write_row(0, 0, head, bold)
    for at, row in enumerate(rows, start=1):
        sheet.write_row(at, 0, row)
    sheet.set_column(0, len(head), 24)
    sheet.freeze_panes(1, 0)
