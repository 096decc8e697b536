"""The door to units and postings."""

from collections.abc import Collection

from django.utils.translation import gettext as _

from motcua.core.refusal import Refused
from motcua.organisations.rules import HEADS, SYSTEM, Actor, Post

READERS = frozenset({Post.ADMINISTRATOR, Post.CONTROL_OFFICER, Post.UNIT_HEAD})


def require_reader(actor: Actor | None) -> Actor:
    """Administrators, control officers and heads look at units and postings.

    :raises Refused: anybody else.
    """
    if actor is None or actor.post not in READERS:
        raise Refused(
            "forbidden", _("Chỉ quản trị, cán bộ kiểm soát thủ tục và thủ trưởng được xem trang này.")
        )
    return actor


def require_absence_keeper(actor: Actor | None, unit_id: int | None = None) -> Actor:
    """The administrator of the unit, or a head for the people of the unit and below it.

    :raises Refused: anybody else, or a unit that is not the actor's.
    """
    if actor is SYSTEM:
        return SYSTEM
    if actor is None or not (actor.has(Post.ADMINISTRATOR) or actor.post in HEADS):
        raise Refused("forbidden", _("Chỉ quản trị và người đứng đầu ghi vắng mặt, người thay."))
    is_own = actor.may_administer(unit_id or 0) or (actor.post in HEADS and unit_id in actor.scope)
    if unit_id is not None and not is_own:
        raise Refused("forbidden", _("Người này không thuộc đơn vị anh/chị phụ trách."))
    return actor


def may_let_in(actor: Actor, units: Collection[int]) -> bool:
    """Whether all the units a person works in, now or later, are looked after by the actor as administrator."""
    return actor.has(Post.ADMINISTRATOR) and bool(units) and all(actor.may_administer(one) for one in units)


def require_administrator(actor: Actor | None, unit_id: int | None = None) -> Actor:
    """An administrator changes the units and postings of the units looked after.

    :raises Refused: another post, or a unit that is not the actor's to look after.
    """
    if actor is SYSTEM:
        return SYSTEM
    if actor is None or actor.post != Post.ADMINISTRATOR:
        raise Refused("forbidden", _("Chỉ quản trị hệ thống được thay đổi đơn vị và phân công."))
    if unit_id is not None and not actor.may_administer(unit_id):
        raise Refused("forbidden", _("Đơn vị này không thuộc phạm vi quản trị của anh/chị."))
    return actor
