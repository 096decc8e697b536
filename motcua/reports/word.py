"""A report as a Word file that can be edited: letterhead, words, and the official tables with their merged headers."""

import zipfile
from collections.abc import Iterator
from io import BytesIO
from typing import Any
from xml.sax.saxutils import escape

from motcua.organisations.queries import UnitView
from motcua.reports.models import Report
from motcua.reports.printing import to_plain
from motcua.reports.queries.reading import SheetView

_XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_TYPES = (
    f'{_XML}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" '
    'ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" '
    'ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-'
    'officedocument.wordprocessingml.document.main+xml"/></Types>'
)
_RELS = (
    f'{_XML}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" '
    'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" '
    'Target="word/document.xml"/></Relationships>'
)
# A4 in twentieths of a point; the tables lie across.
_UPRIGHT = '<w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="1134" w:right="851" w:bottom="1134" w:left="1701" w:header="567" w:footer="567" w:gutter="0"/>'
_ACROSS = '<w:pgSz w:w="16838" w:h="11906" w:orient="landscape"/><w:pgMar w:top="851" w:right="680" w:bottom="851" w:left="680" w:header="567" w:footer="567" w:gutter="0"/>'
_EDGES = "".join(
    f'<w:{edge} w:val="single" w:sz="4"/>'
    for edge in ("top", "left", "bottom", "right", "insideH", "insideV")
)


def write_docx(report: Report, unit: UnitView, parent: UnitView | None, views: list[SheetView]) -> bytes:
    """The whole report as a Word file."""
    told = to_plain(report, unit, parent, views)
    body = "".join(_write_words(told)) + f"<w:p><w:pPr><w:sectPr>{_UPRIGHT}</w:sectPr></w:pPr></w:p>"
    body += "".join(_write_sheet(sheet) for sheet in told["sheets"]) + f"<w:sectPr>{_ACROSS}</w:sectPr>"
    document = f'{_XML}<w:document xmlns:w="{_W}"><w:body>{body}</w:body></w:document>'
    content = BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as package:
        for name, text in (
            ("[Content_Types].xml", _TYPES),
            ("_rels/.rels", _RELS),
            ("word/document.xml", document),
        ):
            package.writestr(name, text)
    return content.getvalue()


def _line(text: str, *, align: str = "both", bold: bool = False, size: int = 26) -> str:
    """A paragraph; `size` in half points."""
    clean = escape("".join(c for c in text if c >= " "))
    look = f'<w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman" w:cs="Times New Roman"/>{"<w:b/>" if bold else ""}<w:sz w:val="{size}"/>'
    run = f'<w:r><w:rPr>{look}</w:rPr><w:t xml:space="preserve">{clean}</w:t></w:r>'
    return f'<w:p><w:pPr><w:spacing w:after="60"/><w:jc w:val="{align}"/></w:pPr>{run}</w:p>'


def _write_words(told: dict[str, Any]) -> Iterator[str]:
    left = [told["parent_body"].upper(), told["unit_name"].upper()]
    right = ["CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc"]
    cells = "".join(
        f"<w:tc>{''.join(_line(text, align='center', bold=True, size=24) for text in side if text)}</w:tc>"
        for side in (left, right)
    )
    yield f'<w:tbl><w:tblPr><w:tblW w:w="5000" w:type="pct"/></w:tblPr><w:tr>{cells}</w:tr></w:tbl>'
    yield _line(told["title"], align="center", bold=True, size=28)
    yield _line(told["subtitle"], align="center", bold=True)
    yield _line(told["days"], align="center")
    for text in told["narrative"].split("\n"):
        yield _line(text)
    yield _line(told["signed_by"] or told["draft_word"], align="right", bold=True)


def _write_sheet(sheet: dict[str, Any]) -> str:
    title = _line(f"Biểu số {sheet['code']}/VPCP/KSTT – {sheet['title']}", align="left", bold=True, size=22)
    rows = "".join(_write_header(sheet)) + _write_row(sheet["captions"], is_head=True)
    rows += "".join(_write_row(row["cells"], is_bold=row["is_sum"]) for row in sheet["rows"])
    look = f'<w:tblPr><w:tblW w:w="5000" w:type="pct"/><w:tblBorders>{_EDGES}</w:tblBorders></w:tblPr>'
    return f"{title}<w:tbl>{look}{rows}</w:tbl>{_line('')}"


def _write_header(sheet: dict[str, Any]) -> Iterator[str]:
    """The merged header: a cell over several rows is begun in the first and continued in the others."""
    depth = max(cell["row"] + cell["rows"] for cell in sheet["header"])
    for at in range(depth):
        here = [cell for cell in sheet["header"] if cell["row"] <= at < cell["row"] + cell["rows"]]
        cells = "".join(_header_cell(cell, at) for cell in sorted(here, key=lambda one: one["column"]))
        yield f"<w:tr><w:trPr><w:tblHeader/></w:trPr>{cells}</w:tr>"


def _header_cell(cell: dict[str, Any], at: int) -> str:
    span = f'<w:gridSpan w:val="{cell["columns"]}"/>' if cell["columns"] > 1 else ""
    merge = (
        ('<w:vMerge w:val="restart"/>' if at == cell["row"] else "<w:vMerge/>") if cell["rows"] > 1 else ""
    )
    text = cell["text"] if at == cell["row"] else ""
    return f"<w:tc><w:tcPr>{span}{merge}</w:tcPr>{_line(text, align='center', bold=True, size=17)}</w:tc>"


def _write_row(texts: list[str], *, is_head: bool = False, is_bold: bool = False) -> str:
    cells = "".join(
        f"<w:tc>{_line(text, align='center' if is_head or n == 0 else 'left' if n == 1 else 'right', bold=is_bold, size=17)}</w:tc>"
        for n, text in enumerate(texts)
    )
    return f"<w:tr>{'<w:trPr><w:tblHeader/></w:trPr>' if is_head else ''}{cells}</w:tr>"
