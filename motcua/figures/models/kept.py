"""Tables of figures an officer wants to see again."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class SavedTable(models.Model):
    """Bảng số liệu đã lưu: what a table of statistics was asked for, under a name; its figures are counted anew each time."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    name = models.CharField(max_length=80)
    query = models.CharField(max_length=400)
    saved_at = models.DateTimeField()

    class Meta:
        verbose_name = _("bảng số liệu đã lưu")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["user", "name"], name="saved_table_once"),
            models.CheckConstraint(condition=~models.Q(name=""), name="saved_table_has_a_name"),
        ]

    def __str__(self) -> str:
        return self.name
