"""Hồ sơ liên thông: one form for several procedures and agencies; each part is a dossier of its own when it begins."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from motcua.dossiers.models.dossier import CHANNELS, DELIVERIES, SITE_CHOICES, UNIT, Dossier, Stated
from motcua.dossiers.rules.interlinked import OUTCOME_LABELS, Outcome
from motcua.dossiers.rules.outside import Site
from motcua.dossiers.rules.states import State


class Joint(Stated):
    """Hồ sơ liên thông: the whole. It is counted nowhere; its state, promise and end are those of its parts."""

    code = models.CharField(max_length=60, unique=True)
    token = models.CharField(max_length=24)
    bundle = models.ForeignKey("catalogue.Bundle", models.PROTECT, related_name="+", db_index=False)
    name = models.TextField()
    outcome = models.CharField(max_length=10, choices=[(o.value, o.value) for o in Outcome], blank=True)
    is_verified = models.BooleanField(default=False)

    channel = models.CharField(max_length=16, choices=CHANNELS)
    # The national portal's own code of the form, and how often the portal was told of the whole.
    filed_as = models.CharField(max_length=60, blank=True, default="")
    told = models.PositiveIntegerField(default=0, db_default=0)
    # Where the counter stood: at home, or outside and where.
    site = models.CharField(max_length=12, choices=SITE_CHOICES, default=Site.COUNTER.value)
    site_place = models.CharField(max_length=200, blank=True, default="")
    receiving_unit = models.ForeignKey(UNIT, models.PROTECT, related_name="+", db_index=False)
    returning_unit = models.ForeignKey(UNIT, models.PROTECT, related_name="+", db_index=False)
    # Codes of the parts begin with it, whoever lets them begin.
    agency_code = models.CharField(max_length=40, blank=True)
    applicant = models.ForeignKey("people.Person", models.PROTECT, related_name="+")
    applicant_name = models.CharField(max_length=250)

    received_at = models.DateTimeField()
    received_by_id = models.BigIntegerField()
    original_due_at = models.DateTimeField()
    due_at = models.DateTimeField()
    calendar_code = models.CharField(max_length=40)
    finished_at = models.DateTimeField(null=True)
    # Taken back as a whole: no part begins any more.
    withdrawn_at = models.DateTimeField(null=True)
    result_delivery = models.CharField(max_length=12, choices=DELIVERIES)
    return_place = models.CharField(max_length=300, blank=True)

    class Meta:
        verbose_name = _("hồ sơ liên thông")
        indexes: ClassVar = [
            models.Index(
                fields=["receiving_unit", "due_at", "id"],
                name="joint_open_at_counter",
                condition=Q(finished_at=None),
            ),
            models.Index(fields=["filed_as"], name="joint_by_filing", condition=~Q(filed_as="")),
            models.Index(fields=["receiving_unit", "-received_at", "-id"], name="joint_newest_at_counter"),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(state__in=[s.value for s in State]), name="joint_state_is_known"
            ),
            models.CheckConstraint(condition=~Q(token=""), name="joint_has_a_token"),
        ]

    def __str__(self) -> str:
        return self.code

    @property
    def outcome_label(self) -> str:
        """What came of the whole, in the reader's language; empty while a part is open."""
        outcome = Outcome(self.outcome)
        return gettext(OUTCOME_LABELS[outcome]) if outcome else ""


class JointPart(models.Model):
    """Một phần của hồ sơ liên thông: which procedure at which agency, by when by plan, and its dossier once it begins."""

    joint = models.ForeignKey(Joint, models.CASCADE, related_name="parts", db_index=False)
    no = models.PositiveSmallIntegerField()
    procedure_code = models.CharField(max_length=40)
    name = models.CharField(max_length=200)
    work = models.CharField(max_length=300, blank=True)
    competent_agency = models.ForeignKey(UNIT, models.PROTECT, related_name="+", db_index=False)
    days = models.DecimalField(max_digits=5, decimal_places=1)
    second_days = models.DecimalField(max_digits=5, decimal_places=1, null=True)
    needs = models.JSONField(default=list)
    start = models.CharField(max_length=10)
    tells_at_once = models.BooleanField(default=False)
    basis = models.TextField()
    # Components handed in for it: numbers of papers, no words about anybody.
    papers = models.JSONField(default=dict)
    planned_start_at = models.DateTimeField()
    planned_due_at = models.DateTimeField()
    dossier = models.OneToOneField(Dossier, models.PROTECT, null=True, related_name="joint_part")
    dropped_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("phần của hồ sơ liên thông")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["joint", "no"], name="joint_part_once"),
            models.CheckConstraint(
                condition=Q(dossier=None) | Q(dropped_at=None), name="joint_part_begun_or_dropped"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.joint_id} · {self.no} · {self.name}"


class Transfer(models.Model):
    """Phiếu chuyển xử lý: one agency's part goes to another with work and deadline; the receiver records its own time."""

    joint = models.ForeignKey(Joint, models.CASCADE, related_name="transfers")
    part = models.OneToOneField(JointPart, models.CASCADE, related_name="transfer")
    number = models.CharField(max_length=80, unique=True)
    from_dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="+", db_index=False)
    from_unit = models.ForeignKey(UNIT, models.PROTECT, related_name="+", db_index=False)
    to_unit = models.ForeignKey(UNIT, models.PROTECT, related_name="+", db_index=False)
    work = models.CharField(max_length=300)
    handed_at = models.DateTimeField()
    giver_name = models.CharField(max_length=120)
    due_at = models.DateTimeField()
    # The giving side's own deadline as it stood then: what the receiving side judges by.
    giver_due_at = models.DateTimeField(null=True)
    take_over_by = models.DateTimeField()
    received_at = models.DateTimeField(null=True)
    receiver_name = models.CharField(max_length=120, blank=True)
    # Early, on time or late, as the receiving side entered it of the giving side's part (control slip, 2025 form 06).
    judged = models.CharField(max_length=10, blank=True)
    note = models.CharField(max_length=300, blank=True)

    class Meta:
        verbose_name = _("phiếu chuyển xử lý")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(received_at=None) | Q(received_at__gte=models.F("handed_at")),
                name="transfer_received_after_handed",
            ),
        ]

    def __str__(self) -> str:
        return self.number
