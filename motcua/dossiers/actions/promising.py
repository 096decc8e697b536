"""Gia hạn; xin lỗi và hẹn lại: the head moves the promise once, before it is broken, and says why."""

from datetime import datetime

from django.db import transaction

from motcua.core.marking import _ as _mark
from motcua.core.reading import read_rows
from motcua.core.refusal import Refused
from motcua.core.text import clean_line
from motcua.core.wording import gettext as _
from motcua.dossiers.actions.turn import Turn, begin, clean_text
from motcua.dossiers.actions.waits import count_anew
from motcua.dossiers.models import Dossier, PromiseChange
from motcua.dossiers.rules import promise as rules
from motcua.dossiers.rules.states import Act
from motcua.legal import queries as legal
from motcua.organisations.rules import Actor
from motcua.worktime import queries as worktime

REASONS = {rules.Change.EXTEND: _mark("gia hạn"), rules.Change.APOLOGISE: _mark("xin lỗi, hẹn lại")}
_DAYS_BEFORE = "apology.working_days_before_due"


@transaction.atomic
def extend(
    *,
    actor: Actor,
    dossier_code: str,
    new_due_at: datetime,
    reason: str,
    basis: str,
    signer_title: str = "",
    revision: int | None = None,
    key: str = "",
    at: datetime,
) -> Dossier:
    """Give the handling more time on the ground of a sector's law, before the promise is broken.

    :raises Refused: not by the head, no reason or article, extended before, too late, or to an earlier moment
    """
    turn = begin(actor=actor, act=Act.EXTEND, code=dossier_code, revision=revision, key=key, at=at)
    if turn.is_repeat:
        return turn.dossier
    basis = clean_text(basis)[:300]
    if not basis:
        raise Refused("basis_needed", _("Nêu điều luật cho gia hạn."), field="basis")
    row = PromiseChange(reason=clean_text(reason), basis=basis, signer_title=clean_line(signer_title)[:120])
    _move(turn, rules.Change.EXTEND, row, new_due_at)
    return turn.finish()


@transaction.atomic
def apologise(
    *,
    actor: Actor,
    dossier_code: str,
    new_due_at: datetime,
    cause: str,
    reason: str,
    explanation: str = "",
    signer_title: str = "",
    revision: int | None = None,
    key: str = "",
    at: datetime,
) -> Dossier:
    """Apologise to the applicant and promise another day, once (Decree 61 art. 19.9); the letter is printed from it.

    :param cause: one of the published causes; `reason` is for the applicant, `explanation` for the head of the agency
    :raises Refused: not by the head, promised anew before, an unknown cause, or late without an explanation
    """
    turn = begin(actor=actor, act=Act.APOLOGISE, code=dossier_code, revision=revision, key=key, at=at)
    if turn.is_repeat:
        return turn.dossier
    if cause not in rules.CAUSES:
        raise Refused("unknown_choice", _("Lựa chọn không có trong danh sách."), field="cause")
    row = PromiseChange(
        cause=cause,
        reason=clean_text(reason),
        explanation=clean_text(explanation),
        signer_title=clean_line(signer_title)[:120],
    )
    _move(turn, rules.Change.APOLOGISE, row, new_due_at)
    turn.data["cause"] = cause
    return turn.finish()


def _move(turn: Turn, change: rules.Change, row: PromiseChange, new_due_at: datetime) -> None:
    dossier = turn.dossier
    old = dossier.due_at
    if old is None:
        raise Refused("no_promise", _("Hồ sơ không có ngày hẹn để lùi."))
    calendar = worktime.get_calendar(dossier.calendar_code)
    made = read_rows(PromiseChange, "dossier_id = %s", [dossier.pk])
    times = {kind: sum(one.change == kind for one in made) for kind in rules.Change}
    times_key = rules.RULES[change].times_key
    numbers = legal.get_ints((times_key, _DAYS_BEFORE), turn.places.on)
    row.timing = rules.require_change(
        change,
        rules.Promise(old, times),
        new_due_at=new_due_at,
        signer=turn.actor.post,
        reason=row.reason,
        explanation=row.explanation,
        most_times=numbers[times_key],
        days_before=numbers[_DAYS_BEFORE],
        calendar=calendar,
        at=turn.at,
        say=_,
    )
    count_anew(turn, REASONS[change], calendar, until=new_due_at)
    _keep(turn, change, row, old, new_due_at)


def _keep(turn: Turn, change: rules.Change, row: PromiseChange, old: datetime, new: datetime) -> None:
    """The record of the change, and the open steps that were due with the dossier."""
    row.dossier, row.change, row.at = turn.dossier, change, turn.at
    row.old_due_at, row.new_due_at = old, new
    row.agency_id, row.unit_id = turn.dossier.competent_agency_id, turn.actor.unit_id
    row.signer_name = turn.actor.person_name[:120]
    turn.keep(row)
    for task in turn.get_open():
        if task.due_at == old:
            turn.move(task, new)
    turn.note(row.reason, row.basis)
    turn.data["timing"] = str(row.timing)
