"""The plan and its ways of being looked at: in its own order, by unit, by day, over the year, its targets."""

import re
from calendar import Calendar
from datetime import date, timedelta
from secrets import token_urlsafe
from typing import Any

from django.http import FileResponse, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from motcua.core.pages import render
from motcua.core.refusal import Refused
from motcua.core.text import read_count
from motcua.documents import queries as files
from motcua.organisations.requests import OfficerRequest, today
from motcua.programme import access, queries
from motcua.programme.printing import Paper, write_pdf, write_word
from motcua.programme.queries import papers
from motcua.programme.queries.uploads import find_uploads
from motcua.programme.words import say_standing

MONTHS = range(1, 13)
_MONTH = re.compile(r"(20\d\d)-(0[1-9]|1[0-2])")
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@require_GET
def plans(request: OfficerRequest) -> HttpResponse:
    """The plans one may see."""
    day = today(request)
    found = list(queries.find_plans(request.actor, day))
    names = queries.get_names({plan.unit_id for plan in found}, day)
    context = {
        "plans": found,
        "names": names,
        "may_keep": access.may_keep(request.actor),
    }
    if context["may_keep"]:
        context |= {
            "readings": queries.find_readings(request.actor),
            "uploads": find_uploads(request.actor, request.at),
            "drafts": queries.find_drafts_of(request.actor),
            "calls": queries.find_open_calls(request.actor),
        }
    return render(request, "programme/plans.html", context)


def open_plan(request: OfficerRequest, plan_id: int, here: str) -> dict[str, Any]:
    """What every page of a plan needs."""
    day = today(request)
    plan = queries.get_plan(request.actor, plan_id, day)
    keeps = access.may_keep(request.actor, plan.unit_id)
    views = queries.view_tasks(plan, day)
    return {
        "plan": plan,
        "views": views,
        "here": here,
        "owner": queries.get_names([plan.unit_id], day).get(plan.unit_id, plan.issuer),
        "board_rows": queries.make_board(views),
        "say": say_standing,
        "day": day,
        "may_keep": keeps,
        "parent": plan.parent,
        "open_calls": _find_calls(request, plan) if keeps and plan.parent_id is None else [],
    }


def _find_calls(request: OfficerRequest, plan: Any) -> list[Any]:
    """Plans above of the same year that this one may answer."""
    return [call for call in queries.find_open_calls(request.actor) if call.plan.year == plan.year]


@require_GET
def plan(request: OfficerRequest, plan_id: int) -> HttpResponse:
    """The tasks in the plan's own order."""
    context = open_plan(request, plan_id, "plan")
    versions = queries.find_versions(context["plan"]) if context["plan"].version > 1 else []
    return render(request, "programme/plan.html", context | {"versions": versions})


@require_GET
def board(request: OfficerRequest, plan_id: int) -> HttpResponse:
    """Who leads what, and how it stands; with `don-vi=` the tasks of one unit."""
    context = open_plan(request, plan_id, "board")
    unit = read_count(request.GET.get("don-vi", ""))
    context["unit"] = next((row for row in context["board_rows"] if row.unit_id == unit), None)
    context["unit_parts"] = [p for v in context["views"] for p in v.parts if p.unit_id == unit]
    return render(request, "programme/board.html", context)


@require_GET
def by_day(request: OfficerRequest, plan_id: int) -> HttpResponse:
    """What is due, nearest first."""
    context = open_plan(request, plan_id, "by_day")
    return render(request, "programme/by_day.html", context | {"days": queries.list_by_day(context["views"])})


@require_GET
def year(request: OfficerRequest, plan_id: int) -> HttpResponse:
    """The tasks over the months of the year."""
    context = open_plan(request, plan_id, "year")
    bars = [(view, queries.draw_year(view, context["plan"].year)) for view in context["views"]]
    return render(request, "programme/year.html", context | {"bars": bars, "months": MONTHS})


@require_GET
def month(request: OfficerRequest, plan_id: int) -> HttpResponse:
    """What is due on the days of a month, as a sheet of the calendar."""
    context = open_plan(request, plan_id, "month")
    first = _read_month(request, context["plan"].year, context["day"])
    days = dict(queries.list_by_day(context["views"]))
    weeks = [
        [(on, days.get(on, [])) for on in week]
        for week in Calendar().monthdatescalendar(first.year, first.month)
    ]
    context |= {
        "weeks": weeks,
        "has_due": any(parts and on.month == first.month for week in weeks for on, parts in week),
        "next_due": min((on for on in days if on > first), default=None),
        "month": first.month,
        "year": first.year,
        "before": _name_month(first - timedelta(days=1)),
        "after": _name_month(first + timedelta(days=31)),
        "weekdays": [
            _("Thứ hai"),
            _("Thứ ba"),
            _("Thứ tư"),
            _("Thứ năm"),
            _("Thứ sáu"),
            _("Thứ bảy"),
            _("Chủ nhật"),
        ],
    }
    return render(request, "programme/month.html", context)


def _read_month(request: OfficerRequest, year: int, day: date) -> date:
    """The month asked for by `thang=YYYY-MM`; else this month, or the first of another year's plan."""
    match = _MONTH.fullmatch(request.GET.get("thang", ""))
    if match:
        return date(int(match[1]), int(match[2]), 1)
    return day.replace(day=1) if day.year == year else date(year, 1, 1)


def _name_month(day: date) -> str:
    return f"{day:%Y-%m}"


@require_GET
def comments(request: OfficerRequest, plan_id: int) -> HttpResponse:
    """What supervising organisations said of the plan, and the answers."""
    context = open_plan(request, plan_id, "comments")
    found = queries.find_comments(context["plan"])
    may = access.is_observer(request.actor) or context["may_keep"]
    return render(
        request,
        "programme/comments.html",
        context | {"comments": found, "may_comment": may, "key": token_urlsafe(16)},
    )


@require_GET
def source_file(request: OfficerRequest, plan_id: int) -> FileResponse:
    """The file as it came."""
    found = queries.get_plan(request.actor, plan_id, today(request))
    if found.file is None:
        raise Refused("not_found", _("Không có tệp này."))
    return files.serve_file(found.file, inline=True)


@require_GET
def export(request: OfficerRequest, plan_id: int, what: str, ending: str) -> HttpResponse:
    """The plan, or its progress to this day, as a Word file or a PDF."""
    day = today(request)
    found = queries.get_plan(request.actor, plan_id, day)
    views = queries.view_tasks(found, day)
    if what == "ke-hoach":
        paper = papers.as_plan_paper(found, [view.task for view in views])
    else:
        paper = papers.as_report_paper(found, views, day)
    return _answer(paper, f"{what}-{found.year}", ending)


def _answer(paper: Paper, name: str, ending: str) -> HttpResponse:
    if ending not in {"docx", "pdf"}:
        raise Refused("not_found", _("Không có tệp này."))
    content = write_word(paper) if ending == "docx" else write_pdf(paper)
    answer = HttpResponse(content, content_type=WORD if ending == "docx" else "application/pdf")
    answer["Content-Disposition"] = f'attachment; filename="{name}.{ending}"'
    return answer
