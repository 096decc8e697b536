from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from motcua.core.models import PermanentModel


class Channel(models.TextChoices):
    """How a message reaches a person."""

    EMAIL = "email", _("Thư điện tử")
    SMS = "sms", _("Tin nhắn")
    ZALO = "zalo", _("Zalo")


class DeliveryState(models.TextChoices):
    """Where a message to a person stands."""

    WAITING = "waiting", _("Chờ gửi")
    SENT = "sent", _("Đã gửi")
    DELIVERED = "delivered", _("Đã tới người nhận")
    FAILED = "failed", _("Không gửi được")
    NO_ADDRESS = "no_address", _("Không có địa chỉ")
    OVERTAKEN = "overtaken", _("Đã thay bằng tin sau")
    TOLD_OTHERWISE = "otherwise", _("Đã báo bằng cách khác")


STUCK = (DeliveryState.FAILED, DeliveryState.NO_ADDRESS)
"""Where a person has to see to it."""


class Message(PermanentModel):
    """What a person was to be told: a template, its parameters and whom it concerns; never the address or the text."""

    agency_id = models.BigIntegerField()
    template = models.CharField(max_length=80)
    reference = models.CharField(max_length=60)
    person_id = models.BigIntegerField()
    channel = models.CharField(max_length=10, choices=Channel.choices)
    params = models.JSONField(default=dict)

    class Meta:
        verbose_name = _("tin báo")
        indexes: ClassVar = [
            models.Index(fields=["agency_id", "-at"], name="notifications_message_agency"),
            models.Index(fields=["reference"], name="notifications_message_ref"),
        ]

    def __str__(self) -> str:
        return f"{self.template} {self.reference}"


class Delivery(models.Model):
    """The sending of one message: attempts, the last fault, proof that it was taken over, and who sees to a failed one."""

    message_id = models.BigIntegerField(unique=True)
    message_at = models.DateTimeField()
    agency_id = models.BigIntegerField()
    person_id = models.BigIntegerField(default=0)
    template = models.CharField(max_length=80, default="")
    reference = models.CharField(max_length=60, default="")
    channel = models.CharField(max_length=10, choices=Channel.choices)
    state = models.CharField(max_length=12, choices=DeliveryState.choices, default=DeliveryState.WAITING)
    attempts = models.PositiveSmallIntegerField(default=0)
    next_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)
    delivered_at = models.DateTimeField(null=True)
    failed_at = models.DateTimeField(null=True)
    owner_id = models.BigIntegerField(null=True)
    owner_name = models.CharField(max_length=120, blank=True)
    note = models.CharField(max_length=300, blank=True)
    proof = models.CharField(max_length=200, blank=True)
    last_error = models.CharField(max_length=300, blank=True)

    class Meta:
        verbose_name = _("lượt chuyển tin")
        indexes: ClassVar = [
            models.Index(
                fields=["channel", "next_at", "id"],
                name="notifications_delivery_queue",
                condition=models.Q(state="waiting"),
            ),
            models.Index(
                fields=["reference", "person_id", "message_id"], name="notifications_delivery_in_turn"
            ),
            models.Index(
                fields=["channel", "sent_at"],
                name="notifications_delivery_report",
                condition=models.Q(state="sent"),
            ),
            models.Index(
                fields=["id"],
                name="notifications_delivery_open",
                condition=models.Q(state__in=["waiting", "failed"]),
            ),
            models.Index(
                fields=["state", "agency_id", "id"],
                name="notifications_delivery_stuck",
                condition=models.Q(state__in=["failed", "no_address"]),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.channel} {self.message_id} {self.state}"
