"""Reading in the background: a file that takes minutes is kept at once and read by the worker, page by page."""

import logging
from datetime import datetime

from django.db import Error as DatabaseFault
from django.db import transaction
from django.utils.translation import gettext as _

from motcua.audit import actions as audit
from motcua.core.refusal import Refused
from motcua.core.secret import new_token
from motcua.documents import queries as documents
from motcua.organisations.rules import SYSTEM, Actor
from motcua.programme.access import require_keeper, sign
from motcua.programme.actions.importing import Opened, keep_reading, keep_source, open_file
from motcua.programme.models import PlanReading, PlanUpload
from motcua.programme.reading.faults import refuse
from motcua.programme.reading.recognising import Heed

MOST_ATTEMPTS = 2
"""A reading that broke off twice is not begun again."""
logger = logging.getLogger(__name__)


class _Cancelled(Exception):
    """Somebody no longer wants the file read."""


@transaction.atomic
def ask_reading(
    *,
    actor: Actor,
    content: bytes,
    name: str,
    pages: int,
    year: int | None = None,
    unit_id: int | None = None,
    at: datetime,
) -> PlanUpload:
    """Keep a file and have it read in the background.

    :param pages: how many pages are to be recognised, as far as is known
    :raises Refused: no right to, or the file cannot be kept.
    """
    owner = unit_id or actor.agency_id
    require_keeper(actor, owner)
    upload = PlanUpload.objects.create(
        key=new_token(),
        unit_id=owner,
        file_id=keep_source(actor=actor, content=content, name=name, at=at),
        year=year,
        pages_total=pages,
        asked_at=at,
        asked_by=sign(actor),
    )
    audit.record("programme.uploaded", actor=actor, subject=str(upload.pk), note=name[:200], at=at)
    return upload


@transaction.atomic
def cancel(*, actor: Actor, upload_id: int, at: datetime) -> None:
    """Stop a reading after the page it is at; nothing of it is kept but the file.

    :raises Refused: it has ended meanwhile, or no right to.
    """
    upload = PlanUpload.objects.select_for_update().filter(pk=upload_id).first()
    if upload is None or upload.ended_at is not None:
        raise Refused("stale", _("Tệp này đã đọc xong hoặc đã dừng."))
    require_keeper(actor, upload.unit_id)
    upload.is_cancelled, upload.ended_at = True, at
    upload.save(update_fields=["is_cancelled", "ended_at"])
    audit.record("programme.upload_cancelled", actor=actor, subject=str(upload.pk), at=at)


def read_next(*, at: datetime) -> PlanUpload | None:
    """Read the file that waits longest; None when none does. One worker reads at a time, so what is begun broke off."""
    upload = _begin(at)
    if upload is None:
        return None
    try:
        _keep(upload, _open(upload), at)
    except _Cancelled:
        logger.info("reading cancelled", extra={"upload": upload.pk})
    except Refused as refusal:
        _end(upload, str(refusal.message), at)
    return upload


def _open(upload: PlanUpload) -> Opened:
    """The file as a table. What its bytes break is the file's fault; a lost database is not, and is tried again.

    :raises Refused: the file cannot be read.
    """
    with documents.open_file(upload.file) as stream:
        content = stream.read()
    try:
        return open_file(content, upload.file.original_name, _tell(upload))
    except (_Cancelled, Refused, DatabaseFault):
        raise
    except Exception as fault:
        logger.exception("reading failed", extra={"upload": upload.pk})
        raise refuse("plan_unreadable") from fault


@transaction.atomic
def _begin(at: datetime) -> PlanUpload | None:
    waiting = PlanUpload.objects.select_for_update(skip_locked=True, of=("self",)).select_related("file")
    for upload in waiting.filter(ended_at=None).order_by("asked_at", "pk"):
        if upload.attempts < MOST_ATTEMPTS:
            upload.attempts, upload.started_at, upload.pages_done = upload.attempts + 1, at, 0
            upload.save(update_fields=["attempts", "started_at", "pages_done"])
            return upload
        upload.fault, upload.ended_at = refuse("plan_broken_off").message, at
        upload.save(update_fields=["fault", "ended_at"])
    return None


def _tell(upload: PlanUpload) -> Heed:
    def heed(done: int, total: int) -> None:
        open_still = PlanUpload.objects.filter(pk=upload.pk, ended_at=None)
        if not open_still.update(pages_done=done, pages_total=total):
            raise _Cancelled

    return heed


@transaction.atomic
def _keep(upload: PlanUpload, opened: Opened, at: datetime) -> None:
    """The reading, unless somebody cancelled meanwhile."""
    open_still = PlanUpload.objects.select_for_update().filter(pk=upload.pk, ended_at=None).first()
    if open_still is None:
        raise _Cancelled
    reading = keep_reading(
        actor=SYSTEM,
        opened=opened,
        year=upload.year,
        unit_id=upload.unit_id,
        file_id=upload.file_id,
        at=at,
    )
    PlanReading.objects.filter(pk=reading.pk).update(created_by=upload.asked_by)
    open_still.reading, open_still.ended_at = reading, at
    open_still.save(update_fields=["reading", "ended_at"])


def _end(upload: PlanUpload, fault: str, at: datetime) -> None:
    PlanUpload.objects.filter(pk=upload.pk, ended_at=None).update(fault=fault[:500], ended_at=at)
