"""What goes to the postal partner and comes from it, list by list, with both signatures."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from motcua.dossiers.models.dossier import UNIT, Dossier
from motcua.dossiers.rules.consigning import (
    CONTENT_LABELS,
    IN_TRANSIT,
    ITEM_LABELS,
    LIST_LABELS,
    Content,
    ItemState,
    ListState,
)


class Consignment(models.Model):
    """Bảng kê giao nhận: one hand-over between a counter and the postal partner; each side signs with name and moment."""

    number = models.CharField(max_length=60, unique=True)
    content = models.CharField(
        max_length=8, choices=[(c.value, label) for c, label in CONTENT_LABELS.items()]
    )
    state = models.CharField(max_length=10, choices=[(s.value, label) for s, label in LIST_LABELS.items()])
    from_unit = models.ForeignKey(UNIT, models.PROTECT, related_name="+", db_index=False)
    to_unit = models.ForeignKey(UNIT, models.PROTECT, related_name="+", db_index=False)
    made_at = models.DateTimeField()
    made_by = models.CharField(max_length=240)
    handed_at = models.DateTimeField(null=True)
    handed_by = models.CharField(max_length=240, blank=True)
    received_at = models.DateTimeField(null=True)
    received_by = models.CharField(max_length=240, blank=True)
    note = models.CharField(max_length=500, blank=True)

    class Meta:
        verbose_name = _("bảng kê giao nhận")
        indexes: ClassVar = [
            models.Index(fields=["from_unit", "-id"], name="consignment_of_giver"),
            models.Index(fields=["to_unit", "-id"], name="consignment_of_receiver"),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def state_label(self) -> str:
        """The state in the reader's language."""
        return gettext(LIST_LABELS[ListState(self.state)])

    @property
    def content_label(self) -> str:
        """What it is, in the reader's language."""
        return gettext(CONTENT_LABELS[Content(self.content)])


class ConsignmentItem(models.Model):
    """One dossier's papers or result on a list: received, missing, lost, delivered or brought back, and in whose words."""

    consignment = models.ForeignKey(Consignment, models.CASCADE, related_name="items")
    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="consigned")
    tracking = models.CharField(max_length=40, blank=True)
    state = models.CharField(
        max_length=10,
        choices=[(s.value, label) for s, label in ITEM_LABELS.items()],
        default=ItemState.LISTED.value,
    )
    words = models.CharField(max_length=500, blank=True)
    changed_at = models.DateTimeField(null=True)
    changed_by = models.CharField(max_length=240, blank=True)

    class Meta:
        verbose_name = _("dòng của bảng kê")
        indexes: ClassVar = [
            models.Index(
                fields=["id"], name="consignment_missing", condition=Q(state=ItemState.MISSING.value)
            )
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["dossier"],
                condition=Q(state__in=sorted(s.value for s in IN_TRANSIT)),
                name="consigned_once_at_a_time",
            )
        ]

    def __str__(self) -> str:
        return f"{self.consignment_id} · {self.dossier_id}"

    @property
    def state_label(self) -> str:
        """The state in the reader's language."""
        return gettext(ITEM_LABELS[ItemState(self.state)])
