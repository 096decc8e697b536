"""PDF files: words and strokes where the page has text, machine reading where it is only a picture."""

from collections.abc import Iterable, Iterator
from ctypes import c_double, c_float
from io import BytesIO

import pypdfium2
import pypdfium2.raw as raw
from PIL import Image, UnidentifiedImageError

from motcua.core.refusal import Refused
from motcua.programme.reading.faults import refuse
from motcua.programme.reading.pages import Page, lay_out
from motcua.programme.reading.recognising import Heed, recognise_all
from motcua.programme.reading.rendition import Rendition
from motcua.programme.reading.ruling import Stroke
from motcua.programme.reading.words import Word
from motcua.programme.rules.blocks import Source

MOST_PAGES = 400
# A scanned page takes seconds; a person waits for all of them.
MOST_SCANNED = 60
# Longer ones are read in the background although they have text.
_MOST_AT_ONCE = 60
_FEW_LETTERS = 25
_THIN = 2.5
_SCAN_DPI = 300
# How the library marks a hyphen at the end of a line.
_HYPHENS = {0x02, 0xFFFE}


def read_pdf(content: bytes, heed: Heed | None = None) -> Source:
    """The blocks of a PDF; `heed` is told of each scanned page.

    :raises Refused: it is locked, damaged, or has too many pages.
    """
    document = _open(content)
    rendition = Rendition()
    pages = list(_read_pages(document))
    scanned = [number for number, page in enumerate(pages) if page is None]
    recognised = recognise_all(_render(document, scanned), len(scanned), heed)
    for number, page in enumerate(pages):
        rendition.page = number + 1
        lay_out(next(recognised) if page is None else page, rendition)
    document.close()
    return rendition.finish(("scanned",) if scanned else ())


def count_slow_pages(content: bytes) -> int:
    """How many pages of a PDF take a person's patience: its pictures, or all when there are many; 0 for none.

    A file that cannot be opened has none: reading it says why.
    """
    try:
        document = _open(content)
    except Refused:
        return 0
    scanned = sum(_is_scanned(document[number]) for number in range(len(document)))
    total = len(document)
    document.close()
    return scanned or (total if total > _MOST_AT_ONCE else 0)


def _is_scanned(sheet: pypdfium2.PdfPage) -> bool:
    """Whether a page has hardly a letter, and a picture."""
    text = sheet.get_textpage()
    letters = text.count_chars()
    text.close()
    is_picture = letters < _FEW_LETTERS * 3 and _has_picture(sheet)
    sheet.close()
    return is_picture


def _read_pages(document: pypdfium2.PdfDocument) -> Iterator[Page | None]:
    """The pages with text; None for those that are only a picture."""
    scanned = 0
    for number in range(len(document)):
        sheet = document[number]
        page = read_page(sheet)
        is_picture = len(page.words) < _FEW_LETTERS and _has_picture(sheet)
        sheet.close()
        scanned += is_picture
        _require_few(scanned)
        yield None if is_picture else page


def _render(
    document: pypdfium2.PdfDocument, numbers: Iterable[int]
) -> Iterator[tuple[Image.Image, int | None]]:
    """The pictures of pages; the library that draws them is used by one thread alone."""
    for number in numbers:
        sheet = document[number]
        picture = sheet.render(scale=_SCAN_DPI / 72, grayscale=True).to_pil().convert("L")
        sheet.close()
        yield picture, _SCAN_DPI


def _open(content: bytes) -> pypdfium2.PdfDocument:
    try:
        document = pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError as fault:
        locked = "password" in str(fault).lower()
        raise refuse("plan_locked" if locked else "plan_damaged") from fault
    if len(document) > MOST_PAGES:
        raise refuse("plan_too_long")
    return document


def read_picture(content: bytes, heed: Heed | None = None) -> Source:
    """The blocks of a scanned picture, every page of a TIFF.

    :raises Refused: it is damaged.
    """
    rendition = Rendition()
    try:
        picture = Image.open(BytesIO(content))
        total = getattr(picture, "n_frames", 1)
        _require_few(total)
        for number, page in enumerate(recognise_all(_list_frames(picture, total), total, heed), start=1):
            rendition.page = number
            lay_out(page, rendition)
    except (UnidentifiedImageError, OSError, Image.DecompressionBombError) as fault:
        raise refuse("plan_damaged") from fault
    return rendition.finish(("scanned",))


def _require_few(scanned: int) -> None:
    if scanned > MOST_SCANNED:
        raise refuse("plan_too_many_scanned")


def _list_frames(picture: Image.Image, total: int) -> Iterator[tuple[Image.Image, int | None]]:
    for number in range(total):
        picture.seek(number)
        frame = picture.convert("L")
        frame.info = dict(picture.info)
        yield frame, None


def _has_picture(page: pypdfium2.PdfPage) -> bool:
    return any(True for _ in page.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE], max_depth=4))


def read_page(page: pypdfium2.PdfPage) -> Page:
    """Words and strokes of a page, measured from its upper left corner."""
    width, height = page.get_size()
    return Page(list(_words(page, height)), list(_strokes(page, height)), width, height)


def _words(page: pypdfium2.PdfPage, height: float) -> Iterator[Word]:
    """Letters joined to words; a gap or a new line parts them."""
    text = page.get_textpage()
    letters: list[tuple[str, float, float, float, float]] = []
    box = [c_double() for _ in range(4)]
    for n in range(text.count_chars()):
        code = raw.FPDFText_GetUnicode(text, n)
        letter = "-" if code in _HYPHENS else chr(code)
        if letter.isspace() or code in {0, 0x00AD, 0xFEFF} or not raw.FPDFText_GetCharBox(text, n, *box):
            yield from _close(letters)
            continue
        left, right, bottom, top = (value.value for value in box)
        if letters and _is_apart(letters[-1], left, bottom, top):
            yield from _close(letters)
        letters.append((letter, left, height - top, right, height - bottom))
    yield from _close(letters)
    text.close()


def _is_apart(before: tuple[str, float, float, float, float], left: float, bottom: float, top: float) -> bool:
    size = max(before[4] - before[2], top - bottom, 4.0)
    return left - before[3] > size * 0.8 or before[1] - left > size


def _close(letters: list[tuple[str, float, float, float, float]]) -> Iterator[Word]:
    if letters:
        yield Word(
            "".join(letter[0] for letter in letters),
            min(letter[1] for letter in letters),
            min(letter[2] for letter in letters),
            max(letter[3] for letter in letters),
            max(letter[4] for letter in letters),
        )
        letters.clear()


def _strokes(page: pypdfium2.PdfPage, height: float) -> Iterator[Stroke]:
    """Lines drawn on the page, the edges of boxes, and boxes so thin that they are lines."""
    for drawn in page.get_objects(filter=[raw.FPDF_PAGEOBJ_PATH], max_depth=4):
        for x0, y0, x1, y1 in _segments(drawn):
            if abs(x1 - x0) <= _THIN or abs(y1 - y0) <= _THIN:
                yield _straighten(x0, height - y0, x1, height - y1)


def _straighten(x0: float, y0: float, x1: float, y1: float) -> Stroke:
    if abs(x1 - x0) >= abs(y1 - y0):
        y = (y0 + y1) / 2
        return Stroke(x0, y, x1, y)
    x = (x0 + x1) / 2
    return Stroke(x, y0, x, y1)


def _segments(drawn: pypdfium2.PdfObject) -> Iterator[tuple[float, float, float, float]]:
    """The straight pieces of a path, in the coordinates of the page."""
    matrix = drawn.get_matrix()
    start: tuple[float, float] | None = None
    here: tuple[float, float] | None = None
    x, y = c_float(), c_float()
    for n in range(raw.FPDFPath_CountSegments(drawn)):
        piece = raw.FPDFPath_GetPathSegment(drawn, n)
        raw.FPDFPathSegment_GetPoint(piece, x, y)
        point = matrix.on_point(x.value, y.value)
        shape = raw.FPDFPathSegment_GetType(piece)
        if shape == raw.FPDF_SEGMENT_MOVETO:
            start = point
        elif here is not None and shape == raw.FPDF_SEGMENT_LINETO:
            yield (*here, *point)
        here = point
        if raw.FPDFPathSegment_GetClose(piece) and start is not None:
            yield (*here, *start)
            here = start
