"""Invitations, answers and follow-ups: one of each for a dossier."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from motcua.feedback.rules import LEVELS, WAYS

DOSSIER = "dossiers.Dossier"


class Invitation(models.Model):
    """Lời mời đánh giá: that the applicant of a dossier whose result was given may answer once, by this key."""

    dossier = models.OneToOneField(DOSSIER, models.CASCADE, related_name="+")
    agency_id = models.BigIntegerField()
    field_code = models.CharField(max_length=40, blank=True)
    key = models.CharField(max_length=24)
    invited_on = models.DateField()

    class Meta:
        verbose_name = _("lời mời đánh giá")
        indexes: ClassVar = [models.Index(fields=["agency_id", "invited_on"], name="invitation_of_agency")]
        constraints: ClassVar = [
            models.CheckConstraint(condition=~models.Q(key=""), name="invitation_has_a_key")
        ]

    def __str__(self) -> str:
        return str(self.dossier_id)


class Rating(models.Model):
    """Đánh giá mức độ hài lòng: the one answer about a dossier; what was written beside it is encrypted."""

    dossier = models.OneToOneField(DOSSIER, models.CASCADE, related_name="+")
    agency_id = models.BigIntegerField()
    field_code = models.CharField(max_length=40, blank=True)
    level = models.SmallIntegerField(choices=[(int(level), words) for level, words in LEVELS.items()])
    contents = models.JSONField(default=dict)
    comment_enc = models.BinaryField(default=b"")
    way = models.CharField(max_length=8, choices=[(str(way), words) for way, words in WAYS.items()])
    recorded_by = models.CharField(max_length=240, blank=True)
    rated_on = models.DateField()
    rated_at = models.DateTimeField()

    class Meta:
        verbose_name = _("đánh giá mức độ hài lòng")
        indexes: ClassVar = [models.Index(fields=["agency_id", "rated_on"], name="rating_of_agency")]
        constraints: ClassVar = [
            models.CheckConstraint(condition=models.Q(level__in=[1, 2, 3]), name="rating_level_is_known")
        ]

    def __str__(self) -> str:
        return f"{self.dossier_id} · {self.level}"


class FollowUp(models.Model):
    """Theo dõi đánh giá thấp: somebody looks into a low answer and says what was found and done."""

    rating = models.OneToOneField(Rating, models.CASCADE, related_name="follow_up")
    dossier = models.ForeignKey(DOSSIER, models.CASCADE, related_name="+")
    agency_id = models.BigIntegerField()
    opened_at = models.DateTimeField()
    owner_id = models.BigIntegerField(null=True)
    owner_name = models.CharField(max_length=240, blank=True)
    closed_at = models.DateTimeField(null=True)
    is_upheld = models.BooleanField(null=True)
    found = models.TextField(blank=True)

    class Meta:
        verbose_name = _("theo dõi đánh giá thấp")
        indexes: ClassVar = [
            models.Index(
                fields=["agency_id", "opened_at"], name="follow_up_open", condition=models.Q(closed_at=None)
            )
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(closed_at=None)
                | (models.Q(is_upheld__isnull=False) & ~models.Q(found="")),
                name="follow_up_ends_with_a_finding",
            )
        ]

    def __str__(self) -> str:
        return f"{self.dossier_id} · {self.closed_at or ''}"


class Reading(models.Model):
    """Mốc mời đánh giá: how far the events have been read for invitations, in the order of their writing."""

    xact_id = models.BigIntegerField()
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("mốc mời đánh giá")

    def __str__(self) -> str:
        return str(self.xact_id)
