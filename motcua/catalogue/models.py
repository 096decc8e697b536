"""Procedures as published, in dated versions, and how this province operates some of them."""

from typing import ClassVar

from django.contrib.postgres.constraints import ExclusionConstraint
from django.db import models
from django.db.models.functions import Cast
from django.utils.translation import gettext_lazy as _

from motcua.catalogue.rules import BlockKind, ChannelKind, FeeKind, Level, LimitUnit, ProcedureKind
from motcua.core.models import Validity

LEVELS = [
    (Level.MINISTRY, _("Cấp Bộ")),
    (Level.PROVINCE, _("Cấp Tỉnh")),
    (Level.DISTRICT, _("Cấp Huyện")),
    (Level.COMMUNE, _("Cấp Xã")),
    (Level.VERTICAL, _("Ngành dọc")),
    (Level.OTHER, _("Cơ quan khác")),
]
CHANNELS = [
    (ChannelKind.DIRECT, _("Trực tiếp")),
    (ChannelKind.ONLINE, _("Trực tuyến")),
    (ChannelKind.POSTAL, _("Dịch vụ bưu chính")),
]
LIMIT_UNITS = [
    (LimitUnit.WORKING_HOUR, _("giờ làm việc")),
    (LimitUnit.WORKING_DAY, _("ngày làm việc")),
    (LimitUnit.CALENDAR_DAY, _("ngày")),
    (LimitUnit.MONTH, _("tháng")),
    (LimitUnit.SAME_DAY, _("trong ngày")),
    (LimitUnit.NONE, _("không nêu")),
]
START_RULES = [
    ("default", _("tính từ ngày làm việc tiếp theo")),
    ("next_day_after_15", _("nhận sau 15 giờ thì trả ngày làm việc tiếp theo")),
    ("after_17_next_day", _("nhận sau 17 giờ tính từ ngày làm việc tiếp theo")),
    ("last_hour_next_day", _("nhận trong giờ làm việc cuối tính từ ngày làm việc tiếp theo")),
]
FEE_KINDS = [(FeeKind.FEE, _("Phí")), (FeeKind.CHARGE, _("Lệ phí")), (FeeKind.PRICE, _("Giá dịch vụ"))]
PROCEDURE_KINDS = [
    (ProcedureKind.STANDARD, _("Chuẩn quốc gia")),
    (ProcedureKind.SPECIFIC, _("Đặc thù")),
    (ProcedureKind.INTERNAL, _("Nội bộ")),
]
BLOCK_KINDS = [
    (BlockKind.CASE, _("Trường hợp")),
    (BlockKind.HEADING, _("Nhóm giấy tờ")),
    (BlockKind.NOTE, _("Lưu ý")),
]


def _same_procedure() -> models.Func:
    # Without contrib there is no GiST class for plain numbers: a range of one number stands for it.
    number = Cast(models.F("procedure_id"), models.BigIntegerField())
    return models.Func(number, number, models.Value("[]"), function="int8range")


def _period() -> models.Func:
    return models.Func(models.F("valid_from"), models.F("valid_to"), function="daterange")


class CatalogueStamp(models.Model):
    """Changes with every change of the catalogue, so that each server process knows when to forget."""

    name = models.CharField(max_length=40, primary_key=True)
    value = models.CharField(max_length=40)

    def __str__(self) -> str:
        return f"{self.name} {self.value}"


class Field(models.Model):
    """Lĩnh vực: the field of administration a procedure belongs to."""

    code = models.CharField(max_length=40, unique=True)
    name = models.CharField(max_length=300)

    def __str__(self) -> str:
        return self.name


class Procedure(models.Model):
    """Thủ tục hành chính: the identity; one code may stand for two procedures, so the key has the portal's id."""

    code = models.CharField(max_length=40, db_index=True)
    portal_id = models.CharField(max_length=60)
    name = models.TextField()
    name_folded = models.TextField()
    field = models.ForeignKey(Field, on_delete=models.PROTECT, related_name="procedures")
    kind = models.CharField(max_length=20, choices=PROCEDURE_KINDS, default=ProcedureKind.STANDARD)
    levels = models.JSONField(default=list)
    has_limit = models.BooleanField(default=False)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["code", "portal_id"], name="procedure_code_and_portal_id"),
            models.CheckConstraint(condition=~models.Q(code=""), name="procedure_has_a_code"),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.name}"


class ProcedureVersion(Validity):
    """A procedure as published by one decision. Never edited: a change is a new version with its first day."""

    procedure = models.ForeignKey(Procedure, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    name = models.TextField()
    decision_number = models.CharField(max_length=100, blank=True)
    decided_on = models.DateField(null=True, blank=True)
    published_on = models.DateField(null=True, blank=True)
    field = models.ForeignKey(Field, on_delete=models.PROTECT, related_name="+")
    field_name = models.CharField(max_length=300)
    promulgator_code = models.CharField(max_length=20, blank=True)
    promulgator = models.CharField(max_length=200, blank=True)
    kind = models.CharField(max_length=20, choices=PROCEDURE_KINDS, default=ProcedureKind.STANDARD)
    levels = models.JSONField(default=list)
    agencies = models.JSONField(default=list)
    legal_basis = models.JSONField(default=list)
    is_full_online = models.BooleanField(default=False)
    is_non_territorial = models.BooleanField(default=False)
    fingerprint = models.CharField(max_length=64)
    recorded_at = models.DateTimeField()

    class Meta(Validity.Meta):
        constraints: ClassVar = [
            *Validity.Meta.constraints,
            ExclusionConstraint(
                name="procedure_version_no_overlap",
                expressions=[(_same_procedure(), "&&"), (_period(), "&&")],
            ),
            models.UniqueConstraint(fields=["procedure", "number"], name="procedure_version_number"),
        ]

    def __str__(self) -> str:
        return f"{self.procedure_id}/{self.number} {self.name}"


class ProcedureCase(models.Model):
    """Trường hợp: a block of components; alternatives, headings and notes are told apart by `kind`."""

    version = models.ForeignKey(ProcedureVersion, on_delete=models.CASCADE, related_name="cases")
    no = models.PositiveSmallIntegerField()
    name = models.TextField(blank=True)
    kind = models.CharField(max_length=10, choices=BLOCK_KINDS)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["version", "no"], name="case_no")]

    def __str__(self) -> str:
        return self.name or str(self.no)

    @property
    def is_note(self) -> bool:
        return self.kind == BlockKind.NOTE


class Component(models.Model):
    """Thành phần hồ sơ: one paper; its full name is a fact, the label beside it is for tick boxes."""

    case = models.ForeignKey(ProcedureCase, on_delete=models.CASCADE, related_name="components")
    no = models.PositiveSmallIntegerField()
    code = models.CharField(max_length=600, blank=True)
    name = models.TextField()
    label = models.CharField(max_length=120)
    originals = models.PositiveSmallIntegerField(default=0)
    copies = models.PositiveSmallIntegerField(default=0)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["case", "no"], name="component_no")]

    def __str__(self) -> str:
        return self.label


class Channel(models.Model):
    """Cách thức thực hiện: a way of filing with its time limit; the source may give one way several times."""

    version = models.ForeignKey(ProcedureVersion, on_delete=models.CASCADE, related_name="channels")
    no = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=10, choices=CHANNELS)
    limit_amount = models.DecimalField(max_digits=8, decimal_places=2, default=0)
    limit_unit = models.CharField(max_length=20, choices=LIMIT_UNITS)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["version", "no"], name="channel_no"),
            models.CheckConstraint(
                condition=models.Q(limit_amount__gte=0), name="channel_limit_not_negative"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.limit_amount} {self.limit_unit}"


class Fee(models.Model):
    """Phí, lệ phí as published for a channel; a currency left out by the source stays empty."""

    channel = models.ForeignKey(Channel, on_delete=models.CASCADE, related_name="fees")
    no = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=10, choices=FEE_KINDS)
    name = models.CharField(max_length=200, blank=True)
    amount = models.BigIntegerField(null=True, blank=True)
    currency = models.CharField(max_length=3, blank=True)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["channel", "no"], name="fee_no")]

    def __str__(self) -> str:
        return f"{self.kind} {self.amount}"


class ResultKind(models.Model):
    """Kết quả: the paper a procedure ends with."""

    version = models.ForeignKey(ProcedureVersion, on_delete=models.CASCADE, related_name="results")
    no = models.PositiveSmallIntegerField()
    code = models.CharField(max_length=100, blank=True)
    name = models.TextField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["version", "no"], name="result_no")]

    def __str__(self) -> str:
        return self.name


class Operation(Validity):
    """How this province operates a procedure: what the published text leaves unsaid, with its basis, as of a day."""

    procedure = models.ForeignKey(Procedure, on_delete=models.PROTECT, related_name="operations")
    agency_level = models.CharField(max_length=10, choices=LEVELS)
    unit_codes = models.JSONField(default=list, blank=True)
    limit_amount = models.DecimalField(max_digits=8, decimal_places=2, default=0)
    limit_unit = models.CharField(max_length=20, choices=LIMIT_UNITS)
    start_rule = models.CharField(max_length=30, choices=START_RULES, default="default")
    basis = models.TextField()
    is_non_territorial = models.BooleanField(default=False)
    retention_years = models.PositiveSmallIntegerField(null=True, blank=True)
    retention_basis = models.CharField(max_length=300, blank=True)
    signing_post = models.CharField(max_length=30, blank=True)

    class Meta(Validity.Meta):
        constraints: ClassVar = [
            *Validity.Meta.constraints,
            ExclusionConstraint(
                name="operation_no_overlap", expressions=[(_same_procedure(), "&&"), (_period(), "&&")]
            ),
            models.CheckConstraint(condition=~models.Q(basis=""), name="operation_names_its_basis"),
            models.CheckConstraint(
                condition=models.Q(limit_amount__gte=0), name="operation_limit_not_negative"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.procedure_id} {self.limit_amount} {self.limit_unit}"


class RequiredPaper(models.Model):
    """A component stated as required, by its key; only these can refuse an intake."""

    operation = models.ForeignKey(Operation, on_delete=models.CASCADE, related_name="required_papers")
    component_key = models.CharField(max_length=120)
    label = models.CharField(max_length=120, blank=True)
    basis = models.CharField(max_length=300)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["operation", "component_key"], name="required_paper_once"),
            models.CheckConstraint(condition=~models.Q(basis=""), name="required_paper_names_its_basis"),
        ]

    def __str__(self) -> str:
        return self.label or self.component_key


class OperationFee(models.Model):
    """A fee this province collects for the procedure, in đồng, with its basis."""

    operation = models.ForeignKey(Operation, on_delete=models.CASCADE, related_name="fees")
    no = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=10, choices=FEE_KINDS)
    name = models.CharField(max_length=200)
    amount = models.PositiveBigIntegerField()
    basis = models.CharField(max_length=300)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["operation", "no"], name="operation_fee_no")]

    def __str__(self) -> str:
        return f"{self.name} {self.amount}"


BUNDLE_ORDERS = [("at_once", _("cùng lúc, phần nào đủ điều kiện thì bắt đầu")), ("series", _("lần lượt"))]
PART_STARTS = [
    ("result", _("có kết quả đồng ý của phần trước")),
    ("ended", _("phần trước đã kết thúc")),
    ("notice", _("phần trước chờ nghĩa vụ tài chính")),
]


class Bundle(Validity):
    """Nhóm thủ tục liên thông: several procedures under one form, as published, while it holds.

    `total_days` is the limit of the whole, `verified_days` the one where something has to be verified; without either
    the whole is promised when its parts are. Working days throughout.
    """

    code = models.CharField(max_length=40)
    name = models.TextField()
    total_days = models.DecimalField(max_digits=5, decimal_places=1, null=True, blank=True)
    verified_days = models.DecimalField(max_digits=5, decimal_places=1, null=True, blank=True)
    start_rule = models.CharField(max_length=30, choices=START_RULES, default="default")
    part_start_rule = models.CharField(max_length=30, choices=START_RULES, default="default")
    order = models.CharField(max_length=10, choices=BUNDLE_ORDERS, default="at_once")
    take_over_hours = models.DecimalField(max_digits=4, decimal_places=1, default=2)
    basis = models.TextField()

    class Meta(Validity.Meta):
        constraints: ClassVar = [
            *Validity.Meta.constraints,
            models.UniqueConstraint(fields=["code", "valid_from"], name="bundle_from_a_day"),
            models.UniqueConstraint(
                fields=["code"], condition=models.Q(valid_to=None), name="bundle_one_in_force"
            ),
            models.CheckConstraint(condition=~models.Q(basis=""), name="bundle_names_its_basis"),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.name}"


class BundlePart(models.Model):
    """Một phần của nhóm: its procedure, its agency's own limit, what it waits for, and what the transfer slip asks.

    `second_days` is the limit after the applicant's financial obligation (two appointments); `tells_at_once` says that
    its result goes to the applicant before the others are ready; `papers` are the codes of the components the one form asks
    for, none for those of the procedure's first case.
    """

    bundle = models.ForeignKey(Bundle, on_delete=models.CASCADE, related_name="parts")
    no = models.PositiveSmallIntegerField()
    procedure_code = models.CharField(max_length=40)
    name = models.CharField(max_length=200)
    days = models.DecimalField(max_digits=5, decimal_places=1)
    second_days = models.DecimalField(max_digits=5, decimal_places=1, null=True, blank=True)
    needs = models.JSONField(default=list)
    start = models.CharField(max_length=10, choices=PART_STARTS, default="result")
    may_verify = models.BooleanField(default=False)
    tells_at_once = models.BooleanField(default=False)
    work = models.CharField(max_length=300, blank=True)
    papers = models.JSONField(default=list)
    basis = models.TextField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["bundle", "no"], name="bundle_part_no"),
            models.CheckConstraint(condition=models.Q(days__gt=0), name="bundle_part_takes_time"),
            models.CheckConstraint(condition=~models.Q(basis=""), name="bundle_part_names_its_basis"),
        ]

    def __str__(self) -> str:
        return f"{self.no} {self.name}"
