"""The only door to figures: whose an officer sees. The dossiers behind them keep their own door."""

from django.utils.translation import gettext as _

from motcua.core.refusal import Refused
from motcua.organisations.rules import Actor, Post

LEADERS = frozenset(
    {Post.CONTROL_OFFICER, Post.ONE_STOP_HEAD, Post.SECTION_HEAD, Post.UNIT_HEAD, Post.APPROVER}
)
CLOSERS = frozenset({Post.CONTROL_OFFICER, Post.UNIT_HEAD})


def get_scope(actor: Actor | None) -> frozenset[int] | None:
    """The units whose figures an officer sees, or None for all of them.

    :raises Refused: an administrator looks after units and sees no figures of dossiers.
    """
    if actor is None or actor.has(Post.ADMINISTRATOR):
        raise Refused("forbidden", _("Chức danh này không xem số liệu hồ sơ."))
    return None if actor.sees_all else actor.scope


def require_unit(actor: Actor | None, unit_id: int) -> None:
    """Stop whoever asks for the figures of another unit.

    :raises Refused: the unit is not the actor's and not below it.
    """
    scope = get_scope(actor)
    if scope is not None and unit_id not in scope:
        raise Refused("forbidden", _("Số liệu của đơn vị này ngoài phạm vi của anh/chị."))


def may_read(actor: Actor, unit_id: int) -> bool:
    """Whether pages of figures and of the index open for a unit: the own agency's for every officer, others by scope."""
    if actor.has(Post.ADMINISTRATOR):
        return False
    return unit_id == actor.agency_id or actor.sees_all or unit_id in actor.scope


def may_lead(actor: Actor | None, agency_id: int) -> bool:
    """Whether the actor answers for the people of an agency: its heads, and control officers over it."""
    return (
        actor is not None
        and actor.post in LEADERS
        and (actor.agency_id == agency_id or actor.covers(agency_id))
    )


def require_head(actor: Actor | None, agency_id: int) -> None:
    """Figures of single officers are for those who answer for them.

    :raises Refused: another post, or another agency.
    """
    if not may_lead(actor, agency_id):
        raise Refused("forbidden", _("Số liệu của từng cán bộ chỉ lãnh đạo và cán bộ kiểm soát thủ tục xem."))


def may_close(actor: Actor | None) -> bool:
    """Whether the actor fixes the figures of the province."""
    return actor is not None and actor.sees_all and actor.post in CLOSERS


def require_closer(actor: Actor | None) -> Actor:
    """Who fixes the figures of the province for good.

    :raises Refused: not a control officer or head who oversees the whole province.
    """
    if actor is None or not may_close(actor):
        raise Refused(
            "forbidden", _("Chỉ cán bộ kiểm soát thủ tục hoặc thủ trưởng cấp tỉnh được chốt số liệu.")
        )
    return actor
