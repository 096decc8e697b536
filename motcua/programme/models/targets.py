"""Figures a plan sets itself: what each counts, for whom, in which period; and values typed where nothing is counted."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from motcua.programme.models.plans import Plan


class PlanTarget(models.Model):
    """A figure the plan sets itself, with the clause it stands in.

    `formula` names what it counts (`figures:on_time`, `index:4.2`); empty, its values are typed. `scope` is the kind of
    units that are each to reach it; empty, the plan's agency with all below it together.

    :param is_own: a person added it; a renewed reading of the plan's file leaves it alone
    :param said: comparison, level and unit as the plan's words were read, where a person corrected them
    """

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="targets")
    order = models.PositiveSmallIntegerField()
    text = models.TextField(_("Nguyên văn"))
    op = models.CharField(_("So sánh"), max_length=2)
    value = models.DecimalField(_("Mức"), max_digits=14, decimal_places=3)
    unit_name = models.CharField(_("Đơn vị tính"), max_length=40)
    formula = models.CharField(_("Cách tính"), max_length=40, blank=True)
    numerator_words = models.CharField(_("Tử số"), max_length=300, blank=True)
    denominator_words = models.CharField(_("Mẫu số"), max_length=300, blank=True)
    scope = models.CharField(_("Phạm vi"), max_length=20, blank=True)
    period_kind = models.CharField(_("Kỳ tính"), max_length=10, default="year")
    period_number = models.PositiveSmallIntegerField(_("Số của kỳ"), default=1)
    excluded = models.ManyToManyField("organisations.Unit", related_name="+", blank=True)
    exclusion_reason = models.CharField(_("Lý do không tính"), max_length=300, blank=True)
    is_own = models.BooleanField(_("Thêm bằng tay"), default=False)
    said = models.CharField(max_length=80, blank=True)
    within = models.ForeignKey("self", models.SET_NULL, null=True, blank=True, related_name="parts")

    class Meta:
        verbose_name = _("chỉ tiêu")
        ordering: ClassVar[list[str]] = ["order"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "order"], name="programme_target_order"),
            models.CheckConstraint(
                condition=Q(op__in=[">=", "<=", "=", ">", "<"]) & Q(value__gte=0),
                name="programme_target_level",
            ),
            models.CheckConstraint(
                condition=Q(period_number__gte=1) & Q(period_number__lte=12), name="programme_target_period"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.op} {self.value} {self.unit_name}"


class TargetValue(models.Model):
    """How many of how many a unit says there are for a target on a day, with what shows it."""

    target = models.ForeignKey(PlanTarget, models.CASCADE, related_name="values")
    unit = models.ForeignKey("organisations.Unit", models.PROTECT, related_name="+")
    as_of = models.DateField(_("Số liệu đến ngày"))
    numerator = models.DecimalField(_("Tử số"), max_digits=14, decimal_places=3)
    denominator = models.DecimalField(_("Mẫu số"), max_digits=14, decimal_places=3, null=True, blank=True)
    words = models.CharField(_("Minh chứng"), max_length=300)
    address = models.CharField(_("Liên kết"), max_length=500, blank=True)
    file = models.ForeignKey("documents.StoredFile", models.PROTECT, null=True, blank=True, related_name="+")
    typed_at = models.DateTimeField()
    typed_by = models.CharField(max_length=240)

    class Meta:
        verbose_name = _("giá trị chỉ tiêu")
        ordering: ClassVar[list[str]] = ["-as_of", "-typed_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(numerator__gte=0) & (Q(denominator=None) | Q(denominator__gte=0)),
                name="programme_value_not_negative",
            )
        ]
        indexes = [models.Index(fields=["target", "unit"], name="programme_value_unit")]

    def __str__(self) -> str:
        return f"{self.numerator}/{self.denominator}"
