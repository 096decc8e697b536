"""What an officer was reminded of, newest first, while it still holds."""

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from motcua.core.paging import Page, page
from motcua.dossiers.models import Filing, Opinion, Reminder
from motcua.dossiers.rules.acceptance import FilingState
from motcua.dossiers.rules.powers import LEADERS, get_task_posts
from motcua.dossiers.rules.reminding import Kind, To
from motcua.dossiers.rules.states import State
from motcua.organisations.rules import Actor

SIZE = 50
_OPEN = [State.RECEIVED.value, State.PROCESSING.value]


def find_reminders(actor: Actor | None, cursor: str | None = None, *, size: int = SIZE) -> Page:
    """Reminders to the actor, to the pool of the unit and post, and for heads those to the head of the agency.

    A reminder of a promise that was kept or moved since is not shown any more. Each comes with its `dossier`.

    :raises Refused: the cursor is not one of ours.
    """
    rows = _of(actor).select_related("dossier")
    return page(rows, order=("-at", "-id"), cursor=cursor, size=size)


def count_reminders(actor: Actor | None, most: int = 1000) -> int:
    """How many still hold, counted no further than `most`."""
    return _of(actor).order_by()[: most + 1].count()


def _of(actor: Actor | None) -> QuerySet[Reminder]:
    if actor is None:
        return Reminder.objects.none()
    posts = [str(post) for post in get_task_posts(actor.post)]
    whose = Q(unit_id=actor.unit_id, user_id=actor.user_id) | Q(
        unit_id=actor.unit_id, user_id=None, to=To.OFFICER.value, post__in=posts
    )
    if actor.post in LEADERS:
        whose |= Q(unit_id=actor.agency_id, to=To.HEAD.value, post__in=[str(post) for post in LEADERS])
    else:
        whose |= Q(unit_id=actor.unit_id, to=To.HEAD.value, post=str(actor.post))
    running = Q(
        dossier__finished_at=None,
        dossier__paused_at=None,
        dossier__state__in=_OPEN,
        due_at=F("dossier__due_at"),
    )
    asked = Opinion.objects.filter(
        dossier=OuterRef("dossier"), due_at=OuterRef("due_at"), answered_at=None, task__done_at=None
    )
    unanswered = Q(Exists(asked), kind=Kind.OPINION_LATE.value)
    waiting = Filing.objects.filter(
        reference=OuterRef("reference"), ended_at=None, state=FilingState.WAITING.value
    )
    return Reminder.objects.filter(whose).filter(running | unanswered | Q(Exists(waiting), dossier=None))
