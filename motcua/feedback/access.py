"""The only door to what people answered: who records it, who reads it, who follows it up."""

from django.utils.translation import gettext as _

from motcua.core.refusal import Refused
from motcua.organisations.rules import Actor, Post

COUNTER = frozenset({Post.INTAKE_OFFICER, Post.ONE_STOP_HEAD})
READERS = frozenset(
    {Post.CONTROL_OFFICER, Post.ONE_STOP_HEAD, Post.SECTION_HEAD, Post.UNIT_HEAD, Post.APPROVER}
)


def require_counter(actor: Actor | None) -> Actor:
    """Who puts the device before people and types slips.

    :raises Refused: not an officer of a counter.
    """
    if actor is None or actor.post not in COUNTER:
        raise Refused("forbidden", _("Chỉ cán bộ Bộ phận Một cửa dùng trang này."))
    return actor


def require_reader(actor: Actor | None) -> Actor:
    """Who reads the answers and follows them up: heads and control officers.

    :raises Refused: anybody else.
    """
    if actor is None or actor.post not in READERS:
        raise Refused("forbidden", _("Chỉ lãnh đạo và cán bộ kiểm soát thủ tục xem kết quả đánh giá."))
    return actor


def get_agencies(actor: Actor) -> list[int] | None:
    """The units whose answers the actor reads; None: all."""
    return None if actor.sees_all else sorted({*actor.scope, actor.agency_id})
