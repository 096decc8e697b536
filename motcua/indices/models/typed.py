"""What is known of an indicator from elsewhere."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _


class TypedFigure(models.Model):
    """Số liệu nhập của chỉ số: how many of how many, for a unit and period, with where it was taken from."""

    unit = models.ForeignKey("organisations.Unit", models.PROTECT, related_name="+")
    first_on = models.DateField()
    last_on = models.DateField()
    code = models.CharField(_("Chỉ số"), max_length=8)
    numerator = models.DecimalField(_("Tử số"), max_digits=15, decimal_places=2)
    denominator = models.DecimalField(_("Mẫu số"), max_digits=15, decimal_places=2)
    evidence = models.CharField(_("Nguồn"), max_length=300)
    typed_by = models.CharField(max_length=240)
    typed_at = models.DateTimeField()

    class Meta:
        verbose_name = _("số liệu nhập của chỉ số")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["unit", "first_on", "last_on", "code"], name="typed_figure_once"),
            models.CheckConstraint(
                condition=models.Q(numerator__gte=0, denominator__gte=models.F("numerator")),
                name="typed_figure_is_a_share",
            ),
            models.CheckConstraint(condition=~models.Q(evidence=""), name="typed_figure_has_evidence"),
        ]

    def __str__(self) -> str:
        return f"{self.unit_id} · {self.code}"
