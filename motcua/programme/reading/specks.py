"""Specks of dust on a scan, taken away where nothing is written."""

from PIL import Image, ImageChops, ImageFilter

_DARK = 170
_CELL = 8
# A clean scan loses hardly a point in a hundred thousand; below this nothing is worth taking away.
_LEAST = 0.002
# When more than this of what is dark would go, the writing itself is thin and the page stays as it is.
_MOST = 0.15


def remove_specks(picture: Image.Image) -> Image.Image:
    """The page without the specks that stand apart from all writing; a clean page, or one written in hair lines, stays as it is.

    :param picture: grey, at a resolution where strokes are three pixels wide (about 300 dpi)
    """
    dark = picture.point(lambda value: 255 if value < _DARK else 0)
    solid = dark.filter(ImageFilter.MinFilter(3))
    kept = ImageChops.darker(dark, _grow(solid))
    total = _count(dark)
    if not total or not _LEAST <= (total - _count(kept)) / total <= _MOST:
        return picture
    return Image.composite(picture, Image.new("L", picture.size, 255), _grow(solid))


def _grow(mask: Image.Image) -> Image.Image:
    """The neighbourhood of everything in the mask, about a letter's width around."""
    small = mask.reduce(_CELL).point(lambda value: 255 if value else 0).filter(ImageFilter.MaxFilter(3))
    return small.resize((small.width * _CELL, small.height * _CELL), Image.Resampling.NEAREST).crop(
        (0, 0, *mask.size)
    )


def _count(mask: Image.Image) -> int:
    return int(mask.histogram()[255])
