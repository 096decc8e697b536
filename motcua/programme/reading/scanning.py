"""A scanned page made upright, and the lines drawn on it."""

import math
from collections.abc import Iterator, Sequence

from PIL import Image, ImageDraw

from motcua.programme.reading.ruling import Stroke

_GOOD_DPI = 300
_A4_SHORT_INCHES, _A4_LONG_INCHES = 8.27, 11.69
_DARK = 170
# Strips of a letter's width; upright lines may be as short as a row of one line, so their strips are half as long.
_STRIP = 32
_FEWEST_STRIPS = 4
_FULL = 200
_GAP = 6
_POINTS = 72.0
_LONG_POINTS = 90.0


def prepare(picture: Image.Image, dpi: int | None = None) -> tuple[Image.Image, int]:
    """The page at a resolution that reads well, turned so that its lines run level; and that resolution."""
    known = dpi or _read_dpi(picture) or _guess_dpi(picture)
    if not 220 <= known <= 400:
        scale = _GOOD_DPI / known
        size = (max(1, round(picture.width * scale)), max(1, round(picture.height * scale)))
        picture, known = picture.resize(size, Image.Resampling.LANCZOS), _GOOD_DPI
    angle = find_tilt(picture)
    if abs(angle) >= 0.1:
        picture = picture.rotate(angle, Image.Resampling.BICUBIC, fillcolor=255)
    return picture, known


def _read_dpi(picture: Image.Image) -> int | None:
    """The resolution the file states, unless it is one no scanner has."""
    stated = picture.info.get("dpi", (0, 0))[0]
    return round(float(stated)) if 90 <= float(stated) <= 1200 else None


def _guess_dpi(picture: Image.Image) -> int:
    """An A4 page is taken for granted."""
    inches = _A4_SHORT_INCHES if picture.width <= picture.height else _A4_LONG_INCHES
    return max(50, round(picture.width / inches))


def find_tilt(picture: Image.Image) -> float:
    """By how many degrees to turn the page so that its lines run level; within three degrees."""
    small = picture.resize((700, max(1, round(700 * picture.height / picture.width))), Image.Resampling.BOX)
    coarse = max((n * 0.5 for n in range(-6, 7)), key=lambda angle: _evenness(small, angle))
    return max((coarse + n * 0.1 for n in range(-5, 6)), key=lambda angle: _evenness(small, angle))


def _evenness(picture: Image.Image, angle: float) -> float:
    """How sharply dark lines and light gaps alternate from top to bottom."""
    turned = picture.rotate(angle, Image.Resampling.BILINEAR, fillcolor=255)
    column = list(turned.resize((1, turned.height), Image.Resampling.BOX).tobytes())
    return sum((a - b) ** 2 for a, b in zip(column, column[1:], strict=False))


def find_strokes(picture: Image.Image, dpi: int) -> list[Stroke]:
    """The straight lines of a page, in points."""
    ink = picture.point(lambda value: 255 if value < _DARK else 0)
    scale = _POINTS / dpi
    across = [Stroke(x0 * scale, y * scale, x1 * scale, y * scale) for x0, x1, y in _level_lines(ink, _STRIP)]
    turned = ink.transpose(Image.Transpose.TRANSPOSE)
    down = [
        Stroke(y * scale, x0 * scale, y * scale, x1 * scale)
        for x0, x1, y in _level_lines(turned, _STRIP // 2)
    ]
    return [s for s in across if _is_ruled(s, down)] + [s for s in down if _is_ruled(s, across)]


def _is_ruled(stroke: Stroke, others: Sequence[Stroke]) -> bool:
    """A long line, or one that ends on lines of the other direction; anything else is the stroke of a letter."""
    if max(stroke.x1 - stroke.x0, stroke.y1 - stroke.y0) >= _LONG_POINTS:
        return True
    ends = ((stroke.x0, stroke.y0), (stroke.x1, stroke.y1))
    return all(any(_lies_on(x, y, other) for other in others) for x, y in ends)


def _lies_on(x: float, y: float, stroke: Stroke) -> bool:
    return stroke.x0 - 4 <= x <= stroke.x1 + 4 and stroke.y0 - 4 <= y <= stroke.y1 + 4


def erase(picture: Image.Image, strokes: Sequence[Stroke], dpi: int) -> Image.Image:
    """The page without its lines, so that they are not read as letters."""
    clean = picture.copy()
    draw = ImageDraw.Draw(clean)
    scale, half = dpi / _POINTS, max(2, round(dpi / 100))
    for s in strokes:
        box = [s.x0 * scale - half, s.y0 * scale - half, s.x1 * scale + half, s.y1 * scale + half]
        draw.rectangle(box, fill=255)
    return clean


def _level_lines(ink: Image.Image, strip: int) -> Iterator[tuple[float, float, float]]:
    """Left end, right end and height of each level line, in pixels.

    The page is cut into strips: a strip dark all along belongs to a line, letters are hardly ever.
    """
    columns = math.ceil(ink.width / strip)
    padded = Image.new("L", (columns * strip, ink.height))
    padded.paste(ink)
    dark = padded.resize((columns, ink.height), Image.Resampling.BOX).tobytes()
    open_lines: list[list[float]] = []
    for y in range(ink.height):
        row = dark[y * columns : (y + 1) * columns]
        if max(row) < _FULL:
            continue
        for x0, x1 in _runs(row, strip):
            _join(open_lines, x0, x1, y)
    for x0, x1, first, last in open_lines:
        if last - first < _STRIP and x1 - x0 >= strip * _FEWEST_STRIPS:
            yield x0, x1, (first + last) / 2


def _runs(row: bytes, strip: int) -> Iterator[tuple[float, float]]:
    """Stretches of dark strips, their ends as far as the next strip is dark."""
    place = 0
    while place < len(row):
        if row[place] < _FULL:
            place += 1
            continue
        start = place
        while place < len(row) and row[place] >= _FULL:
            place += 1
        left = row[start - 1] / 255 * strip if start else 0.0
        right = row[place] / 255 * strip if place < len(row) else 0.0
        yield start * strip - left, place * strip + right


def _join(lines: list[list[float]], x0: float, x1: float, y: int) -> None:
    """A line is a few pixels thick and may lean a little."""
    for line in reversed(lines[-60:]):
        if y - line[3] <= 3 and x0 <= line[1] + _GAP and x1 >= line[0] - _GAP:
            line[0], line[1], line[3] = min(line[0], x0), max(line[1], x1), y
            return
    lines.append([x0, x1, y, y])
