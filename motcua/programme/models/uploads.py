"""A file whose reading takes minutes: it waits for the background worker, which says how far it is."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from motcua.programme.models.plans import PlanReading


class PlanUpload(models.Model):
    """A plan's file that is read in the background: asked for, begun, so many pages, ended with a reading or a fault."""

    key = models.CharField(max_length=32, unique=True)
    unit = models.ForeignKey("organisations.Unit", models.PROTECT, related_name="+")
    file = models.ForeignKey("documents.StoredFile", models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField(null=True)
    asked_at = models.DateTimeField()
    asked_by = models.CharField(max_length=240)
    started_at = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    pages_done = models.PositiveIntegerField(default=0)
    pages_total = models.PositiveIntegerField(default=0)
    ended_at = models.DateTimeField(null=True)
    is_cancelled = models.BooleanField(default=False)
    fault = models.CharField(_("Lý do không đọc được"), max_length=500, blank=True)
    reading = models.ForeignKey(PlanReading, models.SET_NULL, null=True, related_name="+")

    class Meta:
        verbose_name = _("tệp kế hoạch chờ đọc")
        ordering: ClassVar[list[str]] = ["asked_at", "id"]
        indexes: ClassVar = [
            models.Index(fields=["asked_at"], name="programme_upload_open", condition=models.Q(ended_at=None))
        ]

    def __str__(self) -> str:
        return f"{self.unit_id} · {self.pages_done}/{self.pages_total}"
