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


class Dispatch(models.Model):
    """The sending of one outgoing message: attempts, the last fault, when to try again."""

    outgoing_id = models.BigIntegerField(unique=True)
    outgoing_at = models.DateTimeField()
    agency_id = models.BigIntegerField()
    destination = models.CharField(max_length=40)
    state = models.CharField(max_length=10, choices=DispatchState.choices, default=DispatchState.WAITING)
    attempts = models.PositiveSmallIntegerField(default=0)
    next_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)
    last_error = models.CharField(max_length=300, blank=True)

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
                fields=["state", "agency_id", "id"],
                name="integrations_dispatch_stuck",
                condition=models.Q(state="failed"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.destination} {self.outgoing_id} {self.state}"
