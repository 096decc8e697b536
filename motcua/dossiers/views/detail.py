"""One dossier: whose matter, until when, what can be done now, and everything behind it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from secrets import token_urlsafe
from typing import Any

from django.http import HttpResponse
from django.views.decorators.http import require_GET

from motcua.audit import actions as audit
from motcua.core.marking import _ as _mark
from motcua.core.pages import render, render_fragment
from motcua.core.wording import gettext as _
from motcua.dossiers import access, queries
from motcua.dossiers.actions.printing import CHANGING
from motcua.dossiers.models import Dossier, Event, Printing, Result, Task
from motcua.dossiers.queries.filing import find_group_refused
from motcua.dossiers.queries.retention import find_fate
from motcua.dossiers.rules.papers import PAPERS, find_printable
from motcua.dossiers.rules.route import TaskKind
from motcua.dossiers.rules.states import State
from motcua.dossiers.views.acts import links
from motcua.dossiers.views.cells import say_task
from motcua.legal import queries as legal
from motcua.notifications import queries as notifications
from motcua.organisations.requests import OfficerRequest, today
from motcua.payments import queries as payments

# What each message told the applicant, in the officer's words.
SENT = {
    "dossiers/received": _mark("Báo đã tiếp nhận, hẹn ngày trả"),
    "dossiers/started": _mark("Báo đang giải quyết"),
    "dossiers/result_ready": _mark("Báo đã có kết quả, mời đến nhận"),
    "dossiers/result_waiting": _mark("Nhắc đến nhận kết quả"),
    "dossiers/returned": _mark("Báo đã trả kết quả"),
    "dossiers/not_accepted": _mark("Báo từ chối tiếp nhận"),
    "dossiers/withdrawn": _mark("Báo đã rút hồ sơ"),
    "dossiers/stopped": _mark("Báo dừng giải quyết"),
    "dossiers/due_moved": _mark("Báo đổi ngày hẹn trả"),
    "dossiers/supplement_requested": _mark("Báo cần bổ sung hồ sơ"),
    "dossiers/supplement_accepted": _mark("Báo đã nhận đủ bổ sung, hẹn ngày trả"),
    "dossiers/payment_requested": _mark("Báo chờ nghĩa vụ tài chính"),
    "dossiers/suspended": _mark("Báo tạm dừng tính thời hạn"),
    "dossiers/resumed": _mark("Báo tiếp tục giải quyết, hẹn ngày trả"),
    "dossiers/extended": _mark("Báo gia hạn, hẹn ngày trả mới"),
    "dossiers/apologised": _mark("Xin lỗi, hẹn ngày trả mới"),
    "dossiers/reopened": _mark("Báo hồ sơ được giải quyết lại"),
}
MOST_PAGES_SHOWN = 30


@require_GET
def detail(request: OfficerRequest, code: str) -> HttpResponse:
    """The page of a dossier; opening it is a reading of personal data and is kept."""
    dossier = queries.get_dossier(request.actor, code)
    audit.record_reading(
        "dossiers.read", actor=request.actor, subject=dossier.code, ids=[dossier.pk], at=request.at
    )
    on, tasks, parts = today(request), queries.get_tasks(dossier), queries.get_parts(dossier)
    results, events = queries.find_results(dossier), queries.find_events(dossier)
    turns = queries.gather_turns(dossier, events)
    opinions = queries.find_opinions(dossier, on)
    context = {
        "dossier": dossier,
        "group_refused": find_group_refused(dossier) if dossier.state == State.NOT_ACCEPTED else "",
        "fate": find_fate(dossier) if dossier.finished_at else None,
        "whole": queries.find_joint_code(dossier),
        "acts": links(dossier, queries.allowed_acts(request.actor, dossier, tasks)),
        "clock": queries.explain_clock(dossier, request.at, events),
        "tasks": _open_tasks(tasks, {o.task_id: o.outside_name for o in opinions}, request),
        "parts": parts,
        "results": results,
        "parties": queries.get_parties(dossier),
        "opinions": opinions,
        "turns": queries.find_turn_lines(turns),
        "index_clock": _index_clock(dossier, turns, request),
        "history": queries.get_history(dossier, events)[::-1],
        "account": payments.get_account(dossier.code),
        "may_collect": access.may_collect(request.actor, dossier),
        "sent": [
            (message, _(SENT.get(message.template, message.template)))
            for message in notifications.find_messages(dossier.code, since=dossier.received_at)
        ],
        "receiving_name": queries.name_unit(dossier.receiving_unit_id, on),
        "competent_name": queries.name_unit(dossier.competent_agency_id, on),
        "returning_name": queries.name_unit(dossier.returning_unit_id, on),
        "supported_name": queries.name_unit(dossier.supported_unit_id, on),
        "printable": _printable(request, dossier, turns, events, tasks),
        "press": token_urlsafe(12),
    }
    shown = _choose_file(_list_files(parts, results), request.GET.get("tep", ""))
    return render(request, "dossiers/detail.html", context | shown)


@require_GET
def viewer(request: OfficerRequest, code: str, file_id: int) -> HttpResponse:
    """The viewer alone, with one file of the dossier, as the page asks for it when a paper is chosen."""
    file = queries.get_file(request.actor, code, file_id)
    audit.record_reading(
        "dossiers.file_read", actor=request.actor, subject=code, ids=[file_id], at=request.at
    )
    context = {"code": code, "file": file, "pages": _pages(file)}
    return render_fragment(request, "dossiers/_viewer.html", context)


@require_GET
def received(request: OfficerRequest, code: str) -> HttpResponse:
    """Received: the code, the promise and the receipt ready to print."""
    dossier = queries.get_dossier(request.actor, code)
    context = {
        "dossier": dossier,
        "account": payments.get_account(dossier.code),
        "may_collect": access.may_collect(request.actor, dossier),
    }
    return render(request, "dossiers/received.html", context)


def _index_clock(
    dossier: Dossier, turns: queries.Turns, request: OfficerRequest
) -> queries.IndexClock | None:
    """How the national index sees the waits; nothing where nobody was asked. One request is never too many."""
    if not turns.requests:
        return None
    again = len(turns.requests) > 1
    most = legal.get_int("index766.supplement_max_times", today(request)) if again else 1
    return queries.measure_index(turns.requests, most, dossier.finished_at or request.at)


def _list_files(parts: Iterable[Any], results: Iterable[Result]) -> list[Any]:
    """Scans in the order of the papers, then the files of results."""
    return [file for part in parts for file in part.shown_files] + [r.file for r in results if r.file]


def _choose_file(files: Sequence[Any], asked: str) -> dict[str, object]:
    """What the viewer opens with: the file asked for, else the first."""
    file = next((f for f in files if str(f.pk) == asked), files[0] if files else None)
    return {"file": file, "pages": _pages(file)}


def _pages(file: Any) -> range:
    return range(1, min(file.page_count or 0, MOST_PAGES_SHOWN) + 1) if file else range(0)


def _open_tasks(
    tasks: Sequence[Task], outside: Mapping[int, str], request: OfficerRequest
) -> list[dict[str, object]]:
    """Who is waited for; `outside` names, by task, bodies whose answer a unit of ours writes down."""
    return [
        {
            "name": say_task(task.name),
            "unit_name": _name_awaited(task, outside.get(task.pk, ""), today(request)),
            "assignee_name": task.assignee.full_name if task.assignee else "",
            "due_at": task.due_at,
            # A result waiting to be collected is never late: the handling has ended.
            "is_late": task.due_at < request.at and task.kind != TaskKind.RETURN,
        }
        for task in tasks
        if task.done_at is None
    ]


def _name_awaited(task: Task, outside: str, on: date) -> str:
    unit = queries.name_unit(task.unit_id, on)
    return _("%(body)s (%(unit)s ghi lại trả lời)") % {"body": outside, "unit": unit} if outside else unit


@dataclass(frozen=True, slots=True)
class PaperLine:
    """A paper this dossier can be printed on, and its printings, the first first."""

    form: str
    label: str
    asks: str
    done: Sequence[Printing]


def _printable(
    request: OfficerRequest,
    dossier: Dossier,
    turns: queries.Turns,
    events: Sequence[Event],
    tasks: Sequence[Task],
) -> list[PaperLine]:
    """The papers its state and its turns allow: a request made twice has two, and nobody hands over to themselves."""
    if dossier.is_erased:
        return []
    hands_over = any(not _is_own(task, request) for task in tasks if task.done_at is None)
    printed = queries.find_printings(dossier)
    lines: list[PaperLine] = []
    for name in find_printable(State(dossier.state), turns.times):
        if name == "handover_slip" and not hands_over:
            continue
        times, done = queries.count_papers(dossier, name, turns, events), printed.get(name, [])
        lines += [_name_paper(name, no, times, done) for no in range(1, times + 1)]
    return lines


def _is_own(task: Task, request: OfficerRequest) -> bool:
    """Whether the task lies with whoever reads, or with nobody yet in their own unit."""
    return task.unit_id == request.actor.unit_id and task.assignee_id in (None, request.actor.user_id)


def _name_paper(name: str, no: int, times: int, done: Sequence[Printing]) -> PaperLine:
    """A paper that changes with the dossier has all its printings; of several each has its own."""
    label = _(PAPERS[name].label)
    own = done if name in CHANGING else [printing for printing in done if printing.edition == no - 1]
    if times == 1:
        return PaperLine(name, label, "", own)
    return PaperLine(name, _("%(paper)s lần %(no)s") % {"paper": label, "no": no}, f"so={no}&", own)
