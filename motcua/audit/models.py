from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from motcua.core.chronology import WritingOrder
from motcua.core.models import PermanentModel


class Entry(PermanentModel):
    """Who did or read what, under which post, for which unit; kept for good and without the citizen's data."""

    unit_id = models.BigIntegerField(null=True)
    unit_name = models.CharField(max_length=200, blank=True)
    user_id = models.BigIntegerField(null=True)
    person_name = models.CharField(max_length=120, blank=True)
    post = models.CharField(max_length=40, blank=True)
    what = models.CharField(max_length=80)
    subject = models.CharField(max_length=120, blank=True)
    ids = models.JSONField(default=list)
    note = models.CharField(max_length=500, blank=True)
    request_id = models.CharField(max_length=64, blank=True)
    xact_id = models.BigIntegerField(db_default=WritingOrder())

    class Meta:
        verbose_name = _("nhật ký sử dụng")
        indexes: ClassVar = [
            models.Index(fields=["unit_id", "-id"], name="audit_entry_unit"),
            models.Index(fields=["user_id", "-id"], name="audit_entry_user"),
            models.Index(
                fields=["subject", "-id"], name="audit_entry_subject", condition=~models.Q(subject="")
            ),
            models.Index(fields=["xact_id", "id"], name="audit_entry_in_order"),
        ]

    def __str__(self) -> str:
        return f"{self.what} {self.subject}".strip()


class Seal(PermanentModel):
    """A stretch of history fixed by hash: rows of one table in the order of writing, chained to the seal before it."""

    table_name = models.CharField(max_length=63)
    columns = models.JSONField()
    after_xact = models.BigIntegerField()
    after_id = models.BigIntegerField()
    upto_xact = models.BigIntegerField()
    upto_id = models.BigIntegerField()
    row_count = models.PositiveIntegerField()
    leaves = models.BinaryField()
    previous = models.BinaryField()
    hash = models.BinaryField()

    class Meta:
        verbose_name = _("dấu niêm lịch sử")
        indexes: ClassVar = [models.Index(fields=["table_name", "-id"], name="audit_seal_of_table")]

    def __str__(self) -> str:
        return f"{self.table_name} {self.upto_xact}:{self.upto_id}"


class DayRoot(PermanentModel):
    """The head of the chain when a day closed: whoever keeps it elsewhere can prove everything before it."""

    day = models.DateField()
    last_seal_id = models.BigIntegerField(null=True)
    hash = models.BinaryField()

    class Meta:
        verbose_name = _("gốc của ngày")
        indexes: ClassVar = [models.Index(fields=["day"], name="audit_root_of_day")]

    def __str__(self) -> str:
        return f"{self.day:%Y-%m-%d} {bytes(self.hash).hex()[:12]}"


class RootStamp(PermanentModel):
    """What a time-stamping authority answered for the root of a day (RFC 3161); the answer is kept whole."""

    day = models.DateField()
    root_id = models.BigIntegerField()
    authority = models.CharField(max_length=200)
    stamped_at = models.DateTimeField()
    answer = models.BinaryField()

    class Meta:
        verbose_name = _("dấu thời gian của gốc")
        indexes: ClassVar = [models.Index(fields=["root_id"], name="audit_stamp_of_root")]

    def __str__(self) -> str:
        return f"{self.day:%Y-%m-%d} {self.authority}"
