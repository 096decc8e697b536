"""PDF files: words and strokes where the page has text, machine reading where it is only a picture."""

from collections.abc import Iterator
from ctypes import c_double, c_float
from io import BytesIO

import pypdfium2
import pypdfium2.raw as raw
from PIL import Image, UnidentifiedImageError

from motcua.programme.reading import ocr
from motcua.programme.reading.faults import refuse
from motcua.programme.reading.pages import Page, Word, lay_out
from motcua.programme.reading.rendition import Rendition
from motcua.programme.reading.ruling import Stroke
from motcua.programme.rules.blocks import Source

MOST_PAGES = 400
# A scanned page takes seconds; a person waits for all of them.
MOST_SCANNED = 60
_FEW_LETTERS = 25
_THIN = 2.5
_SCAN_DPI = 300
# How the library marks a hyphen at the end of a line.
_HYPHENS = {0x02, 0xFFFE}


def read_pdf(content: bytes) -> Source:
    """The blocks of a PDF.

    :raises Refused: it is locked, damaged, or has too many pages.
    """
    document = _open(content)
    rendition = Rendition()
    scanned = 0
    for number in range(len(document)):
        rendition.page = number + 1
        page = read_page(document[number])
        if len(page.words) < _FEW_LETTERS and _has_picture(document[number]):
            scanned += 1
            _require_few(scanned)
            page = _recognise(document[number])
        lay_out(page, rendition)
        document[number].close()
    document.close()
    return rendition.finish(("scanned",) if scanned else ())


def _open(content: bytes) -> pypdfium2.PdfDocument:
    try:
        document = pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError as fault:
        locked = "password" in str(fault).lower()
        raise refuse("plan_locked" if locked else "plan_damaged") from fault
    if len(document) > MOST_PAGES:
        raise refuse("plan_too_long")
    return document


def read_picture(content: bytes) -> Source:
    """The blocks of a scanned picture, every page of a TIFF.

    :raises Refused: it is damaged.
    """
    rendition = Rendition()
    try:
        picture = Image.open(BytesIO(content))
        _require_few(getattr(picture, "n_frames", 1))
        for number in range(getattr(picture, "n_frames", 1)):
            picture.seek(number)
            rendition.page = number + 1
            lay_out(ocr.recognise(picture.convert("L")), rendition)
    except (UnidentifiedImageError, OSError, Image.DecompressionBombError) as fault:
        raise refuse("plan_damaged") from fault
    return rendition.finish(("scanned",))


def _require_few(scanned: int) -> None:
    if scanned > MOST_SCANNED:
        raise refuse("plan_too_many_scanned")


def _recognise(page: pypdfium2.PdfPage) -> Page:
    picture = page.render(scale=_SCAN_DPI / 72, grayscale=True).to_pil()
    return ocr.recognise(picture.convert("L"), _SCAN_DPI)


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
