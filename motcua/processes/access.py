"""Who may write and publish processes: the province's keepers all of them, an agency's curators drafts of its own.

A draft is written by the agency, looked at by the Office and signed by the Chairman (Decree 61/2018 art. 36, Circular
01/2018/TT-VPCP art. 8): so publication stays with the province, whoever wrote the table.
"""

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from motcua.catalogue.access import is_keeper, may_curate, require_curator, require_keeper
from motcua.core.refusal import Refused
from motcua.organisations.rules import Actor
from motcua.processes.models import ProcessVersion

__all__ = [
    "get_own_agency",
    "is_keeper",
    "may_curate",
    "may_draft",
    "require_curator",
    "require_drafter",
    "require_keeper",
    "visible_to",
]


def get_own_agency(actor: Actor) -> int | None:
    """The agency this curator writes for; None for the keepers of the province, who write for every agency."""
    return None if is_keeper(actor) else actor.agency_id


def may_draft(actor: Actor | None, agency_id: int | None) -> bool:
    """Whether the actor may write the process of this agency (None: of a whole level)."""
    if actor is None or not may_curate(actor):
        return False
    return is_keeper(actor) or (agency_id is not None and agency_id == actor.agency_id)


def require_drafter(actor: Actor | None, agency_id: int | None) -> None:
    """Stop whoever does not write the process of this agency.

    :raises Refused: not a curator, or one of another agency.
    """
    require_curator(actor)
    if not may_draft(actor, agency_id):
        raise Refused(
            "forbidden",
            _("Quy trình dùng chung do tỉnh giữ; anh/chị chỉ soạn quy trình riêng của cơ quan mình."),
        )


def visible_to(actor: Actor | None) -> QuerySet[ProcessVersion]:
    """What is in use for all, and everything of one's own agency; the province's keepers see every version."""
    rows = ProcessVersion.objects.select_related("process")
    if actor is None or not may_curate(actor):
        return rows.none()
    if is_keeper(actor):
        return rows
    common = Q(process__agency=None) & ~Q(state="draft")
    return rows.filter(common | Q(process__agency=actor.agency_id))
