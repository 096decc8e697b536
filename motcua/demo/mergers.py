"""A reorganisation the demonstration is preparing: a decision written down, to be looked over and not carried out."""

from datetime import datetime, timedelta

from django.utils import timezone

from motcua.accounts.models import User
from motcua.organisations import actions, queries
from motcua.organisations.actions import NewUnit, ReorganisationFacts
from motcua.organisations.models import Reorganisation


def load(at: datetime) -> int:
    """Write it down once; how many."""
    if Reorganisation.objects.exists():
        return 0
    on = timezone.localdate(at)
    actor = queries.get_actor(User.objects.get(username="tinh.quantri"), None, on)
    assert actor is not None
    facts = ReorganisationFacts(
        kind="merge",
        title="Nhập xã Hướng Phùng và xã Khe Sanh thành một xã (trình diễn)",
        decision_number="Dữ liệu trình diễn",
        first_day=on + timedelta(days=60),
        sources=("2025-X19441", "2025-X19429"),
        targets=("mau-huonghoa",),
        new_units=(NewUnit("mau-huonghoa", "Xã Hướng Hóa", "commune", "2025-T44", "H50.199"),),
    )
    actions.plan_reorganisation(actor=actor, facts=facts, at=at)
    return 1
