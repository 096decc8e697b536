"""How an officer likes the lists."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Favourite(models.Model):
    """A procedure an officer keeps at hand on the intake desk."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    procedure_code = models.CharField(max_length=40)

    class Meta:
        verbose_name = _("thủ tục hay dùng")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["user", "procedure_code"], name="favourite_once")
        ]

    def __str__(self) -> str:
        return self.procedure_code


class SavedList(models.Model):
    """The columns and filters of one list as an officer left them."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    list_name = models.CharField(max_length=40)
    columns = models.JSONField(default=list)
    filters = models.JSONField(default=dict)

    class Meta:
        verbose_name = _("cách xem danh sách")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["user", "list_name"], name="saved_list_once")
        ]

    def __str__(self) -> str:
        return self.list_name
