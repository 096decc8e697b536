"""Codes drawn for printing: the QR a phone reads and the bars a desk scanner reads."""

import zxingcpp


def draw_qr(text: str) -> str:
    """An SVG of the text as a QR with middle error correction; empty for nothing."""
    if not text:
        return ""
    code = zxingcpp.create_barcode(text, zxingcpp.BarcodeFormat.QRCode, ec_level="M")
    return str(code.to_svg(add_quiet_zones=False))


def draw_bars(text: str) -> str:
    """An SVG of the text as Code 128; empty for nothing. Only plain letters and digits are drawn."""
    if not text or not text.isascii():
        return ""
    return str(zxingcpp.create_barcode(text, zxingcpp.BarcodeFormat.Code128).to_svg(add_quiet_zones=False))
