"""A plan handed down: which units are to draw up their own, by when."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from motcua.programme.models.plans import Plan


class PlanCall(models.Model):
    """A unit, as of the plan's day, is to draw up its own plan; received once a plan of it names this one as its parent."""

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="calls")
    unit = models.ForeignKey("organisations.Unit", models.PROTECT, related_name="+")
    due_on = models.DateField(_("Hạn gửi kế hoạch"), null=True, blank=True)
    asked_at = models.DateTimeField()
    asked_by = models.CharField(max_length=240)

    class Meta:
        verbose_name = _("giao xây dựng kế hoạch")
        ordering: ClassVar[list[str]] = ["plan_id", "unit_id"]
        constraints = [models.UniqueConstraint(fields=["plan", "unit"], name="programme_call_once")]
        indexes = [models.Index(fields=["unit"], name="programme_call_unit")]

    def __str__(self) -> str:
        return f"{self.plan_id} → {self.unit_id}"
