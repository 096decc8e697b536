"""Who may take money at the counter."""

from django.utils.translation import gettext as _

from motcua.core.refusal import Refused
from motcua.organisations.rules import Actor, Post

# Fees are paid where the dossier is received (Decree 61/2018 art. 22, Decree 118/2025 art. 24): by the one-stop unit.
COLLECTORS = (Post.INTAKE_OFFICER, Post.ONE_STOP_HEAD)


def may_collect(actor: Actor) -> bool:
    """Whether the actor's post takes money."""
    return actor.has(*COLLECTORS)


def require_collector(actor: Actor) -> None:
    """Stop whoever does not take money.

    :raises Refused: another post.
    """
    if not may_collect(actor):
        raise Refused("forbidden", _("Chỉ cán bộ Bộ phận Một cửa được thu phí, lệ phí."))
