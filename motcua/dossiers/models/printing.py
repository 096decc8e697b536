"""Which printed forms left the house, how often, and from whose hand."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from motcua.dossiers.models.dossier import Dossier


class Printing(models.Model):
    """One printing of a form of a dossier; every one after the first is marked as a reprint.

    `edition` tells forms apart that change with the dossier (its revision); of papers given several times it is how many
    came before (the first request of completion has 0, the second 1).
    `key` names one press of the button, so that a reader asking for the same file again is not another printing.
    """

    dossier = models.ForeignKey(Dossier, models.CASCADE, related_name="printings", db_index=False)
    form = models.CharField(max_length=24)
    edition = models.PositiveIntegerField(default=0)
    no = models.PositiveSmallIntegerField()
    key = models.CharField(max_length=32, blank=True)
    at = models.DateTimeField()
    user_id = models.BigIntegerField()
    person_name = models.CharField(max_length=120)
    unit_name = models.CharField(max_length=200)

    class Meta:
        verbose_name = _("lần in")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["dossier", "form", "edition", "no"], name="printing_once"),
            models.CheckConstraint(condition=models.Q(no__gte=1), name="printing_counts_from_one"),
        ]

    def __str__(self) -> str:
        return f"{self.form} {self.no}"

    @property
    def is_reprint(self) -> bool:
        """Whether the same form was printed before."""
        return self.no > 1
