"""Opening and closing the books that number results."""

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from motcua.audit import actions as audit
from motcua.core.refusal import Refused
from motcua.core.text import clean_line
from motcua.dossiers import access
from motcua.dossiers.models import Series
from motcua.dossiers.rules.numbering import require_pattern
from motcua.organisations.rules import Actor


@transaction.atomic
def open_series(
    *,
    actor: Actor,
    agency_id: int,
    code: str,
    name: str,
    pattern: str,
    first_day: date,
    procedure_codes: Sequence[str] = (),
    at: datetime,
) -> Series:
    """Open a series of an agency from a day; its numbers begin at 1 and anew each year.

    :raises Refused: the book of another agency, no place for the number in the pattern, or it is open already.
    """
    access.require_series_keeper(actor, agency_id)
    code, name = clean_line(code)[:40], clean_line(name)[:200]
    if not code or not name:
        raise Refused("name_missing", _("Ghi mã và tên sổ."), field="code" if not code else "name")
    pattern = clean_line(pattern)[:60]
    require_pattern(pattern, say=_)
    if Series.objects.on(first_day).filter(agency_id=agency_id, code=code).exists():
        message = _(
            "Sổ mã này đang mở và tự bắt đầu lại từ số 1 mỗi năm. Muốn đổi mẫu số thì đóng sổ cũ trước, hoặc chọn mã khác."
        )
        raise Refused("exists", message, field="code")
    series = Series.objects.create(
        agency_id=agency_id,
        code=code,
        name=name,
        pattern=pattern,
        procedure_codes=list(procedure_codes),
        valid_from=first_day,
    )
    audit.record(
        "dossiers.series_opened", actor=actor, subject=f"dossiers.series:{series.pk}", note=pattern, at=at
    )
    return series


@transaction.atomic
def close_series(*, actor: Actor, series_id: int, last_day: date, at: datetime) -> Series:
    """Close a series after a day; its numbers stay.

    :raises Refused: the book of another agency, no such series, or a day before it was opened.
    """
    series = Series.objects.select_for_update().filter(pk=series_id).first()
    if series is None:
        raise Refused("not_found", _("Không có sổ này."))
    access.require_series_keeper(actor, series.agency_id)
    if last_day < series.valid_from:
        raise Refused("bad_day", _("Ngày đóng phải sau ngày mở sổ."), field="last_day")
    series.valid_to = date.fromordinal(last_day.toordinal() + 1)
    series.save(update_fields=["valid_to"])
    audit.record("dossiers.series_closed", actor=actor, subject=f"dossiers.series:{series.pk}", at=at)
    return series
