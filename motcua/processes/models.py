"""Internal processes and their published versions."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

STATES = [("draft", _("Dự thảo")), ("published", _("Đã công bố")), ("replaced", _("Đã thay thế"))]


class ProcessStamp(models.Model):
    """Changes with every publication, so that each server process knows when to forget."""

    name = models.CharField(max_length=40, primary_key=True)
    value = models.CharField(max_length=40)

    def __str__(self) -> str:
        return f"{self.name} {self.value}"


class Process(models.Model):
    """Quy trình nội bộ of a procedure: for every agency of its level, or for one agency alone."""

    procedure_code = models.CharField(max_length=40)
    agency = models.ForeignKey(
        "organisations.Unit", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["procedure_code", "agency"], name="process_once_per_agency", nulls_distinct=False
            ),
        ]

    def __str__(self) -> str:
        return self.procedure_code


class ProcessVersion(models.Model):
    """One decision's step table. Published, it can no longer change; a dossier keeps the one it was received under."""

    process = models.ForeignKey(Process, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    state = models.CharField(max_length=10, choices=STATES, default="draft")
    published_on = models.DateField(null=True, blank=True)
    replaced_on = models.DateField(null=True, blank=True)
    decision_number = models.CharField(max_length=100, blank=True)
    source = models.CharField(max_length=300, blank=True)
    is_demonstration = models.BooleanField(default=False)
    total_hours = models.DecimalField(max_digits=8, decimal_places=2, null=True, blank=True)
    changed_at = models.DateTimeField()
    # A draft an agency asks the province to publish, by whom, or why it was given back.
    submitted_at = models.DateTimeField(null=True, blank=True)
    submitted_by = models.CharField(max_length=240, blank=True, db_default="")
    given_back = models.CharField(max_length=500, blank=True, db_default="")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["process", "number"], name="process_version_number"),
            models.UniqueConstraint(
                fields=["process"], condition=models.Q(state="draft"), name="process_one_draft"
            ),
            models.UniqueConstraint(
                fields=["process"], condition=models.Q(state="published"), name="process_one_published"
            ),
            models.CheckConstraint(
                condition=models.Q(state="draft")
                | (models.Q(published_on__isnull=False) & ~models.Q(decision_number="")),
                name="process_published_by_decision",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.process_id}/{self.number}"


class Step(models.Model):
    """Bước: what is done, by which post of which unit, in how many working hours, after which steps."""

    version = models.ForeignKey(ProcessVersion, on_delete=models.CASCADE, related_name="steps")
    no = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=300)
    post = models.CharField(max_length=30)
    unit_role = models.CharField(max_length=60)
    hours = models.DecimalField(max_digits=8, decimal_places=2)
    product = models.CharField(max_length=300, blank=True)
    runs_after = ArrayField(models.PositiveSmallIntegerField(), default=list, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["version", "no"], name="step_no"),
            models.CheckConstraint(condition=models.Q(hours__gte=0), name="step_hours_not_negative"),
        ]

    def __str__(self) -> str:
        return f"{self.no}. {self.name}"
