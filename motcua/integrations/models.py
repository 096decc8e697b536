from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from motcua.core.models import PermanentModel


class Outgoing(PermanentModel):
    """What a neighbour is to be told, written with the act that made it so; references only, no personal data."""

    agency_id = models.BigIntegerField()
    destination = models.CharField(max_length=40)
    topic = models.CharField(max_length=80)
    reference = models.CharField(max_length=60)
    sequence = models.BigIntegerField(default=0)
    payload = models.JSONField(default=dict)

    class Meta:
        verbose_name = _("thông điệp gửi đi")
        indexes: ClassVar = [
            models.Index(fields=["agency_id", "-at"], name="integrations_outgoing_agency"),
            models.Index(fields=["reference"], name="integrations_outgoing_ref"),
        ]

    def __str__(self) -> str:
        return f"{self.destination} {self.topic} {self.reference}"


class DispatchState(models.TextChoices):
    """Where a message to a neighbour stands."""

    WAITING = "waiting", _("Chờ gửi")
    SENT = "sent", _("Đã gửi")
    FAILED = "failed", _("Không gửi được")
    SET_ASIDE = "set_aside", _("Đã bỏ qua")


class Dispatch(models.Model):
    """The sending of one outgoing message: attempts, the last fault, when to try again."""

    outgoing_id = models.BigIntegerField(unique=True)
    outgoing_at = models.DateTimeField()
    agency_id = models.BigIntegerField()
    destination = models.CharField(max_length=40)
    reference = models.CharField(max_length=60, default="")
    sequence = models.BigIntegerField(default=0)
    state = models.CharField(max_length=10, choices=DispatchState.choices, default=DispatchState.WAITING)
    attempts = models.PositiveSmallIntegerField(default=0)
    next_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)
    last_error = models.CharField(max_length=300, blank=True)
    # What people wrote that goes along (guidance to an applicant): encrypted, and let go once it was delivered.
    words_enc = models.BinaryField(null=True)

    class Meta:
        verbose_name = _("lượt gửi")
        indexes: ClassVar = [
            models.Index(
                fields=["destination", "next_at", "id"],
                name="integrations_dispatch_queue",
                condition=models.Q(state="waiting"),
            ),
            models.Index(
                fields=["id"],
                name="integrations_dispatch_open",
                condition=models.Q(state__in=["waiting", "failed"]),
            ),
            models.Index(
                fields=["destination", "reference", "sequence", "id"], name="integrations_dispatch_in_turn"
            ),
            models.Index(
                fields=["state", "agency_id", "id"],
                name="integrations_dispatch_stuck",
                condition=models.Q(state="failed"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.destination} {self.outgoing_id} {self.state}"


class Incoming(PermanentModel):
    """What a neighbour told us, once for each key: the fingerprint of its words, never the words."""

    source = models.CharField(max_length=40)
    key = models.CharField(max_length=120)
    topic = models.CharField(max_length=80)
    reference = models.CharField(max_length=60)
    sequence = models.BigIntegerField(default=0)
    sent_at = models.DateTimeField(null=True)
    fingerprint = models.CharField(max_length=64)

    class Meta:
        verbose_name = _("thông điệp nhận về")
        indexes: ClassVar = [models.Index(fields=["reference"], name="integrations_incoming_ref")]

    def __str__(self) -> str:
        return f"{self.source} {self.topic} {self.reference}"


class ArrivalState(models.TextChoices):
    """Where a message of a neighbour stands."""

    WAITING = "waiting", _("Chờ xử lý")
    HANDLED = "handled", _("Đã xử lý")
    FAILED = "failed", _("Không xử lý được")
    SET_ASIDE = "set_aside", _("Đã bỏ qua")


class Arrival(models.Model):
    """The handling of one incoming message: its words (encrypted, until they are no longer needed), attempts, faults."""

    incoming_id = models.BigIntegerField(unique=True)
    incoming_at = models.DateTimeField()
    source = models.CharField(max_length=40)
    key = models.CharField(max_length=120)
    fingerprint = models.CharField(max_length=64)
    topic = models.CharField(max_length=80)
    reference = models.CharField(max_length=60)
    sequence = models.BigIntegerField(default=0)
    body_enc = models.BinaryField(null=True)
    state = models.CharField(max_length=10, choices=ArrivalState.choices, default=ArrivalState.WAITING)
    repeats = models.PositiveIntegerField(default=0)
    attempts = models.PositiveSmallIntegerField(default=0)
    next_at = models.DateTimeField()
    handled_at = models.DateTimeField(null=True)
    result = models.CharField(max_length=60, blank=True)
    last_error = models.CharField(max_length=300, blank=True)

    class Meta:
        verbose_name = _("lượt xử lý thông điệp")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["source", "key", "fingerprint"], name="integrations_arrival_once")
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["source", "next_at", "id"],
                name="integrations_arrival_queue",
                condition=models.Q(state="waiting"),
            ),
            models.Index(
                fields=["id"],
                name="integrations_arrival_open",
                condition=models.Q(state__in=["waiting", "failed"]),
            ),
            models.Index(fields=["source", "reference", "sequence"], name="integrations_arrival_in_turn"),
        ]

    def __str__(self) -> str:
        return f"{self.source} {self.key} {self.state}"


class Difference(models.Model):
    """A dossier of which a neighbour says something else than we told it last; kept until both say the same."""

    destination = models.CharField(max_length=40)
    reference = models.CharField(max_length=60)
    agency_id = models.BigIntegerField()
    ours = models.PositiveSmallIntegerField()
    theirs = models.PositiveSmallIntegerField(null=True)
    found_at = models.DateTimeField()
    seen_at = models.DateTimeField()
    replayed_at = models.DateTimeField(null=True)
    settled_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("chỗ lệch với hệ thống khác")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["destination", "reference"],
                name="integrations_difference_open",
                condition=models.Q(settled_at=None),
            )
        ]

    def __str__(self) -> str:
        return f"{self.destination} {self.reference}: {self.ours} ≠ {self.theirs}"
