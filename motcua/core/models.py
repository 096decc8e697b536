"""Ground tables: validity in time, permanent records, calls that may be repeated."""

from datetime import date
from typing import Any, Never, Self

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now


class ValidityQuerySet(models.QuerySet):
    """Rows that hold for a time."""

    def on(self, day: date) -> Self:
        """The rows that hold on this day."""
        return self.filter(Q(valid_to=None) | Q(valid_to__gt=day), valid_from__lte=day)


class Validity(models.Model):
    """A fact that holds from a day until the first day it no longer does."""

    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)

    objects = ValidityQuerySet.as_manager()

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_to=None) | Q(valid_to__gt=F("valid_from")),
                name="%(app_label)s_%(class)s_ends_after_start",
            )
        ]

    def holds_on(self, day: date) -> bool:
        """Whether the fact holds on this day."""
        return self.valid_from <= day and (self.valid_to is None or day < self.valid_to)


class PermanentError(TypeError):
    """A programme tried to change what is kept for good: a fault, not a refusal."""


class PermanentQuerySet(models.QuerySet):
    """Rows that are added and read, nothing else."""

    def update(self, **kwargs: Any) -> Never:
        raise PermanentError(f"{self.model.__name__} is permanent: it cannot be updated")

    def delete(self) -> Never:
        raise PermanentError(f"{self.model.__name__} is permanent: it cannot be deleted")


class PermanentModel(models.Model):
    """A record kept for good, partitioned by month of ``at``; its table refuses change by itself.

    The migration appends ``partitioned_by_month_sql`` and ``permanent_sql`` of :mod:`motcua.core.permanent`.
    """

    id = models.BigAutoField(primary_key=True)
    at = models.DateTimeField()

    objects = PermanentQuerySet.as_manager()

    class Meta:
        abstract = True

    def save(self, *args: Any, using: str | None = None, **kwargs: Any) -> None:
        if not self._state.adding:
            raise PermanentError(f"{type(self).__name__} is permanent: it cannot be updated")
        super().save(force_insert=True, using=using)

    def delete(self, using: Any = None, keep_parents: bool = False) -> Never:
        raise PermanentError(f"{type(self).__name__} is permanent: it cannot be deleted")


class IdempotentCall(models.Model):
    """A call made under a key of its caller, so that the same call twice has one effect."""

    owner = models.CharField(max_length=80)
    key = models.CharField(max_length=120)
    act = models.CharField(max_length=80)
    fingerprint = models.CharField(max_length=64)
    reference = models.CharField(max_length=200, blank=True)
    at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [models.UniqueConstraint(fields=["owner", "key"], name="core_idempotent_call_once")]
        indexes = [models.Index(fields=["at"], name="core_idempotent_call_at")]

    def __str__(self) -> str:
        return f"{self.act} {self.key}"
