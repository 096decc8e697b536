"""What we ask about files: their content, a page of them as a picture, the way to hand them out."""

import io
import os
import threading
from collections.abc import Iterable
from pathlib import Path
from urllib.parse import quote

import pypdfium2
from django.conf import settings
from django.http import FileResponse
from django.utils.translation import gettext as _
from PIL import Image

from motcua.core.refusal import Refused
from motcua.documents.models import StoredFile
from motcua.documents.rules import IMAGES, KINDS, PDF
from motcua.documents.storage import path_of

# The PDF renderer serves one thread at a time.
_pdfium_lock = threading.Lock()
_WIDTHS = (160, 480, 800, 1200, 1600)


def get_file(file_id: int) -> StoredFile:
    """The file's record; raises StoredFile.DoesNotExist."""
    return StoredFile.objects.get(pk=file_id)


def find_uploaded(file_ids: Iterable[int], user_id: int) -> dict[int, str]:
    """The names of these files, by id; only those this person put in."""
    own = StoredFile.objects.filter(pk__in=list(file_ids), uploaded_by_id=user_id)
    return dict(own.order_by("pk").values_list("pk", "original_name"))


def open_file(file: StoredFile) -> io.BufferedReader:
    """The content, to read.

    :raises Refused: `not_found` when the content is not on this machine.
    """
    try:
        return path_of(file.sha256).open("rb")
    except FileNotFoundError as fault:
        raise Refused("not_found", _("Không tìm thấy nội dung của tệp này.")) from fault


def serve_file(file: StoredFile, inline: bool = False) -> FileResponse:
    """The content as an answer: kept apart from our pages, shown in the browser only for PDF and pictures."""
    kind = KINDS.get(file.media_type)
    shown = inline and kind is not None and kind.opens_in_browser
    answer = FileResponse(
        open_file(file), content_type=file.media_type if kind else "application/octet-stream"
    )
    answer["Content-Length"] = str(file.size)
    answer["Content-Disposition"] = (
        f"{'inline' if shown else 'attachment'}; filename*=UTF-8''{quote(file.original_name)}"
    )
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Cache-Control"] = "private, no-store"
    # A sandbox keeps the browser's own PDF reader from opening.
    apart = "" if kind is PDF else "; sandbox"
    answer["Content-Security-Policy"] = f"default-src 'none'; frame-ancestors 'self'{apart}"
    return answer


def render_page(file: StoredFile, page: int, width: int = 800) -> bytes:
    """One page (from 1) as PNG of about this width, kept for the next reader.

    :raises Refused: `not_found` when there is no such page or the kind has no pages.
    """
    width = next((each for each in _WIDTHS if each >= width), _WIDTHS[-1])
    if file.page_count is None or not 1 <= page <= file.page_count:
        raise Refused("not_found", _("Tệp không có trang này."))
    place = Path(settings.FILES_DIR) / "pages" / file.sha256[:2] / f"{file.sha256}-{page}-{width}.png"
    if place.exists():
        return place.read_bytes()
    picture = (
        _draw_pdf(file, page, width) if file.media_type == PDF.media_type else _draw_image(file, page, width)
    )
    return _keep_picture(picture, place)


def _draw_pdf(file: StoredFile, page: int, width: int) -> Image.Image:
    with open_file(file) as content, _pdfium_lock:
        document = pypdfium2.PdfDocument(content)
        try:
            sheet = document[page - 1]
            scale = min(width / max(sheet.get_width(), 1), 8)
            return sheet.render(scale=scale).to_pil().convert("RGB")
        finally:
            document.close()


def _draw_image(file: StoredFile, page: int, width: int) -> Image.Image:
    if KINDS.get(file.media_type) not in IMAGES:
        raise Refused("not_found", _("Tệp không có trang này."))
    with open_file(file) as content, Image.open(content) as image:
        image.seek(page - 1)
        copy = image.convert("RGB")
    copy.thumbnail((width, width * 4))
    return copy


def _keep_picture(picture: Image.Image, place: Path) -> bytes:
    """Written beside and moved, so that another reader never sees half a picture."""
    buffer = io.BytesIO()
    picture.save(buffer, "PNG")
    place.parent.mkdir(parents=True, exist_ok=True)
    beside = place.with_suffix(f".{os.getpid()}-{threading.get_ident()}")
    beside.write_bytes(buffer.getvalue())
    os.replace(beside, place)
    return buffer.getvalue()
