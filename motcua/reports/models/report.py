"""A unit's report of a period, its filled sheets and its steps."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from motcua.reports.models.form import Form
from motcua.reports.rules.states import LABELS, State

UNIT = "organisations.Unit"
STATES = [(state.value, label) for state, label in LABELS.items()]


class Report(models.Model):
    """Báo cáo định kỳ: one version of what a unit reports of a period."""

    unit = models.ForeignKey(UNIT, models.PROTECT, related_name="+")
    parent_unit = models.ForeignKey(UNIT, models.PROTECT, null=True, related_name="+")
    kind = models.CharField(max_length=10)
    year = models.PositiveSmallIntegerField()
    number = models.PositiveSmallIntegerField()
    first_on = models.DateField()
    last_on = models.DateField()
    due_on = models.DateField()
    version = models.PositiveSmallIntegerField(default=1)
    state = models.CharField(max_length=10, choices=STATES)
    narrative = models.TextField(blank=True)
    missing_units = models.JSONField(default=list)
    fingerprint = models.CharField(max_length=64, blank=True)
    signed_by = models.CharField(max_length=240, blank=True)
    signed_at = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)
    made_at = models.DateTimeField()
    # Entered by the unit above from the signed paper of a unit that works elsewhere.
    is_entered_above = models.BooleanField(default=False, db_default=False)

    class Meta:
        verbose_name = _("báo cáo định kỳ")
        indexes: ClassVar = [
            models.Index(fields=["parent_unit", "first_on", "last_on"], name="report_of_parent"),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["unit", "first_on", "last_on", "version"], name="report_once"),
            models.UniqueConstraint(
                fields=["unit", "first_on", "last_on"],
                name="report_one_in_force",
                condition=~models.Q(state=State.AMENDED.value),
            ),
            models.CheckConstraint(
                condition=models.Q(state__in=[s.value for s in State]), name="report_state_is_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.unit_id} · {self.first_on} · {self.version}"


class Sheet(models.Model):
    """Biểu đã lập: the rows of one form, automatic values and those typed over them, each with its reason."""

    report = models.ForeignKey(Report, models.CASCADE, related_name="sheets")
    form = models.ForeignKey(Form, models.PROTECT, related_name="+")
    lines = models.JSONField(default=list)

    class Meta:
        verbose_name = _("biểu đã lập")
        constraints: ClassVar = [models.UniqueConstraint(fields=["report", "form"], name="report_sheet_once")]

    def __str__(self) -> str:
        return f"{self.report_id} · {self.form_id}"


class ReportStep(models.Model):
    """Bước xử lý báo cáo: who did what to it, when and why."""

    report = models.ForeignKey(Report, models.CASCADE, related_name="steps")
    act = models.CharField(max_length=10)
    at = models.DateTimeField()
    by = models.CharField(max_length=240)
    note = models.TextField(blank=True)

    class Meta:
        verbose_name = _("bước xử lý báo cáo")

    def __str__(self) -> str:
        return f"{self.report_id} · {self.act}"
