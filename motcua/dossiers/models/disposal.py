"""What became of dossiers whose time of keeping ended: handed to an archive, or their personal data destroyed."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from motcua.dossiers.models.dossier import UNIT, Dossier
from motcua.dossiers.rules.retention import FATE_LABELS, Fate


class Disposal(models.Model):
    """Quyết định về hồ sơ hết thời hạn lưu: by whose decision, of which day, what was done with a list of dossiers."""

    agency = models.ForeignKey(UNIT, models.PROTECT, related_name="+")
    fate = models.CharField(max_length=10, choices=[(f.value, label) for f, label in FATE_LABELS.items()])
    decision_number = models.CharField(max_length=100)
    decided_on = models.DateField()
    signer = models.CharField(max_length=200)
    place = models.CharField(max_length=300, blank=True)
    done_at = models.DateTimeField()
    done_by = models.CharField(max_length=240)

    class Meta:
        verbose_name = _("quyết định về hồ sơ hết thời hạn lưu")
        indexes: ClassVar = [models.Index(fields=["agency", "-done_at"], name="disposal_of_agency")]
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(decision_number=""), name="disposal_names_its_decision")
        ]

    def __str__(self) -> str:
        return self.decision_number

    @property
    def fate_label(self) -> str:
        """What was done, in the reader's language."""
        return gettext(FATE_LABELS[Fate(self.fate)])


class DisposedDossier(models.Model):
    """Hồ sơ đã giao nộp hoặc đã hủy dữ liệu: a line of a disposal; a dossier has one fate."""

    disposal = models.ForeignKey(Disposal, models.PROTECT, related_name="lines")
    dossier = models.OneToOneField(Dossier, models.PROTECT, related_name="disposed")
    kept_until = models.DateField()
    basis = models.CharField(max_length=300, blank=True)

    class Meta:
        verbose_name = _("hồ sơ hết thời hạn lưu")

    def __str__(self) -> str:
        return f"{self.disposal_id} · {self.dossier_id}"
