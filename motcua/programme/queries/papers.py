"""A plan, and its progress, as papers."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from itertools import groupby
from typing import Any

from motcua.programme.models import Plan, PlanReading, PlanTask, TaskGroup
from motcua.programme.printing.papers import Group, Paper, Sheet
from motcua.programme.queries.plans import TaskView
from motcua.programme.rules.standing import Standing
from motcua.programme.words import say_standing

_PLAN_COLUMNS = (
    ("TT", 1.0),
    ("Nội dung công việc", 6.0),
    ("Cơ quan chủ trì", 3.0),
    ("Cơ quan phối hợp", 3.0),
    ("Thời gian thực hiện", 2.4),
    ("Sản phẩm", 3.0),
    ("Ghi chú", 1.6),
)
_REPORT_COLUMNS = (
    ("TT", 1.0),
    ("Nội dung công việc", 6.0),
    ("Cơ quan chủ trì", 3.0),
    ("Thời gian thực hiện", 2.4),
    ("Sản phẩm", 3.0),
    ("Tình hình", 2.0),
    ("Kết quả", 4.0),
)


def as_plan_paper(plan: Plan, tasks: Sequence[PlanTask]) -> Paper:
    """The plan as it could be signed: its own words in its own order. Importing it gives the same plan."""
    return Paper(
        kind="KẾ HOẠCH",
        title=plan.title,
        issuer=plan.issuer,
        number=plan.number,
        place_and_day=_place_and_day(plan),
        paragraphs=(*(f"Căn cứ {base};" for base in plan.legal_bases), *_body(plan)),
        recipients=tuple(plan.recipients),
        signature=("TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH")
        if "nhân dân" in plan.issuer.lower() or "ubnd" in plan.issuer.lower()
        else ("THỦ TRƯỞNG ĐƠN VỊ",),
        signer=plan.signer,
        sheets=_sheets(plan, tasks, _PLAN_COLUMNS, _plan_cells),
    )


def _place_and_day(plan: Plan) -> str:
    return (
        f"ngày {plan.dated:%d} tháng {plan.dated:%m} năm {plan.dated:%Y}"
        if plan.dated
        else f"ngày      tháng      năm {plan.year}"
    )


def _body(plan: Plan) -> Iterable[str]:
    for part in plan.parts:
        yield f"{part['number']}. {part['heading']}"
        yield from part["paragraphs"]


def _plan_cells(task: PlanTask) -> tuple[str, ...]:
    return (task.number, task.content, task.lead, task.coordinating, task.time, task.product, task.note)


def _sheets(
    plan: Plan,
    tasks: Sequence[PlanTask],
    columns: tuple[tuple[str, float], ...],
    cells: Callable[[PlanTask], tuple[str, ...]],
) -> tuple[Sheet, ...]:
    sheets = []
    for appendix, held in groupby(tasks, key=lambda t: t.group.appendix):
        groups = [
            Group(group.number, group.title, tuple(cells(task) for task in members))
            for group, members in groupby(held, key=lambda t: t.group)
        ]
        note = (
            f"Kèm theo Kế hoạch số {plan.number or '      /KH-UBND'} {_place_and_day(plan)} của {plan.issuer}"
        )
        sheets.append(Sheet(f"PHỤ LỤC {appendix}".strip(), note, columns, tuple(groups)))
    return tuple(sheets)


def as_draft_paper(reading: PlanReading) -> Paper:
    """A draft as it would be signed."""
    read = reading.read
    plan = Plan(
        unit_id=reading.unit_id,
        year=reading.year or read["year"] or reading.created_at.year,
        title=read["title"],
        number=read["number"],
        dated=date.fromisoformat(read["date"]) if read["date"] else None,
        issuer=read["issuer"],
        signer=read["signer"],
        legal_bases=read["legal_bases"],
        recipients=read["recipients"],
        parts=read["parts"],
    )
    return as_plan_paper(plan, list(_unsaved_tasks(plan, read["rows"])))


def _unsaved_tasks(plan: Plan, rows: Sequence[dict[str, Any]]) -> Iterable[PlanTask]:
    """Tasks as they would be kept; rows of one group share it."""
    for key, held in groupby(rows, key=lambda r: (r["appendix"], r["section_no"], r["section"])):
        group = TaskGroup(appendix=key[0], number=key[1], title=key[2])
        for row in held:
            cells = {
                name: row[name] for name in ("content", "lead", "coordinating", "time", "product", "note")
            }
            yield PlanTask(group=group, number=row["no"], **cells)


def as_report_paper(plan: Plan, views: Sequence[TaskView], today: date) -> Paper:
    """How the plan stands on a day: the counts, then every task in the plan's own order with what was reported."""
    by_task = {view.task.pk: view for view in views}
    counts = Counter(view.standing for view in views)
    done, late = counts[Standing.ACCEPTED], counts[Standing.LATE]
    return Paper(
        kind="BÁO CÁO",
        title=f"Kết quả thực hiện {plan.title[:1].lower()}{plan.title[1:]} đến ngày {today:%d/%m/%Y}",
        issuer=plan.issuer,
        number="      /BC-UBND",
        place_and_day=f"ngày {today:%d} tháng {today:%m} năm {today:%Y}",
        paragraphs=(
            f"Kế hoạch {plan.number} có {len(views)} nhiệm vụ: {done} đã hoàn thành, {late} quá hạn, "
            f"{counts[Standing.REPORTED]} chờ nghiệm thu, {counts[None]} chờ sự việc hoặc văn bản khác.",
            "Chi tiết từng nhiệm vụ tại Phụ lục kèm theo.",
        ),
        recipients=("Như trên", "Lưu: VT"),
        signature=("THỦ TRƯỞNG CƠ QUAN",),
        sheets=_sheets(
            plan, [v.task for v in views], _REPORT_COLUMNS, lambda task: _report_cells(by_task[task.pk])
        ),
    )


def _report_cells(view: TaskView) -> tuple[str, ...]:
    task = view.task
    reports = [f"{p.unit_name}: {p.report.text}" for p in view.parts if p.report]
    standing = say_standing(view.standing)[0]
    if len(view.parts) > 1:
        standing = f"{standing} ({view.done}/{len(view.parts)})"
    return (task.number, task.content, task.lead, task.time, task.product, standing, "\n".join(reports))
