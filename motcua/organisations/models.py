"""Units and who works in them, with dates."""

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.db import models
from django.db.models import F, Func, Q, Value
from django.db.models.functions import Cast
from django.utils.translation import gettext_lazy as _

from motcua.core.models import Validity


def _same(field: str) -> Func:
    # Without contrib there is no GiST class for plain numbers: a range of one number stands for it.
    number = Cast(F(field), models.BigIntegerField())
    return Func(number, number, Value("[]"), function="int8range")


def _same_text(field: str) -> Func:
    number = Cast(
        Func(F(field), function="hashtext", output_field=models.IntegerField()), models.BigIntegerField()
    )
    return Func(number, number, Value("[]"), function="int8range")


def _period() -> Func:
    return Func(F("valid_from"), F("valid_to"), function="daterange")


class Unit(models.Model):
    """A unit as a lasting identity; its name, place and codes are in its versions."""

    code = models.CharField(_("Mã đơn vị"), max_length=40, unique=True)
    kind = models.CharField(_("Loại"), max_length=20, db_index=True)
    province_code = models.CharField(_("Mã tỉnh"), max_length=2, blank=True, db_index=True)

    class Meta:
        verbose_name = _("đơn vị")

    def __str__(self) -> str:
        return self.code


class UnitVersion(Validity):
    """What a unit is called, where it stands and how it is reached, from one day to another."""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="versions")
    name = models.CharField(_("Tên đơn vị"), max_length=200)
    name_folded = models.CharField(max_length=200)
    short_name = models.CharField(_("Tên gọi tắt"), max_length=80, blank=True)
    parent = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="child_versions")
    agency_code = models.CharField(_("Mã định danh"), max_length=35, blank=True)
    calendar = models.ForeignKey("worktime.WorkCalendar", models.PROTECT, null=True, blank=True)
    address = models.CharField(_("Địa chỉ"), max_length=250, blank=True)
    phone = models.CharField(_("Điện thoại"), max_length=30, blank=True)
    territory_code = models.CharField(_("Mã địa bàn"), max_length=5, blank=True)
    level = models.CharField(_("Cấp"), max_length=10, blank=True)
    decision_number = models.CharField(_("Số quyết định"), max_length=100, blank=True)

    class Meta:
        verbose_name = _("phiên bản đơn vị")
        indexes = [
            models.Index(fields=["name_folded"], name="unit_version_name", opclasses=["text_pattern_ops"]),
            models.Index(fields=["agency_code"], name="unit_version_agency", condition=~Q(agency_code="")),
        ]
        constraints = [
            ExclusionConstraint(
                name="unit_version_no_overlap", expressions=[(_same("unit_id"), "&&"), (_period(), "&&")]
            ),
            models.CheckConstraint(
                name="unit_version_period", condition=Q(valid_to=None) | Q(valid_to__gt=F("valid_from"))
            ),
            models.CheckConstraint(name="unit_version_not_own_parent", condition=~Q(parent_id=F("unit_id"))),
        ]

    def __str__(self) -> str:
        return self.name


class UnitSuccession(models.Model):
    """From a unit to one that took over its territory or its work (sáp nhập, chia tách), on a day."""

    from_unit = models.ForeignKey(Unit, models.PROTECT, related_name="successions")
    to_unit = models.ForeignKey(Unit, models.PROTECT, related_name="predecessions")
    on = models.DateField(_("Từ ngày"))
    decision_number = models.CharField(_("Văn bản"), max_length=120, blank=True)
    was_split = models.BooleanField(_("Bị chia"), default=False)
    is_default = models.BooleanField(_("Mặc định"), default=True)

    class Meta:
        verbose_name = _("kế thừa đơn vị")
        constraints = [
            models.UniqueConstraint(fields=["from_unit", "to_unit", "on"], name="unit_succession_once"),
        ]

    def __str__(self) -> str:
        return f"{self.from_unit_id} → {self.to_unit_id}"


class Assignment(Validity):
    """A person in a post of a unit, by a decision, from one day to another (phân công)."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="assignments")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="assignments")
    post = models.CharField(_("Chức danh"), max_length=20)
    position = models.CharField(_("Chức vụ"), max_length=120, blank=True)
    decision_number = models.CharField(_("Số quyết định"), max_length=100)
    field_codes = models.JSONField(_("Lĩnh vực"), default=list, blank=True)
    is_reserve = models.BooleanField(_("Dự phòng"), default=False)

    class Meta:
        verbose_name = _("phân công")
        constraints = [
            ExclusionConstraint(
                name="assignment_no_overlap",
                expressions=[
                    (_same("user_id"), "&&"),
                    (_same("unit_id"), "&&"),
                    (_same_text("post"), "&&"),
                    (_period(), "&&"),
                ],
            ),
            models.CheckConstraint(
                name="assignment_period", condition=Q(valid_to=None) | Q(valid_to__gt=F("valid_from"))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} · {self.post} · {self.unit_id}"


class Absence(Validity):
    """Vắng mặt: somebody is away from a post for some days, by a decision; who stands in, and how that person signs.

    The substitute works in a posting: the own one where it is the same post of the same unit, else one given for the
    time (`stand_in`). Without a substitute the work lies in the pool of the unit and post.
    """

    assignment = models.ForeignKey(Assignment, models.PROTECT, related_name="absences")
    reason = models.CharField(_("Lý do"), max_length=16)
    decision_number = models.CharField(_("Số văn bản"), max_length=100)
    substitute = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    stand_in = models.ForeignKey(
        Assignment, models.PROTECT, null=True, blank=True, related_name="stands_in_for"
    )
    kept_at = models.DateTimeField()
    kept_by = models.CharField(max_length=240)

    class Meta:
        verbose_name = _("vắng mặt")
        constraints = [
            ExclusionConstraint(
                name="absence_no_overlap", expressions=[(_same("assignment_id"), "&&"), (_period(), "&&")]
            ),
            models.CheckConstraint(
                name="absence_period", condition=Q(valid_to=None) | Q(valid_to__gt=F("valid_from"))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.assignment_id} · {self.valid_from}"


class SigningRight(Validity):
    """Ai ký thay ai: a person signs for another (KT., TL., TUQ.) by standing order or by a decision, for a time."""

    principal = models.ForeignKey(Assignment, models.PROTECT, related_name="signed_by")
    signer = models.ForeignKey(Assignment, models.PROTECT, related_name="signs_for")
    form = models.CharField(_("Hình thức ký"), max_length=4)
    decision_number = models.CharField(_("Số văn bản"), max_length=100)
    absence = models.ForeignKey(Absence, models.CASCADE, null=True, blank=True, related_name="rights")

    class Meta:
        verbose_name = _("quyền ký thay")
        constraints = [
            ExclusionConstraint(
                name="signing_right_once",
                expressions=[
                    (_same("principal_id"), "&&"),
                    (_same("signer_id"), "&&"),
                    (_period(), "&&"),
                ],
            ),
            models.CheckConstraint(
                name="signing_right_of_another", condition=~Q(principal_id=F("signer_id"))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.form} {self.principal_id} ← {self.signer_id}"


class Reorganisation(models.Model):
    """Sắp xếp tổ chức: one decision that renames, merges, divides or abolishes units or hands a field over, as one operation.

    `lines` say which unit's work goes where ({from, to, fields}, by unit codes), `units` what is set up or renamed,
    `closes` which units end. Carried out, `record` keeps what stood before, so that it can be undone.
    """

    class State(models.TextChoices):
        PLANNED = "planned", _("Đang chuẩn bị")
        SCHEDULED = "scheduled", _("Chờ đến ngày")
        DONE = "done", _("Đã thực hiện")
        UNDONE = "undone", _("Đã hoàn tác")

    kind = models.CharField(max_length=10)
    title = models.CharField(_("Nội dung"), max_length=300)
    decision_number = models.CharField(_("Số văn bản"), max_length=120)
    first_day = models.DateField(_("Từ ngày"))
    state = models.CharField(max_length=10, choices=State, default=State.PLANNED)
    lines = models.JSONField(default=list)
    units = models.JSONField(default=list)
    closes = models.JSONField(default=list)
    moves_people = models.BooleanField(_("Chuyển cả người"), default=True)
    agency = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    kept_at = models.DateTimeField()
    kept_by = models.CharField(max_length=240)
    done_at = models.DateTimeField(null=True)
    done_by = models.CharField(max_length=240, blank=True)
    undone_at = models.DateTimeField(null=True)
    undone_by = models.CharField(max_length=240, blank=True)
    undo_reason = models.CharField(max_length=500, blank=True)
    fault = models.CharField(max_length=300, blank=True)
    record = models.JSONField(default=dict)
    tally = models.JSONField(default=dict)

    class Meta:
        verbose_name = _("sắp xếp tổ chức")

    def __str__(self) -> str:
        return f"{self.decision_number} · {self.first_day}"


class TreeStamp(models.Model):
    """One row whose value changes with every change of the tree, so that kept trees know they are old."""

    value = models.CharField(max_length=32)

    class Meta:
        verbose_name = _("dấu của cây đơn vị")

    def __str__(self) -> str:
        return self.value


class ApiToken(Validity):
    """The key of a neighbouring system; it acts in the post of one assignment, within its scopes. Only its hash is kept."""

    name = models.CharField(_("Hệ thống"), max_length=120)
    token_hash = models.CharField(max_length=64, unique=True)
    scopes = models.JSONField(_("Phạm vi"), default=list)
    assignment = models.ForeignKey(Assignment, models.PROTECT, related_name="tokens")
    last_used_at = models.DateTimeField(null=True, blank=True)
    calls_per_minute = models.PositiveIntegerField(_("Số lần gọi mỗi phút"), default=600)
    # The minute being counted and its calls so far: one row a token, so that nothing is left to clear away.
    minute_at = models.DateTimeField(null=True)
    minute_calls = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("khóa hệ thống")
        constraints = [
            models.CheckConstraint(name="api_token_may_call", condition=Q(calls_per_minute__gte=1)),
            models.CheckConstraint(
                name="api_token_period", condition=Q(valid_to=None) | Q(valid_to__gt=F("valid_from"))
            ),
        ]

    def __str__(self) -> str:
        return self.name
