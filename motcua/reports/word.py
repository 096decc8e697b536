"""A report as a Word file that can be edited: letterhead, words, and the official tables with their merged headers."""

import re
import zipfile
from collections.abc import Iterator, Sequence
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
_UNWRITABLE = re.compile(r"[^\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")  # what no file in XML may hold
_WIDE = 15_478  # twips between the margins of a page laid across
_EDGES = "".join(
    f'<w:{edge} w:val="single" w:sz="4"/>'
    for edge in ("top", "left", "bottom", "right", "insideH", "insideV")
)


def write_docx(report: Report, unit: UnitView, parent: UnitView | None, views: list[SheetView]) -> bytes:
    """The whole report as a Word file."""
    told = to_plain(report, unit, parent, views)
    body = "".join(_write_words(told)) + f"<w:p><w:pPr><w:sectPr>{_UPRIGHT}</w:sectPr></w:pPr></w:p>"
    body += "".join(_write_sheet(sheet, told) for sheet in told["sheets"]) + _line("", size=2)
    body += f"<w:sectPr>{_ACROSS}</w:sectPr>"
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


def _line(
    text: str,
    *,
    align: str = "both",
    bold: bool = False,
    italic: bool = False,
    size: int = 26,
    is_new_page: bool = False,
) -> str:
    """A paragraph; `size` in half points."""
    apart = "".join(" " if c < " " else c for c in text)
    clean = escape(_UNWRITABLE.sub("", apart.strip()))
    style = ("<w:b/>" if bold else "") + ("<w:i/>" if italic else "")
    look = f'<w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman" w:cs="Times New Roman"/>{style}<w:sz w:val="{size}"/>'
    run = f'<w:r><w:rPr>{look}</w:rPr><w:t xml:space="preserve">{clean}</w:t></w:r>'
    page = "<w:pageBreakBefore/>" if is_new_page else ""
    return f'<w:p><w:pPr>{page}<w:spacing w:after="40"/><w:jc w:val="{align}"/></w:pPr>{run}</w:p>'


def _write_words(told: dict[str, Any]) -> Iterator[str]:
    yield _write_letterhead(told)
    yield _line("")
    yield _line(told["title"], align="center", bold=True, size=28)
    yield _line(told["subtitle"], align="center", bold=True)
    yield _line(told["days"], align="center", italic=True)
    yield _line(told["addressed"], align="center")
    for text in told["narrative"].split("\n"):
        if text.strip():
            yield _line(text)
    yield _line("")
    yield _write_end(told)


def _write_letterhead(told: dict[str, Any]) -> str:
    """Who writes, at whose order, with the number; the name of the nation, place and day (Decree 30/2020 annex I)."""
    left = [_line(text.upper(), align="center", size=24) for text in told["parent_lines"]]
    left += [_line(text.upper(), align="center", bold=True, size=24) for text in told["unit_lines"]]
    left += [_line("――――――", align="center", size=16), _line(told["number_line"], align="center", size=24)]
    right = [
        _line("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", align="center", bold=True, size=24),
        _line("Độc lập - Tự do - Hạnh phúc", align="center", bold=True, size=26),
        _line("――――――――――", align="center", size=16),
        _line(told["place_day"], align="center", italic=True, size=26),
    ]
    return _write_pair("".join(left), "".join(right), 3754)


def _write_end(told: dict[str, Any]) -> str:
    """To whom it goes, beside the signature."""
    first, *others = told["recipients"]
    left = _line(first, align="left", bold=True, italic=True, size=22)
    left += "".join(_line(text, align="left", size=22) for text in others)
    right = _line("NGƯỜI KÝ BÁO CÁO", align="center", bold=True) + _line("") * 3
    right += _line(told["signed_by"] or told["draft_word"], align="center", bold=True)
    return _write_pair(left, right, 4354)


def _write_pair(left: str, right: str, width: int) -> str:
    """Two columns without edges; `width` of the left one, of 9354 twips."""
    widths = (width, 9354 - width)
    cells = "".join(
        f'<w:tc><w:tcPr><w:tcW w:w="{wide}" w:type="dxa"/></w:tcPr>{words}</w:tc>'
        for wide, words in zip(widths, (left, right), strict=True)
    )
    return f"<w:tbl>{_frame(widths, is_ruled=False)}<w:tr>{cells}</w:tr></w:tbl>"


def _frame(widths: Sequence[int], *, is_ruled: bool) -> str:
    """What every table begins with: fixed widths and its columns, without which merged cells fall apart."""
    edges = f"<w:tblBorders>{_EDGES}</w:tblBorders>" if is_ruled else ""
    look = (
        f'<w:tblPr><w:tblW w:w="{sum(widths)}" w:type="dxa"/>{edges}<w:tblLayout w:type="fixed"/></w:tblPr>'
    )
    columns = "".join(f'<w:gridCol w:w="{wide}"/>' for wide in widths)
    return f"{look}<w:tblGrid>{columns}</w:tblGrid>"


def _share(columns: int) -> list[int]:
    """The widths of a form's columns: narrow for the number, wide for the name, the rest alike."""
    name = 1700 if columns > 16 else 2600
    return [500, name, *[(_WIDE - 500 - name) // (columns - 2)] * (columns - 2)]


def _write_sheet(sheet: dict[str, Any], told: dict[str, Any]) -> str:
    widths = _share(sheet["columns"])
    rows = "".join(_write_header(sheet, widths)) + _write_row(sheet["captions"], widths, is_head=True)
    rows += "".join(_write_row(row["cells"], widths, is_bold=row["is_sum"]) for row in sheet["rows"])
    head = "".join(_write_form_head(sheet, told))
    return f"{head}<w:tbl>{_frame(widths, is_ruled=True)}{rows}</w:tbl>"


def _write_form_head(sheet: dict[str, Any], told: dict[str, Any]) -> Iterator[str]:
    """The number of the form and the basis, who reports to whom, the title with its days; on a page of its own."""
    yield _line(sheet["number"], align="left", bold=True, size=20, is_new_page=True)
    yield _line(sheet["basis"], align="left", italic=True, size=18)
    yield _line(f"{sheet['reporter']}. {sheet['receiver']}", align="left", size=18)
    yield _line(sheet["title"].upper(), align="center", bold=True, size=24)
    yield _line(told["days"], align="center", italic=True, size=22)
    if sheet["measure"]:
        yield _line(sheet["measure"], align="right", italic=True, size=18)


def _write_header(sheet: dict[str, Any], widths: Sequence[int]) -> Iterator[str]:
    """The merged header: a cell over several rows is begun in the first and continued in the others."""
    depth = max(cell["row"] + cell["rows"] for cell in sheet["header"])
    for at in range(depth):
        here = [cell for cell in sheet["header"] if cell["row"] <= at < cell["row"] + cell["rows"]]
        cells = "".join(
            _header_cell(cell, at, widths) for cell in sorted(here, key=lambda one: one["column"])
        )
        yield f"<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>{cells}</w:tr>"


def _header_cell(cell: dict[str, Any], at: int, widths: Sequence[int]) -> str:
    wide = sum(widths[cell["column"] : cell["column"] + cell["columns"]])
    span = f'<w:gridSpan w:val="{cell["columns"]}"/>' if cell["columns"] > 1 else ""
    merge = (
        ('<w:vMerge w:val="restart"/>' if at == cell["row"] else "<w:vMerge/>") if cell["rows"] > 1 else ""
    )
    text = cell["text"] if at == cell["row"] else ""
    look = f'<w:tcPr><w:tcW w:w="{wide}" w:type="dxa"/>{span}{merge}<w:vAlign w:val="center"/></w:tcPr>'
    return f"<w:tc>{look}{_line(text, align='center', bold=True, size=17)}</w:tc>"


def _write_row(
    texts: list[str], widths: Sequence[int], *, is_head: bool = False, is_bold: bool = False
) -> str:
    cells = "".join(
        f'<w:tc><w:tcPr><w:tcW w:w="{wide}" w:type="dxa"/></w:tcPr>{_line(text, align=_align(n, is_head), bold=is_bold, italic=is_head, size=13 if is_head else 17)}</w:tc>'
        for n, (text, wide) in enumerate(zip(texts, widths, strict=True))
    )
    marks = "<w:cantSplit/>" + ("<w:tblHeader/>" if is_head else "")
    return f"<w:tr><w:trPr>{marks}</w:trPr>{cells}</w:tr>"


def _align(column: int, is_head: bool) -> str:
    return "center" if is_head or column == 0 else "left" if column == 1 else "right"
