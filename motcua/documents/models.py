from django.db import models
from django.utils.translation import gettext_lazy as _


class StoredFile(models.Model):
    """A file as it was handed in. The content lies under its own SHA-256 and is never altered."""

    class ScanState(models.TextChoices):
        NOT_SCANNED = "not_scanned", _("chưa quét mã độc")
        CLEAN = "clean", _("không thấy mã độc")
        INFECTED = "infected", _("có mã độc")

    sha256 = models.CharField(max_length=64, db_index=True)
    size = models.BigIntegerField()
    media_type = models.CharField(max_length=100)
    original_name = models.CharField(max_length=200)
    page_count = models.PositiveIntegerField(null=True, blank=True)
    stored_at = models.DateTimeField()
    # The person who put it in; no foreign key: this package does not know who signs in.
    uploaded_by_id = models.BigIntegerField(null=True, blank=True)
    scan_state = models.CharField(max_length=12, choices=ScanState, default=ScanState.NOT_SCANNED)

    class Meta:
        verbose_name = _("tệp đã lưu")

    def __str__(self) -> str:
        return self.original_name
