"""Lists of what goes by post: those of a place, what could go on one, and what is missing."""

from collections.abc import Iterable
from datetime import date

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from motcua.core.paging import Page, page
from motcua.core.refusal import Refused
from motcua.core.text import sort_key
from motcua.dossiers import access
from motcua.dossiers.models import Consignment, ConsignmentItem, Dossier
from motcua.dossiers.rules.consigning import IN_TRANSIT, Content, ItemState, ListState
from motcua.dossiers.rules.states import ALIVE, State
from motcua.organisations import queries as organisations
from motcua.organisations.rules import Actor, Kind

MOST_OFFERED = 200


def consignments_of(actor: Actor | None) -> QuerySet[Consignment]:
    """Lists the actor's place gave or receives; a giver's draft is nobody else's yet."""
    if actor is None:
        return Consignment.objects.none()
    if actor.sees_all:
        return Consignment.objects.all()
    mine = list(actor.reads)
    given = Q(from_unit_id__in=mine)
    return Consignment.objects.filter(given | Q(to_unit_id__in=mine) & ~Q(state=ListState.DRAFT.value))


def find_consignments(
    actor: Actor, cursor: str | None = None, *, missing: bool = False, size: int = 50
) -> Page:
    """The lists of the place, the newest first; with `missing` those on which something is."""
    found = consignments_of(actor)
    if missing:
        lost = ConsignmentItem.objects.filter(state=ItemState.MISSING.value)
        found = found.filter(pk__in=lost.values("consignment_id"))
    return page(found, order=("-id",), cursor=cursor, size=size)


def count_waiting(actor: Actor) -> dict[str, int]:
    """Lists that wait for the actor's signature, and things that are missing."""
    mine = consignments_of(actor)
    to_sign = mine.filter(state=ListState.HANDED.value, to_unit_id__in=list(actor.scope)).count()
    missing = ConsignmentItem.objects.filter(state=ItemState.MISSING.value, consignment__in=mine).count()
    return {"to_sign": to_sign, "missing": missing}


def get_consignment(actor: Actor | None, number: str, *, to_act: bool = False) -> Consignment:
    """One list, locked to be acted on.

    :raises Refused: there is none, or it is of other places.
    """
    found = consignments_of(actor).filter(number=number.replace("\0", ""))
    row = (found.select_for_update() if to_act else found).first()
    if row is None:
        raise Refused("not_found", _("Không tìm thấy bảng kê này trong phạm vi của anh/chị."))
    return row


def find_items(consignment: Consignment) -> list[ConsignmentItem]:
    """Its lines with their dossiers."""
    return list(consignment.items.select_related("dossier").order_by("pk"))


def find_ready(actor: Actor, content: Content) -> list[Dossier]:
    """What lies at the place and could go: results asked for by post, or papers received there of another's dossiers."""
    away = ConsignmentItem.objects.filter(state__in=[s.value for s in IN_TRANSIT]).values("dossier_id")
    if content == Content.RESULT:
        found = access.visible_to(actor).filter(
            state=State.RESULT_READY.value, returning_unit_id=actor.unit_id, result_delivery="postal"
        )
    else:
        found = access.visible_to(actor).filter(
            state__in=[s.value for s in ALIVE], receiving_unit_id=actor.unit_id
        )
    return list(found.exclude(pk__in=away).order_by("received_at", "pk")[:MOST_OFFERED])


def find_partners(actor: Actor, on: date) -> list[tuple[int, str]]:
    """With whom lists are exchanged: a counter with the postal partner's places, a postal place with the counters."""
    tree = organisations.get_tree(on)
    wanted = {Kind.CENTRE} if is_postal(actor.unit_id, on) else {Kind.POSTAL_PARTNER, Kind.BRANCH}
    found = [
        (unit.id, unit.name)
        for unit in tree.units.values()
        if unit.kind in wanted and (unit.kind == Kind.CENTRE or is_postal(unit.id, on))
    ]
    return sorted(found, key=lambda pair: sort_key(pair[1]))


def is_postal(unit_id: int, on: date) -> bool:
    """Whether the unit is the postal partner or a place of it."""
    return any(unit.kind == Kind.POSTAL_PARTNER for unit in organisations.get_lineage(unit_id, on))


def name_units(rows: Iterable[Consignment], on: date) -> dict[int, str]:
    """The names of the places of these lists."""
    ids = {unit_id for row in rows for unit_id in (row.from_unit_id, row.to_unit_id)}
    return {unit_id: organisations.get_name(unit_id, on) for unit_id in ids}
