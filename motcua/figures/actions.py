"""Keeping count: following the events, telling everything anew, closing a period."""

import logging
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from motcua.audit import actions as audit
from motcua.core.refusal import Refused
from motcua.core.text import clean_line
from motcua.figures import access, queries
from motcua.figures.models import ClosedCount, ClosedPeriod, Cursor, SavedTable, StandIn, Stay, store
from motcua.figures.queries.checks import Break
from motcua.figures.rules import Counts, Period
from motcua.figures.rules.periods import find_current
from motcua.figures.rules.standing_in import StandInLine, draw_lines
from motcua.figures.rules.stays import Succession
from motcua.organisations import queries as organisations
from motcua.organisations.rules import SYSTEM, Actor

logger = logging.getLogger(__name__)
EVENTS = "events"
MOST_KEPT = 40


@transaction.atomic
def follow(*, at: datetime) -> int:
    """Read the next share of events below the horizon and move the figures by what they change; how many dossiers.

    Nothing that commits late is missed, and doing it twice changes nothing. The first time everything is told.
    """
    store.take_turn()
    cursor = Cursor.objects.select_for_update().filter(name=EVENTS).first()
    horizon = store.get_horizon()
    if cursor is None or cursor.is_to_retell:
        return _tell_all(horizon, at)
    moved = _follow_mergers(cursor)
    bound = store.find_bound(cursor.xact_id, horizon)
    touched, acted = store.find_touched(cursor.xact_id, bound)
    if touched:
        store.retell(touched, bound)
    if acted:
        store.add_acts(acted, cursor.xact_id, bound, find_current(timezone.localdate(at), "month").first_on)
    _compact(cursor, timezone.localdate(at))
    if bound != cursor.xact_id:
        cursor.xact_id, cursor.at = bound, at
        cursor.save()
    return len(touched) + moved


@transaction.atomic
def recount_all(*, at: datetime) -> int:
    """Forget every stay and every sum and tell them anew from the events; how many dossiers."""
    store.take_turn()
    return _tell_all(store.get_horizon(), at)


def _tell_all(horizon: int, at: datetime) -> int:
    store.forget_all()
    Cursor.objects.filter(name=EVENTS).delete()
    _draw_stand_ins()
    before = find_current(timezone.localdate(at), "month").first_on
    told = store.tell_all(horizon, before, _log_progress)
    cursor = Cursor.objects.create(name=EVENTS, xact_id=horizon, tree_stamp=organisations.get_stamp(), at=at)
    _compact(cursor, timezone.localdate(at))
    return told


def _log_progress(done: int, of: int) -> None:
    """What is told from nothing takes minutes where there are millions: the log says how far it has come."""
    logger.info("stays told", extra={"count": done, "of": of})


def _compact(cursor: Cursor, on: date) -> None:
    """Days of the months that are over become one row a month; this month stays by day."""
    before = find_current(on, "month").first_on
    if cursor.compacted_on is None or cursor.compacted_on < before:
        store.compact(before, cursor.compacted_on)
        cursor.compacted_on = before
        cursor.save(update_fields=["compacted_on"])


def _follow_mergers(cursor: Cursor) -> int:
    """When units were merged since: draw the lines anew and tell what concerns them once more."""
    stamp = organisations.get_stamp()
    if cursor.tree_stamp == stamp:
        return 0
    cursor.tree_stamp = stamp
    cursor.save(update_fields=["tree_stamp"])
    old = {_line(row) for row in StandIn.objects.all()}
    new = set(_find_lines())
    if old == new:
        return 0
    _draw_stand_ins()
    agencies = {line.agency_id for line in old ^ new} | {line.unit_id for line in old ^ new}
    ids = list(Stay.objects.filter(agency_id__in=agencies).values_list("dossier_id", flat=True).distinct())
    for start in range(0, len(ids), store.SHARE):
        store.retell(ids[start : start + store.SHARE], cursor.xact_id)
    return len(ids)


def _draw_stand_ins() -> None:
    StandIn.objects.all().delete()
    StandIn.objects.bulk_create(
        StandIn(agency_id=line.agency_id, first_on=line.first_on, end_on=line.end_on, unit_id=line.unit_id)
        for line in _find_lines()
    )


def _find_lines() -> list[StandInLine]:
    return draw_lines(Succession(*row) for row in organisations.find_default_successions())


def _line(row: StandIn) -> StandInLine:
    return StandInLine(row.agency_id, row.first_on, row.end_on, row.unit_id)


@transaction.atomic
def close_period(*, actor: Actor, period: Period, at: datetime) -> ClosedPeriod:
    """Fix the figures of a period that is over, for every unit, its fields and what stands above it.

    :raises Refused: not the actor's to close, not over yet, closed already, or the figures do not agree.
    """
    if actor is not SYSTEM:
        access.require_closer(actor)
    store.take_turn()
    if period.last_on >= timezone.localdate(at):
        raise Refused("not_over", _("Kỳ này chưa kết thúc."))
    if queries.find_closed(period) is not None:
        raise Refused("closed", _("Kỳ này đã chốt số liệu."))
    if breaks := queries.find_breaks(period):
        raise Refused("figures_differ", _("Chưa chốt được: %(reason)s") % {"reason": say_break(breaks[0])})
    closed = ClosedPeriod.objects.create(
        first_on=period.first_on,
        last_on=period.last_on,
        closed_at=at,
        closed_by=f"{actor.person_name}, {actor.unit_name}"[:240],
        xact_id=Cursor.objects.get(name=EVENTS).xact_id,
    )
    ClosedCount.objects.bulk_create(_fix(closed, period), batch_size=2000)
    audit.record("figures.closed", actor=actor, subject=f"figures.closedperiod:{closed.pk}", at=at)
    return closed


def say_break(one: Break) -> str:
    """What does not agree, as a sentence."""
    return _(one.sentence) % one.facts


def _fix(closed: ClosedPeriod, period: Period) -> list[ClosedCount]:
    tree = organisations.get_tree(period.last_on)
    told: dict[tuple[int, str, str, bool], Counts] = {}
    for row in queries.recount(period):
        level = queries.find_level(tree, row.agency_id)
        above = [(unit, False) for unit in queries.find_above(row.agency_id, period.last_on)]
        for unit, is_own in [(row.agency_id, True), *above]:
            key = (unit, level, row.field_code, is_own)
            told[key] = told.get(key, Counts()) + row.counts
    return [
        ClosedCount(
            period=closed, unit_id=unit, level=level, field_code=field, is_own=is_own, **counts._asdict()
        )
        for (unit, level, field, is_own), counts in told.items()
    ]


@transaction.atomic
def keep_table(*, actor: Actor, name: str, query: str, at: datetime) -> SavedTable:
    """Keep what a table was asked for; the same name takes the place of the old one.

    :raises Refused: no name, or too many are kept already.
    """
    access.get_scope(actor)
    name = clean_line(name)[:80]
    if not name:
        raise Refused("no_name", _("Ghi tên cho bảng."), field="name")
    mine = SavedTable.objects.filter(user_id=actor.user_id)
    if mine.exclude(name=name).count() >= MOST_KEPT:
        raise Refused(
            "too_many", _("Đã lưu %(n)s bảng; bỏ bớt rồi lưu lại.") % {"n": MOST_KEPT}, field="name"
        )
    row, _is_new = SavedTable.objects.update_or_create(
        user_id=actor.user_id, name=name, defaults={"query": query[:400], "saved_at": at}
    )
    audit.record("figures.table_kept", actor=actor, subject=f"figures.savedtable:{row.pk}", at=at)
    return row


@transaction.atomic
def forget_table(*, actor: Actor, table_id: int, at: datetime) -> None:
    """Forget a kept table. :raises Refused: it is not the actor's."""
    gone, _rows = SavedTable.objects.filter(pk=table_id, user_id=actor.user_id).delete()
    if not gone:
        raise Refused("not_found", _("Không có bảng này."))
    audit.record("figures.table_forgotten", actor=actor, subject=f"figures.savedtable:{table_id}", at=at)
