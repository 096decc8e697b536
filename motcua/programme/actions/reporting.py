"""Following a task: units report with evidence, the plan's agency accepts or returns, difficulties are answered."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from urllib.parse import urlsplit

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from motcua.audit import actions as audit
from motcua.core.refusal import Refused
from motcua.documents import actions as documents
from motcua.organisations.rules import Actor
from motcua.programme.access import require_accepter, require_no_observer, require_reporter, sign
from motcua.programme.actions.once import make_once
from motcua.programme.models import Difficulty, Evidence, Occurrence, PlanTask, TaskReport

_FROM_A_SCHEME = {"http", "https"}


@dataclass(frozen=True, slots=True)
class Shown:
    """A piece of evidence: a file with its name, or an address, which may be a page of this system."""

    words: str
    address: str = ""
    content: documents.Stream | bytes = b""
    file_name: str = ""


@transaction.atomic
def report(
    *, actor: Actor, occurrence_id: int, unit_id: int, text: str, evidence: Sequence[Shown], at: datetime
) -> TaskReport:
    """Say what a leading unit has done in a period, with what shows it. A returned report is made anew.

    :raises Refused: the unit does not lead this task, nothing shows the result, or it is accepted already.
    """
    occurrence = _get_occurrence(occurrence_id)
    require_reporter(actor, unit_id)
    _require_leader(occurrence.task, unit_id)
    known = TaskReport.objects.select_for_update().filter(occurrence=occurrence, unit_id=unit_id).first()
    if known is not None and known.state == TaskReport.State.ACCEPTED:
        raise Refused("stale", _("Kết quả kỳ này đã được nghiệm thu."))
    if not evidence and not (known and known.evidence.exists()):
        raise Refused("no_evidence", _("Cần ít nhất một minh chứng: tệp hoặc liên kết."), field="address")
    written = known or TaskReport(occurrence=occurrence, unit_id=unit_id)
    written.state, written.text = TaskReport.State.REPORTED, text.strip()
    written.reported_at, written.reported_by = at, sign(actor)
    written.save()
    for shown in evidence:
        _keep_evidence(written, shown, actor, at)
    audit.record("programme.reported", actor=actor, subject=str(occurrence.task_id), ids=[written.pk], at=at)
    return written


def _get_occurrence(occurrence_id: int) -> Occurrence:
    found = Occurrence.objects.select_related("task__plan").filter(pk=occurrence_id).first()
    if found is None:
        raise Refused("not_found", _("Không có kỳ thực hiện này."))
    return found


def _require_leader(task: PlanTask, unit_id: int) -> None:
    """A task whose leader could not be told from the words is reported by the plan's own agency."""
    leaders = set(
        task.responsibilities.filter(role="lead").exclude(unit=None).values_list("unit_id", flat=True)
    )
    if unit_id not in (leaders or {task.plan.unit_id}):
        raise Refused("forbidden", _("Đơn vị này không chủ trì nhiệm vụ."))


def _keep_evidence(written: TaskReport, shown: Shown, actor: Actor, at: datetime) -> None:
    file = keep_shown(actor=actor, shown=shown, at=at)
    if file is None and not is_address(shown.address):
        raise Refused("bad_address", _("Liên kết phải bắt đầu bằng https:// hoặc /."), field="address")
    words = shown.words.strip() or (file.original_name if file else shown.address)
    Evidence.objects.create(report=written, words=words[:300], file=file, address=shown.address[:500])


def keep_shown(*, actor: Actor, shown: Shown, at: datetime) -> Any:
    """The file that shows something, kept under the name it is given out by; None where there is none.

    :raises Refused: at field `file`: whatever :func:`documents.actions.keep_file` refuses
    """
    if not shown.content:
        return None
    return documents.keep_file(
        stream=shown.content, name=shown.file_name, user_id=actor.user_id or None, at=at
    )


def is_address(address: str) -> bool:
    """Whether it leads to a page: of the web, or of this system."""
    parts = urlsplit(address)
    if parts.scheme in _FROM_A_SCHEME:
        return bool(parts.netloc)
    return not parts.scheme and address.startswith("/") and not address.startswith("//")


@transaction.atomic
def accept(*, actor: Actor, report_id: int, answer: str, at: datetime) -> TaskReport:
    """Say that what was reported is the result the plan asks for (nghiệm thu)."""
    return _answer(actor, report_id, TaskReport.State.ACCEPTED, answer, at)


@transaction.atomic
def give_back(*, actor: Actor, report_id: int, answer: str, at: datetime) -> TaskReport:
    """Return a report with what is missing.

    :raises Refused: no reason is given.
    """
    if not answer.strip():
        raise Refused("no_reason", _("Cần ghi điều còn thiếu để đơn vị làm lại."), field="answer")
    return _answer(actor, report_id, TaskReport.State.RETURNED, answer, at)


def _answer(actor: Actor, report_id: int, state: str, answer: str, at: datetime) -> TaskReport:
    written = (
        TaskReport.objects.select_for_update(of=("self",))
        .select_related("occurrence__task__plan")
        .filter(pk=report_id)
        .first()
    )
    if written is None:
        raise Refused("not_found", _("Không có báo cáo này."))
    require_accepter(actor, written.occurrence.task)
    if written.state != TaskReport.State.REPORTED:
        raise Refused("stale", _("Báo cáo này không còn chờ nghiệm thu."))
    written.state, written.answer = state, answer.strip()
    written.answered_at, written.answered_by = at, sign(actor)
    written.save(update_fields=["state", "answer", "answered_at", "answered_by"])
    audit.record(
        f"programme.{state}", actor=actor, subject=str(written.occurrence.task_id), ids=[report_id], at=at
    )
    return written


@transaction.atomic
def note_event(
    *, actor: Actor, task_id: int, event: str, on: date, due_on: date | None, at: datetime
) -> Occurrence:
    """Write down that what a task waits for has come: it is then to be done once.

    :raises Refused: the plan is another agency's, or the same event of that day is there already.
    """
    task = PlanTask.objects.select_related("plan").filter(pk=task_id).first()
    if task is None:
        raise Refused("not_found", _("Không có nhiệm vụ này."))
    require_accepter(actor, task)
    if due_on is not None and due_on < on:
        raise Refused("before", _("Hạn phải từ ngày có sự việc trở đi."), field="due_on")
    made, is_new = Occurrence.objects.get_or_create(
        task=task, first_on=on, event=event.strip()[:300] or str(on), defaults={"due_on": due_on}
    )
    if not is_new:
        raise Refused("exists", _("Sự việc này đã được ghi."), field="event")
    audit.record("programme.event", actor=actor, subject=str(task.pk), ids=[made.pk], at=at)
    return made


@transaction.atomic
def raise_difficulty(*, actor: Actor, task_id: int, text: str, key: str = "", at: datetime) -> Difficulty:
    """Say what stands in the way, for the plan's agency to answer (kịp thời phản ánh).

    :raises Refused: there is no such task, or the actor only watches over the plan.
    """
    require_no_observer(actor)
    if not PlanTask.objects.filter(pk=task_id).exists():
        raise Refused("not_found", _("Không có nhiệm vụ này."))

    def make() -> Difficulty:
        return _raise(actor, task_id, text.strip(), at)

    return make_once(actor=actor, kind=Difficulty, key=key, facts={"task": task_id, "text": text}, make=make)


def _raise(actor: Actor, task_id: int, text: str, at: datetime) -> Difficulty:
    made = Difficulty.objects.create(
        task_id=task_id, unit_id=actor.unit_id, text=text, raised_at=at, raised_by=sign(actor)
    )
    audit.record("programme.difficulty", actor=actor, subject=str(task_id), ids=[made.pk], at=at)
    return made


@transaction.atomic
def answer_difficulty(*, actor: Actor, difficulty_id: int, answer: str, at: datetime) -> Difficulty:
    """Answer a difficulty.

    :raises Refused: the plan is another agency's, or it is answered already.
    """
    found = Difficulty.objects.select_related("task__plan").filter(pk=difficulty_id).first()
    if found is None or found.answered_at is not None:
        raise Refused("stale", _("Phản ánh này đã được trả lời."))
    require_accepter(actor, found.task)
    found.answer, found.answered_at, found.answered_by = answer.strip(), at, sign(actor)
    found.save(update_fields=["answer", "answered_at", "answered_by"])
    audit.record(
        "programme.answered",
        actor=actor,
        subject=str(found.task_id),
        ids=[found.pk],
        at=timezone.localtime(at),
    )
    return found


@transaction.atomic
def pass_up(*, actor: Actor, difficulty_id: int, at: datetime) -> Difficulty:
    """Put a difficulty that cannot be solved here before the agency of the plan above, in the words it was raised in.

    :raises Refused: the plan is another agency's, the task comes from no plan above, or it was passed up already.
    """
    found = (
        Difficulty.objects.select_for_update(of=("self",))
        .select_related("task__plan")
        .filter(pk=difficulty_id)
        .first()
    )
    if found is None or found.answered_at is not None or found.passed_up_id is not None:
        raise Refused("stale", _("Phản ánh này đã được trả lời hoặc đã chuyển lên."))
    require_accepter(actor, found.task)
    if found.task.source_id is None:
        raise Refused("no_source", _("Nhiệm vụ này không thuộc kế hoạch cấp trên nào."))
    found.passed_up = Difficulty.objects.create(
        task_id=found.task.source_id,
        unit_id=actor.agency_id,
        text=found.text,
        raised_at=at,
        raised_by=sign(actor),
    )
    found.save(update_fields=["passed_up"])
    audit.record("programme.passed_up", actor=actor, subject=str(found.task_id), ids=[found.pk], at=at)
    return found
