"""What a reorganisation moved of each dossier, so that it can be taken back until somebody acted."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from motcua.dossiers.models.dossier import Dossier


class Relocation(models.Model):
    """Chuyển đơn vị của một hồ sơ: units, tasks and opinions as they stood before, and the revision it left."""

    reorganisation = models.ForeignKey("organisations.Reorganisation", models.PROTECT, related_name="+")
    dossier = models.ForeignKey(Dossier, models.CASCADE, related_name="relocations")
    revision = models.PositiveIntegerField()
    before = models.JSONField()
    undone_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("chuyển đơn vị của hồ sơ")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["reorganisation", "dossier"],
                condition=models.Q(undone_at=None),
                name="relocation_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.reorganisation_id} · {self.dossier_id}"
