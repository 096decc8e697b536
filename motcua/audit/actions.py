"""Writing down what was done and what was read, in the transaction of the act itself: one INSERT each."""

from collections.abc import Iterable
from datetime import datetime
from typing import Protocol

from motcua.audit.models import Entry
from motcua.core.trace import current_request_id


class Acting(Protocol):
    """What the record needs to know of who acts: their person, post and unit at that time."""

    @property
    def user_id(self) -> int: ...
    @property
    def person_name(self) -> str: ...
    @property
    def post(self) -> str: ...
    @property
    def unit_id(self) -> int: ...
    @property
    def unit_name(self) -> str: ...


def record(
    what: str,
    *,
    actor: Acting | str | None,
    subject: str = "",
    ids: Iterable[int | str] = (),
    note: str = "",
    at: datetime,
) -> None:
    """Keep that ``what`` was done to ``subject``; ``actor`` is None for a citizen and ``"system"`` for a job.

    Ids and codes only: no name, number or address of the people served.
    """
    Entry(
        at=at,
        what=what,
        subject=subject,
        ids=list(ids),
        note=note[:500],
        request_id=current_request_id(),
        **_who(actor),
    ).save()


def record_reading(what: str, *, actor: Acting | str | None, ids: Iterable[int | str], at: datetime) -> None:
    """Keep that these records were shown: one row for a whole list, nothing for an empty one."""
    if shown := list(ids):
        record(what, actor=actor, ids=shown, at=at)


def _who(actor: Acting | str | None) -> dict[str, int | str | None]:
    if actor is None or isinstance(actor, str):
        return {"person_name": actor or ""}
    return {
        "user_id": actor.user_id,
        "person_name": actor.person_name,
        "post": str(actor.post),
        "unit_id": actor.unit_id,
        "unit_name": actor.unit_name,
    }
