"""Who may change the catalogue: control officers and administrators (Decree 63/2010 art. 24–26 on publication)."""

from django.utils.translation import gettext as _

from motcua.core.refusal import Refused
from motcua.organisations.rules import SYSTEM, Actor, Kind, Post

CURATORS = (Post.ADMINISTRATOR, Post.CONTROL_OFFICER)


def may_curate(actor: Actor | None) -> bool:
    """Whether the actor may keep procedures and processes."""
    return actor is not None and actor.post in CURATORS


def require_curator(actor: Actor | None) -> None:
    """:raises Refused: the actor is neither a control officer nor an administrator."""
    if not may_curate(actor):
        raise Refused(
            "forbidden", _("Chỉ cán bộ kiểm soát thủ tục hành chính và quản trị hệ thống được làm việc này.")
        )


def is_keeper(actor: Actor | None) -> bool:
    """Whether the curator is the province's: procedures and processes hold for all of it, so one hand keeps them."""
    if actor is SYSTEM:
        return True
    return actor is not None and may_curate(actor) and (actor.sees_all or actor.unit_kind == Kind.PROVINCE)


def require_keeper(actor: Actor | None) -> None:
    """:raises Refused: not a curator, or one of a single agency."""
    require_curator(actor)
    if not is_keeper(actor):
        raise Refused(
            "forbidden",
            _("Thủ tục và quy trình dùng chung toàn tỉnh: chỉ quản trị và kiểm soát của tỉnh được sửa."),
        )
