"""Giải trình: why a result came late, owed by the unit to its head whether or not the applicant got an apology."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from motcua.dossiers.models.dossier import Dossier
from motcua.dossiers.rules.promise import CAUSES


class Explanation(models.Model):
    """One broken promise: owed from the moment the result was signed, once for each promise (Decree 61/2018 art. 19)."""

    dossier = models.ForeignKey(Dossier, models.CASCADE, related_name="late_explanations", db_index=False)
    agency_id = models.BigIntegerField()
    # The part of the agency that handled it: its people write, the agency's head reads.
    unit_id = models.BigIntegerField()
    due_at = models.DateTimeField()
    finished_at = models.DateTimeField()
    wake_at = models.DateTimeField()
    reminded_at = models.DateTimeField(null=True)
    explained_at = models.DateTimeField(null=True)
    explained_by = models.CharField(max_length=120, blank=True)
    cause = models.CharField(max_length=16, choices=list(CAUSES.items()), blank=True)
    text = models.TextField(blank=True)

    class Meta:
        verbose_name = _("giải trình chậm trễ")
        indexes: ClassVar = [
            models.Index(
                fields=["agency_id", "wake_at", "id"], name="explanation_owed", condition=Q(explained_at=None)
            ),
            models.Index(
                fields=["agency_id", "-explained_at", "-id"],
                name="explanation_given",
                condition=Q(explained_at__isnull=False),
            ),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["dossier", "due_at"], name="explanation_once_a_promise"),
        ]

    def __str__(self) -> str:
        return f"{self.dossier_id} · {self.due_at:%d/%m/%Y}"

    @property
    def cause_label(self) -> str:
        """The published cause, in the reader's language."""
        return gettext(CAUSES[self.cause]) if self.cause else ""
