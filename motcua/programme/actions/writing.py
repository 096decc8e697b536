"""Writing a plan: begun from another or from nothing, edited row by row, submitted, signed, numbered."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from motcua.audit import actions as audit
from motcua.core.refusal import Refused
from motcua.documents import actions as documents
from motcua.organisations import queries as organisations
from motcua.organisations.rules import Actor
from motcua.programme.access import may_keep, require_keeper, require_signer, require_visible, sign
from motcua.programme.actions.holding import judge_row, lock_draft, save_draft
from motcua.programme.actions.keeping import keep_plan
from motcua.programme.actions.once import make_once
from motcua.programme.models import Plan, PlanReading
from motcua.programme.printing import write_word
from motcua.programme.queries import papers
from motcua.programme.queries.cascade import find_call_for, list_rows_for
from motcua.programme.queries.drafts import list_rows
from motcua.programme.rules.checking import check_rows
from motcua.programme.rules.numbering_rows import number_rows
from motcua.programme.rules.plan import gather_targets_of
from motcua.programme.rules.shifting import MOVED, shift_year

State = PlanReading.State
_SHIFTED = ("section", "content", "lead", "coordinating", "time", "product", "note")


@dataclass(frozen=True, slots=True)
class BodyFacts:
    """What stands outside the table: bases, parts, recipients."""

    legal_bases: list[str]
    parts: list[dict[str, Any]]
    recipients: list[str]


@transaction.atomic
def begin(
    *,
    actor: Actor,
    year: int,
    from_id: int | None = None,
    unit_id: int | None = None,
    key: str = "",
    at: datetime,
) -> PlanReading:
    """Begin a plan of the actor's agency: from nothing, from a plan of its own, or from the plan above that asks for one;
    once for a key.

    What another year says is moved to this one and marked; who does it is put in the words of the unit and marked.

    :raises Refused: the plan to begin from is not seen, or is above and did not ask.
    """
    owner = unit_id or actor.agency_id
    require_keeper(actor, owner)
    source = require_visible(actor, from_id, timezone.localdate(at)) if from_id else None
    is_own = source is not None and (
        source.unit_id == owner or (unit_id is None and may_keep(actor, source.unit_id))
    )
    if source is not None and not is_own and find_call_for(source, owner) is None:
        raise Refused("not_asked", _("Kế hoạch cấp trên không giao đơn vị này xây dựng kế hoạch."))

    def make() -> PlanReading:
        return _begin(actor, owner, source, year, at, is_own=is_own)

    facts = {"year": year, "from": from_id, "unit": owner}
    return make_once(actor=actor, kind=PlanReading, key=key, facts=facts, make=make)


def _begin(
    actor: Actor, owner: int, source: Plan | None, year: int, at: datetime, *, is_own: bool
) -> PlanReading:
    issuer = organisations.get_name(owner, timezone.localdate(at))
    read = _begin_from(source, owner, year, issuer, is_own=is_own)
    made = PlanReading.objects.create(
        unit_id=owner,
        year=year,
        begun_from=source,
        is_for_parent=source is not None and not is_own,
        read=read,
        created_at=at,
        created_by=sign(actor),
    )
    audit.record("programme.begun", actor=actor, subject=str(made.pk), at=at)
    return made


def _begin_from(source: Plan | None, owner: int, year: int, issuer: str, *, is_own: bool) -> dict[str, Any]:
    blank: dict[str, Any] = {
        "number": "",
        "date": None,
        "signer": "",
        "year": year,
        "targets": [],
        "doubts": [],
    }
    if source is None:
        title = _("Kiểm soát thủ tục hành chính năm %(year)d") % {"year": year}
        rest = {"title": title, "issuer": issuer, "legal_bases": [], "recipients": [], "parts": []}
        return blank | rest | {"rows": []}
    rows = list_rows(source) if is_own else list_rows_for(source, owner)
    shifted = [_shift(row, source.year, year) for row in rows]
    return blank | {
        "title": shift_year(source.title, source.year, year)[0],
        "issuer": source.issuer if is_own else issuer,
        "legal_bases": source.legal_bases + ([] if is_own else [_name_parent(source)]),
        "recipients": source.recipients if is_own else [],
        "parts": _shift_parts(source.parts, source.year, year) if is_own else [],
        "rows": [judge_row(row, year) | {"unsure": row["unsure"]} for row in shifted],
    }


def _name_parent(plan: Plan) -> str:
    day = f" ngày {plan.dated:%d/%m/%Y}" if plan.dated else ""
    return f"Kế hoạch số {plan.number}{day} của {plan.issuer}"


def _shift(row: dict[str, Any], before: int, after: int) -> dict[str, Any]:
    if before == after:
        return row
    moved = {name: shift_year(row[name], before, after, is_deadline=name == "time") for name in _SHIFTED}
    doubts = [MOVED] if any(changed for _text, changed in moved.values()) else []
    return (
        row | {name: text for name, (text, _changed) in moved.items()} | {"unsure": [*row["unsure"], *doubts]}
    )


def _shift_parts(parts: list[dict[str, Any]], before: int, after: int) -> list[dict[str, Any]]:
    return [
        part
        | {
            "heading": shift_year(part["heading"], before, after)[0],
            "paragraphs": [shift_year(text, before, after)[0] for text in part["paragraphs"]],
        }
        for part in parts
    ]


@transaction.atomic
def move_row(
    *, actor: Actor, reading_id: int, place: int, up: bool, revision: int, at: datetime
) -> PlanReading:
    """Change places with the row above or below; a row that passes the edge of a group joins the next one."""
    reading = _lock_written(actor, reading_id, revision)
    rows, other = reading.read["rows"], place - 1 if up else place + 1
    if not (0 <= place < len(rows) and 0 <= other < len(rows)):
        raise Refused("not_found", _("Không có dòng này."))
    names = ("appendix", "section_no", "section", "path")
    if any(rows[place].get(name) != rows[other].get(name) for name in names):
        rows[place] |= {name: rows[other].get(name, []) for name in names}
    else:
        rows[place], rows[other] = rows[other], rows[place]
    return save_draft(reading)


@transaction.atomic
def renumber(*, actor: Actor, reading_id: int, revision: int, at: datetime) -> PlanReading:
    """Number groups and rows anew in their order: I, II, … and 1, 2, … in each."""
    reading = _lock_written(actor, reading_id, revision)
    reading.read["rows"] = number_rows(reading.read["rows"])
    return save_draft(reading)


@transaction.atomic
def correct_body(
    *, actor: Actor, reading_id: int, facts: BodyFacts, revision: int, at: datetime
) -> PlanReading:
    """Bases, parts of the body, recipients, as typed."""
    reading = _lock_written(actor, reading_id, revision)
    reading.read |= {
        "legal_bases": facts.legal_bases,
        "parts": facts.parts,
        "recipients": facts.recipients,
    }
    return save_draft(reading)


def _lock_written(actor: Actor, reading_id: int, revision: int, state: str = State.WAITING) -> PlanReading:
    """A draft that was written here; what was read from a file is confirmed, not signed."""
    reading = lock_draft(actor=actor, reading_id=reading_id, revision=revision, state=state)
    if reading.file_id is not None:
        raise Refused("not_written", _("Bản này được đọc từ tệp đã ký; chỉ cần xác nhận."))
    return reading


@transaction.atomic
def submit(*, actor: Actor, reading_id: int, revision: int, at: datetime) -> PlanReading:
    """Lay the draft before the head for signature (trình ký).

    :raises Refused: it has no task, or a task lacks its content, its leader or its deadline.
    """
    reading = _lock_written(actor, reading_id, revision)
    rows = reading.read["rows"]
    if not rows:
        raise Refused("no_rows", _("Kế hoạch chưa có nhiệm vụ nào."))
    stops = [finding for finding in check_rows(rows) if finding.is_stop]
    if stops:
        raise Refused("unfinished", _("Còn nhiệm vụ thiếu nội dung, đơn vị chủ trì hoặc thời hạn."))
    reading.read["targets"] = gather_targets_of(reading.read["parts"], rows)
    reading.state, reading.submitted_at, reading.submitted_by = State.SUBMITTED, at, sign(actor)
    reading.answer = ""
    audit.record("programme.submitted", actor=actor, subject=str(reading.pk), at=at)
    return save_draft(reading)


@transaction.atomic
def return_draft(*, actor: Actor, reading_id: int, answer: str, revision: int, at: datetime) -> PlanReading:
    """Give the draft back to be changed.

    :raises Refused: no reason is given, or the actor does not sign here.
    """
    reading = _lock_written(actor, reading_id, revision, State.SUBMITTED)
    require_signer(actor, reading.unit_id)
    if not answer.strip():
        raise Refused("no_reason", _("Cần ghi điều phải sửa."), field="answer")
    reading.state, reading.answer = State.WAITING, answer.strip()
    audit.record("programme.draft_returned", actor=actor, subject=str(reading.pk), at=at)
    return save_draft(reading)


@transaction.atomic
def sign_draft(*, actor: Actor, reading_id: int, revision: int, at: datetime) -> PlanReading:
    """The head signs; the clerk then gives the number and the day (Decree 30/2020/NĐ-CP art. 13, 15)."""
    reading = _lock_written(actor, reading_id, revision, State.SUBMITTED)
    require_signer(actor, reading.unit_id)
    reading.read["signer"] = actor.person_name
    reading.state, reading.signed_at, reading.signed_by = State.SIGNED, at, sign(actor)
    audit.record("programme.signed", actor=actor, subject=str(reading.pk), at=at)
    return save_draft(reading)


@transaction.atomic
def issue(*, actor: Actor, reading_id: int, number: str, dated: date, revision: int, at: datetime) -> Plan:
    """Give number and day: the signed draft becomes a plan, its file is written and kept, and it answers the plan above.

    :raises Refused: the number was given to another plan of the year, or the day lies before the signature.
    """
    reading = _lock_written(actor, reading_id, revision, State.SIGNED)
    assert reading.signed_at is not None
    if dated < timezone.localdate(reading.signed_at):
        raise Refused("before", _("Ngày ban hành không thể trước ngày ký."), field="dated")
    taken = Plan.objects.filter(unit_id=reading.unit_id, year=reading.year or 0, number=number)
    if taken.exclude(pk=reading.begun_from_id or 0).exists():
        raise Refused("exists", _("Số này đã cấp cho một kế hoạch khác trong năm."), field="number")
    reading.read |= {"number": number, "date": dated.isoformat()}
    plan = keep_plan(actor=actor, reading=reading, at=at)
    if reading.is_for_parent and reading.begun_from is not None:
        plan.parent = reading.begun_from
    plan.file = _write_file(plan, actor, at)
    plan.save(update_fields=["file", "parent"])
    audit.record("programme.issued", actor=actor, subject=str(plan.pk), note=number, at=at)
    return plan


def _write_file(plan: Plan, actor: Actor, at: datetime) -> Any:
    tasks = list(plan.tasks.filter(is_withdrawn=False).select_related("group"))
    content = write_word(papers.as_plan_paper(plan, tasks))
    name = f"ke-hoach-{plan.year}.docx"
    return documents.keep_file(stream=content, name=name, user_id=actor.user_id or None, at=at)
