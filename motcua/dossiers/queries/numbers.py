"""Series of result numbers, and whether a number is missing from one."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Max, Q, QuerySet
from django.utils.translation import gettext as _

from motcua.core.paging import Page, page
from motcua.core.reading import read_rows
from motcua.core.refusal import Refused
from motcua.core.text import sort_key
from motcua.dossiers.models import Dossier, Result, Series, store
from motcua.dossiers.queries.reading import name_unit


def find_series(dossier: Dossier, code: str, on: date) -> Series:
    """The series chosen by its code, else the one kept for the procedure, else the agency's general one.

    :raises Refused: the competent agency has no such series on that day.
    """
    held = read_rows(
        Series,
        "agency_id = %s AND valid_from <= %s AND (valid_to IS NULL OR valid_to > %s) ORDER BY code",
        [dossier.competent_agency_id, on, on],
    )
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


@dataclass(frozen=True, slots=True)
class BookView:
    """A series with where it stands in a year: the last serial, how many were voided and how many nobody bears."""

    series: Series
    agency_name: str
    last: int
    voided: int
    missing: int

    year: int


def find_books(agency_ids: Collection[int], year: int, on: date) -> list[BookView]:
    """The series of these agencies, open ones first, with where they stand in a year: two statements."""
    held = [
        series for series in Series.objects.order_by("code", "-valid_from") if series.agency_id in agency_ids
    ]
    counted = Result.objects.filter(year=year, series__in=held).values("series_id")
    figures: dict[int, Mapping[str, Any]] = {
        row["series_id"]: row
        for row in counted.annotate(
            last=Max("serial"), given=Count("pk"), voided=Count("pk", filter=Q(voided_at__isnull=False))
        )
    }
    books = [_make_book(series, figures.get(series.pk, {}), year, on) for series in held]
    return sorted(
        books, key=lambda b: (b.series.valid_to is not None, sort_key(b.agency_name), b.series.code)
    )


def _make_book(series: Series, figures: Mapping[str, Any], year: int, on: date) -> BookView:
    last, given = figures.get("last", 0), figures.get("given", 0)
    name = name_unit(series.agency_id, on) or str(series.agency_id)
    return BookView(series, name, last, figures.get("voided", 0), last - given, year)


def get_series(series_id: int) -> Series:
    """The series.

    :raises Refused: there is none.
    """
    series = Series.objects.filter(pk=series_id).first()
    if series is None:
        raise Refused("not_found", _("Không có sổ này."))
    return series


def find_numbers(series_id: int, year: int, cursor: str | None = None) -> Page:
    """Numbers given in a year with the dossiers that bear them, the last first."""
    rows = Result.objects.filter(series_id=series_id, year=year).select_related("dossier")
    return page(rows, order=("-serial",), cursor=cursor)


def find_gaps(series_id: int, year: int) -> list[int]:
    """Serials below the last one that no result bears; an empty list is the only good answer."""
    serials = set(Result.objects.filter(series_id=series_id, year=year).values_list("serial", flat=True))
    return [n for n in range(1, max(serials, default=0)) if n not in serials]


def find_voided(series_id: int, year: int) -> QuerySet[Result]:
    """Numbers voided in a year, with their reasons."""
    return Result.objects.filter(series_id=series_id, year=year).exclude(voided_at=None).order_by("serial")


def require_own_file(file_id: int, user_id: int) -> None:
    """A file was put in by whoever hands it in, so that a number typed by hand opens nothing.

    :raises Refused: it is somebody else's.
    """
    if not store.is_own_file(file_id, user_id):
        raise _not_own()


def require_result_file(file_id: int | None, user_id: int, dossier_id: int) -> bool:
    """The result's file, put in by whoever signs off; whether papers of the dossier have files too: one statement.

    :raises Refused: no file, or somebody else's.
    """
    if file_id is None:
        raise Refused("file_missing", _("Đính kèm tệp kết quả."), field="result_file")
    is_own, has_scans = store.look_at_files(file_id, user_id, dossier_id)
    if not is_own:
        raise _not_own()
    return has_scans


def _not_own() -> Refused:
    return Refused("unknown_file", _("Tệp kết quả không dùng được. Tải tệp lên lại."), field="result_file")
