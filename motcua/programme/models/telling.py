"""What units were told of a plan, and what those who watch over it said."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from motcua.programme.models.following import Occurrence
from motcua.programme.models.plans import Plan, PlanTask


class Reminder(models.Model):
    """A unit was told once before, on or after the day of its part of an occurrence."""

    occurrence = models.ForeignKey(Occurrence, models.CASCADE, related_name="reminders")
    unit = models.ForeignKey("organisations.Unit", models.PROTECT, related_name="+")
    kind = models.CharField(max_length=10)
    told_at = models.DateTimeField()

    class Meta:
        verbose_name = _("lời nhắc")
        constraints = [
            models.UniqueConstraint(fields=["occurrence", "unit", "kind"], name="programme_reminder_once")
        ]

    def __str__(self) -> str:
        return f"{self.occurrence_id} {self.kind}"


class Digest(models.Model):
    """The week's summary of a unit's tasks, as its head was told on a Monday: counts by standing."""

    unit = models.ForeignKey("organisations.Unit", models.PROTECT, related_name="+")
    monday = models.DateField()
    counts = models.JSONField(default=dict)
    told_at = models.DateTimeField()

    class Meta:
        verbose_name = _("bản tổng hợp tuần")
        ordering: ClassVar[list[str]] = ["-monday"]
        constraints = [models.UniqueConstraint(fields=["unit", "monday"], name="programme_digest_once")]

    def __str__(self) -> str:
        return f"{self.unit_id} {self.monday}"


class Comment(models.Model):
    """What a supervising organisation, or the plan's agency in answer, says of a plan or of one of its tasks."""

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="comments")
    task = models.ForeignKey(PlanTask, models.CASCADE, null=True, blank=True, related_name="comments")
    text = models.TextField(_("Góp ý"))
    is_of_observer = models.BooleanField(default=False)
    said_at = models.DateTimeField()
    said_by = models.CharField(max_length=240)

    class Meta:
        verbose_name = _("góp ý giám sát")
        ordering: ClassVar[list[str]] = ["said_at"]

    def __str__(self) -> str:
        return self.text[:60]
