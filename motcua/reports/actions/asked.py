"""Asking units for a report of their own columns, answering, giving back, closing."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from motcua.audit import actions as audit
from motcua.core.refusal import Refused
from motcua.core.text import clean_line, nfc
from motcua.core.writing import day
from motcua.organisations import queries as organisations
from motcua.organisations.rules import Actor
from motcua.reports import access
from motcua.reports.actions.telling import write_to_heads
from motcua.reports.models import DataAnswer, DataRequest
from motcua.reports.rules.asking import AskedColumn, BadColumns, read_columns
from motcua.reports.rules.reading import read_figure


@transaction.atomic
def ask(
    *,
    actor: Actor,
    title: str,
    body: str,
    lines: str,
    unit_ids: Sequence[int],
    due_on: date,
    first_on: date | None = None,
    last_on: date | None = None,
    at: datetime,
) -> DataRequest:
    """Ask units below for figures in columns of one's own, by a day.

    :param lines: the columns as people write them (`rules.asking`)
    :raises Refused: not theirs to ask, no units, a day that has passed, half a period, or a column that cannot be read
    """
    access.require_asker(actor)
    _require_columns(lines)
    if not clean_line(title):
        raise Refused("no_title", _("Ghi tên yêu cầu."), field="title")
    if due_on < timezone.localdate(at):
        raise Refused("past_day", _("Hạn trả lời đã qua."), field="due_on")
    if (first_on is None) != (last_on is None) or (first_on and last_on and last_on < first_on):
        raise Refused("half_period", _("Ghi cả ngày đầu và ngày cuối của kỳ số liệu."), field="last_on")
    asked = _require_below(actor, unit_ids, timezone.localdate(at))
    request = DataRequest.objects.create(
        unit_id=actor.agency_id, title=clean_line(title)[:200], body=nfc(body).strip()[:5000], lines=lines,
        first_on=first_on, last_on=last_on, due_on=due_on, asked_by=_name(actor), asked_at=at,
    )  # fmt: skip
    DataAnswer.objects.bulk_create(DataAnswer(request=request, unit_id=unit_id) for unit_id in asked)
    told = {"title": request.title, "due": day(due_on), "request_id": request.pk}
    for unit_id in asked:
        write_to_heads(unit_id=unit_id, template="reports/asked", params=told, at=at)
    audit.record("reports.asked", actor=actor, subject=f"reports.datarequest:{request.pk}", at=at)
    return request


def _require_columns(lines: str) -> tuple[AskedColumn, ...]:
    try:
        return read_columns(lines)
    except BadColumns as fault:
        told = _(fault.sentence).format(**fault.facts)
        place = _("Dòng %(line)s: %(told)s") % {"line": fault.line, "told": told} if fault.line else told
        raise Refused("bad_columns", place, field="lines") from fault


def _require_below(actor: Actor, unit_ids: Sequence[int], on: date) -> list[int]:
    tree = organisations.get_tree(on)
    below = tree.get_subtree(access.get_root(actor)) - {actor.agency_id}
    asked = sorted(set(unit_ids))
    if not asked:
        raise Refused("no_units", _("Chọn ít nhất một đơn vị."), field="unit_ids")
    if not set(asked) <= below:
        raise Refused("not_below", _("Chỉ yêu cầu được đơn vị trực thuộc."), field="unit_ids")
    return asked


@transaction.atomic
def answer(
    *, actor: Actor, request_id: int, values: Mapping[str, str], note: str = "", is_sent: bool, at: datetime
) -> DataAnswer:
    """Fill in what one's agency was asked; sent, it is fixed until it is given back.

    :raises Refused: not asked, sent already, closed, a figure that is none, or a figure left out when sending
    """
    request = access.require_request(actor, request_id)
    row = DataAnswer.objects.select_for_update().filter(request=request, unit_id=actor.agency_id).first()
    if row is None or not access.may_answer(actor):
        raise Refused("forbidden", _("Đơn vị của anh/chị không được yêu cầu trả lời."))
    if row.sent_at or request.closed_at:
        raise Refused("not_possible_now", _("Câu trả lời đã gửi hoặc yêu cầu đã đóng."))
    row.values = {
        column.no: told
        for column in read_columns(request.lines)
        if (told := _read_value(column, values.get(column.no, ""), is_sent)) != ""
    }
    row.note = nfc(note).strip()[:5000]
    if is_sent:
        row.sent_at, row.sent_by, row.given_back_why = at, _name(actor), ""
    row.save()
    word = "reports.answered" if is_sent else "reports.answer_kept"
    audit.record(word, actor=actor, subject=f"reports.dataanswer:{row.pk}", at=at)
    return row


def _read_value(column: AskedColumn, text: str, is_sent: bool) -> str:
    text = clean_line(text)[:2000]
    if column.is_text:
        return text
    field = f"c{column.no}"
    if not text:
        if is_sent:
            raise Refused(
                "missing",
                _("“%(name)s” chưa có số; không có thì ghi 0.") % {"name": column.name},
                field=field,
            )
        return ""
    try:
        value = read_figure(text)
    except ValueError as fault:
        raise Refused(
            "not_a_number",
            _("“%(name)s”: %(text)s không phải là số.") % {"name": column.name, "text": text[:40]},
            field=field,
        ) from fault
    return f"{value:f}"


@transaction.atomic
def give_back(*, actor: Actor, answer_id: int, reason: str, at: datetime) -> DataAnswer:
    """Give an answer back with what is to be mended. :raises Refused: no reason, not sent, or not the asker."""
    row = (
        DataAnswer.objects.select_for_update(of=("self",))
        .select_related("request")
        .filter(pk=answer_id)
        .first()
    )
    if row is None or not access.owns_request(actor, row.request):
        raise Refused("not_found", _("Không tìm thấy câu trả lời này."))
    if row.sent_at is None:
        raise Refused("not_possible_now", _("Đơn vị chưa gửi trả lời."))
    reason = clean_line(reason)[:1000]
    if not reason:
        raise Refused("reason_needed", _("Ghi rõ nội dung cần sửa."), field="reason")
    row.sent_at, row.given_back_why = None, reason
    row.save(update_fields=["sent_at", "given_back_why"])
    told = {"title": row.request.title, "reason": reason, "request_id": row.request_id}
    write_to_heads(unit_id=row.unit_id, template="reports/given_back", params=told, at=at)
    audit.record("reports.answer_returned", actor=actor, subject=f"reports.dataanswer:{row.pk}", at=at)
    return row


@transaction.atomic
def close_request(*, actor: Actor, request_id: int, at: datetime) -> DataRequest:
    """Take no more answers. :raises Refused: not the asker, or closed already."""
    request = access.require_request(actor, request_id)
    if not access.owns_request(actor, request):
        raise Refused("forbidden", _("Chỉ đơn vị yêu cầu được đóng yêu cầu."))
    if request.closed_at:
        raise Refused("not_possible_now", _("Yêu cầu đã đóng."))
    request.closed_at = at
    request.save(update_fields=["closed_at"])
    audit.record("reports.request_closed", actor=actor, subject=f"reports.datarequest:{request.pk}", at=at)
    return request


def _name(actor: Actor) -> str:
    return f"{actor.person_name}, {actor.unit_name}"[:240]
