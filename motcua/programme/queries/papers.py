"""A plan, and its progress, as papers."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from itertools import groupby
from typing import Any

from motcua.core.writing import number
from motcua.programme.models import Difficulty, Plan, PlanReading, PlanTask, TaskGroup
from motcua.programme.printing.papers import Group, Paper, Sheet
from motcua.programme.queries.cascade import make_cascade
from motcua.programme.queries.plans import Part, TaskView
from motcua.programme.queries.targets import view_targets
from motcua.programme.rules.numbering_rows import write_roman
from motcua.programme.rules.standing import Receipt, Standing
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


_COMMITTEE = re.compile(
    r"(?:ủy ban nhân dân|uỷ ban nhân dân|ubnd)\s+(?:tỉnh|thành phố|huyện|quận|thị xã|thị trấn|xã|phường|đặc khu)\s+(.+)$",
    re.IGNORECASE,
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
        signature=_signature(plan),
        signer=plan.signer,
        sheets=_sheets(plan, tasks, _PLAN_COLUMNS, _plan_cells),
    )


def _place_and_day(plan: Plan) -> str:
    return _at_place(plan.issuer, _say_day(plan))


def _say_day(plan: Plan) -> str:
    if plan.dated is None:
        return f"ngày      tháng      năm {plan.year}"
    return f"ngày {plan.dated:%d} tháng {plan.dated:%m} năm {plan.dated:%Y}"


def _at_place(issuer: str, day: str) -> str:
    """`Quảng Trị, ngày …`: the place is the name of the territory whose committee issues the paper."""
    match = _COMMITTEE.match(issuer)
    name = match[1] if match else ""
    place = " ".join(word.capitalize() for word in name.split()) if name.isupper() else name
    return f"{place}, {day}" if place else day


def _signature(plan: Plan) -> tuple[str, ...]:
    if plan.signature and plan.signer:
        return tuple(plan.signature)
    return _usual_signature(plan)


def _usual_signature(plan: Plan) -> tuple[str, ...]:
    issuer = plan.issuer.lower()
    is_committee = "nhân dân" in issuer or "ubnd" in issuer
    return ("TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH") if is_committee else ("THỦ TRƯỞNG ĐƠN VỊ",)


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
        groups = list(_groups((g, [cells(t) for t in m]) for g, m in groupby(held, key=lambda t: t.group)))
        note = f"Kèm theo Kế hoạch số {plan.number or '      /KH-UBND'} {_say_day(plan)} của {plan.issuer}"
        sheets.append(Sheet(f"PHỤ LỤC {appendix}".strip(), note, columns, tuple(groups)))
    return tuple(sheets)


def _groups(held: Iterable[tuple[TaskGroup, list[tuple[str, ...]]]]) -> Iterable[Group]:
    """The groups with their rows; a group around several stands above the first of them."""
    open_path: list[list[str]] = []
    for group, rows in held:
        same = 0
        for above, here in zip(open_path, group.path, strict=False):
            if above != here:
                break
            same += 1
        yield from (Group(number, title, ()) for number, title in group.path[same:])
        open_path = group.path
        yield Group(group.number, group.title, tuple(rows))


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
        signature=read.get("signature", []),
        legal_bases=read["legal_bases"],
        recipients=read["recipients"],
        parts=read["parts"],
    )
    return as_plan_paper(plan, list(_unsaved_tasks(plan, read["rows"])))


def _unsaved_tasks(plan: Plan, rows: Sequence[dict[str, Any]]) -> Iterable[PlanTask]:
    """Tasks as they would be kept; rows of one group share it."""
    for key, held in groupby(
        rows, key=lambda r: (r["appendix"], r["section_no"], r["section"], r.get("path", []))
    ):
        group = TaskGroup(appendix=key[0], number=key[1], title=key[2], path=key[3])
        for row in held:
            cells = {
                name: row[name] for name in ("content", "lead", "coordinating", "time", "product", "note")
            }
            yield PlanTask(group=group, number=row["no"], **cells)


def as_report_paper(plan: Plan, views: Sequence[TaskView], today: date) -> Paper:
    """How the plan stands on a day: counts, targets, plans below, difficulties; every task in the plan's own order."""
    by_task = {view.task.pk: view for view in views}
    title = plan.title[:1].lower() + plan.title[1:]
    return Paper(
        kind="BÁO CÁO",
        title=f"Kết quả thực hiện Kế hoạch {title.removeprefix('kế hoạch ')} (đến ngày {today:%d/%m/%Y})",
        issuer=plan.issuer,
        number="      /BC-UBND",
        place_and_day=_at_place(plan.issuer, f"ngày {today:%d} tháng {today:%m} năm {today:%Y}"),
        paragraphs=tuple(_narrate(plan, views, today)),
        recipients=("Như trên", "Lưu: VT"),
        signature=_usual_signature(plan),
        sheets=_sheets(
            plan, [v.task for v in views], _REPORT_COLUMNS, lambda task: _report_cells(by_task[task.pk])
        ),
    )


def _narrate(plan: Plan, views: Sequence[TaskView], today: date) -> Iterable[str]:
    """The parts that have something to say, numbered in their order."""
    parts = (
        ("KẾT QUẢ CHUNG", _say_counts(plan, views)),
        ("CHỈ TIÊU", _say_targets(plan, today)),
        ("KẾ HOẠCH CỦA CÁC ĐƠN VỊ", _say_below(plan, today)),
        ("KHÓ KHĂN, VƯỚNG MẮC", _say_difficulties(plan)),
    )
    said = [(heading, list(texts)) for heading, texts in parts]
    for place, (heading, texts) in enumerate(((h, found) for h, found in said if found), start=1):
        yield f"{write_roman(place)}. {heading}"
        yield from texts
    yield "Chi tiết từng nhiệm vụ tại Phụ lục kèm theo."


def _say_counts(plan: Plan, views: Sequence[TaskView]) -> Iterable[str]:
    counts = Counter(view.standing for view in views)
    parts = [part for view in views for part in view.parts if part.standing is not Standing.NOT_YET]
    done = sum(1 for part in parts if part.standing is Standing.ACCEPTED)
    name = f"Kế hoạch {plan.number}" if plan.number else "Kế hoạch"
    yield (
        f"{name} có {len(views)} nhiệm vụ: {counts[Standing.ACCEPTED]} đã hoàn thành, "
        f"{counts[Standing.LATE]} quá hạn, {counts[Standing.UNPROVEN]} chưa có minh chứng, "
        f"{counts[Standing.REPORTED]} chờ nghiệm thu, {counts[None]} chờ sự việc hoặc văn bản khác. "
        f"Trong {len(parts)} kỳ thực hiện đã đến, {done} kỳ được nghiệm thu."
    )


def _say_targets(plan: Plan, today: date) -> Iterable[str]:
    views = list(view_targets(plan, today))
    said_twice = {text for text, times in Counter(view.target.text for view in views).items() if times > 1}
    for view in views:
        value, target = view.whole.value, view.target
        said = {True: "đạt", False: "chưa đạt", None: "chưa có số liệu"}[view.whole.reached]
        reached = f": {number(value)} {target.unit_name}, {said}" if value is not None else f": {said}"
        # One sentence with two levels (`50 %, trong đó 40 %`) is two targets.
        level = f" (mức {number(target.value)} {target.unit_name})" if target.text in said_twice else ""
        yield f"- {target.text.rstrip('.;')}{level}{reached}."


def _say_below(plan: Plan, today: date) -> Iterable[str]:
    rows = make_cascade(plan, today)
    if rows:
        received = sum(1 for row in rows if row.plan)
        late = sum(1 for row in rows if row.receipt is Receipt.LATE)
        yield f"Đã nhận kế hoạch của {received}/{len(rows)} đơn vị được giao; {late} đơn vị quá hạn gửi."


def _say_difficulties(plan: Plan) -> Iterable[str]:
    for one in Difficulty.objects.filter(task__plan=plan):
        answer = f" Hướng xử lý: {one.answer}" if one.answer else " Chưa có hướng xử lý."
        yield f"- {one.text}{answer}"


def _report_cells(view: TaskView) -> tuple[str, ...]:
    task = view.task
    reports = [f"{p.unit_name}{_say_period(p)}: {p.report.text}" for p in view.parts if p.report]
    standing = say_standing(view.standing)[0]
    if len(view.parts) > 1:
        standing = f"{standing} ({view.done}/{len(view.parts)})"
    return (task.number, task.content, task.lead, task.time, task.product, standing, "\n".join(reports))


def _say_period(part: Part) -> str:
    due = part.occurrence.due_on or part.occurrence.review_on
    return f" (kỳ đến {due:%d/%m/%Y})" if due else ""
