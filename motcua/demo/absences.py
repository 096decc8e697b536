"""Who is away in the demonstration, and who signs for whom."""

from datetime import datetime, timedelta

from django.utils import timezone

from motcua.organisations import actions
from motcua.organisations.actions import AbsenceFacts
from motcua.organisations.models import Absence, Assignment
from motcua.organisations.rules import SYSTEM

DECISION = "Dữ liệu trình diễn"
# user name, reason, substitute, days
AWAY = (
    ("huongphung.kt.chuyenvien1", "leave", "", 3),
    ("laobao.tiepnhan1", "training", "", 5),
)


def load(at: datetime) -> int:
    """Record them once; how many."""
    if Absence.objects.exists():
        return 0
    first = timezone.localdate(at) + timedelta(days=7)
    for username, reason, substitute, days in AWAY:
        held = Assignment.objects.filter(user__username=username, valid_to=None, is_reserve=False).first()
        if held is None:
            continue
        facts = AbsenceFacts(held.pk, reason, DECISION, first, first + timedelta(days=days - 1), substitute)
        actions.record_absence(actor=SYSTEM, absence=facts, at=at)
    _grant(at)
    return Absence.objects.count()


def _grant(at: datetime) -> None:
    """The office head of the commune signs by authority of its chairman."""
    posts = {
        one.user.username: one.pk
        for one in Assignment.objects.filter(
            user__username__in=("huongphung.lanhdao", "huongphung.vp.truongphong")
        )
        .filter(valid_to=None)
        .select_related("user")
    }
    if len(posts) == 2:
        actions.grant_signing(
            actor=SYSTEM,
            principal_id=posts["huongphung.lanhdao"],
            signer_id=posts["huongphung.vp.truongphong"],
            form="TL.",
            decision_number=DECISION,
            first_day=timezone.localdate(at),
            at=at,
        )
