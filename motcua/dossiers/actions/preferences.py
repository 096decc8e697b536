"""What an officer keeps at hand."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from motcua.catalogue import queries as catalogue
from motcua.core.refusal import Refused
from motcua.dossiers.models import Favourite, SavedList
from motcua.organisations.rules import Actor

MOST = 40


def keep_favourite(*, actor: Actor, procedure_code: str, at: datetime) -> None:
    """Keep a procedure at hand on the intake desk.

    :raises Refused: there is no such procedure, or forty are kept already.
    """
    catalogue.get_intake_sheet(procedure_code, timezone.localdate(at))
    kept = set(Favourite.objects.filter(user_id=actor.user_id).values_list("procedure_code", flat=True))
    if procedure_code not in kept and len(kept) >= MOST:
        raise Refused("too_many_favourites", _("Đã có 40 thủ tục hay dùng; bỏ bớt một thủ tục trước."))
    Favourite.objects.get_or_create(user_id=actor.user_id, procedure_code=procedure_code)


def drop_favourite(*, actor: Actor, procedure_code: str, at: datetime) -> None:
    """No longer keep it at hand."""
    Favourite.objects.filter(user_id=actor.user_id, procedure_code=procedure_code).delete()


def save_list(
    *, actor: Actor, list_name: str, columns: Sequence[str], filters: Mapping[str, str], at: datetime
) -> SavedList:
    """Keep the columns and filters of a list as the officer left them."""
    kept = {
        "columns": list(columns)[:MOST],
        "filters": {k: str(v)[:200] for k, v in list(filters.items())[:MOST]},
    }
    row, _is_new = SavedList.objects.update_or_create(
        user_id=actor.user_id, list_name=list_name[:40], defaults=kept
    )
    return row


def forget_list(*, actor: Actor, list_name: str, at: datetime) -> None:
    """Let the list be as it usually is."""
    SavedList.objects.filter(user_id=actor.user_id, list_name=list_name).delete()
