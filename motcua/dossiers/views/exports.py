"""A list as a file: exactly the rows and columns it shows, through the same door, every reading kept."""

from collections.abc import Callable, Iterator
from itertools import chain
from typing import Any

from django.db import transaction
from django.http import HttpResponseBase, StreamingHttpResponse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from motcua.audit import actions as audit
from motcua.core.paging import Page
from motcua.core.refusal import Refused
from motcua.dossiers import queries
from motcua.dossiers.views.columns import make_head, make_line
from motcua.dossiers.views.listing import ListView, read_list
from motcua.dossiers.views.sheets import stream_csv, stream_workbook
from motcua.organisations.requests import OfficerRequest, today

AT_ONCE = 1000
KINDS = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv; charset=utf-8",
}
Read = Callable[[str | None], Page]


@require_GET
def inbox(request: OfficerRequest, tab: str) -> HttpResponseBase:
    """A tab of the inbox as a file."""
    view = read_list(request, "inbox")

    def read(cursor: str | None) -> Page:
        return queries.find_inbox(request.actor, tab, view.asked, cursor, size=AT_ONCE, at=request.at)

    title = _(queries.TABS.get(tab, ""))
    return _send(request, view, read, title, f"viec-{tab}", lambda row: row.dossier_id)


@require_GET
def register(request: OfficerRequest) -> HttpResponseBase:
    """The register as a file."""
    view = read_list(request, "register")

    def read(cursor: str | None) -> Page:
        return queries.find_register(request.actor, view.asked, cursor=cursor, size=AT_ONCE)

    return _send(request, view, read, _("Sổ theo dõi hồ sơ"), "so-theo-doi", lambda row: row.pk)


def _send(
    request: OfficerRequest, view: ListView, read: Read, title: str, name: str, key: Callable[[Any], int]
) -> HttpResponseBase:
    def line(row: Any) -> list[object]:
        return make_line(view.kind, view.columns, row, request)

    table = (make_head(view.kind, view.columns), line)
    return send_table(request, read, table, title, (f"dossiers.{view.name}_exported", name), key)


def send_table(
    request: OfficerRequest,
    read: Read,
    table: tuple[list[str], Callable[[Any], list[object]]],
    title: str,
    names: tuple[str, str],
    key: Callable[[Any], int],
) -> HttpResponseBase:
    """Rows read page by page as a workbook or CSV, every page kept as a reading.

    :param table: the headings, and what a row says under them
    :param names: what the evidence calls it, and how the file's name begins
    """
    form = request.GET.get("dang", "xlsx")
    if form not in KINDS:
        raise Refused("unknown_choice", _("Chọn tệp Excel (.xlsx) hoặc CSV (.csv)."), field="dang")
    (what, name), (head, say) = names, table
    pages = _read_all(request, read, what, key)
    first = next(pages)  # Read now: a refusal must still become a page.
    lines = (say(row) for page in chain([first], pages) for row in page)
    pieces = stream_csv(head, lines) if form == "csv" else stream_workbook(title, head, lines)
    answer = StreamingHttpResponse(_speak(translation.get_language(), pieces), content_type=KINDS[form])
    answer["Content-Disposition"] = f'attachment; filename="{name}-{today(request):%Y-%m-%d}.{form}"'
    answer["Cache-Control"] = "private, no-store"
    return answer


def _read_all(
    request: OfficerRequest, read: Read, what: str, key: Callable[[Any], int]
) -> Iterator[list[Any]]:
    """Page by page, each in one transaction with the row that says it was read."""
    cursor: str | None = None
    while True:
        with transaction.atomic():
            page = read(cursor)
            audit.record_reading(
                what, actor=request.actor, ids=[key(row) for row in page.rows], at=request.at
            )
        yield page.rows
        if (cursor := page.next_cursor) is None:
            return


def _speak(language: str | None, pieces: Iterator[bytes]) -> Iterator[bytes]:
    """Each piece is made in the reader's language, though the request has already left the house."""
    while True:
        with translation.override(language):
            piece = next(pieces, None)
        if piece is None:
            return
        yield piece
