"""Scans: words by Tesseract with its Vietnamese data, strokes from the picture itself.

Each cell of a ruled table is read on its own: a lone `1` in a number column would be lost on a whole page.
"""

import os
import threading
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from PIL import Image, ImageDraw

from motcua.programme.reading.faults import refuse
from motcua.programme.reading.pages import Page
from motcua.programme.reading.ruling import Box, Table, find_tables
from motcua.programme.reading.scanning import erase, find_strokes, prepare
from motcua.programme.reading.specks import remove_specks
from motcua.programme.reading.words import Word

_DATA = Path(__file__).parent / "tessdata"
# Below the first a word around the tables is taken for dirt; below the second a person should look at it.
_LEAST_CONFIDENCE, _SURE = 12, 70
_POINTS = 72.0
_NOISE = set("|_—=~°\\[]{}«»‹›'`")
_EDGE_POINTS = 1.5

# One thread is two to three times faster than several on a small machine.
os.environ.setdefault("OMP_THREAD_LIMIT", "1")


_kept = threading.local()


def recognise(picture: Image.Image, dpi: int | None = None) -> Page:
    """Read a page.

    :raises Refused: this installation has no reader of scans.
    """
    try:
        import tesserocr
    except ImportError as fault:
        raise refuse("plan_no_ocr") from fault
    upright, resolution = prepare(picture, dpi)
    strokes = find_strokes(upright, resolution)
    tables = find_tables(strokes)
    scale = _POINTS / resolution
    # Specks that cling to a line stand apart once the line is gone; thin lines are found before anything goes.
    bare = erase(upright, strokes, resolution)
    clean = remove_specks(bare)
    reader = _get_reader(tesserocr)
    words = _read_outside(_Reader(reader, tesserocr, scale), upright if clean is bare else clean, tables)
    reader.SetImage(clean)
    reader.SetSourceResolution(resolution)
    words += _read_cells(_Reader(reader, tesserocr, scale), clean, tables)
    reader.Clear()
    return Page(words, strokes, upright.width * scale, upright.height * scale)


def _get_reader(library: Any) -> Any:
    """The reader of this thread; its data takes a quarter of a second to load, and goes with the thread."""
    if not hasattr(_kept, "reader"):
        _kept.reader = library.PyTessBaseAPI(path=str(_DATA), lang="vie", psm=library.PSM.AUTO)
    return _kept.reader


class _Reader:
    """Tesseract with the picture it has before it."""

    def __init__(self, reader: Any, library: Any, scale: float) -> None:
        self.reader = reader
        self.library = library
        self.scale = scale

    def read(self, mode: Any, least: int = _LEAST_CONFIDENCE) -> list[Word]:
        """The words of what is before it."""
        self.reader.SetPageSegMode(mode)
        self.reader.Recognize()
        return list(self._words(least))

    def _words(self, least: int) -> Iterator[Word]:
        level = self.library.RIL.WORD
        for word in self.library.iterate_level(self.reader.GetIterator(), level):
            box = word.BoundingBox(level)
            text = word.GetUTF8Text(level).strip() if box else ""
            is_dirt = set(text) <= _NOISE and (least > 0 or text != "|")
            if text and not is_dirt and word.Confidence(level) >= least:
                sure = word.Confidence(level) >= _SURE
                left, top, right, bottom = (value * self.scale for value in box)
                yield Word(text, left, top, right, bottom, sure)


def _read_outside(reader: _Reader, picture: Image.Image, tables: Sequence[Table]) -> list[Word]:
    """The words around the tables, which are painted over."""
    covered = picture.copy()
    draw = ImageDraw.Draw(covered)
    for table in tables:
        left, right = table.bands[0][0].x0, table.bands[0][-1].x1
        draw.rectangle(
            [v / reader.scale for v in (left - 2, table.top - 2, right + 2, table.bottom + 2)], fill=255
        )
    reader.reader.SetImage(covered)
    reader.reader.SetSourceResolution(round(_POINTS / reader.scale))
    return reader.read(reader.library.PSM.AUTO) if _has_ink(covered) else []


def _read_cells(reader: _Reader, picture: Image.Image, tables: Sequence[Table]) -> list[Word]:
    words: list[Word] = []
    for box in (box for table in tables for band in table.bands for box in band if not box.merged_up):
        words += _read_cell(reader, picture, box)
    return words


def _read_cell(reader: _Reader, picture: Image.Image, box: Box) -> list[Word]:
    edges = (box.x0 + _EDGE_POINTS, box.y0 + _EDGE_POINTS, box.x1 - _EDGE_POINTS, box.y1 - _EDGE_POINTS)
    left, top, right, bottom = (round(value / reader.scale) for value in edges)
    if right - left < 8 or bottom - top < 8 or not _has_ink(picture.crop((left, top, right, bottom))):
        return []
    reader.reader.SetRectangle(left, top, right - left, bottom - top)
    found = reader.read(reader.library.PSM.SINGLE_BLOCK, least=0)
    return found or reader.read(reader.library.PSM.SINGLE_WORD, least=0)


def _has_ink(picture: Image.Image) -> bool:
    """Whether anything is written: some of the darkest pixels are dark."""
    return sum(picture.histogram()[:128]) >= 12
