"""One letter to each officer who was reminded of something: how many of each kind, and where to look; no dossier is named."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from motcua.accounts import queries as accounts
from motcua.notifications import actions as notifications
from motcua.organisations import queries as organisations

TEMPLATE = "dossiers/reminded"


@dataclass(frozen=True, slots=True)
class Group:
    """New reminders of one kind to one person, or to the pool of a post of a unit."""

    unit_id: int
    post: str
    user_id: int | None
    kind: str
    number: int


def write_letters(groups: Sequence[Group], at: datetime) -> int:
    """Write to everybody who left an address; how many letters. Who left none finds the reminders on the page."""
    told: dict[tuple[int, int], Counter[str]] = {}
    for group, user_id in _name_receivers(groups, at):
        told.setdefault((user_id, group.unit_id), Counter())[group.kind] += group.number
    reachable = accounts.find_with_email(user_id for user_id, _unit in told)
    letters = [(key, counts) for key, counts in sorted(told.items()) if key[0] in reachable]
    for (user_id, unit_id), counts in letters:
        notifications.enqueue_for_officer(
            TEMPLATE,
            reference=f"officer:{user_id}",
            agency_id=unit_id,
            user_id=user_id,
            params=dict(counts),
            at=at,
        )
    return len(letters)


def _name_receivers(groups: Iterable[Group], at: datetime) -> list[tuple[Group, int]]:
    """Whom each group is for: the person it names, else everybody who holds the post in the unit."""
    pools = {group.unit_id for group in groups if group.user_id is None}
    holders: dict[tuple[int, str], list[int]] = {}
    for posting in organisations.find_officers_of(pools, on=timezone.localdate(at)) if pools else ():
        holders.setdefault((posting.unit_id, str(posting.post)), []).append(posting.user_id)
    return [
        (group, user_id)
        for group in groups
        for user_id in ([group.user_id] if group.user_id else holders.get((group.unit_id, group.post), []))
    ]
