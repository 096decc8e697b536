"""Documents of law and the numbers they set, each with the days it holds."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from motcua.core.models import Validity


class LegalDocument(models.Model):
    """A document that sets rules. Its file, when kept, is known by its hash only."""

    number = models.CharField(_("Số, ký hiệu"), max_length=60, unique=True)
    title = models.CharField(_("Trích yếu"), max_length=300)
    issuer = models.CharField(_("Cơ quan ban hành"), max_length=160)
    issued_on = models.DateField(_("Ngày ban hành"), null=True, blank=True)
    valid_from = models.DateField(_("Có hiệu lực từ"), null=True, blank=True)
    valid_to = models.DateField(_("Hết hiệu lực từ"), null=True, blank=True)
    file_sha256 = models.CharField(max_length=64, blank=True)

    class Meta:
        verbose_name = _("văn bản")
        ordering: ClassVar[list[str]] = ["number"]

    def __str__(self) -> str:
        return self.number


class Parameter(Validity):
    """A number set by law or by decision, with its unit in the key and the days it holds."""

    key = models.CharField(_("Khóa"), max_length=100)
    name = models.CharField(_("Nội dung"), max_length=200)
    value = models.CharField(_("Giá trị"), max_length=40)
    basis = models.CharField(_("Căn cứ"), max_length=240)
    document = models.ForeignKey(
        LegalDocument, on_delete=models.PROTECT, null=True, blank=True, related_name="parameters"
    )
    is_verified = models.BooleanField(_("Đã đối chiếu với văn bản"), default=False)
    changed_at = models.DateTimeField(null=True, blank=True)
    changed_by = models.CharField(max_length=240, blank=True)

    class Meta(Validity.Meta):
        verbose_name = _("tham số")
        constraints = [
            *Validity.Meta.constraints,
            models.CheckConstraint(condition=~models.Q(basis=""), name="legal_parameter_has_a_basis"),
        ]
        indexes = [models.Index(fields=["key", "valid_from"], name="legal_parameter_key")]

    def __str__(self) -> str:
        return f"{self.key} = {self.value}"
