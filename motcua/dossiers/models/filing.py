"""What was filed online and is not a dossier yet: the filing, its papers, and what its applicant was asked to complete."""

import json
from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from motcua.core import secret
from motcua.dossiers.models.dossier import UNIT, Dossier
from motcua.dossiers.models.joint import Joint
from motcua.dossiers.rules.acceptance import FILING_LABELS, FilingState

FILING_STATES = [(state.value, label) for state, label in FILING_LABELS.items()]


class Filing(models.Model):
    """Hồ sơ nộp trực tuyến: filed at the national portal, waiting at a counter to be accepted or refused.

    Its moments are those of the acceptance clock (`rules.acceptance`): when it is to be looked at, answered, closed.
    What was typed is kept encrypted; accepted, it is a dossier under the same code of the portal (`Dossier.filed_as`).
    """

    source = models.CharField(max_length=40)
    reference = models.CharField(max_length=60)
    state = models.CharField(max_length=12, choices=FILING_STATES, default=FilingState.WAITING.value)
    revision = models.PositiveIntegerField(default=1)

    unit = models.ForeignKey(UNIT, models.PROTECT, related_name="+", db_index=False)
    agency = models.ForeignKey(UNIT, models.PROTECT, null=True, related_name="+", db_index=False)
    agency_code = models.CharField(max_length=35, blank=True)
    procedure_code = models.CharField(max_length=40)
    procedure_name = models.TextField(blank=True)
    applicant = models.ForeignKey("people.Person", models.PROTECT, null=True, related_name="+")
    applicant_name = models.CharField(max_length=250)
    facts_enc = models.BinaryField()

    calendar_code = models.CharField(max_length=40)
    arrived_at = models.DateTimeField()
    alert_at = models.DateTimeField()
    answer_by = models.DateTimeField()
    seen_at = models.DateTimeField(null=True)
    first_answer_at = models.DateTimeField(null=True)
    was_late = models.BooleanField(default=False)
    completed_at = models.DateTimeField(null=True)
    complete_by = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    end_reason = models.TextField(blank=True)
    dossier = models.OneToOneField(Dossier, models.PROTECT, null=True, related_name="filing")
    # A whole group filed under one form, and the whole it became.
    bundle_code = models.CharField(max_length=40, blank=True, default="", db_default="")
    joint = models.OneToOneField(Joint, models.PROTECT, null=True, related_name="filing")

    class Meta:
        verbose_name = _("hồ sơ nộp trực tuyến")
        indexes: ClassVar = [
            models.Index(
                fields=["unit", "state", "answer_by", "id"],
                name="filing_open_of_unit",
                condition=Q(ended_at=None),
            ),
            models.Index(fields=["unit", "-ended_at", "-id"], name="filing_ended_of_unit"),
            models.Index(
                fields=["complete_by"],
                name="filing_with_applicant",
                condition=Q(state=FilingState.ASKED.value),
            ),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["source", "reference"], name="filing_once"),
            models.CheckConstraint(
                condition=Q(state__in=[s.value for s in FilingState]), name="filing_state_is_known"
            ),
        ]

    def __str__(self) -> str:
        return self.reference

    @property
    def facts(self) -> dict[str, Any]:
        """What was typed, in the clear; the caller records the reading."""
        read = json.loads(secret.decrypt(self.facts_enc))
        return read if isinstance(read, dict) else {}

    @property
    def state_label(self) -> str:
        """The state in the reader's language."""
        return gettext(FILING_LABELS[FilingState(self.state)])

    @property
    def is_open(self) -> bool:
        """Whether it still waits for somebody."""
        return self.ended_at is None


class FilingPaper(models.Model):
    """Giấy tờ nộp trực tuyến: named by the portal, fetched from it, and kept unaltered once it is here."""

    filing = models.ForeignKey(Filing, models.CASCADE, related_name="papers")
    name = models.CharField(max_length=300)
    address = models.CharField(max_length=1000)
    sent_at = models.DateTimeField()
    file = models.ForeignKey("documents.StoredFile", models.PROTECT, null=True, related_name="+")
    attempts = models.PositiveSmallIntegerField(default=0)
    next_at = models.DateTimeField(null=True)
    fault = models.CharField(max_length=300, blank=True)

    class Meta:
        verbose_name = _("giấy tờ nộp trực tuyến")
        indexes: ClassVar = [
            models.Index(fields=["next_at", "id"], name="filing_paper_to_fetch", condition=Q(file=None))
        ]

    def __str__(self) -> str:
        return self.name


class FilingRequest(models.Model):
    """Yêu cầu hoàn thiện trước khi tiếp nhận: everything at once, with its reason; a second one says why."""

    filing = models.ForeignKey(Filing, models.CASCADE, related_name="requests")
    round = models.PositiveSmallIntegerField()
    items = models.JSONField(default=list)
    reason = models.TextField()
    basis = models.CharField(max_length=300, blank=True)
    override_reason = models.TextField(blank=True)
    asked_at = models.DateTimeField()
    asked_by_id = models.BigIntegerField()
    asked_by_name = models.CharField(max_length=120)
    agency_id = models.BigIntegerField()
    due_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("yêu cầu hoàn thiện")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["filing", "round"], name="filing_request_once"),
        ]

    def __str__(self) -> str:
        return f"{self.filing_id} · {self.round}"


WISHES = [
    ("supplement", _("Gửi bổ sung")),
    ("withdrawal", _("Xin rút hồ sơ")),
    ("payment", _("Báo đã thanh toán")),
]


class FilingWish(models.Model):
    """Yêu cầu sau tiếp nhận: what the applicant told the portal of a dossier that was accepted; an officer sees to it."""

    filing = models.ForeignKey(Filing, models.CASCADE, related_name="wishes")
    kind = models.CharField(max_length=12, choices=WISHES)
    words_enc = models.BinaryField(null=True)
    sent_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True)
    done_by = models.CharField(max_length=240, blank=True)

    class Meta:
        verbose_name = _("yêu cầu sau tiếp nhận")
        indexes: ClassVar = [
            models.Index(fields=["filing", "id"], name="filing_wish_open", condition=Q(done_at=None))
        ]

    def __str__(self) -> str:
        return f"{self.kind} · {self.filing_id}"

    @property
    def words(self) -> str:
        """What was written, in the clear; the caller records the reading."""
        return secret.decrypt(self.words_enc) if self.words_enc else ""
