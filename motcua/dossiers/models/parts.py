"""Who asks, and which papers were handed in."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from motcua.core import secret
from motcua.dossiers.models.dossier import Dossier

ROLES = [
    ("applicant", _("Chủ hồ sơ")),
    ("submitter", _("Người nộp")),
    ("authorised", _("Người được ủy quyền")),
]


class Party(models.Model):
    """A person of a dossier as said that day; the person's own record may change later, this does not."""

    dossier = models.ForeignKey(Dossier, models.CASCADE, related_name="parties", db_index=False)
    role = models.CharField(max_length=12, choices=ROLES)
    person = models.ForeignKey("people.Person", models.PROTECT, related_name="+")
    kind = models.CharField(max_length=12)
    full_name = models.CharField(max_length=250)
    birth_text = models.CharField(max_length=20, blank=True)
    sex = models.CharField(max_length=10, blank=True)
    address = models.CharField(max_length=500, blank=True)
    id_kind = models.CharField(max_length=16, blank=True)
    id_enc = models.BinaryField(null=True)
    phone_enc = models.BinaryField(null=True)
    email = models.CharField(max_length=254, blank=True)
    authorisation = models.CharField(max_length=300, blank=True)

    class Meta:
        verbose_name = _("người trong hồ sơ")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["dossier", "role"], name="party_once_per_role")
        ]

    def __str__(self) -> str:
        return f"{self.role} · {self.dossier_id}"

    @property
    def id_number(self) -> str:
        """The number in the clear; the caller records the reading."""
        return secret.decrypt(self.id_enc) if self.id_enc else ""

    @property
    def phone(self) -> str:
        """The phone number in the clear; the caller records the reading."""
        return secret.decrypt(self.phone_enc) if self.phone_enc else ""


class Part(models.Model):
    """Thành phần hồ sơ as handed in: counted, or its absence noted."""

    dossier = models.ForeignKey(Dossier, models.CASCADE, related_name="parts", db_index=False)
    component = models.ForeignKey("catalogue.Component", models.PROTECT, related_name="+", db_index=False)
    name = models.TextField()
    originals = models.PositiveSmallIntegerField(default=0)
    copies = models.PositiveSmallIntegerField(default=0)
    is_present = models.BooleanField()
    note = models.CharField(max_length=300, blank=True)

    class Meta:
        verbose_name = _("giấy tờ đã nộp")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["dossier", "component"], name="part_once_per_component"),
            models.CheckConstraint(
                condition=Q(originals__lte=999, copies__lte=999), name="part_counts_are_small"
            ),
        ]

    def __str__(self) -> str:
        return self.name[:80]


class PartFile(models.Model):
    """A scan of a part."""

    part = models.ForeignKey(Part, models.CASCADE, related_name="files")
    file = models.ForeignKey("documents.StoredFile", models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("tệp của giấy tờ")
        constraints: ClassVar = [models.UniqueConstraint(fields=["part", "file"], name="part_file_once")]

    def __str__(self) -> str:
        return f"{self.part_id} · {self.file_id}"
