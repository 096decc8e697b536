"""What the focal officer writes of a week."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _


class WeeklyNote(models.Model):
    """Ghi chép tuần của cán bộ đầu mối: how the index went in a week and what is to be done, in words."""

    unit = models.ForeignKey("organisations.Unit", models.PROTECT, related_name="+")
    week_on = models.DateField()
    text = models.TextField()
    written_by = models.CharField(max_length=240)
    written_at = models.DateTimeField()

    class Meta:
        verbose_name = _("ghi chép tuần")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["unit", "week_on"], name="weekly_note_once"),
            models.CheckConstraint(
                condition=models.Q(week_on__week_day=2), name="weekly_note_begins_on_monday"
            ),
            models.CheckConstraint(condition=~models.Q(text=""), name="weekly_note_says_something"),
        ]

    def __str__(self) -> str:
        return f"{self.unit_id} · {self.week_on}"
