"""Codes drawn for printing: the QR a phone reads and the bars a desk scanner reads."""

from io import BytesIO
from typing import Any

import zxingcpp
from PIL import Image


def draw_qr(text: str) -> str:
    """A PNG of the text as a QR with middle error correction, its bytes as a list; empty for nothing."""
    if not text:
        return ""
    return _draw(zxingcpp.create_barcode(text, zxingcpp.BarcodeFormat.QRCode, ec_level="M"))


def draw_bars(text: str) -> str:
    """An SVG of the text as Code 128; empty for nothing. Only plain letters and digits are drawn.

    Not dots as the QR is: a bar a fifth of a millimetre wide that a coarse printer rounds by a dot is another bar.
    """
    if not text or not text.isascii():
        return ""
    return str(zxingcpp.create_barcode(text, zxingcpp.BarcodeFormat.Code128).to_svg(add_quiet_zones=False))


def _draw(code: Any) -> str:
    """One dot a module, black or white: the typesetter enlarges it sharply, and reads it in half the time of a drawing."""
    dots = code.to_image(scale=1, add_quiet_zones=False)
    drawn = BytesIO()
    Image.frombuffer("L", (dots.shape[1], dots.shape[0]), dots).convert("1").save(drawn, "PNG")
    return str(list(drawn.getvalue()))
