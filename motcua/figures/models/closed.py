"""Periods whose figures no longer change."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

FIGURES = (
    "carried", "new_online", "new_assisted", "new_counter", "new_postal", "reopened", "moved_in", "early", "on_time",
    "late", "withdrawn", "stopped", "moved_out", "pending_in_time", "pending_overdue", "waiting", "refused",
    "new_behalf", "electronic", "digitised",
)  # fmt: skip


class ClosedPeriod(models.Model):
    """Kỳ đã chốt: its figures are kept as they were; what comes late to it is told, not added."""

    first_on = models.DateField()
    last_on = models.DateField()
    closed_at = models.DateTimeField()
    closed_by = models.CharField(max_length=240)
    xact_id = models.BigIntegerField()

    class Meta:
        verbose_name = _("kỳ đã chốt số liệu")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["first_on", "last_on"], name="closed_period_once"),
            models.CheckConstraint(
                condition=models.Q(last_on__gte=models.F("first_on")), name="closed_period_has_days"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.first_on} – {self.last_on}"


class ClosedCount(models.Model):
    """Số liệu đã chốt of a unit by field: its own (`is_own`), and the sum with all below it by the level they came from."""

    period = models.ForeignKey(ClosedPeriod, models.CASCADE, related_name="counts", db_index=False)
    unit_id = models.BigIntegerField()
    level = models.CharField(max_length=10)
    is_own = models.BooleanField()
    field_code = models.CharField(max_length=40, blank=True)
    carried = models.IntegerField()
    new_online = models.IntegerField()
    new_assisted = models.IntegerField()
    new_counter = models.IntegerField()
    new_postal = models.IntegerField()
    reopened = models.IntegerField()
    moved_in = models.IntegerField()
    early = models.IntegerField()
    on_time = models.IntegerField()
    late = models.IntegerField()
    withdrawn = models.IntegerField()
    stopped = models.IntegerField()
    moved_out = models.IntegerField()
    pending_in_time = models.IntegerField()
    pending_overdue = models.IntegerField()
    waiting = models.IntegerField()
    refused = models.IntegerField()
    new_behalf = models.IntegerField(default=0)
    electronic = models.IntegerField(default=0)
    digitised = models.IntegerField(default=0)

    class Meta:
        verbose_name = _("số liệu đã chốt")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["period", "unit_id", "level", "field_code", "is_own"], name="closed_count_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.period_id} · {self.unit_id} · {self.field_code}"
