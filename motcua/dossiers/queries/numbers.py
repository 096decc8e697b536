"""Series of result numbers, and whether a number is missing from one."""

from collections.abc import Iterable
from datetime import date

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from motcua.core.refusal import Refused
from motcua.dossiers.models import Dossier, Result, Series, store


def find_series(dossier: Dossier, code: str, on: date) -> Series:
    """The series chosen by its code, else the one kept for the procedure, else the agency's general one.

    :raises Refused: the competent agency has no such series on that day.
    """
    held = list(Series.objects.on(on).filter(agency_id=dossier.competent_agency_id).order_by("code"))
    if code:
        held = [series for series in held if series.code == code]
    else:
        held.sort(key=lambda series: dossier.procedure_code not in series.procedure_codes)
        held = [s for s in held if dossier.procedure_code in s.procedure_codes or not s.procedure_codes]
    if not held:
        message = _("Cơ quan chưa mở sổ cấp số cho kết quả này. Quản trị mở sổ rồi ký lại.")
        raise Refused("no_series", message, field="series")
    return held[0]


def find_all_series(agency_ids: Iterable[int], on: date) -> QuerySet[Series]:
    """Series of these agencies on a day."""
    return Series.objects.on(on).filter(agency_id__in=list(agency_ids)).order_by("agency_id", "code")


def find_gaps(series_id: int, year: int) -> list[int]:
    """Serials below the last one that no result bears; an empty list is the only good answer."""
    serials = set(Result.objects.filter(series_id=series_id, year=year).values_list("serial", flat=True))
    return [n for n in range(1, max(serials, default=0)) if n not in serials]


def find_voided(series_id: int, year: int) -> QuerySet[Result]:
    """Numbers voided in a year, with their reasons."""
    return Result.objects.filter(series_id=series_id, year=year).exclude(voided_at=None).order_by("serial")


def require_own_file(file_id: int | None, user_id: int) -> None:
    """The result's file was put in by whoever signs off, so that a number typed by hand opens nothing.

    :raises Refused: no file, or somebody else's.
    """
    if file_id is None:
        raise Refused("file_missing", _("Đính kèm tệp kết quả."), field="result_file")
    if not store.is_own_file(file_id, user_id):
        raise Refused("unknown_file", _("Tệp kết quả không dùng được. Tải tệp lên lại."), field="result_file")
