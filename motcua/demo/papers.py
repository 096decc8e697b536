"""Sheets to look at in the viewer: small PDF files that say they are samples."""

_OBJECTS = (
    b"<< /Type /Catalog /Pages 2 0 R >>",
    b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
    b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F 5 0 R >> >> >>",
)
_FONT = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"


def make_sample(*lines: str) -> bytes:
    """One page with the word MAU in its corner and some lines, in plain letters."""
    text = b"BT /F 28 Tf 480 790 Td (MAU) Tj ET\n"
    for number, line in enumerate(lines):
        plain = line.encode("ascii", "ignore").replace(b"(", b"").replace(b")", b"")
        text += b"BT /F 14 Tf 70 %d Td (%s) Tj ET\n" % (700 - 28 * number, plain)
    stream = b"<< /Length %d >>\nstream\n%sendstream" % (len(text), text)
    return _assemble([*_OBJECTS, stream, _FONT])


def _assemble(objects: list[bytes]) -> bytes:
    body, places = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, 1):
        places.append(len(body))
        body += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    head = b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    tail = b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, len(body))
    return body + head + table + tail
