"""How far a long list has been written out, for whoever waits for it."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Export(models.Model):
    """Lần xuất danh sách dài: its key, and how many rows have left; the rows themselves are kept nowhere."""

    key = models.CharField(max_length=32, unique=True)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    title = models.CharField(max_length=200)
    address = models.TextField()
    asked_at = models.DateTimeField()
    started_at = models.DateTimeField(null=True)
    rows = models.PositiveIntegerField(default=0)
    ended_at = models.DateTimeField(null=True)
    is_whole = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("lần xuất danh sách")
        indexes: ClassVar = [models.Index(fields=["user", "asked_at"], name="export_of_person")]

    def __str__(self) -> str:
        return f"{self.title} · {self.rows}"
