"""Yêu cầu bổ sung: asking the applicant to complete the dossier, taking it in, closing it when nobody answers."""

from collections.abc import Collection, Sequence
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from motcua.core.marking import _ as _mark
from motcua.core.reading import read_row
from motcua.core.refusal import Refused
from motcua.core.text import clean_line
from motcua.core.wording import gettext as _
from motcua.dossiers.actions.turn import Turn, begin, clean_text
from motcua.dossiers.actions.waits import begin_anew, end_waits, pause
from motcua.dossiers.models import Dossier, Part, PartFile, SupplementRequest, store
from motcua.dossiers.queries.turns import as_round, find_requests
from motcua.dossiers.rules import supplement as rules
from motcua.dossiers.rules.route import OwnTask, TaskKind
from motcua.dossiers.rules.states import Act
from motcua.legal import queries as legal
from motcua.organisations.rules import Actor, Post
from motcua.worktime import queries as worktime

ASKED, ANSWERED = _mark("chờ bổ sung hồ sơ"), _mark("đã bổ sung đủ")
MOST_ITEMS, MOST_DAYS = 100, 120
_RETURN_DAYS = "supplement.after_appraisal_working_days"


@transaction.atomic
def request_supplement(
    *,
    actor: Actor,
    dossier_code: str,
    items: Sequence[str],
    reason: str,
    basis: str = "",
    answer_days: int | None = None,
    override_reason: str = "",
    contact_phone: str = "",
    task_id: int | None = None,
    revision: int | None = None,
    key: str = "",
    at: datetime,
) -> Dossier:
    """Ask for everything that is missing, once, with the reason; the clock stands still until the counter has it.

    :param answer_days: working days to complete where the sector's law (`basis`) sets another number than the general one
    :raises Refused: nothing is asked for, no reason, a round is open, or a second by the agency without a special reason
    """
    turn = begin(
        actor=actor, act=Act.REQUEST_SUPPLEMENT, code=dossier_code, revision=revision, key=key, task_id=task_id, at=at
    )  # fmt: skip
    if turn.is_repeat:
        return turn.dossier
    wanted = [text for item in items if (text := clean_line(clean_text(item))[:500])][:MOST_ITEMS]
    requests = find_requests(turn.dossier)
    limits = _read_limits(turn.places.on)
    rules.require_request(
        [as_round(one) for one in requests],
        stage=rules.Stage.DURING_HANDLING,
        agency_id=turn.dossier.competent_agency_id,
        items=wanted,
        reason=clean_text(reason),
        limits=limits,
        override_reason=clean_text(override_reason),
        say=_,
    )
    days = _choose_days(answer_days, basis, limits)
    round_ = _make_round(turn, len(requests) + 1, wanted, days, limits)
    round_.reason, round_.basis = clean_text(reason), clean_text(basis)[:300]
    round_.override_reason = clean_text(override_reason)
    round_.contact_name, round_.contact_phone = actor.person_name[:120], clean_line(contact_phone)[:40]
    turn.keep(round_)
    _ask(turn, round_)
    return turn.finish()


@transaction.atomic
def accept_supplement(
    *,
    actor: Actor,
    dossier_code: str,
    part_ids: Collection[int] = (),
    part_files: Sequence[tuple[int, int]] = (),
    note: str = "",
    task_id: int | None = None,
    revision: int | None = None,
    key: str = "",
    at: datetime,
) -> Dossier:
    """Take in what the applicant brought: the limit is counted from the start again (Decree 61 art. 19.4).

    :param part_ids: papers of the dossier that were missing and are there now
    :param part_files: pairs of a paper and the scan of it the same officer put in
    :raises Refused: no request is open, or a paper or scan is not of the dossier
    """
    turn = begin(
        actor=actor, act=Act.ACCEPT_SUPPLEMENT, code=dossier_code, revision=revision, key=key, task_id=task_id, at=at
    )  # fmt: skip
    if turn.is_repeat:
        return turn.dossier
    round_ = _get_open(turn.dossier)
    _keep_parts(turn.dossier, {*part_ids, *(part for part, _file in part_files)})
    _keep_scans(part_files, actor.user_id)
    round_.answered_at = at
    turn.amend(round_, "answered_at")
    turn.close(turn.task)
    begin_anew(turn, ANSWERED)
    turn.note(note)
    turn.data |= {"round": round_.no, "is_late": at > round_.due_at}
    return turn.finish()


@transaction.atomic
def close_unanswered(
    *,
    actor: Actor,
    dossier_code: str,
    note: str = "",
    task_id: int | None = None,
    revision: int | None = None,
    key: str = "",
    at: datetime,
) -> Dossier:
    """Close a dossier nobody completed in time; it can be filed again at any moment.

    :raises Refused: the applicant still has time
    """
    turn = begin(
        actor=actor, act=Act.CLOSE_UNANSWERED, code=dossier_code, revision=revision, key=key, task_id=task_id, at=at
    )  # fmt: skip
    if turn.is_repeat:
        return turn.dossier
    round_ = _get_open(turn.dossier)
    if not rules.is_closed_unanswered(as_round(round_), at):
        sentence = _("Người nộp còn được bổ sung đến %(day)s.")
        raise Refused("too_early", sentence % {"day": f"{timezone.localtime(round_.due_at):%H:%M %d/%m/%Y}"})
    turn.note(note or _("Không bổ sung hồ sơ trong thời hạn."))
    turn.close_all()
    end_waits(turn)
    turn.changes["finished_at"] = at
    turn.data["round"] = round_.no
    return turn.finish()


def _read_limits(on: date) -> rules.Limits:
    rule = rules.RULES[rules.Stage.DURING_HANDLING]
    numbers = legal.get_ints((rule.most_times, rule.answer_days, _RETURN_DAYS), on)
    return rules.Limits(numbers[rule.most_times], numbers[rule.answer_days], numbers[_RETURN_DAYS])


def _choose_days(answer_days: int | None, basis: str, limits: rules.Limits) -> int:
    if answer_days is None or answer_days == limits.answer_days:
        return limits.answer_days
    if not 1 <= answer_days <= MOST_DAYS:
        raise Refused("bad_days", _("Số ngày bổ sung từ 1 đến 120."), field="answer_days")
    if not basis.strip():
        sentence = _("Nêu căn cứ của thời hạn bổ sung khác %(days)s ngày làm việc.") % {
            "days": limits.answer_days
        }
        raise Refused("basis_needed", sentence, field="basis")
    return answer_days


def _make_round(turn: Turn, no: int, items: list[str], days: int, limits: rules.Limits) -> SupplementRequest:
    dossier = turn.dossier
    calendar = worktime.get_calendar(dossier.calendar_code)
    return SupplementRequest(
        dossier=dossier,
        no=no,
        stage=rules.Stage.DURING_HANDLING,
        asker=rules.Asker.AGENCY,
        agency_id=dossier.competent_agency_id,
        unit_id=turn.actor.unit_id,
        items=items,
        asked_at=turn.at,
        due_at=rules.compute_answer_by(turn.at, days, calendar),
        return_by=rules.compute_return_by(dossier.received_at, limits.return_days, calendar),
    )


def _ask(turn: Turn, round_: SupplementRequest) -> None:
    """The request leaves through the one-stop unit, which waits for the answer."""
    pause(turn, ASKED, round_.due_at)
    turn.open_task(
        TaskKind.COMPLETE,
        OwnTask.SUPPLEMENT,
        Post.INTAKE_OFFICER,
        turn.dossier.receiving_unit_id,
        due_at=round_.due_at,
    )
    turn.note("\n".join([round_.reason, *(f"– {item}" for item in round_.items)]), round_.basis)
    turn.told["answer_by"] = round_.due_at
    turn.data |= {
        "round": round_.no,
        "answer_by": round_.due_at.isoformat(),
        "is_late": round_.return_by is not None and turn.at > round_.return_by,
        "is_override": bool(round_.override_reason),
    }


def _get_open(dossier: Dossier) -> SupplementRequest:
    open_one = "dossier_id = %s AND answered_at IS NULL AND ended_at IS NULL ORDER BY id LIMIT 1"
    row = read_row(SupplementRequest, open_one, [dossier.pk])
    if row is None:
        raise Refused("no_round", _("Hồ sơ không có yêu cầu bổ sung nào đang chờ."))
    return row


def _keep_parts(dossier: Dossier, part_ids: Collection[int]) -> None:
    if not part_ids:
        return
    parts = Part.objects.filter(dossier=dossier, pk__in=list(part_ids))
    if parts.count() != len(set(part_ids)):
        raise Refused("unknown_component", _("Có giấy tờ không thuộc hồ sơ này."), field="part_ids")
    parts.filter(is_present=False).update(is_present=True, originals=1)


def _keep_scans(part_files: Sequence[tuple[int, int]], user_id: int) -> None:
    """Attach scans to papers of the dossier; a number typed by hand opens nothing."""
    for part_id, file_id in part_files:
        if not store.is_own_file(file_id, user_id):
            message = _("Có tệp đính kèm không dùng được. Tải tệp lên lại.")
            raise Refused("unknown_file", message, field="scan")
        PartFile.objects.get_or_create(part_id=part_id, file_id=file_id)
