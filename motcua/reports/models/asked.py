"""Reports asked for beside the regular ones: own columns, own day, an answer from each unit asked."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

UNIT = "organisations.Unit"


class DataRequest(models.Model):
    """Yêu cầu báo cáo đột xuất: what a unit asks of others, in which columns, by when; `lines` as people write them."""

    unit = models.ForeignKey(UNIT, models.PROTECT, related_name="+")
    title = models.CharField(max_length=200)
    body = models.TextField(blank=True)
    lines = models.TextField()
    first_on = models.DateField(null=True)
    last_on = models.DateField(null=True)
    due_on = models.DateField()
    asked_by = models.CharField(max_length=240)
    asked_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("yêu cầu báo cáo đột xuất")
        indexes: ClassVar = [models.Index(fields=["unit", "-asked_at"], name="data_request_of_unit")]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(first_on=None, last_on=None) | models.Q(last_on__gte=models.F("first_on")),
                name="data_request_has_days",
            )
        ]

    def __str__(self) -> str:
        return self.title


class DataAnswer(models.Model):
    """Trả lời yêu cầu báo cáo: what one unit put in each column; sent, it changes only when it was given back."""

    request = models.ForeignKey(DataRequest, models.CASCADE, related_name="answers")
    unit = models.ForeignKey(UNIT, models.PROTECT, related_name="+")
    values = models.JSONField(default=dict)
    note = models.TextField(blank=True)
    sent_by = models.CharField(max_length=240, blank=True)
    sent_at = models.DateTimeField(null=True)
    given_back_why = models.CharField(max_length=1000, blank=True)

    class Meta:
        verbose_name = _("trả lời yêu cầu báo cáo")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["request", "unit"], name="data_answer_once"),
        ]

    def __str__(self) -> str:
        return f"{self.request_id} · {self.unit_id}"


class ReportReminder(models.Model):
    """Nhắc gửi báo cáo: that a unit was reminded of a report of a period, once for each kind of reminder."""

    unit = models.ForeignKey(UNIT, models.PROTECT, related_name="+")
    first_on = models.DateField()
    last_on = models.DateField()
    kind = models.CharField(max_length=8)
    due_on = models.DateField()
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("nhắc gửi báo cáo")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["unit", "first_on", "last_on", "kind"], name="report_reminder_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.unit_id} · {self.last_on} · {self.kind}"
