from typing import ClassVar

from django.contrib.postgres.indexes import BrinIndex
from django.db import models
from django.utils.translation import gettext_lazy as _


class ChargeKind(models.TextChoices):
    """What the money is, in the words of the Law on Fees and Charges (97/2015/QH13 art. 3)."""

    FEE = "fee", _("Phí")
    CHARGE = "charge", _("Lệ phí")
    PRICE = "price", _("Giá dịch vụ")
    TAX = "tax", _("Thuế")
    FINANCIAL_OBLIGATION = "financial_obligation", _("Nghĩa vụ tài chính khác")
    OTHER = "other", _("Chi phí khác")


class Method(models.TextChoices):
    """How money came in at the counter."""

    CASH = "cash", _("Tiền mặt")
    TRANSFER = "transfer", _("Chuyển khoản")


class Charge(models.Model):
    """One line of what is to be paid for a dossier, fixed when it was received; a waived line keeps its reason."""

    agency_id = models.BigIntegerField()
    reference = models.CharField(max_length=60)
    no = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=500)
    kind = models.CharField(max_length=24, choices=ChargeKind.choices, default=ChargeKind.FEE)
    amount_vnd = models.BigIntegerField()
    charged_at = models.DateTimeField()
    charged_by_id = models.BigIntegerField(null=True)
    waived_at = models.DateTimeField(null=True)
    waived_by_id = models.BigIntegerField(null=True)
    waive_reason = models.CharField(max_length=500, blank=True, db_default="")

    class Meta:
        verbose_name = _("khoản phải thu")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(waived_at=None) | ~models.Q(waive_reason=""),
                name="payments_waived_with_a_reason",
            ),
            models.UniqueConstraint(fields=["reference", "no"], name="payments_charge_line_once"),
            models.CheckConstraint(
                condition=models.Q(amount_vnd__gte=0), name="payments_charge_not_negative"
            ),
        ]
        indexes: ClassVar = [
            BrinIndex(fields=["charged_at"], name="payments_charge_moment", pages_per_range=32)
        ]

    def __str__(self) -> str:
        return f"{self.reference}: {self.name}"


class Collection(models.Model):
    """Money taken at the counter for a dossier; the paper receipt carries its own printed number.

    A collection written in error is voided with its reason and stays to be read.
    """

    agency_id = models.BigIntegerField()
    reference = models.CharField(max_length=60, db_index=True)
    amount_vnd = models.BigIntegerField()
    method = models.CharField(max_length=10, choices=Method.choices)
    receipt_number = models.CharField(max_length=60, blank=True)
    collected_at = models.DateTimeField()
    collected_by_id = models.BigIntegerField(null=True)
    collector_name = models.CharField(max_length=120, blank=True)
    unit_name = models.CharField(max_length=200, blank=True)
    voided_at = models.DateTimeField(null=True)
    voided_by_id = models.BigIntegerField(null=True)
    void_reason = models.CharField(max_length=500, blank=True, db_default="")

    class Meta:
        verbose_name = _("khoản đã thu")
        constraints: ClassVar = [
            models.CheckConstraint(condition=models.Q(amount_vnd__gt=0), name="payments_collection_positive"),
            models.CheckConstraint(
                condition=models.Q(voided_at=None) | ~models.Q(void_reason=""),
                name="payments_voided_with_a_reason",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["agency_id", "-collected_at"], name="payments_collection_agency")
        ]

    def __str__(self) -> str:
        return f"{self.reference}: {self.amount_vnd}"
