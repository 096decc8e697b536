"""Stays of dossiers, their sums by day, and how far the events have been read."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _


class Category(models.Model):
    """Loại hồ sơ: procedure, field and way of filing together, once, so that a row of figures is narrow.

    `is_behalf`: somebody else than the applicant filed it. `kind_id` is the first category of the same field and way, whatever
    the procedure: the sums by field are kept under it; `way_id` the first of the same way, whatever the field, `procedure_id` the
    first of the same procedure. 0: not looked for yet.
    """

    procedure_code = models.CharField(max_length=40)
    field_code = models.CharField(max_length=40, blank=True)
    channel = models.CharField(max_length=16)
    is_behalf = models.BooleanField(default=False)
    kind_id = models.IntegerField(default=0)
    way_id = models.IntegerField(default=0, db_default=0)
    procedure_id = models.IntegerField(default=0, db_default=0)

    class Meta:
        verbose_name = _("loại hồ sơ")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["procedure_code", "field_code", "channel", "is_behalf"], name="category_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.procedure_code} · {self.channel}"


def _newest(name: str, condition: models.Q) -> models.Index:
    """Some stays in the order of the lists behind figures."""
    return models.Index(fields=["-received_at", "-dossier_id"], name=name, condition=condition)


class Stay(models.Model):
    """Chặng của hồ sơ: a stretch of days in one unit, as `rules.stays` tells it from the events.

    One that ends with a result says what the work was like (`telling`): `step_mark` of its worst step, each officer's worst in
    `worked`, `contacts` with the applicant, and whether it came in and out, and was done, at a one-stop shop.

    `received_at` is the dossier's, kept where the stay is one of few (late, overdue, waiting, or begun or ended otherwise than
    usual): lists of those are walked newest first without the others.
    """

    pk = models.CompositePrimaryKey("dossier_id", "no")
    dossier_id = models.BigIntegerField()
    no = models.SmallIntegerField()
    enter = models.SmallIntegerField()
    agency_id = models.BigIntegerField()
    category_id = models.IntegerField()
    entered_on = models.DateField()
    left_on = models.DateField(null=True)
    overdue_on = models.DateField(null=True)
    leave = models.SmallIntegerField(null=True)
    is_waiting = models.BooleanField()
    is_electronic = models.BooleanField(default=False, db_default=False)
    is_digitised = models.BooleanField(default=False, db_default=False)
    step_mark = models.SmallIntegerField(null=True)
    contacts = models.SmallIntegerField(null=True)
    is_received_there = models.BooleanField(default=False, db_default=False)
    is_done_there = models.BooleanField(default=False, db_default=False)
    worked = ArrayField(models.BigIntegerField(), null=True)
    received_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("chặng của hồ sơ")
        indexes: ClassVar = [
            models.Index(fields=["agency_id", "left_on"], name="stay_by_end"),
            models.Index(fields=["agency_id", "entered_on"], name="stay_by_beginning"),
            models.Index(fields=["left_on"], name="stay_ended_late", condition=models.Q(leave=3)),
            models.Index(
                fields=["overdue_on"],
                name="stay_overdue",
                condition=models.Q(left_on__isnull=True, overdue_on__isnull=False),
            ),
            models.Index(
                fields=["left_on"],
                name="stay_was_overdue",
                condition=models.Q(left_on__isnull=False, overdue_on__isnull=False),
            ),
            _newest("stay_late_newest", models.Q(leave=3)),
            _newest("stay_overdue_newest", models.Q(overdue_on__isnull=False)),
            _newest("stay_waiting_newest", models.Q(is_waiting=True)),
            _newest("stay_apart_newest", models.Q(leave__in=(4, 5, 6, 7)) | models.Q(enter__in=(2, 3, 4))),
        ]

    def __str__(self) -> str:
        return f"{self.dossier_id}.{self.no}"


class _Added(models.Model):
    """What a day added, for a unit and a category; months that are over are kept as their last day."""

    day = models.DateField()
    agency_id = models.BigIntegerField()
    category_id = models.IntegerField()
    received = models.IntegerField()
    reopened = models.IntegerField()
    moved_in = models.IntegerField()
    early = models.IntegerField()
    on_time = models.IntegerField()
    late = models.IntegerField()
    withdrawn = models.IntegerField()
    stopped = models.IntegerField()
    moved_out = models.IntegerField()
    refused = models.IntegerField()
    electronic = models.IntegerField(default=0, db_default=0)
    digitised = models.IntegerField(default=0, db_default=0)
    received_there = models.IntegerField(default=0, db_default=0)
    done_there = models.IntegerField(default=0, db_default=0)
    overdue = models.IntegerField()
    waiting = models.IntegerField()

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self.day} · {self.agency_id}"


class DayCount(_Added):
    """Số đếm ngày, by procedure."""

    class Meta:
        verbose_name = _("số đếm ngày")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["day", "agency_id", "category_id"], name="day_count_once")
        ]


class FieldCount(_Added):
    """Số đếm ngày theo lĩnh vực: the same sums without the procedure, which most pages and forms never ask for."""

    class Meta:
        verbose_name = _("số đếm ngày theo lĩnh vực")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["day", "agency_id", "category_id"], name="field_count_once")
        ]


class UnitCount(_Added):
    """Số đếm ngày theo đơn vị: the same sums without the field, by unit and way alone."""

    class Meta:
        verbose_name = _("số đếm ngày theo đơn vị")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["day", "agency_id", "category_id"], name="unit_count_once")
        ]


class WholeCount(_Added):
    """Số đếm ngày toàn tỉnh: the same sums of all units together, under the unit 0, by procedure."""

    class Meta:
        verbose_name = _("số đếm ngày toàn tỉnh")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["day", "agency_id", "category_id"], name="whole_count_once")
        ]


class _Held(models.Model):
    """What a unit and category held on the evening a month of reports ended, all days before added up."""

    last_on = models.DateField()
    agency_id = models.BigIntegerField()
    category_id = models.IntegerField()
    stock = models.IntegerField()
    overdue = models.IntegerField()
    waiting = models.IntegerField()

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self.last_on} · {self.agency_id}"


class Balance(_Held):
    """Số còn lại cuối tháng, by procedure."""

    class Meta:
        verbose_name = _("số còn lại cuối tháng")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["last_on", "agency_id", "category_id"], name="balance_once")
        ]


class FieldBalance(_Held):
    """Số còn lại cuối tháng theo lĩnh vực, without the procedure."""

    class Meta:
        verbose_name = _("số còn lại cuối tháng theo lĩnh vực")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["last_on", "agency_id", "category_id"], name="field_balance_once")
        ]


class UnitBalance(_Held):
    """Số còn lại cuối tháng theo đơn vị, without the field."""

    class Meta:
        verbose_name = _("số còn lại cuối tháng theo đơn vị")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["last_on", "agency_id", "category_id"], name="unit_balance_once")
        ]


class WholeBalance(_Held):
    """Số còn lại cuối tháng toàn tỉnh, under the unit 0."""

    class Meta:
        verbose_name = _("số còn lại cuối tháng toàn tỉnh")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["last_on", "agency_id", "category_id"], name="whole_balance_once")
        ]


class StandIn(models.Model):
    """Đơn vị đứng tên: which unit the dossiers of a unit are counted to in a stretch of days, after mergers."""

    agency_id = models.BigIntegerField()
    first_on = models.DateField()
    end_on = models.DateField(null=True)
    unit_id = models.BigIntegerField()

    class Meta:
        verbose_name = _("đơn vị đứng tên")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["agency_id", "first_on"], name="stand_in_once")
        ]

    def __str__(self) -> str:
        return f"{self.agency_id} → {self.unit_id}"


class Cursor(models.Model):
    """Mốc đọc: the first number in the order of writing that has not been read yet.

    `is_to_retell`: something is kept now that was not when all of it was counted; the next reading tells everything anew.
    """

    name = models.CharField(max_length=40, unique=True)
    xact_id = models.BigIntegerField()
    tree_stamp = models.CharField(max_length=32, blank=True)
    compacted_on = models.DateField(null=True)
    is_to_retell = models.BooleanField(default=False, db_default=False)
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("mốc đọc diễn biến")

    def __str__(self) -> str:
        return f"{self.name} {self.xact_id}"
