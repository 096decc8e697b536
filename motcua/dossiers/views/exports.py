"""A list as a file: exactly the rows and columns it shows, through the same door, every reading kept.

A short list is sent at once. A long one first gets a page of its own that starts the file and says how far it is.
"""

from collections.abc import Callable, Iterator
from itertools import chain
from typing import Any

from django.db import transaction
from django.http import HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import redirect
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from motcua.audit import actions as audit
from motcua.core.pages import render, render_fragment
from motcua.core.paging import Page
from motcua.core.refusal import Refused
from motcua.dossiers import queries
from motcua.dossiers.actions import exporting as actions
from motcua.dossiers.models import Export
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
    export = (
        actions.get_export(actor=request.actor, key=request.GET["khoa"]) if "khoa" in request.GET else None
    )
    first_page = read(None)  # Read now: a refusal must still become a page.
    if export is None and first_page.next_cursor is not None:
        asked = actions.ask_export(
            actor=request.actor, title=title, address=request.get_full_path(), at=request.at
        )
        return redirect("dossiers:export_progress", asked.key)
    pages = _read_all(request, read, first_page, what, key)
    first = next(pages)  # The reading is kept before a row leaves.
    pages = chain([first], pages)
    lines = (say(row) for page in (_told(export, pages) if export else pages) for row in page)
    pieces = stream_csv(head, lines) if form == "csv" else stream_workbook(title, head, lines)
    answer = StreamingHttpResponse(_speak(translation.get_language(), pieces), content_type=KINDS[form])
    answer["Content-Disposition"] = f'attachment; filename="{name}-{today(request):%Y-%m-%d}.{form}"'
    answer["Cache-Control"] = "private, no-store"
    return answer


@require_GET
def progress(request: OfficerRequest, key: str) -> HttpResponse:
    """How far a long list has been written out; the first look at it starts the file."""
    export = actions.get_export(actor=request.actor, key=key)
    sign = "&" if "?" in export.address else "?"
    context = {
        "export": export,
        "is_running": export.ended_at is None,
        "file": f"{export.address}{sign}khoa={export.key}",
    }
    if request.htmx:
        return render_fragment(request, "dossiers/_export.html", context)
    return render(request, "dossiers/export.html", context)


def _told(export: Export, pages: Iterator[list[Any]]) -> Iterator[list[Any]]:
    """The same pages, with a word after each of how many rows have left."""
    rows, is_whole = 0, False
    actions.begin_export(export, at=timezone.now())
    try:
        for page in pages:
            yield page
            rows += len(page)
            actions.tell_export(export, rows)
        is_whole = True
    finally:
        actions.end_export(export, is_whole=is_whole, at=timezone.now())


def _read_all(
    request: OfficerRequest, read: Read, first: Page, what: str, key: Callable[[Any], int]
) -> Iterator[list[Any]]:
    """Page by page, each in one transaction with the row that says it was read."""
    cursor: str | None = None
    while True:
        with transaction.atomic():
            page = first if cursor is None else read(cursor)
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
