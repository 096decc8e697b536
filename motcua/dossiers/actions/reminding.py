"""Reminding officers and heads of what is due: set-based, each kind once for each promise, in working time alone."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any

from django.db import connection, transaction
from django.utils import timezone

from motcua.dossiers.actions.reminding_letters import Group, write_letters
from motcua.dossiers.queries.filing import get_hours
from motcua.dossiers.rules.powers import LEADERS
from motcua.dossiers.rules.promise import compute_last_day
from motcua.dossiers.rules.reminding import NEAR_HOURS, ROWS, Kind, To, compute_hours_to_head
from motcua.legal import queries as legal
from motcua.organisations.rules import SYSTEM, Actor, Post
from motcua.worktime import queries as worktime
from motcua.worktime.rules import (
    ZONE,
    Calendar,
    add_working_hours,
    next_working_moment,
    working_hours_between,
)
from motcua.worktime.rules.counting import start_of_office_hours

FURTHEST = 40  # days ahead within which the last day of an apology lies
APOLOGY_DAYS = "apology.working_days_before_due"


_GROUPED = "SELECT unit_id, post, user_id, kind, count(*) FROM made GROUP BY 1, 2, 3, 4"


@dataclass(frozen=True, slots=True)
class Press:
    """A stretch of promises that press now in one way, and whether the head hears of it already."""

    kind: Kind
    since: datetime
    until: datetime
    tells_head: bool


# Once each is the unique index's to keep, row by row: asked beside it as NOT EXISTS, the planner read all that
# was ever told for every promise as soon as it believed the table empty.
_REMIND = """
INSERT INTO dossiers_reminder (dossier_id, reference, kind, "to", due_at, at, unit_id, post, user_id)
SELECT d.id, d.code, k.kind, r.receiver, d.due_at, %(at)s,
       CASE r.receiver WHEN 'head' THEN d.competent_agency_id ELSE t.unit_id END,
       CASE r.receiver WHEN 'head' THEN %(head)s ELSE t.post END,
       CASE r.receiver WHEN 'head' THEN NULL ELSE t.assignee_id END
FROM unnest(%(kinds)s::text[], %(since)s::timestamptz[], %(until)s::timestamptz[], %(heads)s::boolean[])
     AS k(kind, since, until, tells_head)
JOIN dossiers_dossier d ON d.finished_at IS NULL AND d.due_at >= k.since AND d.due_at < k.until
     AND d.calendar_code = %(calendar)s AND d.paused_at IS NULL AND d.state IN ('received', 'processing')
CROSS JOIN LATERAL (VALUES ('officer'), ('head')) AS r(receiver)
JOIN LATERAL (SELECT t.unit_id, t.post, t.assignee_id FROM dossiers_task t
              WHERE t.dossier_id = d.id AND t.done_at IS NULL AND t.kind <> 'opinion'
              ORDER BY t.due_at, t.id LIMIT 1) t ON true
WHERE (r.receiver = 'officer' OR k.tells_head AND NOT (t.unit_id = d.competent_agency_id AND t.post = ANY(%(leaders)s)))
  AND NOT (k.kind = 'apology_due' AND EXISTS (SELECT 1 FROM dossiers_promisechange c
                                             WHERE c.dossier_id = d.id AND c.change = 'apologise'))
ON CONFLICT DO NOTHING
"""
_REMIND_FILINGS = """
INSERT INTO dossiers_reminder (dossier_id, reference, kind, "to", due_at, at, unit_id, post, user_id)
SELECT NULL, f.reference, 'acceptance_due', r.receiver, f.answer_by, %(at)s, f.unit_id,
       CASE r.receiver WHEN 'head' THEN %(head)s ELSE %(officer)s END, NULL
FROM dossiers_filing f CROSS JOIN LATERAL (VALUES ('officer'), ('head')) AS r(receiver)
WHERE f.ended_at IS NULL AND f.state = 'waiting' AND f.calendar_code = %(calendar)s AND f.alert_at <= %(at)s
  AND (r.receiver = 'officer' OR f.alert_at <= %(head_since)s)
ON CONFLICT DO NOTHING
"""


# The asking unit hears of it, and the head of the one-stop unit that forwarded the dossier.
_REMIND_OPINIONS = """
INSERT INTO dossiers_reminder (dossier_id, reference, kind, "to", due_at, at, unit_id, post, user_id)
SELECT d.id, d.code, 'opinion_late', r.receiver, o.due_at, %(at)s,
       CASE r.receiver WHEN 'head' THEN d.receiving_unit_id ELSE o.asking_unit_id END,
       CASE r.receiver WHEN 'head' THEN %(head)s ELSE %(officer)s END, NULL
FROM dossiers_opinion o JOIN dossiers_task t ON t.id = o.task_id AND t.done_at IS NULL
JOIN dossiers_dossier d ON d.id = o.dossier_id AND d.finished_at IS NULL AND d.calendar_code = %(calendar)s
CROSS JOIN LATERAL (VALUES ('officer'), ('head')) AS r(receiver)
WHERE o.answered_at IS NULL AND o.due_at < %(at)s AND o.silence = 'waits'
ON CONFLICT DO NOTHING
"""


@transaction.atomic
def remind_of_opinions(*, actor: Actor = SYSTEM, calendar_code: str, at: datetime) -> int:
    """Remind of questions nobody answered in time (Decree 61 art. 19.5b); how many reminders are new."""
    calendar = worktime.get_calendar(calendar_code)
    if next_working_moment(at, calendar) != at.replace(microsecond=0):
        return 0
    parameters: dict[str, Any] = {
        "at": at,
        "calendar": calendar_code,
        "officer": str(Post.CASE_OFFICER),
        "head": str(Post.ONE_STOP_HEAD),
    }
    return _write(_REMIND_OPINIONS, parameters)


@transaction.atomic
def remind(*, actor: Actor = SYSTEM, calendar_code: str, at: datetime) -> int:
    """Remind of every promise counted by one calendar that presses now; how many reminders are new."""
    calendar = worktime.get_calendar(calendar_code)
    if next_working_moment(at, calendar) != at.replace(microsecond=0):
        return 0
    presses = find_presses(calendar, at)
    parameters: dict[str, Any] = {
        "at": at,
        "calendar": calendar_code,
        "head": str(Post.APPROVER),
        "leaders": sorted(str(post) for post in LEADERS),
        "kinds": [str(one.kind) for one in presses],
        "since": [one.since for one in presses],
        "until": [one.until for one in presses],
        "heads": [one.tells_head for one in presses],
    }
    return _write(_REMIND, parameters)


@transaction.atomic
def remind_of_filings(*, actor: Actor = SYSTEM, calendar_code: str, at: datetime) -> int:
    """Remind counters of filings nobody looked at within two working hours, and later their heads; how many are new."""
    calendar = worktime.get_calendar(calendar_code)
    if next_working_moment(at, calendar) != at.replace(microsecond=0):
        return 0
    parameters: dict[str, Any] = {
        "at": at,
        "calendar": calendar_code,
        "officer": str(Post.INTAKE_OFFICER),
        "head": str(Post.ONE_STOP_HEAD),
        "head_since": _hours_ago(at, _get_hours_to_head(Kind.ACCEPTANCE_DUE, at), calendar),
    }
    return _write(_REMIND_FILINGS, parameters)


def find_presses(calendar: Calendar, at: datetime) -> list[Press]:
    """Which due moments press now: the same as the pure rule asks of one dossier, asked of all at once."""
    today = timezone.localtime(at, ZONE).date()
    midnight = datetime.combine(today, time.min, ZONE)
    tomorrow = midnight + timedelta(days=1)
    opening = start_of_office_hours(today, calendar)
    near_until = add_working_hours(at, NEAR_HOURS, calendar)
    presses = [
        Press(Kind.OVERDUE, datetime(2000, 1, 1, tzinfo=ZONE), at, ROWS[Kind.OVERDUE].then is To.HEAD),
        Press(Kind.DUE, at, tomorrow, _is_head_told(Kind.DUE, opening, at, calendar)),
        # The moment itself is near still.
        Press(Kind.NEAR_DUE, tomorrow, near_until + timedelta(microseconds=1), False),
        *_find_apologies(calendar, at, opening),
    ]
    return [one for one in presses if one.until > one.since]


def _find_apologies(calendar: Calendar, at: datetime, opening: datetime) -> Iterable[Press]:
    """The days of promises for which an apology is due today."""
    today = timezone.localtime(at, ZONE).date()
    days = legal.get_int(APOLOGY_DAYS, today)
    for ahead in range(FURTHEST):
        midnight = datetime.combine(today + timedelta(days=ahead), time.min, ZONE)
        if compute_last_day(midnight, days, calendar) == today:
            since = max(at, midnight)
            told = _is_head_told(Kind.APOLOGY_DUE, opening, at, calendar)
            yield Press(Kind.APOLOGY_DUE, since, midnight + timedelta(days=1), told)


def _is_head_told(kind: Kind, since: datetime, at: datetime, calendar: Calendar) -> bool:
    row = ROWS[kind]
    return row.then is To.HEAD and working_hours_between(since, at, calendar) >= _get_hours_to_head(kind, at)


def _get_hours_to_head(kind: Kind, at: datetime) -> int:
    return compute_hours_to_head(kind, get_hours(timezone.localdate(at)))


def _hours_ago(at: datetime, hours: int, calendar: Calendar) -> datetime:
    """The latest quarter of an hour since which so many working hours have passed."""
    step = timedelta(minutes=15)
    since = at - timedelta(hours=hours)
    while working_hours_between(since, at, calendar) < hours:
        since -= step
    return since


def _write(insert: str, parameters: dict[str, Any]) -> int:
    """Keep the reminders and write to whom they are for; how many are new."""
    sql = f"WITH made AS ({insert} RETURNING unit_id, post, user_id, kind) {_GROUPED}"  # noqa: S608 - our own words
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        groups = [Group(*row) for row in cursor.fetchall()]
    write_letters(groups, parameters["at"])
    return sum(group.number for group in groups)
