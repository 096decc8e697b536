"""Entries of the registers plans ask for, what is written under them, and their lists as published."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from motcua.programme.models.plans import Plan, PlanTask


class RegisterEntry(models.Model):
    """An entry of a register of an agency; its columns are those the register has, checked when it is written."""

    register = models.CharField(_("Sổ"), max_length=20)
    unit = models.ForeignKey("organisations.Unit", models.PROTECT, related_name="+")
    plan = models.ForeignKey(Plan, models.SET_NULL, null=True, blank=True, related_name="entries")
    task = models.ForeignKey(PlanTask, models.SET_NULL, null=True, blank=True, related_name="entries")
    values = models.JSONField(default=dict)
    state = models.CharField(max_length=12, blank=True)
    revision = models.PositiveIntegerField(default=0)
    is_withdrawn = models.BooleanField(default=False)
    kept_at = models.DateTimeField()
    kept_by = models.CharField(max_length=240)

    class Meta:
        verbose_name = _("mục của sổ")
        ordering: ClassVar[list[str]] = ["-pk"]
        constraints = [models.CheckConstraint(condition=~Q(register=""), name="programme_entry_register")]
        indexes = [models.Index(fields=["register", "unit"], name="programme_entry_of_unit")]

    def __str__(self) -> str:
        return f"{self.register} {self.pk}"


class RegisterLine(models.Model):
    """A row under an entry: somebody who took part, a question with its answer, a score."""

    entry = models.ForeignKey(RegisterEntry, models.CASCADE, related_name="lines")
    values = models.JSONField(default=dict)
    kept_at = models.DateTimeField()
    kept_by = models.CharField(max_length=240)

    class Meta:
        verbose_name = _("dòng của mục")
        ordering: ClassVar[list[str]] = ["pk"]

    def __str__(self) -> str:
        return f"{self.entry_id} {self.pk}"


class PublishedList(models.Model):
    """The list of a register as a decision published it on a day; it never changes."""

    register = models.CharField(_("Sổ"), max_length=20)
    unit = models.ForeignKey("organisations.Unit", models.PROTECT, related_name="+")
    decision_number = models.CharField(_("Số quyết định"), max_length=100)
    published_on = models.DateField(_("Ngày công bố"))
    rows = models.JSONField(default=list)
    kept_at = models.DateTimeField()
    kept_by = models.CharField(max_length=240)

    class Meta:
        verbose_name = _("danh sách đã công bố")
        ordering: ClassVar[list[str]] = ["-published_on", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["register", "unit", "decision_number"], name="programme_list_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.register} {self.decision_number}"
