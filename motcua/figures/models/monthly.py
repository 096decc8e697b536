"""Sums of what pages ask beside the figures: procedures by month, marks of finished dossiers, and what officers did."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _


class _ProcedureCount(models.Model):
    """What a unit received and finished of a procedure; `procedure_id` is the first category of it."""

    last_on = models.DateField()
    agency_id = models.BigIntegerField()
    procedure_id = models.IntegerField()
    received = models.IntegerField()
    online = models.IntegerField()
    resolved = models.IntegerField()
    received_there = models.IntegerField()
    done_there = models.IntegerField()

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self.last_on} · {self.agency_id}"


class MonthCount(_ProcedureCount):
    """Số đếm tháng theo thủ tục: of a month of reports, known by its last day; the running month grows by the minute."""

    class Meta:
        verbose_name = _("số đếm tháng theo thủ tục")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["last_on", "agency_id", "procedure_id"], name="month_count_once")
        ]


class QuarterCount(_ProcedureCount):
    """Số đếm quý theo thủ tục: the same of a quarter, so that a procedure of a unit is one row of what is asked most."""

    class Meta:
        verbose_name = _("số đếm quý theo thủ tục")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["last_on", "agency_id", "procedure_id"], name="quarter_count_once"
            )
        ]


class MarkCount(models.Model):
    """Số hồ sơ theo dấu: finished dossiers that are alike in what the nine indicators ask of them, of a unit (`user_id` 0) or of
    one officer who did a step; months that are over are kept as their last day.

    `leave`: 1 early, 2 on time, 3 late; `mark` of the worst step: 2 early, 1 in time, 0 late, 3 no step done.
    """

    day = models.DateField()
    agency_id = models.BigIntegerField()
    user_id = models.BigIntegerField()
    leave = models.SmallIntegerField()
    mark = models.SmallIntegerField()
    contacts = models.SmallIntegerField()
    count = models.IntegerField()

    class Meta:
        verbose_name = _("số hồ sơ theo dấu")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["day", "agency_id", "user_id", "leave", "mark", "contacts"], name="mark_count_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.day} · {self.agency_id} · {self.user_id}"


class OfficerCount(models.Model):
    """Việc của cán bộ trong ngày: received, acts, and dossiers begun by an officer in the dossiers of an agency; months that are
    over are kept as their last day. A dossier is begun by an officer with the first act on it."""

    day = models.DateField()
    agency_id = models.BigIntegerField()
    user_id = models.BigIntegerField()
    person_name = models.CharField(max_length=120)
    unit_name = models.CharField(max_length=200)
    received = models.IntegerField()
    acts = models.IntegerField()
    dossiers = models.IntegerField()

    class Meta:
        verbose_name = _("việc của cán bộ trong ngày")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["day", "agency_id", "user_id"], name="officer_count_once")
        ]

    def __str__(self) -> str:
        return f"{self.day} · {self.agency_id} · {self.user_id}"
