"""What runs by itself across the packages below."""

from datetime import datetime

from django.utils import timezone

from motcua.desk.actions.reorganising import carry_out_due
from motcua.organisations import queries as organisations
from motcua.organisations.rules import SYSTEM


def carry_out_reorganisations(at: datetime) -> int:
    """Carry out what was scheduled for today or before; how many. One that cannot be done waits for the administrator."""
    due = organisations.find_due_reorganisations(timezone.localdate(at))
    return sum(carry_out_due(actor=SYSTEM, reorganisation_id=pk, at=at) for pk in due)
