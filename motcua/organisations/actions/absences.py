"""Being away and standing in: recorded by a decision, ended early, and who signs for whom meanwhile."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from motcua.accounts import actions as accounts
from motcua.accounts import queries as people_who_sign_in
from motcua.audit import actions as audit
from motcua.core.refusal import Refused
from motcua.core.text import clean_line
from motcua.organisations import access
from motcua.organisations.models import Absence, Assignment, SigningRight
from motcua.organisations.queries import get_tree
from motcua.organisations.rules import ABSENCE_REASONS, Actor, Post, SigningForm


@dataclass(frozen=True, slots=True)
class AbsenceFacts:
    """What a decision says of an absence; no substitute means that the pool of the unit does the work."""

    assignment_id: int
    reason: str
    decision_number: str
    first_day: date
    last_day: date | None = None
    substitute: str = ""
    signing_form: str = ""


@transaction.atomic
def record_absence(*, actor: Actor, absence: AbsenceFacts, at: datetime) -> Absence:
    """Somebody is away from a post for some days; another stands in, and signs in the form named.

    A substitute without the same post in the unit is given it for the time, by the same decision.

    :raises Refused: not the actor's to do, no such posting then, away already, or a substitute who cannot be one.
    """
    held = _require_posting(actor, absence)
    _require_sound(absence)
    after = _day_after(absence.last_day)
    substitute, stand_in, is_given = _find_substitute(actor, held, absence, after)
    row = Absence(
        assignment=held,
        reason=absence.reason,
        decision_number=clean_line(absence.decision_number)[:100],
        substitute_id=substitute,
        stand_in=stand_in if is_given else None,
        valid_from=absence.first_day,
        valid_to=after,
        kept_at=at,
        kept_by=f"{actor.person_name}, {actor.unit_name}"[:240],
    )
    _save(row, _("Đã ghi vắng mặt trùng những ngày này."))
    if absence.signing_form:
        _give_right(held, stand_in, absence, after, row)
    _tell("organisations.absence_recorded", actor, row, at)
    return row


@transaction.atomic
def end_absence(*, actor: Actor, absence_id: int, last_day: date, at: datetime) -> Absence | None:
    """The person is back earlier; the substitute's posting and right to sign end with it. None when it never began.

    :raises Refused: not the actor's to do, no such absence, or a last day outside it.
    """
    row = (
        Absence.objects.select_for_update(of=("self",))
        .select_related("assignment", "stand_in")
        .filter(pk=absence_id)
        .first()
    )
    if row is None:
        raise Refused("not_found", _("Không có lần vắng mặt này."))
    access.require_absence_keeper(actor, row.assignment.unit_id)
    after = last_day + timedelta(days=1)
    if row.valid_to and after > row.valid_to:
        raise Refused("invalid", _("Ngày cuối phải trước ngày hết vắng mặt đã ghi."), field="last_day")
    stand_in = row.stand_in
    _tell("organisations.absence_ended", actor, row, at)
    if after <= row.valid_from:
        row.delete()
        _shorten(stand_in, row.valid_from)
        return None
    row.valid_to = after
    row.save(update_fields=["valid_to"])
    row.rights.update(valid_to=after)
    _shorten(stand_in, after)
    return row


@transaction.atomic
def grant_signing(
    *,
    actor: Actor,
    principal_id: int,
    signer_id: int,
    form: str,
    decision_number: str,
    first_day: date,
    last_day: date | None = None,
    at: datetime,
) -> SigningRight:
    """Somebody signs for another, standing or for a time (Decree 30/2020 art. 13).

    :raises Refused: not the actor's to do, not of one agency, no decision, or the same right twice.
    """
    postings = Assignment.objects.filter(pk__in=[principal_id, signer_id]).select_related("user")
    found = {one.pk: one for one in postings}
    principal, signer = found.get(principal_id), found.get(signer_id)
    if principal is None or signer is None or principal == signer:
        raise Refused("not_found", _("Chọn người được ký thay và người ký."), field="signer_id")
    access.require_administrator(actor, principal.unit_id)
    _require_one_agency(principal, signer, first_day)
    if form not in set(SigningForm) or not clean_line(decision_number):
        raise Refused("invalid", _("Ghi hình thức ký và số văn bản."), field="decision_number")
    row = SigningRight(
        principal=principal,
        signer=signer,
        form=form,
        decision_number=clean_line(decision_number)[:100],
        valid_from=first_day,
        valid_to=_day_after(last_day),
    )
    _save(row, _("Quyền ký này đã có trong những ngày đó."))
    audit.record(
        "organisations.signing_granted", actor=actor, subject=f"organisations.signingright:{row.pk}",
        note=row.decision_number, at=at,
    )  # fmt: skip
    return row


@transaction.atomic
def end_signing(*, actor: Actor, right_id: int, last_day: date, at: datetime) -> None:
    """A right to sign for another ends after a day.

    :raises Refused: not the actor's to do, or no such right.
    """
    row = SigningRight.objects.select_related("principal").filter(pk=right_id).first()
    if row is None:
        raise Refused("not_found", _("Không có quyền ký này."))
    access.require_administrator(actor, row.principal.unit_id)
    if last_day < row.valid_from:
        row.delete()
    else:
        row.valid_to = last_day + timedelta(days=1)
        row.save(update_fields=["valid_to"])
    audit.record(
        "organisations.signing_ended", actor=actor, subject=f"organisations.signingright:{right_id}", at=at
    )


def _require_posting(actor: Actor, absence: AbsenceFacts) -> Assignment:
    held = Assignment.objects.select_related("user").filter(pk=absence.assignment_id).first()
    if held is None:
        raise Refused("not_found", _("Không có phân công này."))
    access.require_absence_keeper(actor, held.unit_id)
    if not held.holds_on(absence.first_day):
        message = _("Người này không giữ chức danh đó vào ngày đầu vắng mặt.")
        raise Refused("invalid", message, field="first_day")
    return held


def _require_sound(absence: AbsenceFacts) -> None:
    if absence.reason not in ABSENCE_REASONS:
        raise Refused("invalid", _("Chọn lý do vắng mặt."), field="reason")
    if not clean_line(absence.decision_number):
        raise Refused("invalid", _("Ghi số văn bản (quyết định, đơn được duyệt)."), field="decision_number")
    if absence.last_day and absence.last_day < absence.first_day:
        raise Refused("invalid", _("Ngày cuối không thể trước ngày đầu."), field="last_day")
    if absence.signing_form and absence.signing_form not in set(SigningForm):
        raise Refused("invalid", _("Hình thức ký không hợp lệ."), field="signing_form")
    if absence.signing_form and not absence.substitute:
        raise Refused("invalid", _("Chọn người thay trước khi chọn hình thức ký."), field="substitute")


def _find_substitute(
    actor: Actor, held: Assignment, absence: AbsenceFacts, after: date | None
) -> tuple[int | None, Assignment | None, bool]:
    """The substitute, the posting in which the work is done, and whether it was given for the time."""
    if not absence.substitute:
        return None, None, False
    user = people_who_sign_in.find_user(absence.substitute)
    if user is None or not user.is_active or user.pk == held.user_id:
        raise Refused("invalid", _("Chọn người thay khác, đang làm việc."), field="substitute")
    own = Assignment.objects.on(absence.first_day).filter(user=user, unit_id=held.unit_id, post=held.post)
    same = own.first()
    away = Absence.objects.filter(assignment__user=user).filter(valid_from__lt=after or date.max)
    if away.exclude(valid_to__lte=absence.first_day).exists():
        raise Refused("invalid", _("Người thay cũng vắng mặt trong những ngày này."), field="substitute")
    if same is not None and (same.valid_to is None or (after is not None and after <= same.valid_to)):
        return user.pk, same, False
    if not actor.may_administer(held.unit_id):
        message = _("Người thay chưa giữ chức danh này ở đơn vị; đề nghị quản trị phân công.")
        raise Refused("invalid", message, field="substitute")
    return user.pk, _appoint_for_the_time(user.pk, held, absence, after), True


def _appoint_for_the_time(
    user_id: int, held: Assignment, absence: AbsenceFacts, after: date | None
) -> Assignment:
    stand_in = Assignment(
        user_id=user_id,
        unit_id=held.unit_id,
        post=held.post,
        position=_own_position(user_id, held, absence.first_day),
        decision_number=clean_line(absence.decision_number)[:100],
        field_codes=held.field_codes,
        is_reserve=True,
        valid_from=absence.first_day,
        valid_to=after,
    )
    _save(stand_in, _("Người thay đã giữ chức danh này trong một phần thời gian đó."))
    accounts.note_postings_changed(user_ids=[user_id])
    return stand_in


def _own_position(user_id: int, held: Assignment, on: date) -> str:
    own = Assignment.objects.on(on).filter(user_id=user_id).exclude(position="").order_by("is_reserve", "pk")
    return own.values_list("position", flat=True).first() or held.position


def _give_right(
    held: Assignment, stand_in: Assignment | None, absence: AbsenceFacts, after: date | None, row: Absence
) -> None:
    if stand_in is None or held.post not in (Post.APPROVER, Post.UNIT_HEAD):
        message = _("Chỉ lãnh đạo vắng mặt mới có người ký thay.")
        raise Refused("invalid", message, field="signing_form")
    right = SigningRight(
        principal=held, signer=stand_in, form=absence.signing_form, decision_number=row.decision_number,
        valid_from=absence.first_day, valid_to=after, absence=row,
    )  # fmt: skip
    _save(right, _("Quyền ký này đã có trong những ngày đó."))


def _require_one_agency(principal: Assignment, signer: Assignment, on: date) -> None:
    tree = get_tree(on)
    agencies = {tree.get_agency_of(one.unit_id) for one in (principal, signer)}
    if len(agencies) != 1 or None in agencies:
        raise Refused("invalid", _("Hai người phải thuộc cùng một cơ quan."), field="signer_id")


def _shorten(stand_in: Assignment | None, after: date) -> None:
    """End the posting that was given for the time; one that never began is gone."""
    if stand_in is None:
        return
    if after <= stand_in.valid_from:
        stand_in.delete()
    else:
        stand_in.valid_to = after
        stand_in.save(update_fields=["valid_to"])
    accounts.note_postings_changed(user_ids=[stand_in.user_id])


def _save(row: Absence | Assignment | SigningRight, message: str) -> None:
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError as fault:
        raise Refused("overlap", message, field="first_day") from fault


def _day_after(last_day: date | None) -> date | None:
    return last_day + timedelta(days=1) if last_day else None


def _tell(what: str, actor: Actor, row: Absence, at: datetime) -> None:
    audit.record(
        what, actor=actor, subject=f"organisations.absence:{row.pk}", note=row.decision_number, at=at
    )
