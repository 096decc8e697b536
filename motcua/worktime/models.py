"""Calendars as dated data: office hours, days that differ, years decided, and who changed what."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from motcua.core.models import Validity


class WorkCalendar(models.Model):
    """The working time of one or more units; a unit version points here."""

    code = models.CharField(_("Mã lịch"), max_length=40, unique=True)
    name = models.CharField(_("Tên lịch"), max_length=160)

    class Meta:
        verbose_name = _("lịch làm việc")

    def __str__(self) -> str:
        return self.name


class OfficeHours(Validity):
    """Office hours of one weekday (Monday is 0) of a calendar, as pairs of "HH:MM"."""

    calendar = models.ForeignKey(WorkCalendar, on_delete=models.CASCADE, related_name="office_hours")
    weekday = models.PositiveSmallIntegerField()
    segments = models.JSONField(default=list)
    basis = models.CharField(_("Căn cứ"), max_length=200)

    class Meta(Validity.Meta):
        verbose_name = _("giờ làm việc")
        constraints = [
            *Validity.Meta.constraints,
            models.CheckConstraint(condition=Q(weekday__lte=6), name="worktime_hours_weekday"),
        ]

    def __str__(self) -> str:
        return f"{self.calendar_id} {self.weekday} {self.valid_from}"


class CalendarYear(models.Model):
    """A year whose days off someone has decided. A year without a row cannot be computed in."""

    class Status(models.TextChoices):
        CONFIRMED = "confirmed", _("đã công bố")
        PROVISIONAL = "provisional", _("tạm tính")

    year = models.PositiveSmallIntegerField(_("Năm"), unique=True)
    status = models.CharField(_("Tình trạng"), max_length=12, choices=Status.choices)
    basis = models.CharField(_("Căn cứ"), max_length=200)

    class Meta:
        verbose_name = _("năm của lịch")

    def __str__(self) -> str:
        return str(self.year)


class CalendarDay(models.Model):
    """A day that differs from its weekday: for the whole country, or for one calendar only."""

    class Kind(models.TextChoices):
        STATUTORY = "statutory", _("nghỉ lễ, Tết")
        COMPENSATORY = "compensatory", _("nghỉ bù")
        SWAPPED_OFF = "swapped_off", _("nghỉ hoán đổi")
        SWAPPED_WORKING = "swapped_working", _("làm bù hoán đổi")
        LOCAL_OFF = "local_off", _("nghỉ riêng của đơn vị")
        HALF_DAY = "half_day", _("làm việc nửa buổi")

    calendar = models.ForeignKey(
        WorkCalendar, on_delete=models.CASCADE, null=True, blank=True, related_name="days"
    )
    on = models.DateField(_("Ngày"))
    kind = models.CharField(_("Loại ngày"), max_length=16, choices=Kind.choices)
    name = models.CharField(_("Tên ngày"), max_length=160)
    segments = models.JSONField(default=list, blank=True)
    swapped_with = models.DateField(_("Hoán đổi với ngày"), null=True, blank=True)
    is_provisional = models.BooleanField(_("Tạm tính"), default=False)
    basis = models.CharField(_("Căn cứ"), max_length=200)

    class Meta:
        verbose_name = _("ngày khác thường lệ")
        constraints = [
            models.UniqueConstraint(
                fields=["calendar", "on"], name="worktime_one_rule_a_day", nulls_distinct=False
            ),
            models.CheckConstraint(
                condition=Q(
                    kind__in=[
                        "statutory",
                        "compensatory",
                        "swapped_off",
                        "swapped_working",
                        "local_off",
                        "half_day",
                    ]
                ),
                name="worktime_day_kind",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.on} {self.name}"


class CalendarChange(models.Model):
    """Who changed a calendar, when and on what basis: kept so that a moved promise can be explained later."""

    at = models.DateTimeField()
    what = models.CharField(max_length=40)
    calendar = models.ForeignKey(WorkCalendar, on_delete=models.SET_NULL, null=True, blank=True)
    subject = models.CharField(max_length=240)
    basis = models.CharField(max_length=200, blank=True)
    user_id = models.BigIntegerField(null=True)
    person_name = models.CharField(max_length=120)
    post = models.CharField(max_length=40)
    unit_name = models.CharField(max_length=200)
    # Promises that end before this day cannot have moved; none: the change moves no promise.
    first_on = models.DateField(null=True)
    # A job counts the running promises anew; until then the change waits here.
    followed_at = models.DateTimeField(null=True)
    moved = models.PositiveIntegerField(null=True)

    class Meta:
        verbose_name = _("thay đổi lịch")
        indexes = [
            models.Index(fields=["-at"], name="worktime_change_at"),
            models.Index(
                fields=["id"],
                name="worktime_change_waiting",
                condition=Q(followed_at=None, first_on__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.what} {self.subject}"


class CalendarStamp(models.Model):
    """One row that changes with every calendar, so that a process knows when its copy is old."""

    stamp = models.UUIDField()

    def __str__(self) -> str:
        return str(self.stamp)
