"""What is done for a task: its occurrences, the reports of units, their evidence, difficulties and answers."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from motcua.programme.models.plans import PlanTask


class Occurrence(models.Model):
    """A period in which a task is to be done. `due_on` is the last day in time; without one, evidence is looked for."""

    task = models.ForeignKey(PlanTask, models.CASCADE, related_name="occurrences")
    first_on = models.DateField()
    due_on = models.DateField(null=True, blank=True)
    review_on = models.DateField(null=True, blank=True)
    event = models.CharField(_("Sự việc"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("kỳ thực hiện")
        ordering: ClassVar[list[str]] = ["first_on", "due_on"]
        constraints = [
            models.UniqueConstraint(
                fields=["task", "first_on", "due_on", "event"],
                nulls_distinct=False,
                name="programme_occurrence_once",
            ),
            models.CheckConstraint(
                condition=Q(due_on=None) | Q(due_on__gte=models.F("first_on")),
                name="programme_occurrence_days",
            ),
        ]
        indexes = [models.Index(fields=["due_on"], name="programme_occurrence_due")]

    def __str__(self) -> str:
        return f"{self.first_on} – {self.due_on}"


class TaskReport(models.Model):
    """What a leading unit says it has done in an occurrence, and the answer."""

    class State(models.TextChoices):
        REPORTED = "reported", _("đã báo cáo")
        ACCEPTED = "accepted", _("đã nghiệm thu")
        RETURNED = "returned", _("trả lại")

    occurrence = models.ForeignKey(Occurrence, models.CASCADE, related_name="reports")
    unit = models.ForeignKey("organisations.Unit", models.PROTECT, related_name="+")
    state = models.CharField(max_length=10, choices=State)
    text = models.TextField(_("Kết quả"))
    reported_at = models.DateTimeField()
    reported_by = models.CharField(max_length=240)
    answer = models.TextField(_("Ý kiến"), blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.CharField(max_length=240, blank=True)

    class Meta:
        verbose_name = _("báo cáo thực hiện")
        ordering: ClassVar[list[str]] = ["reported_at"]
        constraints = [
            models.UniqueConstraint(fields=["occurrence", "unit"], name="programme_report_once"),
        ]

    def __str__(self) -> str:
        return f"{self.unit_id} {self.state}"


class Evidence(models.Model):
    """What shows it: a file, an address, or a record of this system."""

    report = models.ForeignKey(TaskReport, models.CASCADE, related_name="evidence")
    words = models.CharField(_("Tên"), max_length=300)
    file = models.ForeignKey("documents.StoredFile", models.PROTECT, null=True, blank=True, related_name="+")
    address = models.CharField(_("Liên kết"), max_length=500, blank=True)

    class Meta:
        verbose_name = _("minh chứng")
        constraints = [
            models.CheckConstraint(
                condition=Q(file__isnull=False) | ~Q(address=""), name="programme_evidence_shows_something"
            )
        ]

    def __str__(self) -> str:
        return self.words


class Difficulty(models.Model):
    """What stands in a unit's way, and what it was answered."""

    task = models.ForeignKey(PlanTask, models.CASCADE, related_name="difficulties")
    unit = models.ForeignKey("organisations.Unit", models.PROTECT, related_name="+")
    text = models.TextField(_("Khó khăn, vướng mắc"))
    raised_at = models.DateTimeField()
    raised_by = models.CharField(max_length=240)
    answer = models.TextField(_("Hướng xử lý"), blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.CharField(max_length=240, blank=True)
    passed_up = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="passed_from"
    )

    class Meta:
        verbose_name = _("khó khăn, vướng mắc")
        ordering: ClassVar[list[str]] = ["raised_at"]

    def __str__(self) -> str:
        return self.text[:60]
