"""Asking, answering, following up: one function per act."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from motcua.audit import actions as audit
from motcua.core.refusal import Refused
from motcua.core.rekeying import EncryptedColumn
from motcua.core.secret import encrypt, new_token
from motcua.core.text import nfc
from motcua.feedback import access, queries
from motcua.feedback.models import FollowUp, Invitation, Rating, Reading, store
from motcua.feedback.rules import CONTENTS, LEVELS, Level, Way, needs_follow_up
from motcua.notifications import actions as notifications
from motcua.organisations.rules import Actor

ENCRYPTED = (EncryptedColumn("feedback_rating", "comment_enc"),)
TEMPLATE = "feedback/ask"
SHARE = 2_000
# On the first reading people are counted as asked from so far back; only those of the last days are written to.
DAYS_BACK, DAYS_WRITTEN_TO = 60, 2


@transaction.atomic
def invite(*, at: datetime) -> int:
    """Ask those whose result was given since the last reading; how many. Each dossier is asked about once."""
    reading = Reading.objects.select_for_update().first()
    horizon = store.get_horizon()
    since = reading.xact_id if reading else 0
    rows = store.find_given(since, horizon, at - timedelta(days=DAYS_BACK), SHARE)
    made = [
        Invitation(
            dossier_id=dossier_id, agency_id=agency_id, field_code=field_code, key=new_token(),
            invited_on=timezone.localdate(given),
        )
        for dossier_id, agency_id, field_code, _code, _person, given in rows
    ]  # fmt: skip
    Invitation.objects.bulk_create(made)
    for row, invitation in zip(rows, made, strict=True):
        if row[5] >= at - timedelta(days=DAYS_WRITTEN_TO):
            notifications.enqueue(
                TEMPLATE, reference=row[3], agency_id=row[1], person_id=row[4],
                params={"code": row[3], "key": invitation.key}, at=at,
            )  # fmt: skip
    if len(rows) < SHARE:
        Reading.objects.update_or_create(
            pk=reading.pk if reading else 1, defaults={"xact_id": horizon, "at": at}
        )
    return len(rows)


@transaction.atomic
def rate(
    *, code: str, key: str, level: int, contents: Mapping[str, int], comment: str = "", at: datetime
) -> Rating:
    """The applicant answers by the link of the message or of the receipt.

    :raises Refused: an unknown link, the result was not given yet, answered already, or no such level
    """
    found = queries.find_by_key(code, key, at=at)
    if found is None:
        raise Refused("not_found", _("Đường dẫn đánh giá không đúng."))
    return _put(found, Way.LINK, level, contents, comment, "", at)


@transaction.atomic
def rate_at_counter(*, actor: Actor, code: str, level: int, at: datetime) -> Rating:
    """The applicant touches a face at the device of the counter.

    :raises Refused: not at a counter, not a dossier it gave back just now, or answered already
    """
    access.require_counter(actor)
    if code not in {told for told, _at in queries.find_at_counter(actor, at)}:
        raise Refused("not_here", _("Hồ sơ này không vừa trả kết quả tại quầy, hoặc đã được đánh giá."))
    found = queries.find_dossier(code)
    if found is None:
        raise Refused("not_found", _("Không tìm thấy hồ sơ này."))
    return _put(found, Way.DEVICE, level, {}, "", _name(actor), at)


@transaction.atomic
def record_slip(
    *, actor: Actor, code: str, level: int, contents: Mapping[str, int], comment: str = "", at: datetime
) -> Rating:
    """Type what stands on a slip of paper.

    :raises Refused: not at a counter, not a dossier of the unit, not ended, or answered already
    """
    access.require_counter(actor)
    found = queries.find_visible(actor, code)
    if found is None:
        raise Refused("not_found", _("Không tìm thấy hồ sơ này."), field="code")
    rating = _put(found, Way.SLIP, level, contents, comment, _name(actor), at)
    audit.record("feedback.slip", actor=actor, subject=f"feedback.rating:{rating.pk}", at=at)
    return rating


def _put(
    found: queries.Rated,
    way: Way,
    level: int,
    contents: Mapping[str, int],
    comment: str,
    by: str,
    at: datetime,
) -> Rating:
    if level not in set(LEVELS):
        raise Refused("unknown_choice", _("Chọn một trong ba mức."), field="level")
    if not found.is_ended:
        raise Refused("not_ended", _("Hồ sơ chưa có kết quả nên chưa đánh giá được."))
    told = {name: int(value) for name, value in contents.items() if name in CONTENTS and value in set(LEVELS)}
    words = nfc(comment).replace("\0", "").strip()[:2000]
    try:
        with transaction.atomic():
            rating = Rating.objects.create(
                dossier_id=found.dossier_id, agency_id=found.agency_id, field_code=found.field_code, level=level,
                contents=told, comment_enc=encrypt(words) if words else b"", way=way, recorded_by=by,
                rated_on=timezone.localdate(at), rated_at=at,
            )  # fmt: skip
    except IntegrityError as fault:
        raise Refused("rated", _("Hồ sơ này đã được đánh giá; mỗi hồ sơ một lần.")) from fault
    if needs_follow_up(Level(level), told):
        FollowUp.objects.create(
            rating=rating, dossier_id=found.dossier_id, agency_id=found.agency_id, opened_at=at
        )
    return rating


@transaction.atomic
def take(*, actor: Actor, follow_up_id: int, at: datetime) -> FollowUp:
    """See to a low answer oneself; a second person may take it from the first. :raises Refused: not theirs, or closed."""
    row = _lock(actor, follow_up_id)
    row.owner_id, row.owner_name = actor.user_id, _name(actor)
    row.save(update_fields=["owner_id", "owner_name"])
    audit.record("feedback.taken", actor=actor, subject=f"feedback.followup:{row.pk}", at=at)
    return row


@transaction.atomic
def close(*, actor: Actor, follow_up_id: int, is_upheld: bool, found: str, at: datetime) -> FollowUp:
    """Say what was found and done, and whether the complaint was right.

    :raises Refused: not theirs, closed already, or nothing was said
    """
    row = _lock(actor, follow_up_id)
    found = nfc(found).replace("\0", "").strip()[:4000]
    if not found:
        raise Refused("nothing_found", _("Ghi điều đã tìm hiểu và đã làm."), field="found")
    row.is_upheld, row.found, row.closed_at = is_upheld, found, at
    row.owner_id, row.owner_name = actor.user_id, _name(actor)
    row.save()
    audit.record("feedback.closed", actor=actor, subject=f"feedback.followup:{row.pk}", at=at)
    return row


@transaction.atomic
def forget_words(*, dossier_ids: Sequence[int]) -> None:
    """What people wrote of these dossiers and what was found of it; the level they gave stays as a figure."""
    Rating.objects.filter(dossier__in=dossier_ids).update(comment_enc=b"")
    FollowUp.objects.filter(rating__dossier__in=dossier_ids).update(found="")


def _lock(actor: Actor, follow_up_id: int) -> FollowUp:
    access.require_reader(actor)
    row = queries.find_follow_ups(actor).select_for_update(of=("self",)).filter(pk=follow_up_id).first()
    if row is None:
        raise Refused("not_found", _("Không tìm thấy việc này."))
    if row.closed_at is not None:
        raise Refused("not_possible_now", _("Việc này đã kết thúc."))
    return row


def _name(actor: Actor) -> str:
    return f"{actor.person_name}, {actor.unit_name}"[:240]
