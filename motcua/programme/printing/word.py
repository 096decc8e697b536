"""A paper as a Word file: two-column head, text, recipients beside the signature, appendices on wide pages."""

import io
import re
import zipfile
from collections.abc import Iterable
from xml.sax.saxutils import escape

from motcua.programme.printing.papers import Group, Paper, Sheet

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_TWIPS_PER_MM = 56.7
_TEXT_WIDTH, _WIDE_TEXT_WIDTH = 165, 252
_NATION = ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc")
_UNWRITABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]|[\ud800-\udfff]")
_HEADING = re.compile(r"[IVX]+\. ")
_SIGNED_AT = (1980, 1, 1, 0, 0, 0)
_UNDERLINE = '<w:u w:val="single"/>'
_BORDERS = "".join(
    f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="000000"/>'
    for side in ("top", "left", "bottom", "right", "insideH", "insideV")
)


def write_word(paper: Paper) -> bytes:
    """The paper as .docx. The same paper gives the same bytes."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in _parts(paper):
            package.writestr(zipfile.ZipInfo(name, _SIGNED_AT), content, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def _parts(paper: Paper) -> Iterable[tuple[str, str]]:
    yield "[Content_Types].xml", _CONTENT_TYPES
    yield "_rels/.rels", _RELATIONS
    yield "word/_rels/document.xml.rels", _DOCUMENT_RELATIONS
    yield "word/styles.xml", _STYLES
    body = "".join(_body(paper))
    yield "word/header.xml", _PAGE_NUMBER
    yield (
        "word/document.xml",
        f'<w:document xmlns:w="{_W}" xmlns:r="{_R}"><w:body>{body}</w:body></w:document>',
    )


def _body(paper: Paper) -> Iterable[str]:
    yield _head(paper)
    yield _line("")
    yield _line(paper.kind, "center", bold=True, size=14)
    yield _line(paper.title, "center", bold=True, size=14)
    yield _line("")
    for paragraph in paper.paragraphs:
        yield _line(paragraph, "both", indent=True, bold=bool(_HEADING.match(paragraph)))
    yield _line("")
    yield _foot(paper)
    yield _section(wide=False, last=not paper.sheets)
    for place, sheet in enumerate(paper.sheets, start=1):
        yield from _sheet(sheet)
        yield _section(wide=True, last=place == len(paper.sheets))


def _head(paper: Paper) -> str:
    # Capitals are a look, not other letters: the name is read back as it is written.
    issuer = _line(paper.issuer, "center", bold=True, caps=True, size=13, tight=True)
    number = _line(f"Số: {paper.number or '      /KH-UBND'}", "center", size=13, tight=True)
    nation = _line(_NATION[0], "center", bold=True, size=12, tight=True)
    motto = _line(_NATION[1], "center", bold=True, underline=True, size=13, tight=True)
    day = _line(paper.place_and_day, "center", italic=True, size=13, tight=True)
    return _layout((70, issuer + number), (95, nation + motto + day))


def _foot(paper: Paper) -> str:
    last = len(paper.recipients) - 1
    listed = [_line("Nơi nhận:", bold=True, italic=True, size=12, tight=True)]
    listed += [
        _line(f"- {name}{'.' if n == last else ';'}", size=11, tight=True)
        for n, name in enumerate(paper.recipients)
    ]
    signed = [*paper.signature, "", "", "", paper.signer]
    right = "".join(_line(words, "center", bold=True, size=13, tight=True) for words in signed)
    return _layout((85, "".join(listed)), (80, right))


def _layout(*columns: tuple[float, str]) -> str:
    """Paragraphs side by side, in a table without lines; widths in millimetres."""
    grid = "".join(f'<w:gridCol w:w="{round(width * _TWIPS_PER_MM)}"/>' for width, _ in columns)
    cells = "".join(f"<w:tc><w:tcPr>{_width(width)}</w:tcPr>{held}</w:tc>" for width, held in columns)
    return f'<w:tbl><w:tblPr><w:tblLayout w:type="fixed"/></w:tblPr><w:tblGrid>{grid}</w:tblGrid><w:tr>{cells}</w:tr></w:tbl>'


def _width(millimetres: float) -> str:
    return f'<w:tcW w:w="{round(millimetres * _TWIPS_PER_MM)}" w:type="dxa"/>'


def _sheet(sheet: Sheet) -> Iterable[str]:
    yield _line(sheet.heading, "center", bold=True, size=14)
    if sheet.note:
        yield _line(f"({sheet.note})", "center", italic=True)
    yield _line("")
    total = sum(part for _, part in sheet.columns)
    widths = [part / total * _WIDE_TEXT_WIDTH for _, part in sheet.columns]
    grid = "".join(f'<w:gridCol w:w="{round(w * _TWIPS_PER_MM)}"/>' for w in widths)
    rows = [_row([words for words, _ in sheet.columns], widths, head=True)]
    for group in sheet.groups:
        rows += _group(group, widths)
    yield (
        f'<w:tbl><w:tblPr><w:tblBorders>{_BORDERS}</w:tblBorders><w:tblLayout w:type="fixed"/></w:tblPr>'
        f"<w:tblGrid>{grid}</w:tblGrid>{''.join(rows)}</w:tbl>"
    )


def _group(group: Group, widths: list[float]) -> list[str]:
    rows = []
    if group.title or group.number:
        title = f'<w:tc><w:tcPr>{_width(sum(widths[1:]))}<w:gridSpan w:val="{len(widths) - 1}"/></w:tcPr>{_line(group.title, bold=True, size=12, tight=True)}</w:tc>'
        number = _table_cell(group.number, widths[0], bold=True, align="center")
        rows.append(f"<w:tr>{number}{title}</w:tr>")
    return rows + [_row(row, widths) for row in group.rows]


def _row(texts: Iterable[str], widths: list[float], head: bool = False) -> str:
    align = "center" if head else "left"
    cells = "".join(_table_cell(t, w, bold=head, align=align) for t, w in zip(texts, widths, strict=True))
    return f"<w:tr>{'<w:trPr><w:tblHeader/></w:trPr>' if head else ''}{cells}</w:tr>"


def _table_cell(text: str, width: float, bold: bool = False, align: str = "left") -> str:
    lines = "".join(_line(part, align, bold=bold, size=12, tight=True) for part in (text.split("\n") or [""]))
    return f"<w:tc><w:tcPr>{_width(width)}</w:tcPr>{lines}</w:tc>"


def _line(
    text: str,
    align: str = "left",
    *,
    bold: bool = False,
    italic: bool = False,
    size: int = 14,
    indent: bool = False,
    tight: bool = False,
    caps: bool = False,
    underline: bool = False,
) -> str:
    """A paragraph; sizes in points, the first line of running text set in by 1,27 cm."""
    room = '<w:spacing w:before="0" w:after="0"/>' if tight else '<w:spacing w:before="60" w:after="60"/>'
    first = '<w:ind w:firstLine="720"/>' if indent else ""
    look = f'{"<w:b/>" if bold else ""}{"<w:i/>" if italic else ""}{"<w:caps/>" if caps else ""}<w:sz w:val="{size * 2}"/>{_UNDERLINE if underline else ""}'
    words = escape(_UNWRITABLE.sub("", text))
    return (
        f'<w:p><w:pPr>{room}{first}<w:jc w:val="{align}"/></w:pPr>'
        f'<w:r><w:rPr>{look}</w:rPr><w:t xml:space="preserve">{words}</w:t></w:r></w:p>'
    )


def _section(*, wide: bool, last: bool) -> str:
    """A4 with the margins of Decree 30; appendices lie across."""
    size = 'w:w="16838" w:h="11906" w:orient="landscape"' if wide else 'w:w="11906" w:h="16838"'
    margins = '<w:pgMar w:top="1134" w:right="850" w:bottom="1134" w:left="1701" w:header="567" w:footer="567" w:gutter="0"/>'
    # No number on the first page (Decree 30/2020/NĐ-CP, annex I, part I, point 3).
    head = '<w:headerReference w:type="default" r:id="r2"/>'
    first = "" if wide else "<w:titlePg/>"
    properties = f"<w:sectPr>{head}<w:pgSz {size}/>{margins}{first}</w:sectPr>"
    return properties if last else f"<w:p><w:pPr>{properties}</w:pPr></w:p>"


_CONTENT_TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    '<Override PartName="/word/document.xml" ContentType='
    '"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/>'
    '<Override PartName="/word/header.xml" ContentType='
    '"application/vnd.openxmlformats-officedocument.wordprocessingml.header+xml"/>'
    '<Override PartName="/word/styles.xml" ContentType='
    '"application/vnd.openxmlformats-officedocument.wordprocessingml.styles+xml"/></Types>'
)
_RELATIONS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" '
    'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" '
    'Target="word/document.xml"/></Relationships>'
)
_DOCUMENT_RELATIONS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" '
    'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles" Target="styles.xml"/>'
    '<Relationship Id="r2" '
    'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/header" Target="header.xml"/>'
    "</Relationships>"
)
_PAGE_NUMBER = (
    f'<w:hdr xmlns:w="{_W}"><w:p><w:pPr><w:jc w:val="center"/></w:pPr><w:r><w:fldChar w:fldCharType="begin"/></w:r>'
    '<w:r><w:instrText xml:space="preserve"> PAGE </w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>'
    '<w:r><w:t>2</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r></w:p></w:hdr>'
)
_STYLES = (
    f'<w:styles xmlns:w="{_W}"><w:docDefaults><w:rPrDefault><w:rPr>'
    '<w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman" w:cs="Times New Roman" w:eastAsia="Times New Roman"/>'
    '<w:sz w:val="28"/><w:lang w:val="vi-VN"/></w:rPr></w:rPrDefault></w:docDefaults>'
    '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style></w:styles>'
)
