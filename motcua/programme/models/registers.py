"""Entries of the registers plans ask for, what is written under them, and their lists as published."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Func, Q, Value
from django.db.models.fields.json import KT
from django.db.models.functions import NullIf
from django.db.models.lookups import Exact, GreaterThanOrEqual
from django.utils.translation import gettext_lazy as _

from motcua.programme.models.plans import Plan, PlanTask
from motcua.programme.rules.registers import REGISTERS

_NOTHING = Value("", output_field=models.TextField())
_A_SUM = r"^[0-9]+([.][0-9]+)?$"
_MONEY = r"^([0-9]+([.][0-9]+)?)?$"


def _has_shape(shape: str, name: str) -> Exact:
    """Whether a JSON column holds an object or an array."""
    return Exact(Func(F(name), function="jsonb_typeof", output_field=models.CharField()), Value(shape))


def _stands_in_its_register() -> Q:
    """Only registers that are kept, each with its own steps."""
    known = Q()
    for register in REGISTERS.values():
        known |= Q(register=register.code, state__in=[state.code for state in register.states] or [""])
    return known


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
        constraints = [
            models.CheckConstraint(condition=~Q(register=""), name="programme_entry_register"),
            models.CheckConstraint(condition=_stands_in_its_register(), name="programme_entry_state"),
            models.CheckConstraint(condition=_has_shape("object", "values"), name="programme_entry_values"),
            models.CheckConstraint(
                condition=GreaterThanOrEqual(
                    NullIf(KT("values__last_day"), _NOTHING), NullIf(KT("values__day"), _NOTHING)
                ),
                name="programme_entry_days",
            ),
            models.CheckConstraint(
                condition=Q(values__estimate__regex=_MONEY) & Q(values__settled__regex=_MONEY),
                name="programme_entry_money",
            ),
            models.CheckConstraint(
                condition=~Q(register="kinh-phi", state="settled")
                | (Q(values__has_key="settled") & Q(values__settled__regex=_A_SUM)),
                name="programme_entry_settled",
            ),
        ]
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
        constraints = [
            models.CheckConstraint(condition=_has_shape("object", "values"), name="programme_line_values")
        ]

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
            ),
            models.CheckConstraint(condition=~Q(decision_number=""), name="programme_list_decision"),
            models.CheckConstraint(condition=_has_shape("array", "rows"), name="programme_list_rows"),
        ]

    def __str__(self) -> str:
        return f"{self.register} {self.decision_number}"
