"""What turns leave behind: requests for completion, stand-stills, moved promises, and who was reminded of what."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from motcua.dossiers.models.dossier import Dossier
from motcua.dossiers.rules.promise import CAUSES, Change, Timing
from motcua.dossiers.rules.reminding import KIND_LABELS, KIND_TONES, Kind, To
from motcua.dossiers.rules.supplement import Asker, Stage
from motcua.dossiers.rules.suspension import Reason


class SupplementRequest(models.Model):
    """Yêu cầu bổ sung: one round of asking the applicant to complete the dossier, until it is answered or ended."""

    dossier = models.ForeignKey(Dossier, models.CASCADE, related_name="supplements")
    no = models.PositiveSmallIntegerField()
    stage = models.CharField(max_length=20, choices=[(s.value, s.value) for s in Stage])
    asker = models.CharField(max_length=8, choices=[(a.value, a.value) for a in Asker])
    agency_id = models.BigIntegerField()
    unit_id = models.BigIntegerField()
    items = models.JSONField(default=list)
    reason = models.TextField()
    basis = models.CharField(max_length=300, blank=True)
    override_reason = models.TextField(blank=True)
    contact_name = models.CharField(max_length=120, blank=True)
    contact_phone = models.CharField(max_length=40, blank=True)
    asked_at = models.DateTimeField()
    return_by = models.DateTimeField(null=True)
    due_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("yêu cầu bổ sung")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["dossier", "no"], name="supplement_round_once"),
            models.UniqueConstraint(
                fields=["dossier"],
                condition=Q(answered_at=None, ended_at=None),
                name="supplement_one_open",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.dossier_id} · {self.no}"


class Suspension(models.Model):
    """Tạm dừng: a stand-still of the clock on a ground of the list; `held` are the steps' dues it interrupted."""

    dossier = models.ForeignKey(Dossier, models.CASCADE, related_name="suspensions")
    ground = models.CharField(max_length=24, choices=[(r.value, r.value) for r in Reason])
    basis = models.CharField(max_length=300, blank=True)
    paper = models.CharField(max_length=200, blank=True)
    unit_id = models.BigIntegerField()
    since = models.DateTimeField()
    review_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    proof = models.CharField(max_length=300, blank=True)
    held = models.JSONField(default=dict)

    class Meta:
        verbose_name = _("lần tạm dừng")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["dossier"], condition=Q(ended_at=None), name="suspension_one_open"
            ),
            models.CheckConstraint(
                condition=Q(ended_at=None) | Q(ended_at__gte=F("since")),
                name="suspension_ends_after_it_starts",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.dossier_id} · {self.ground}"


class PromiseChange(models.Model):
    """Gia hạn, hoặc xin lỗi và hẹn lại: a promise moved to a later moment, signed by the head."""

    dossier = models.ForeignKey(Dossier, models.CASCADE, related_name="promise_changes")
    change = models.CharField(max_length=10, choices=[(c.value, c.value) for c in Change])
    at = models.DateTimeField()
    old_due_at = models.DateTimeField()
    new_due_at = models.DateTimeField()
    cause = models.CharField(max_length=16, choices=list(CAUSES.items()), blank=True)
    reason = models.TextField()
    basis = models.CharField(max_length=300, blank=True)
    explanation = models.TextField(blank=True)
    timing = models.CharField(max_length=12, choices=[(t.value, t.value) for t in Timing])
    signer_name = models.CharField(max_length=120)
    signer_title = models.CharField(max_length=120, blank=True)
    agency_id = models.BigIntegerField()
    unit_id = models.BigIntegerField()

    class Meta:
        verbose_name = _("lần hẹn lại")
        indexes: ClassVar = [models.Index(fields=["agency_id", "at"], name="promise_change_of_agency")]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(new_due_at__gt=F("old_due_at")), name="promise_moves_to_a_later_moment"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.dossier_id} · {self.change}"


class Reminder(models.Model):
    """Nhắc việc: who was reminded of what about a dossier or a filing; once for each kind, receiver and promise."""

    dossier = models.ForeignKey(Dossier, models.CASCADE, null=True, related_name="+", db_index=False)
    reference = models.CharField(max_length=60, default="")
    kind = models.CharField(max_length=16, choices=[(k.value, k.value) for k in Kind])
    to = models.CharField(max_length=10, choices=[(t.value, t.value) for t in To])
    due_at = models.DateTimeField()
    at = models.DateTimeField()
    unit_id = models.BigIntegerField()
    post = models.CharField(max_length=20, blank=True)
    user_id = models.BigIntegerField(null=True)

    class Meta:
        verbose_name = _("lời nhắc")
        indexes: ClassVar = [
            models.Index(fields=["unit_id", "-at", "-id"], name="reminder_of_unit"),
            models.Index(
                fields=["user_id", "-at", "-id"],
                name="reminder_of_person",
                condition=Q(user_id__isnull=False),
            ),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["reference", "kind", "to", "due_at"], name="reminder_told_once"),
        ]

    def __str__(self) -> str:
        return f"{self.reference} · {self.kind} · {self.to}"

    @property
    def kind_label(self) -> str:
        """What it reminds of, in the reader's language."""
        return gettext(KIND_LABELS[Kind(self.kind)])

    @property
    def tone(self) -> str:
        """The tone of its tag."""
        return KIND_TONES[Kind(self.kind)]


class LateDossier(models.Model):
    """Hồ sơ trễ hẹn đã công khai: a broken promise of a month as it was published, with the apology; names nobody."""

    month = models.DateField()
    agency_id = models.BigIntegerField()
    code = models.CharField(max_length=60)
    procedure_name = models.TextField()
    received_on = models.DateField()
    due_on = models.DateField()
    finished_on = models.DateField(null=True)
    apologised_on = models.DateField(null=True)
    new_due_on = models.DateField(null=True)
    cause = models.CharField(max_length=16, blank=True)
    published_at = models.DateTimeField()

    class Meta:
        verbose_name = _("hồ sơ trễ hẹn đã công khai")
        indexes: ClassVar = [
            models.Index(fields=["month", "agency_id", "due_on", "id"], name="late_dossier_of_agency")
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["month", "code"], name="late_dossier_once_a_month")
        ]

    def __str__(self) -> str:
        return f"{self.month} · {self.code}"
