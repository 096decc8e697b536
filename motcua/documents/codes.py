"""Codes drawn for printing: the QR a phone reads and the bars a desk scanner reads."""

import struct
import zlib
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
    height, width = dots.shape
    packed = Image.frombuffer("L", (width, height), dots).convert("1").tobytes()
    line = (width + 7) // 8
    lines = b"".join(b"\0" + packed[start : start + line] for start in range(0, len(packed), line))
    head = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    parts = _part(b"IHDR", head) + _part(b"IDAT", zlib.compress(lines)) + _part(b"IEND", b"")
    return str(list(b"\x89PNG\r\n\x1a\n" + parts))


def _part(kind: bytes, content: bytes) -> bytes:
    """A part of a PNG: its length, its kind, what it holds and a sum over both."""
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))
