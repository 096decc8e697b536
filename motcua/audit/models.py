from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from motcua.core.models import PermanentModel


class Entry(PermanentModel):
    """Who did or read what, under which post, for which unit; kept for good and without the citizen's data."""

    unit_id = models.BigIntegerField(null=True)
    unit_name = models.CharField(max_length=200, blank=True)
    user_id = models.BigIntegerField(null=True)
    person_name = models.CharField(max_length=120, blank=True)
    post = models.CharField(max_length=40, blank=True)
    what = models.CharField(max_length=80)
    subject = models.CharField(max_length=120, blank=True)
    ids = models.JSONField(default=list)
    note = models.CharField(max_length=500, blank=True)
    request_id = models.CharField(max_length=64, blank=True)

    class Meta:
        verbose_name = _("nhật ký sử dụng")
        indexes: ClassVar = [
            models.Index(fields=["unit_id", "-id"], name="audit_entry_unit"),
            models.Index(fields=["user_id", "-id"], name="audit_entry_user"),
            models.Index(
                fields=["subject", "-id"], name="audit_entry_subject", condition=~models.Q(subject="")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.what} {self.subject}".strip()
