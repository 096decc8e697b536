"""Appointing people to posts and ending it."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from motcua.accounts import actions as accounts
from motcua.accounts import queries as people_who_sign_in
from motcua.accounts.rules import SignedIn
from motcua.audit import actions as audit
from motcua.core.refusal import Refused
from motcua.core.text import clean_line
from motcua.legal import queries as legal
from motcua.organisations import access
from motcua.organisations.models import Assignment
from motcua.organisations.queries import PostingView, find_unit_by_code, get_identity, get_unit
from motcua.organisations.rules import Actor, Post
from motcua.organisations.rules.posting_length import Lengths, require_length


@dataclass(frozen=True, slots=True)
class PostingFacts:
    """What a decision says of a posting."""

    username: str
    unit_code: str
    post: str
    decision_number: str
    first_day: date
    last_day: date | None = None
    position: str = ""
    field_codes: tuple[str, ...] = ()
    is_reserve: bool = False


@transaction.atomic
def appoint(*, actor: Actor, posting: PostingFacts, at: datetime) -> Assignment:
    """Put a person in a post of a unit from a day on, by a decision (Decree 118/2025 art. 11).

    Who is sent to the counter for a time is sent for the months the decree allows; without a last day the posting is the
    unit's own, and a reserve stands in for as long as is needed.

    :raises Refused: not the actor's to do, no such person or unit that day, or the same post already held.
    """
    unit = get_identity(posting.unit_code)
    access.require_administrator(actor, unit.id)
    user = people_who_sign_in.find_user(posting.username)
    if user is None:
        raise Refused(
            "not_found",
            _("Không có tài khoản này. Xem lại tên, hoặc tạo tài khoản ở trang Phân công."),
            field="username",
        )
    _require_sound(posting)
    assignment = Assignment(
        user_id=user.pk,
        unit=unit,
        post=posting.post,
        position=clean_line(posting.position)[:120],
        decision_number=clean_line(posting.decision_number)[:100],
        field_codes=list(posting.field_codes),
        is_reserve=posting.is_reserve,
        valid_from=posting.first_day,
        valid_to=_day_after(posting.last_day),
    )
    _save(assignment)
    accounts.note_postings_changed(user_ids=[user.pk])
    _tell("organisations.appointed", actor, assignment, at)
    return assignment


@transaction.atomic
def end_assignment(
    *, actor: Actor, assignment_id: int, last_day: date, decision_number: str, at: datetime
) -> Assignment:
    """End a posting after its last day; what the person did before stays under it.

    :raises Refused: not the actor's to do, no such posting, or a last day before its first.
    """
    assignment = Assignment.objects.select_for_update().filter(pk=assignment_id).first()
    if assignment is None:
        raise Refused("not_found", _("Không có phân công này."))
    access.require_administrator(actor, assignment.unit_id)
    if last_day < assignment.valid_from:
        raise Refused("invalid", _("Ngày cuối không thể trước ngày bắt đầu."), field="last_day")
    if assignment.valid_to and assignment.valid_to <= last_day:
        raise Refused("invalid", _("Phân công này đã kết thúc trước ngày đó."), field="last_day")
    assignment.valid_to = _day_after(last_day)
    _save(assignment)
    accounts.note_postings_changed(user_ids=[assignment.user_id])
    _tell("organisations.posting_ended", actor, assignment, at, note=decision_number)
    return assignment


def note_post_chosen(*, posting: PostingView, at: datetime) -> None:
    """Keep that the person works in this post from now on."""
    unit_name = get_unit(posting.unit_id, timezone.localdate(at)).agency_name
    who = SignedIn(posting.user_id, posting.person_name, posting.post, posting.unit_id, unit_name)
    audit.record(
        "organisations.post_chosen", actor=who, subject=f"organisations.assignment:{posting.id}", at=at
    )


def _require_sound(posting: PostingFacts) -> None:
    if posting.post not in set(Post):
        raise Refused("invalid", _("Chức danh không hợp lệ."), field="post")
    if not clean_line(posting.decision_number):
        raise Refused("invalid", _("Phân công phải có số quyết định."), field="decision_number")
    if posting.last_day and posting.last_day < posting.first_day:
        raise Refused("invalid", _("Ngày cuối không thể trước ngày bắt đầu."), field="last_day")
    if posting.post == Post.INTAKE_OFFICER and posting.last_day and not posting.is_reserve:
        require_length(posting.first_day, posting.last_day, _get_lengths(posting.first_day), say=_)
    if find_unit_by_code(posting.unit_code, posting.first_day) is None:
        raise Refused("not_found", _("Đơn vị không tồn tại vào ngày bắt đầu."), field="unit_code")


def _get_lengths(on: date) -> Lengths:
    return Lengths(legal.get_int("posting.min_months", on), legal.get_int("posting.max_months", on))


def _save(assignment: Assignment) -> None:
    try:
        with transaction.atomic():
            assignment.save()
    except IntegrityError as fault:
        message = _("Người này đã giữ chức danh này tại đơn vị trong thời gian đó.")
        raise Refused("overlap", message, field="first_day") from fault


def _day_after(last_day: date | None) -> date | None:
    return date.fromordinal(last_day.toordinal() + 1) if last_day else None


def _tell(what: str, actor: Actor, assignment: Assignment, at: datetime, note: str = "") -> None:
    subject = f"organisations.assignment:{assignment.pk}"
    audit.record(what, actor=actor, subject=subject, note=note or assignment.decision_number, at=at)
