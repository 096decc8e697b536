"""Files that are read in the background: which, how far, and what became of them."""

from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from motcua.core.refusal import Refused
from motcua.organisations.rules import Actor
from motcua.programme.access import uploads_of
from motcua.programme.models import PlanUpload

_SHOWN = timedelta(days=2)


def get_upload(actor: Actor, key: str) -> PlanUpload:
    """The file under this key.

    :raises Refused: there is none, or it is not the actor's to see.
    """
    found = uploads_of(actor).select_related("file").filter(key=key.replace("\0", "")[:32]).first()
    if found is None:
        raise Refused("not_found", _("Không có tệp này."))
    return found


def find_uploads(actor: Actor, at: datetime) -> list[PlanUpload]:
    """Files still being read, and those of the last two days that could not be."""
    recent = uploads_of(actor).select_related("file").filter(asked_at__gte=at - _SHOWN, reading=None)
    return list(recent.filter(is_cancelled=False).order_by("-asked_at", "-pk")[:10])


def count_before(upload: PlanUpload) -> int:
    """How many files are read before this one."""
    return PlanUpload.objects.filter(ended_at=None, asked_at__lt=upload.asked_at).count()
