"""Ending: numbering and signing off the result, returning it, withdrawing, stopping."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from motcua.core import secret
from motcua.core.drafts import Draft
from motcua.core.reading import read_row
from motcua.core.refusal import Refused
from motcua.core.text import clean_line
from motcua.core.wording import gettext as _
from motcua.core.writing import find_day
from motcua.dossiers.actions.explaining import owe
from motcua.dossiers.actions.turn import Turn, begin, require_text
from motcua.dossiers.actions.waits import end_waits
from motcua.dossiers.models import Dossier, Result, Series, serials
from motcua.dossiers.queries.numbers import find_series, require_result_file
from motcua.dossiers.rules.ending import require_asking
from motcua.dossiers.rules.numbering import make_result_number
from motcua.dossiers.rules.route import OwnTask, TaskKind, TaskOutcome
from motcua.dossiers.rules.states import Act
from motcua.organisations.rules import Actor, Post
from motcua.people.rules import clean_identifier

RELATIONS = ("applicant", "submitter", "authorised")
METHODS = ("counter", "postal", "electronic")


@transaction.atomic
def sign_result(
    *,
    actor: Actor,
    dossier_code: str,
    signed_on: date,
    signer_name: str,
    title: str = "",
    signer_position: str = "",
    series: str = "",
    file_id: int | None = None,
    task_id: int | None = None,
    revision: int | None = None,
    key: str = "",
    at: datetime,
) -> Dossier:
    """Number the decided result from its series, attach its file, and end the clock.

    :raises Refused: not decided, no series, no file, or a day of signing outside the dossier's life.
    """
    turn = begin(
        actor=actor,
        act=Act.SIGN_RESULT,
        code=dossier_code,
        revision=revision,
        key=key,
        task_id=task_id,
        at=at,
    )
    if turn.is_repeat:
        return turn.dossier
    _require_signing(turn, signed_on, signer_name)
    is_digitised = require_result_file(file_id, actor.user_id, turn.dossier.pk)
    paper = SignedPaper(signed_on, signer_name, signer_position, title, file_id, is_digitised)
    number_result(turn, paper, find_series(turn.dossier, series, signed_on))
    turn.close(turn.task)
    _go_on_to_return(turn)
    return turn.finish()


def _go_on_to_return(turn: Turn) -> None:
    """What follows signing by the process, or the return itself where the process says no more."""
    turn.advance()
    if not turn.opened and not turn.get_open():
        turn.open_task(TaskKind.RETURN, OwnTask.RETURN, Post.INTAKE_OFFICER, turn.dossier.returning_unit_id)


@transaction.atomic
def void_number(
    *, actor: Actor, dossier_code: str, reason: str, revision: int | None = None, key: str = "", at: datetime
) -> Dossier:
    """Void the number of a result not yet returned: it stays in the book with its reason and is never given again.

    :raises Refused: no reason, or nothing numbered.
    """
    turn = begin(actor=actor, act=Act.VOID_NUMBER, code=dossier_code, revision=revision, key=key, at=at)
    if turn.is_repeat:
        return turn.dossier
    reason = require_text(reason, field_name="reason", message=_("Ghi lý do hủy số."))
    result = read_row(Result, "dossier_id = %s AND voided_at IS NULL FOR UPDATE", [turn.dossier.pk])
    if result is None:
        raise Refused("not_possible_now", _("Hồ sơ không có số nào đang dùng."))
    result.voided_at, result.void_reason = at, reason[:500]
    turn.amend(result, "voided_at", "void_reason")
    _reopen_signing(turn)
    turn.changes["finished_at"] = None
    turn.data["number"] = result.number
    return turn.finish()


@transaction.atomic
def return_result(
    *,
    actor: Actor,
    dossier_code: str,
    collector_name: str,
    collector_relation: str = "applicant",
    collector_id_number: str = "",
    method: str = "counter",
    has_receipt: bool = False,
    task_id: int | None = None,
    revision: int | None = None,
    key: str = "",
    at: datetime,
) -> Dossier:
    """Hand the result over and keep who collected it and how (Decree 61/2018 art. 20).

    :raises Refused: no result waits here, or nobody is named.
    """
    turn = begin(
        actor=actor,
        act=Act.RETURN_RESULT,
        code=dossier_code,
        revision=revision,
        key=key,
        task_id=task_id,
        at=at,
    )
    if turn.is_repeat:
        return turn.dossier
    collector = Collector(collector_name, collector_relation, collector_id_number, method, has_receipt)
    turn.rows.append(hand_out([turn], collector))
    return turn.finish()


@dataclass(frozen=True, slots=True)
class Collector:
    """Who collects a result, and how."""

    name: str
    relation: str
    id_number: str
    method: str
    has_receipt: bool


_COLLECTED = """
UPDATE dossiers_result SET collector_name = %s, collector_relation = %s, collector_id_enc = %s, return_method = %s
WHERE voided_at IS NULL AND dossier_id IN
"""


def hand_out(turns: Sequence[Turn], collector: Collector) -> Draft:
    """Within turns that the caller finishes: who collected their results, to be kept with what they leave.

    :raises Refused: nobody is named, or a word is none of its choices.
    """
    kept = _draft_collector([turn.dossier.pk for turn in turns], collector)
    said = {"method": collector.method, "relation": collector.relation, "has_receipt": collector.has_receipt}
    for turn in turns:
        turn.close(turn.task)
        turn.close_all()
        turn.changes["returned_at"] = turn.at
        turn.data |= said
    return kept


def _draft_collector(dossier_ids: list[int], collector: Collector) -> Draft:
    name = clean_line(collector.name)[:250]
    if not name:
        raise Refused("name_missing", _("Ghi họ tên người nhận kết quả."), field="collector_name")
    _require_one_of(collector.relation, RELATIONS, "collector_relation")
    _require_one_of(collector.method, METHODS, "method")
    number = clean_identifier(collector.id_number)
    sealed = secret.encrypt(number) if number else None
    values = [name, collector.relation, sealed, collector.method, *dossier_ids]
    return Draft(f"collected AS ({_COLLECTED} ({', '.join(['%s'] * len(dossier_ids))}))", values)


@transaction.atomic
def withdraw(
    *,
    actor: Actor,
    dossier_code: str,
    reason: str,
    request_channel: str = "",
    requested_on: date | None = None,
    revision: int | None = None,
    key: str = "",
    at: datetime,
) -> Dossier:
    """Close the dossier because the applicant takes it back, before a decision.

    :param request_channel: how the applicant asked, one of `rules.ending.CHANNELS`; the notice says it
    :raises Refused: no reason, a decision exists, or a way without a day of the dossier's life
    """
    asked = Asked(request_channel, requested_on)
    return _end(Act.WITHDRAW, actor, dossier_code, reason, "", asked, revision=revision, key=key, at=at)


@transaction.atomic
def stop(
    *,
    actor: Actor,
    dossier_code: str,
    reason: str,
    basis: str = "",
    request_channel: str = "",
    requested_on: date | None = None,
    revision: int | None = None,
    key: str = "",
    at: datetime,
) -> Dossier:
    """Stop the handling with a notice (Decree 118/2025 art. 21), before a decision.

    :param request_channel: how the applicant asked, where it was the applicant; the notice says it
    :raises Refused: no reason, a decision exists, or a way without a day of the dossier's life
    """
    asked = Asked(request_channel, requested_on)
    return _end(Act.STOP, actor, dossier_code, reason, basis, asked, revision=revision, key=key, at=at)


@dataclass(frozen=True, slots=True)
class Asked:
    """How and on which day the applicant asked for the end; empty where nobody asked, or nobody kept it."""

    channel: str = ""
    on: date | None = None

    def tell(self, received_at: datetime, at: datetime) -> dict[str, str]:
        """As the event keeps it. :raises Refused: no such way, or a day outside the life of what was received."""
        received_on, today = find_day(received_at), find_day(at)
        return require_asking(self.channel, self.on, received_on=received_on, today=today, say=_)


def _end(
    act: Act,
    actor: Actor,
    code: str,
    reason: str,
    basis: str,
    asked: Asked,
    *,
    revision: int | None,
    key: str,
    at: datetime,
) -> Dossier:
    turn = begin(actor=actor, act=act, code=code, revision=revision, key=key, at=at)
    if turn.is_repeat:
        return turn.dossier
    close_early(turn, reason, basis)
    turn.data |= asked.tell(turn.dossier.received_at, at)
    return turn.finish()


def close_early(turn: Turn, reason: str, basis: str = "") -> None:
    """Within a turn: nothing is done any more and nothing waited for; the caller finishes it.

    :raises Refused: no reason.
    """
    turn.note(require_text(reason, field_name="reason", message=_("Ghi lý do.")), basis)
    turn.close_all()
    end_waits(turn)
    turn.changes["finished_at"] = turn.at


@dataclass(frozen=True, slots=True)
class SignedPaper:
    """The signed result: when and by whom, under which title, and its file where there is one."""

    signed_on: date
    signer_name: str
    signer_position: str
    title: str
    file_id: int | None
    is_digitised: bool = False
    """Whether the papers of the dossier have files too."""


def number_result(turn: Turn, paper: SignedPaper, series: Series) -> None:
    """Within a turn: keep the result under the next number of its series, end the clock and say so in the event.

    A result after its promise owes an explanation. Whether the result and the papers have files is told in the event:
    figures are counted from it for good.
    """
    result = _make_result(turn, paper, series)
    turn.keep(result)
    turn.changes["finished_at"] = turn.at
    turn.data |= {
        "number": result.number,
        "is_electronic": paper.file_id is not None,
        "is_digitised": paper.is_digitised,
    }
    owe(turn)


def _require_signing(turn: Turn, signed_on: date, signer_name: str) -> None:
    first, last = find_day(turn.dossier.received_at), find_day(turn.at)
    if not first <= signed_on <= last:
        message = _("Ngày ký phải từ ngày tiếp nhận đến hôm nay.")
        raise Refused("bad_day", message, field="signed_on")
    if not clean_line(signer_name):
        raise Refused("name_missing", _("Ghi họ tên người ký."), field="signer_name")


def _require_one_of(word: str, words: tuple[str, ...], field: str) -> None:
    if word not in words:
        raise Refused("unknown_choice", _("Lựa chọn không có trong danh sách."), field=field)


def _make_result(turn: Turn, paper: SignedPaper, series: Series) -> Result:
    """The next number of the series and year; the row is locked until the act is kept or undone."""
    year = paper.signed_on.year
    serial = serials.take_number("result", str(series.pk), str(year))
    return Result(
        dossier=turn.dossier,
        series=series,
        year=year,
        serial=serial,
        number=make_result_number(series.pattern, serial, year),
        title=clean_line(paper.title)[:500],
        signed_on=paper.signed_on,
        signer_name=clean_line(paper.signer_name)[:120],
        signer_position=clean_line(paper.signer_position)[:120],
        file_id=paper.file_id,
        unit_id=turn.actor.unit_id,
        numbered_at=turn.at,
    )


def _reopen_signing(turn: Turn) -> None:
    """The step that numbered is to be done again, by whoever did it; what came after is undone."""
    signed = max(
        (t for t in turn.tasks if t.kind == TaskKind.SIGN and t.done_at),
        key=lambda t: (t.done_at, t.pk),
        default=None,
    )
    if signed is None:  # settled on the spot: nobody had a step of signing
        turn.close_all(TaskOutcome.RECALLED)
        agency_id = turn.dossier.competent_agency_id
        place = turn.places.place_in(agency_id, turn.actor.post)
        turn.open_task(TaskKind.SIGN, OwnTask.SIGN, turn.actor.post, place)
        return
    after = turn.route.after(signed.step_no) if signed.step_no is not None else frozenset[int]()
    turn.close_all(TaskOutcome.RECALLED)
    for task in turn.tasks:
        if task.outcome == TaskOutcome.DONE and (task.pk == signed.pk or task.step_no in after):
            turn.close(task, TaskOutcome.UNDONE)
    turn.open_task(
        TaskKind.SIGN,
        signed.name,
        signed.post,
        signed.unit_id,
        step_no=signed.step_no,
        assignee_id=signed.done_by_id,
    )
