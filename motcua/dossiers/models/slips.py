"""A transfer slip that came back: what the receiving agency missed, and what the giving one did about it."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from motcua.dossiers.models.joint import Transfer


class SlipReturn(models.Model):
    """Trả lại phiếu chuyển xử lý: once for each time, with its reason; open until the slip is sent again."""

    transfer = models.ForeignKey(Transfer, models.CASCADE, related_name="returns")
    sent_back_at = models.DateTimeField()
    sent_back_by = models.CharField(max_length=120)
    reason = models.CharField(max_length=500, blank=True)
    answered_at = models.DateTimeField(null=True)
    answered_by = models.CharField(max_length=120, blank=True)
    answer = models.CharField(max_length=500, blank=True)

    class Meta:
        verbose_name = _("trả lại phiếu chuyển xử lý")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["transfer"], condition=Q(answered_at=None), name="slip_return_one_open"
            ),
            models.CheckConstraint(
                condition=Q(answered_at=None) | Q(answered_at__gte=models.F("sent_back_at")),
                name="slip_return_answered_after",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.transfer_id} · {self.sent_back_at:%d/%m/%Y}"
