"""A list on its way to the postal partner, and one it has signed for."""

from datetime import datetime

from django.utils import timezone

from motcua.accounts.models import User
from motcua.dossiers.actions import consigning
from motcua.dossiers.models import Consignment
from motcua.dossiers.queries.consigning import find_items, find_ready
from motcua.dossiers.rules.consigning import Content
from motcua.organisations import queries
from motcua.organisations.rules import Actor

COUNTERS = ("huongphung.tiepnhan1", "trungtam.tiepnhan1", "laobao.tiepnhan1", "kiemnhiem")


def load(at: datetime) -> int:
    """Draw them up once; how many."""
    if Consignment.objects.exists():
        return 0
    clerk, made = _find_actor("buudien.tiepnhan1", at), 0
    for counter in (_find_actor(name, at) for name in COUNTERS):
        ready = find_ready(counter, Content.RESULT)[:2] if counter else []
        if counter is None or clerk is None or not ready:
            continue
        row = consigning.draw_up(
            actor=counter,
            to_unit_id=clerk.unit_id,
            content="result",
            dossier_codes=[one.code for one in ready],
            tracking={one.code: f"MAU{one.pk:09}" for one in ready},
            at=at,
        )
        consigning.consign(actor=counter, number=row.number, at=at)
        if made:
            taken = {item.pk for item in find_items(row)[:1]}
            reasons = {item.pk: "Không có trong túi (mẫu)" for item in find_items(row)}
            consigning.receive_list(
                actor=clerk, number=row.number, received_ids=taken, reasons=reasons, at=at
            )
        made += 1
    return made


def _find_actor(username: str, at: datetime) -> Actor | None:
    """Whoever has one post and works at a counter."""
    actor = queries.get_actor(User.objects.get(username=username), None, timezone.localdate(at))
    return actor if actor is not None and actor.unit_kind in ("centre", "branch") else None
