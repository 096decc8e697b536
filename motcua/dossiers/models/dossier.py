"""The dossier itself, and which units it concerns."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from motcua.dossiers.rules.outside import SITE_LABELS, Site
from motcua.dossiers.rules.retention import ERASED
from motcua.dossiers.rules.states import MEANINGS, Meaning, State

STATES = [(state.value, meaning.label) for state, meaning in MEANINGS.items()]
CHANNELS = [
    ("counter", _("Trực tiếp tại quầy")),
    ("online_assisted", _("Trực tuyến có cán bộ hỗ trợ")),
    ("online", _("Trực tuyến")),
    ("postal", _("Bưu chính công ích")),
]
DELIVERIES = [
    ("counter", _("Nhận tại quầy")),
    ("postal", _("Qua bưu chính công ích")),
    ("electronic", _("Bản điện tử")),
]
OUTCOMES = [
    ("", _("Chưa quyết định")),
    ("approved", _("Đồng ý giải quyết")),
    ("refused", _("Từ chối giải quyết")),
]
SITE_CHOICES = [(site.value, _(label)) for site, label in SITE_LABELS.items()]
UNIT = "organisations.Unit"


class Stated(models.Model):
    """Whatever is in a state of the table: a dossier, and a form that holds several."""

    state = models.CharField(max_length=24, choices=STATES)

    class Meta:
        abstract = True

    @property
    def meaning(self) -> Meaning:
        """What its state means."""
        return MEANINGS[State(self.state)]

    @property
    def state_label(self) -> str:
        """The state in the reader's language."""
        return gettext(self.meaning.label)

    @property
    def tone(self) -> str:
        """The tone of the state's tag."""
        return self.meaning.tone


class Dossier(Stated):
    """Hồ sơ: one application under one version of a procedure; its state is the sum of its events, kept for searching."""

    code = models.CharField(max_length=60)
    token = models.CharField(max_length=24)
    outcome = models.CharField(max_length=10, choices=OUTCOMES, blank=True)
    revision = models.PositiveIntegerField(default=1)

    procedure_code = models.CharField(max_length=40)
    procedure_name = models.TextField()
    field_code = models.CharField(max_length=40, blank=True)
    version = models.ForeignKey(
        "catalogue.ProcedureVersion", models.PROTECT, related_name="+", db_index=False
    )
    case = models.ForeignKey(
        "catalogue.ProcedureCase", models.PROTECT, null=True, related_name="+", db_index=False
    )
    # The whole it is a part of, when it was filed with others under one form.
    joint = models.ForeignKey("dossiers.Joint", models.PROTECT, null=True, related_name="+", db_index=False)
    process_version = models.ForeignKey(
        "processes.ProcessVersion", models.PROTECT, null=True, related_name="+", db_index=False
    )

    channel = models.CharField(max_length=16, choices=CHANNELS)
    # The national portal's own code of what was filed there; the portal is told everything under it.
    filed_as = models.CharField(max_length=60, blank=True, db_default="")
    # Where the counter stood: at home, or outside and where.
    site = models.CharField(
        max_length=12, choices=SITE_CHOICES, default=Site.COUNTER.value, db_default=Site.COUNTER.value
    )
    site_place = models.CharField(max_length=200, blank=True, db_default="")
    supported_unit = models.ForeignKey(UNIT, models.PROTECT, null=True, related_name="+", db_index=False)
    receiving_unit = models.ForeignKey(UNIT, models.PROTECT, related_name="+", db_index=False)
    competent_agency = models.ForeignKey(UNIT, models.PROTECT, related_name="+", db_index=False)
    returning_unit = models.ForeignKey(UNIT, models.PROTECT, related_name="+", db_index=False)

    applicant = models.ForeignKey("people.Person", models.PROTECT, related_name="+")
    applicant_name = models.CharField(max_length=250)
    # Its words as they are searched, nothing but a space between them.
    applicant_folded = models.CharField(max_length=300)
    # How the words of that name begin, as bits: a search walks past other names without reading them.
    initials = models.BigIntegerField()
    name = models.ForeignKey("people.Name", models.PROTECT, related_name="+", db_index=False)

    received_at = models.DateTimeField()
    received_by_id = models.BigIntegerField()
    original_due_at = models.DateTimeField(null=True)
    due_at = models.DateTimeField(null=True)
    is_provisional = models.BooleanField(default=False)
    limit_amount = models.DecimalField(max_digits=8, decimal_places=2)
    limit_unit = models.CharField(max_length=20)
    limit_basis = models.TextField(blank=True)
    start_rule = models.CharField(max_length=30)
    calendar_code = models.CharField(max_length=40)
    finished_at = models.DateTimeField(null=True)
    returned_at = models.DateTimeField(null=True)
    # Since when the clock stands still, and how often it was stopped, started anew or moved.
    paused_at = models.DateTimeField(null=True)
    turns = models.PositiveSmallIntegerField(default=0, db_default=0)

    result_delivery = models.CharField(max_length=12, choices=DELIVERIES)
    return_place = models.CharField(max_length=300, blank=True)
    copies_sets = models.PositiveSmallIntegerField(default=1)

    class Meta:
        verbose_name = _("hồ sơ")
        indexes: ClassVar = [
            models.Index(fields=["name", "-received_at", "-id"], name="dossier_by_name"),
            models.Index(fields=["-received_at", "-id"], name="dossier_newest", include=["initials"]),
            models.Index(fields=["joint"], name="dossier_of_joint", condition=Q(joint__isnull=False)),
            models.Index(fields=["filed_as"], name="dossier_by_filing", condition=~Q(filed_as="")),
            models.Index(
                fields=["state", "-received_at", "-id"],
                name="dossier_newest_of_state",
                condition=~Q(state=State.RETURNED.value),
            ),
            models.Index(fields=["due_at", "id"], name="dossier_open_by_due", condition=Q(finished_at=None)),
            models.Index(
                fields=["receiving_unit", "due_at", "id"],
                name="dossier_open_at_counter",
                condition=Q(finished_at=None),
            ),
            models.Index(
                fields=["competent_agency", "due_at", "id"],
                name="dossier_open_at_agency",
                condition=Q(finished_at=None),
            ),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["code"], name="dossier_code_once"),
            models.CheckConstraint(
                condition=Q(state__in=[s.value for s in State]), name="dossier_state_is_known"
            ),
            models.CheckConstraint(condition=~Q(token=""), name="dossier_has_a_token"),
            models.CheckConstraint(
                condition=Q(finished_at=None) | Q(finished_at__gte=models.F("received_at")),
                name="dossier_ends_after_it_starts",
            ),
        ]

    def __str__(self) -> str:
        return self.code

    @property
    def is_erased(self) -> bool:
        """Whether its personal data were destroyed after its time; no name that is typed leaves the searched one empty."""
        return self.applicant_name == ERASED and not self.applicant_folded

    @property
    def is_decided(self) -> bool:
        """Whether the competent person has decided."""
        return bool(self.outcome)


class Involvement(models.Model):
    """A unit a dossier concerns: it received, handles, was asked, returns. The door reads this index and no other."""

    unit = models.ForeignKey(UNIT, models.PROTECT, related_name="+", db_index=False)
    dossier = models.ForeignKey(Dossier, models.CASCADE, related_name="involvements", db_index=False)
    role = models.CharField(max_length=12)
    received_at = models.DateTimeField()
    # The applicant's name as the dossier has it, beside the unit: a commune's search never reads another's dossiers. Two more
    # indexes, `involvement_by_words` and `involvement_by_words_of_all`, hold its words (migration 0031, `queries/by_name.py`).
    applicant_folded = models.CharField(max_length=300)
    initials = models.BigIntegerField()

    class Meta:
        verbose_name = _("đơn vị liên quan hồ sơ")
        indexes: ClassVar = [
            models.Index(
                fields=["unit", "-received_at", "-dossier"],
                name="involvement_newest_of_unit",
                include=["initials"],
            ),
        ]
        constraints: ClassVar = [models.UniqueConstraint(fields=["dossier", "unit"], name="involvement_once")]

    def __str__(self) -> str:
        return f"{self.unit_id} · {self.dossier_id} · {self.role}"
