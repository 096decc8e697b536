"""Printing a form of a dossier: counted, so that a second print says that it is one."""

from datetime import datetime, timedelta

from django.db import connection, transaction

from motcua.audit import actions as audit
from motcua.dossiers.models import Dossier, Printing
from motcua.organisations.rules import Actor

# A viewer asks for the same file again when it is saved or sent to the printer.
SAME_PRESS = timedelta(minutes=30)
# These tell how far the dossier is: another revision, another paper.
CHANGING = frozenset({"control_slip", "handover_slip"})
_LOCK = "SELECT pg_advisory_xact_lock(hashtextextended('printing:' || %s, 0))"


@transaction.atomic
def print_form(
    *, actor: Actor, dossier: Dossier, form: str, no: int = 1, key: str = "", at: datetime
) -> Printing:
    """Count a printing and keep who printed; the same press within half an hour is the same printing.

    :param no: which of several papers of this form it is; each is counted by itself
    """
    edition = dossier.revision if form in CHANGING else no - 1
    with connection.cursor() as cursor:
        cursor.execute(_LOCK, [f"{dossier.pk}:{form}"])
    held = list(Printing.objects.filter(dossier=dossier, form=form, edition=edition).order_by("no"))
    printing = _find_same(held, actor, key, at)
    if printing is None:
        printing = Printing.objects.create(
            dossier=dossier,
            form=form,
            edition=edition,
            no=held[-1].no + 1 if held else 1,
            key=key[:32],
            at=at,
            user_id=actor.user_id,
            person_name=actor.person_name[:120],
            unit_name=actor.unit_name[:200],
        )
    audit.record(
        f"dossiers.printed.{form}",
        actor=actor,
        subject=dossier.code,
        ids=[dossier.pk],
        note=f"no. {printing.no}",
        at=at,
    )
    return printing


def _find_same(held: list[Printing], actor: Actor, key: str, at: datetime) -> Printing | None:
    for printing in held:
        if key and printing.key == key[:32] and printing.user_id == actor.user_id:
            return printing if at - printing.at <= SAME_PRESS else None
    return None
