"""Forms as dated data: a circular changes a form by a new row, never by code."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from motcua.core.models import Validity
from motcua.reports.rules.layout import Layout, Rows, read_layout


class Form(Validity):
    """Biểu mẫu báo cáo: its columns and checks as lines (`rules.layout`), while they hold."""

    code = models.CharField(_("Biểu số"), max_length=20)
    regime = models.CharField(_("Chế độ báo cáo"), max_length=20)
    title = models.CharField(_("Tên biểu"), max_length=300)
    rows = models.CharField(_("Dòng"), max_length=12, choices=[(r.value, r.value) for r in Rows])
    lines = models.TextField(_("Cột và điều kiện"))
    basis = models.CharField(_("Căn cứ"), max_length=240)
    is_verified = models.BooleanField(_("Đã đối chiếu với mẫu"), default=False)
    changed_at = models.DateTimeField(null=True, blank=True)
    changed_by = models.CharField(max_length=240, blank=True)

    class Meta(Validity.Meta):
        verbose_name = _("biểu mẫu báo cáo")
        constraints: ClassVar = [
            *Validity.Meta.constraints,
            models.UniqueConstraint(fields=["code", "regime", "valid_from"], name="report_form_once"),
            models.CheckConstraint(condition=~models.Q(basis=""), name="report_form_has_a_basis"),
        ]

    def __str__(self) -> str:
        return self.code

    @property
    def layout(self) -> Layout:
        """The form as the rules read it."""
        return read_layout(self.lines)
