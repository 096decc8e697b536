"""A long list on its way out as a file: asked for, begun, so many rows, ended whole or cut short."""

from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from motcua.core.refusal import Refused
from motcua.core.secret import new_token
from motcua.dossiers.models import Export
from motcua.organisations.rules import Actor

KEPT = timedelta(days=1)


def ask_export(*, actor: Actor, title: str, address: str, at: datetime) -> Export:
    """Remember what is to be written out, under a key; what this person asked for before yesterday is forgotten."""
    Export.objects.filter(user=actor.user_id, asked_at__lt=at - KEPT).delete()
    return Export.objects.create(
        key=new_token(), user_id=actor.user_id, title=title[:200], address=address, asked_at=at
    )


def get_export(*, actor: Actor, key: str) -> Export:
    """What this person asked for under this key.

    :raises Refused: nothing, or somebody else did.
    """
    found = Export.objects.filter(key=key.replace("\0", "")[:32], user=actor.user_id).first()
    if found is None:
        raise Refused(
            "not_found", _("Không có lần xuất này, hoặc đã quá một ngày. Hãy xuất lại từ danh sách.")
        )
    return found


def begin_export(export: Export, *, at: datetime) -> None:
    """The first row is on its way."""
    Export.objects.filter(pk=export.pk).update(started_at=at, rows=0, ended_at=None, is_whole=False)


def tell_export(export: Export, rows: int) -> None:
    """So many rows have left."""
    Export.objects.filter(pk=export.pk).update(rows=rows)


def end_export(export: Export, *, is_whole: bool, at: datetime) -> None:
    """The last row has left, or whoever read went away."""
    Export.objects.filter(pk=export.pk).update(ended_at=at, is_whole=is_whole)
