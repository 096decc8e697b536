"""What happened: kept for good, by reference only; and the words people wrote, which a retention rule may end."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from motcua.core.chronology import WritingOrder
from motcua.core.models import PermanentModel
from motcua.dossiers.models.dossier import Dossier


class CurrentTransaction(models.Func):
    """The default of the first migration; since the second one rows take :class:`WritingOrder`."""

    function = "pg_current_xact_id"
    output_field = models.TextField()
    arity = 0

    def as_sql(self, *args: object, **kwargs: object) -> tuple[str, list[object]]:  # type: ignore[override]
        return "pg_current_xact_id()::text", []


class Event(PermanentModel):
    """One act on a dossier: who, in which post of which unit, when, from which state to which. No personal data."""

    dossier_id = models.BigIntegerField()
    agency_id = models.BigIntegerField()
    act = models.CharField(max_length=24)
    user_id = models.BigIntegerField()
    person_name = models.CharField(max_length=120)
    post = models.CharField(max_length=20)
    unit_id = models.BigIntegerField()
    unit_name = models.CharField(max_length=200)
    from_state = models.CharField(max_length=24)
    to_state = models.CharField(max_length=24)
    revision = models.PositiveIntegerField()
    data = models.JSONField(default=dict)
    xact_id = models.BigIntegerField(db_default=WritingOrder())

    class Meta:
        verbose_name = _("diễn biến hồ sơ")
        indexes: ClassVar = [
            models.Index(fields=["dossier_id", "revision"], name="event_of_dossier"),
            models.Index(fields=["agency_id", "at"], name="event_of_agency"),
            models.Index(fields=["xact_id", "id"], name="event_in_order_of_writing"),
        ]

    def __str__(self) -> str:
        return f"{self.act} · {self.dossier_id}"


class Note(models.Model):
    """What an officer wrote beside an act; the event names it by number."""

    dossier = models.ForeignKey(Dossier, models.CASCADE, related_name="notes")
    revision = models.PositiveIntegerField()
    at = models.DateTimeField()
    text = models.TextField()
    basis = models.CharField(max_length=300, blank=True)

    class Meta:
        verbose_name = _("ghi chú của cán bộ")

    def __str__(self) -> str:
        return self.text[:80]
