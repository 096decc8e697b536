"""The only door to the index: who sees the score of a unit, and who types what the house does not count."""

from django.utils.translation import gettext as _

from motcua.core.refusal import Refused
from motcua.figures import access as figures
from motcua.organisations.rules import Actor, Post

TYPISTS = frozenset({Post.CONTROL_OFFICER, Post.ONE_STOP_HEAD, Post.UNIT_HEAD, Post.APPROVER})


def require_reader(actor: Actor | None, unit_id: int) -> None:
    """Whoever sees the figures of a unit sees its score; every officer that of the own agency.

    :raises Refused: another unit's.
    """
    if actor is None or not figures.may_read(actor, unit_id):
        figures.require_unit(actor, unit_id)


def may_type(actor: Actor, unit_id: int) -> bool:
    """Whether the actor may type figures of the unit: heads and control officers, for whom they answer."""
    return actor.post in TYPISTS and (actor.agency_id == unit_id or actor.covers(unit_id))


def require_typist(actor: Actor, unit_id: int) -> None:
    """Stop whoever may not.

    :raises Refused: another post, or another unit.
    """
    if not may_type(actor, unit_id):
        raise Refused(
            "forbidden", _("Chỉ lãnh đạo và cán bộ kiểm soát thủ tục của đơn vị được nhập số liệu chỉ số.")
        )
