"""Who may change the catalogue: control officers and administrators (Decree 63/2010 art. 24–26 on publication)."""

from django.utils.translation import gettext as _

from motcua.core.refusal import Refused
from motcua.organisations.rules import Actor, Post

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
