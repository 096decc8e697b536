"""The plan as signed, and the reading of its file before a person has confirmed it."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Plan(models.Model):
    """A plan of a unit for a year. Without number or day it is a draft (dự thảo)."""

    unit = models.ForeignKey("organisations.Unit", models.PROTECT, related_name="plans")
    year = models.PositiveSmallIntegerField(_("Năm"))
    title = models.CharField(_("Tên kế hoạch"), max_length=600)
    number = models.CharField(_("Số, ký hiệu"), max_length=80, blank=True)
    dated = models.DateField(_("Ngày ban hành"), null=True, blank=True)
    issuer = models.CharField(_("Cơ quan ban hành"), max_length=300, blank=True)
    signer = models.CharField(_("Người ký"), max_length=120, blank=True)
    signature = models.JSONField(_("Thể thức ký"), default=list)
    legal_bases = models.JSONField(_("Căn cứ"), default=list)
    recipients = models.JSONField(_("Nơi nhận"), default=list)
    parts = models.JSONField(_("Phần thân"), default=list)
    version = models.PositiveSmallIntegerField(_("Lần nhập"), default=1)
    file = models.ForeignKey("documents.StoredFile", models.PROTECT, null=True, related_name="plans")
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="children")
    kept_at = models.DateTimeField()
    kept_by = models.CharField(max_length=240)

    class Meta:
        verbose_name = _("kế hoạch")
        ordering: ClassVar[list[str]] = ["-year", "unit_id", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "year", "number"], condition=~Q(number=""), name="programme_plan_number_once"
            )
        ]
        indexes = [models.Index(fields=["unit", "year"], name="programme_plan_unit_year")]

    def __str__(self) -> str:
        return self.number or self.title[:60]


class PlanReading(models.Model):
    """A plan that is none yet: read from a file, or written here without one. Nothing follows it until it is kept.

    A reading is confirmed by a person; what was written is submitted, signed and numbered.
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("chờ xác nhận")
        SUBMITTED = "submitted", _("chờ ký")
        SIGNED = "signed", _("chờ cấp số")
        KEPT = "kept", _("đã nhập")
        DISCARDED = "discarded", _("đã bỏ")

    unit = models.ForeignKey("organisations.Unit", models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField(null=True)
    file = models.ForeignKey("documents.StoredFile", models.PROTECT, null=True, related_name="+")
    begun_from = models.ForeignKey(Plan, models.PROTECT, null=True, related_name="drafts")
    is_for_parent = models.BooleanField(default=False)
    read = models.JSONField()
    lines = models.TextField(blank=True)
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    plan = models.ForeignKey(Plan, models.PROTECT, null=True, blank=True, related_name="readings")
    revision = models.PositiveIntegerField(default=0)
    created_at = models.DateTimeField()
    created_by = models.CharField(max_length=240)
    submitted_at = models.DateTimeField(null=True)
    submitted_by = models.CharField(max_length=240, blank=True)
    signed_at = models.DateTimeField(null=True)
    signed_by = models.CharField(max_length=240, blank=True)
    answer = models.TextField(_("Lý do trả lại"), blank=True)

    class Meta:
        verbose_name = _("bản đọc kế hoạch")
        indexes = [models.Index(fields=["unit", "state"], name="programme_reading_waiting")]

    def __str__(self) -> str:
        return f"{self.unit_id} {self.year}"


class TaskGroup(models.Model):
    """A group of tasks of an appendix, in the plan's own order. `path` holds the groups around it, the outermost
    first, each as numeral and title.
    """

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="groups")
    order = models.PositiveSmallIntegerField()
    appendix = models.CharField(max_length=20, blank=True)
    number = models.CharField(max_length=20, blank=True)
    title = models.CharField(max_length=1000, blank=True)
    path = models.JSONField(default=list)

    class Meta:
        verbose_name = _("nhóm nhiệm vụ")
        ordering: ClassVar[list[str]] = ["order"]
        constraints = [models.UniqueConstraint(fields=["plan", "order"], name="programme_group_order")]

    def __str__(self) -> str:
        return f"{self.number} {self.title[:60]}"


class PlanTask(models.Model):
    """A task as the plan's table prints it; the deadline is read again from its words whenever it is needed."""

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="tasks")
    group = models.ForeignKey(TaskGroup, models.CASCADE, related_name="tasks")
    order = models.PositiveSmallIntegerField()
    number = models.CharField(_("Số"), max_length=20, blank=True)
    content = models.TextField(_("Nội dung"))
    lead = models.TextField(_("Chủ trì"), blank=True)
    coordinating = models.TextField(_("Phối hợp"), blank=True)
    time = models.TextField(_("Thời gian"), blank=True)
    product = models.TextField(_("Sản phẩm"), blank=True)
    note = models.TextField(_("Ghi chú"), blank=True)
    kind = models.CharField(_("Loại hạn"), max_length=30, blank=True)
    line = models.PositiveIntegerField(default=0)
    unsure = models.JSONField(default=list)
    source = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="copies")
    product_kind = models.CharField(_("Sản phẩm có trên hệ thống"), max_length=20, blank=True)
    is_withdrawn = models.BooleanField(_("Không còn trong kế hoạch"), default=False)

    class Meta:
        verbose_name = _("nhiệm vụ")
        ordering: ClassVar[list[str]] = ["order"]
        constraints = [models.UniqueConstraint(fields=["plan", "order"], name="programme_task_order")]

    def __str__(self) -> str:
        return f"{self.number} {self.content[:60]}"


class Responsibility(models.Model):
    """A unit named in a task, as of the plan's day, with the words that named it; no unit when nobody could be told."""

    class Role(models.TextChoices):
        LEAD = "lead", _("chủ trì")
        COORDINATING = "coordinating", _("phối hợp")

    task = models.ForeignKey(PlanTask, models.CASCADE, related_name="responsibilities")
    unit = models.ForeignKey("organisations.Unit", models.PROTECT, null=True, blank=True, related_name="+")
    role = models.CharField(max_length=12, choices=Role)
    words = models.CharField(max_length=400)
    is_set = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("trách nhiệm")
        constraints = [
            models.UniqueConstraint(
                fields=["task", "unit", "role"],
                condition=Q(unit__isnull=False),
                name="programme_responsibility_once",
            )
        ]
        indexes = [models.Index(fields=["unit", "role"], name="programme_responsibility_unit")]

    def __str__(self) -> str:
        return self.words
