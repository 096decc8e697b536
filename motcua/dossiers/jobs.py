"""What runs by itself over dossiers."""

from datetime import datetime, timedelta

from motcua.audit import actions as audit
from motcua.core.refusal import Refused
from motcua.dossiers import actions
from motcua.dossiers.actions import explaining, publishing, reminding, reminding_applicants
from motcua.dossiers.models import Dossier
from motcua.dossiers.queries import find_lapsed_opinions
from motcua.dossiers.queries.history import find_difference
from motcua.dossiers.queries.recount import find_moved
from motcua.organisations.rules import SYSTEM
from motcua.worktime import actions as calendars
from motcua.worktime import queries as worktime
from motcua.worktime.rules import ZONE

LOOK_BACK = timedelta(days=400)
CHUNK = 500


def compare_states(at: datetime) -> int:
    """Recompute running dossiers and those ended lately from their events; how many rows say something else.

    A difference is kept in the audit for the operator and changes nothing: the events are the record.
    """
    wrong = []
    for dossier in (
        Dossier.objects.filter(received_at__gte=at - LOOK_BACK).order_by("pk").iterator(chunk_size=CHUNK)
    ):
        if difference := find_difference(dossier):
            wrong.append(dossier.pk)
            audit.record(
                "dossiers.state_differs",
                actor="system",
                subject=f"dossiers.dossier:{dossier.pk}",
                note=difference,
                at=at,
            )
    return len(wrong)


def follow_calendar_changes(at: datetime) -> int:
    """Count running promises anew after every change of a calendar not followed yet; how many moved.

    Each dossier is its own transaction: a job cut short goes on where it stopped, and doing it twice moves nothing.
    """
    worktime.forget_calendars()
    moved = 0
    for change in worktime.find_unfollowed():
        code = change.calendar.code if change.calendar else ""
        reason = f"{change.subject}; {change.basis}" if change.basis else change.subject
        found = find_moved(code, change.first_on, worktime.get_calendar) if change.first_on else ()
        count = sum(_recount(one.dossier.code, reason, change.pk, at) for one in found)
        calendars.mark_followed(change_id=change.pk, moved=count, at=at)
        moved += count
    return moved


def _recount(code: str, reason: str, change_id: int, at: datetime) -> bool:
    """One dossier; where the calendar cannot say, the operator finds it in the evidence and the others go on."""
    before = Dossier.objects.values_list("due_at", flat=True).get(code=code)
    try:
        after = actions.recount(actor=SYSTEM, dossier_code=code, reason=reason, change_id=change_id, at=at)
    except Refused as no:
        audit.record("dossiers.recount_failed", actor="system", subject=code, note=no.code, at=at)
        return False
    return after.due_at != before


def remind(at: datetime) -> int:
    """Remind officers and heads of what presses now, in the working time of each calendar; how many reminders are new."""
    codes = [calendar.code for calendar in worktime.find_calendars()]
    return sum(
        act(calendar_code=code, at=at)
        for code in codes
        for act in (
            reminding.remind,
            reminding.remind_of_filings,
            reminding.remind_of_opinions,
            reminding_applicants.remind_of_results,
        )
    )


def lapse_opinions(at: datetime) -> int:
    """Take silence for a yes where the law of the sector says so and the day has passed; how many questions ended."""
    ended = 0
    for code, task_id in find_lapsed_opinions(at):
        try:
            actions.lapse_opinion(actor=SYSTEM, dossier_code=code, task_id=task_id, at=at)
        except Refused as no:  # answered or decided in between, or no way on: who has the dossier sees to it
            audit.record("dossiers.lapse_refused", actor="system", subject=code, note=no.code, at=at)
            continue
        ended += 1
    return ended


def remind_of_explanations(at: datetime) -> int:
    """Tell heads of explanations that are missing after their time; how many are."""
    return explaining.remind_of_explanations(at=at)


def publish_late(at: datetime) -> int:
    """Publish the promises broken last month; how many. A month is published once."""
    first = at.astimezone(ZONE).date().replace(day=1)
    return publishing.publish_late(month=(first - timedelta(days=1)).replace(day=1), at=at)
