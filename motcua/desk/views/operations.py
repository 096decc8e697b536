"""What runs by itself and where it is stuck: outbox, messages, evidence of use."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from motcua.audit import actions as audit
from motcua.audit import queries as evidence
from motcua.core.pages import render
from motcua.core.paging import Page
from motcua.core.refusal import Refused
from motcua.core.text import clean_line, read_count
from motcua.desk.forms import EntryFilters
from motcua.desk.views.queues import LABELS, Agencies, Queue, act, count_all, find_lines, find_queues
from motcua.desk.words import find_codes, name_entry, name_subject
from motcua.dossiers.queries.reading import find_number, name_dossiers
from motcua.dossiers.views.sheets import stream_csv
from motcua.organisations import queries as organisations
from motcua.organisations.requests import OfficerRequest, today
from motcua.organisations.rules import POST_LABELS, Kind, Post

DOSSIER = "dossiers.dossier:"
MOST_ENTRIES = 10_000
RECORDED = {"gui-lai": "retried", "bo-qua": "set_aside", "nhan": "taken_over", "da-bao": "told_otherwise"}


def _require_operator(request: OfficerRequest) -> Agencies:
    """The agencies whose messages the administrator looks after; None is all of them."""
    if not request.actor.has(Post.ADMINISTRATOR):
        raise Refused("forbidden", _("Trang này dành cho người quản trị hệ thống."))
    return None if request.actor.unit_kind == Kind.PROVINCE else request.actor.administers


def _open(request: OfficerRequest) -> tuple[Agencies, tuple[Queue, ...]]:
    """Whose queues, and which: the head of a one-stop unit sees what the people of the agency were not told."""
    is_head = request.actor.has(Post.ONE_STOP_HEAD)
    agencies = frozenset({request.actor.agency_id}) if is_head else _require_operator(request)
    return agencies, find_queues(agencies, only_mail=is_head)


@require_GET
def waiting(request: OfficerRequest) -> HttpResponse:
    """What waits or failed, one list at a time, the oldest first; the first one where something is stuck opens."""
    agencies, queues = _open(request)
    counts = count_all(agencies)
    chosen = _choose(request.GET.get("hang", ""), queues, counts)
    reference = clean_line(request.GET.get("ma", ""))[:60]
    found, lines = find_lines(chosen, request.GET.get("cursor"), agencies, reference=reference)
    units = organisations.get_tree(today(request)).units
    context = {
        "queues": [(q, n) for q in queues if (n := counts.get((q.kind, q.state), "0")) != "0" or q is chosen],
        "chosen": chosen,
        "reference": reference,
        "keep": urlencode({"hang": chosen.slug, "ma": reference} if reference else {"hang": chosen.slug}),
        "labels": LABELS,
        "page": found,
        "rows": [(line, units.get(line.agency_id) if line.agency_id else None) for line in lines],
    }
    return render(request, "desk/waiting.html", context)


def _choose(slug: str, queues: tuple[Queue, ...], counts: dict[tuple[str, str], str]) -> Queue:
    named = next((queue for queue in queues if queue.slug == slug), None)
    pressing = (queue for queue in queues if counts.get((queue.kind, queue.state), "0") != "0")
    return named or next(pressing, queues[0])


@require_POST
@transaction.atomic
def retry(request: OfficerRequest) -> HttpResponse:
    """Do with what was picked what the button says: try again, set aside, take over, say it was told otherwise."""
    agencies, queues = _open(request)
    chosen = next((queue for queue in queues if queue.slug == request.POST.get("hang")), queues[0])
    picked = [number for v in request.POST.getlist("pick") if (number := read_count(v)) is not None]
    what, note = request.POST.get("viec", "gui-lai"), clean_line(request.POST.get("ghi_chu", ""))[:300]
    count = act(chosen, what, picked, note=note, actor=request.actor, agencies=agencies, at=request.at)
    done = f"{'notifications' if chosen.is_mail else 'integrations'}.{RECORDED[what]}"
    audit.record(done, actor=request.actor, ids=picked, note=note, at=request.at)
    said = ngettext("Đã làm với %(n)s dòng: %(what)s.", "Đã làm với %(n)s dòng: %(what)s.", count)
    messages.success(request, said % {"n": count, "what": LABELS[what]})
    return redirect(f"{reverse('desk:waiting')}?hang={chosen.slug}")


@require_GET
def entries(request: OfficerRequest) -> HttpResponse:
    """Evidence of use, newest first: who did and who read."""
    agencies, form = _require_operator(request), EntryFilters(request.GET)
    page = _find_entries(form, agencies, request.GET.get("cursor"))
    keep = urlencode({name: request.GET[name] for name in form.fields if request.GET.get(name)})
    context = {
        "page": page,
        "lines": _write_lines(page.rows),
        "form": form,
        "keep": keep,
        "sealing": evidence.get_sealing(),
    }
    return render(request, "desk/entries.html", context)


@require_GET
def export_entries(request: OfficerRequest) -> HttpResponseBase:
    """The same as CSV, the newest ten thousand; that it was taken is evidence too."""
    agencies, form = _require_operator(request), EntryFilters(request.GET)
    rows = _find_entries(form, agencies, None, size=MOST_ENTRIES).rows
    audit.record("audit.exported", actor=request.actor, note=f"{len(rows)}", at=request.at)
    head = [_("Lúc"), _("Việc"), _("Người làm"), _("Chức danh"), _("Đơn vị"), _("Đối tượng"), _("Số bản ghi")]
    lines = [
        (e.at, words, e.person_name, post, e.unit_name, subject, len(e.ids))
        for e, words, post, subject in _write_lines(rows)
    ]
    answer = HttpResponse(b"".join(stream_csv(head, lines)), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="nhat-ky-{today(request):%Y-%m-%d}.csv"'
    answer["Cache-Control"] = "private, no-store"
    return answer


def _find_entries(form: EntryFilters, agencies: Agencies, cursor: str | None, size: int = 50) -> Page:
    """What was asked; a day that cannot be read narrows nothing and is said at its field."""
    form.is_valid()
    typed = {name: form.cleaned_data.get(name) for name in form.fields}
    what, subject = typed["what"] or "", typed["subject"] or ""
    number = find_number(subject) if subject else None
    return evidence.find_entries(
        cursor,
        what=what,
        codes=find_codes(what, _) if what else (),
        person=typed["person"] or "",
        subject=subject if number is None else f"{DOSSIER}{number}",
        since=_begin(typed["since"]),
        until=_begin(typed["until"] and typed["until"] + timedelta(days=1)),
        unit_ids=agencies,
        size=size,
    )


def _begin(day: date | None) -> datetime | None:
    return timezone.make_aware(datetime.combine(day, time.min)) if day else None


def _write_lines(rows: Sequence[Any]) -> list[tuple[Any, str, str, str]]:
    """Entries with their words, the post and what they were upon."""
    codes, posts = _find_codes_of(rows), {post.value: _(label) for post, label in POST_LABELS.items()}
    return [
        (
            e,
            _(name_entry(e.what)),
            posts.get(e.post, e.post),
            codes.get(e.subject) or name_subject(e.subject, _),
        )
        for e in rows
    ]


def _find_codes_of(rows: Sequence[Any]) -> dict[str, str]:
    """The dossier's code where an entry names a dossier by its number."""
    numbers = {e.subject: e.subject.removeprefix(DOSSIER) for e in rows if e.subject.startswith(DOSSIER)}
    codes = name_dossiers([int(number) for number in numbers.values() if number.isdecimal()])
    return {subject: codes[int(n)] for subject, n in numbers.items() if n.isdecimal() and int(n) in codes}


def help_page(request: HttpRequest) -> HttpResponse:
    """Keys and conventions of the desk, on one page."""
    return render(request, "desk/help.html", {})
