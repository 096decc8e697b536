"""Telling the national portal by itself, in order, until it has everything; and asking it what it has."""

import logging
import time
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings

from motcua.core import secret
from motcua.integrations import actions, queries, rules
from motcua.integrations.line import Away, NoAnswer
from motcua.integrations.models import Dispatch, Outgoing
from motcua.integrations.npsp import SOURCE, Portal, Refusal, Told

logger = logging.getLogger(__name__)
_BATCH = 20
_SECONDS = 45
"""A run ends after so long, so that a slow portal does not hold up the other jobs; the next goes on."""
_PATIENCE = 3
"""So many messages without an answer, and the portal counts as away until the next run."""
_COMPARED = timedelta(days=45)


@dataclass(slots=True)
class Tally:
    """How a run went so far."""

    sent: int = 0
    unanswered: int = 0


def open_portal() -> Portal | None:
    """The portal named by ``MOTCUA_NPSP_URL``; None when none is named, and then everything waits."""
    if not settings.MOTCUA_NPSP_URL:
        return None
    return Portal(
        settings.MOTCUA_NPSP_URL,
        user=settings.MOTCUA_NPSP_USER,
        password=settings.MOTCUA_NPSP_PASSWORD,
        unit_code=settings.MOTCUA_NPSP_UNIT,
        timeout=settings.MOTCUA_NEIGHBOUR_SECONDS,
    )


def send_outgoing(at: datetime) -> int:
    """Tell the portal what is due, each dossier in its order; how many it took.

    A portal that is away costs no attempt. One that does not answer is told again, under the same key. What it refuses,
    or what has no national status, waits for a person, and later words of that dossier wait behind it.
    """
    portal = open_portal()
    if portal is None:
        return 0
    tally = Tally()
    try:
        until = time.monotonic() + _SECONDS
        while time.monotonic() < until and (batch := actions.lease(destination=SOURCE, limit=_BATCH, at=at)):
            _deliver(portal, batch, tally, at)
    except Away as fault:
        logger.warning("the portal was not reached: %s", fault)
    finally:
        portal.close()
    return tally.sent


def compare_with_portal(at: datetime) -> int:
    """Lay what we told in the last weeks beside what the portal says; how many dossiers differ."""
    portal = open_portal()
    if portal is None:
        return 0
    different = 0
    try:
        for page in queries.walk_last_told(SOURCE, at - _COMPARED):
            different += _compare(portal, page, at)
    except (Away, NoAnswer, Refusal) as fault:
        logger.warning("the portal was not compared to the end: %s", type(fault).__name__)
    finally:
        portal.close()
    return different


def _deliver(portal: Portal, batch: list[Dispatch], tally: Tally, at: datetime) -> None:
    """Tell one after the other; :raises Away: nobody is there, and what is left of the batch waits a little."""
    messages = queries.get_messages(batch)
    for place, dispatch in enumerate(batch):
        try:
            _tell(portal, dispatch, messages[dispatch.outgoing_id], tally, at)
        except Away as fault:
            rest = [other.pk for other in batch[place:]]
            actions.postpone(dispatch_ids=rest, error=str(fault), at=at)
            raise


def _tell(portal: Portal, dispatch: Dispatch, message: Outgoing, tally: Tally, at: datetime) -> None:
    if tally.unanswered >= _PATIENCE:
        raise Away("no answer to the last messages")
    try:
        note = portal.tell(_make_told(message, dispatch))
    except (NoAnswer, Refusal) as fault:
        is_final = isinstance(fault, Refusal)
        tally.unanswered = 0 if is_final else tally.unanswered + 1
        attempts = dispatch.attempts + 1
        actions.mark_failed(
            dispatch_id=dispatch.pk, attempts=attempts, error=str(fault), is_final=is_final, at=at
        )
        return
    tally.unanswered, tally.sent = 0, tally.sent + 1
    actions.mark_sent(dispatch_id=dispatch.pk, note=note, at=at)


def _make_told(message: Outgoing, dispatch: Dispatch) -> Told:
    is_replay = "replay_of" in message.payload
    key = rules.make_key(message.reference, message.sequence, message.pk, is_replay=is_replay)
    words = secret.decrypt(dispatch.words_enc) if dispatch.words_enc else ""
    return Told(key, message.reference, message.sequence, message.payload, words)


def _compare(portal: Portal, page: list[queries.LastTold], at: datetime) -> int:
    known = portal.look_up([row.reference for row in page])
    agreed, different = [], 0
    for row in page:
        theirs = known.get(row.reference)
        if row.is_settling:
            continue
        if theirs is not None and theirs.status == row.status:
            agreed.append(row.reference)
            continue
        different += 1
        actions.keep_difference(
            destination=SOURCE,
            reference=row.reference,
            agency_id=row.agency_id,
            ours=row.status,
            theirs=theirs.status if theirs else None,
            at=at,
        )
    actions.settle(destination=SOURCE, references=agreed, at=at)
    return different
