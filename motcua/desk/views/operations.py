"""What runs by itself and where it is stuck: outbox, messages, evidence of use."""

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from motcua.audit import actions as audit
from motcua.audit import queries as evidence
from motcua.core.pages import render
from motcua.core.refusal import Refused
from motcua.core.text import clean_line
from motcua.desk.views.queues import LABELS, Agencies, Queue, act, count_all, find_lines, find_queues
from motcua.desk.words import find_codes, name_entry, name_subject
from motcua.dossiers.queries.reading import name_dossiers
from motcua.organisations import queries as organisations
from motcua.organisations.requests import OfficerRequest, today
from motcua.organisations.rules import POST_LABELS, Kind, Post

DOSSIER = "dossiers.dossier:"
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
    found, lines = find_lines(chosen, request.GET.get("cursor"), agencies)
    units = organisations.get_tree(today(request)).units
    context = {
        "queues": [(q, n) for q in queues if (n := counts.get((q.kind, q.state), "0")) != "0" or q is chosen],
        "chosen": chosen,
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
    picked = [int(v) for v in request.POST.getlist("pick") if v.isdigit() and len(v) < 19]
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
    agencies = _require_operator(request)
    asked = {name: request.GET.get(name, "").strip()[:80] for name in ("what", "person", "subject")}
    page = evidence.find_entries(
        request.GET.get("cursor"),
        what=asked["what"],
        codes=find_codes(asked["what"], _) if asked["what"] else (),
        person=asked["person"],
        subject=asked["subject"],
        unit_ids=agencies,
    )
    posts = {code.value: _(label) for code, label in POST_LABELS.items()}
    codes = _find_codes_of(page.rows)
    lines = [
        (e, _(name_entry(e.what)), codes.get(e.subject) or name_subject(e.subject, _)) for e in page.rows
    ]
    context = {
        "page": page,
        "lines": lines,
        "asked": asked,
        "posts": posts,
        "sealing": evidence.get_sealing(),
    }
    return render(request, "desk/entries.html", context)


def _find_codes_of(rows: Sequence[Any]) -> dict[str, str]:
    """The dossier's code where an entry names a dossier by its number."""
    numbers = {e.subject: e.subject.removeprefix(DOSSIER) for e in rows if e.subject.startswith(DOSSIER)}
    codes = name_dossiers([int(number) for number in numbers.values() if number.isdecimal()])
    return {subject: codes[int(n)] for subject, n in numbers.items() if n.isdecimal() and int(n) in codes}


def help_page(request: HttpRequest) -> HttpResponse:
    """Keys and conventions of the desk, on one page."""
    return render(request, "desk/help.html", {})
