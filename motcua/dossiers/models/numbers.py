"""Numbers: never twice, never skipped without a word."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from motcua.core.models import Validity
from motcua.dossiers.models.dossier import UNIT, Dossier


class Counter(models.Model):
    """The last number given in a series of an agency in a period; taken inside the act, so a failed act leaves no gap."""

    series = models.CharField(max_length=60)
    agency_key = models.CharField(max_length=60)
    period = models.CharField(max_length=10)
    last = models.BigIntegerField()

    class Meta:
        verbose_name = _("bộ đếm số")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["series", "agency_key", "period"], name="counter_once"),
        ]

    def __str__(self) -> str:
        return f"{self.series} {self.agency_key} {self.period}: {self.last}"


class Series(Validity):
    """Sổ: a series of numbers of an agency's results, with its pattern; it begins anew each year."""

    agency = models.ForeignKey(UNIT, models.PROTECT, related_name="+")
    code = models.CharField(max_length=40)
    name = models.CharField(max_length=200)
    pattern = models.CharField(max_length=60)
    procedure_codes = models.JSONField(default=list, blank=True)

    class Meta:
        verbose_name = _("sổ cấp số")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["agency", "code", "valid_from"], name="series_once"),
            models.CheckConstraint(condition=Q(pattern__contains="{n"), name="series_pattern_has_a_number"),
        ]

    def __str__(self) -> str:
        return self.name


class Result(models.Model):
    """Kết quả: the numbered paper a dossier ends with. A number given in error is voided with its reason, not reused."""

    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="results")
    series = models.ForeignKey(Series, models.PROTECT, related_name="results")
    year = models.PositiveSmallIntegerField()
    serial = models.PositiveIntegerField()
    number = models.CharField(max_length=80)
    title = models.CharField(max_length=500, blank=True)
    signed_on = models.DateField()
    signer_name = models.CharField(max_length=120)
    signer_position = models.CharField(max_length=120, blank=True)
    file = models.ForeignKey("documents.StoredFile", models.PROTECT, null=True, related_name="+")
    unit_id = models.BigIntegerField()
    numbered_at = models.DateTimeField()
    voided_at = models.DateTimeField(null=True)
    void_reason = models.CharField(max_length=500, blank=True)
    collector_name = models.CharField(max_length=250, blank=True)
    collector_relation = models.CharField(max_length=12, blank=True)
    collector_id_enc = models.BinaryField(null=True)
    return_method = models.CharField(max_length=12, blank=True)

    class Meta:
        verbose_name = _("kết quả")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["series", "year", "serial"], name="result_number_once"),
            models.UniqueConstraint(
                fields=["dossier"], condition=Q(voided_at=None), name="result_one_in_force"
            ),
            models.CheckConstraint(
                condition=Q(voided_at=None) | ~Q(void_reason=""), name="result_voided_with_a_reason"
            ),
        ]

    def __str__(self) -> str:
        return self.number
