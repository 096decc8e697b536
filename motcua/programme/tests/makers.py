"""Plans written as files of every kind, from one description: lines, and tables of cells."""

import io
import json
import zipfile
from collections.abc import Sequence
from pathlib import Path
from xml.sax.saxutils import escape

import pypdfium2
import typst
import xlsxwriter
from PIL import Image

import motcua.documents
from motcua.programme.rules.blocks import Block, Line, Row

FONTS = Path(motcua.documents.__file__).parent / "fonts"
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
Table = list[list[str]]
Piece = str | Table
"""A line of text or a table. In a table, a row of fewer cells than the others has its last cell merged to the end."""


def from_blocks(blocks: Sequence[Block]) -> list[Piece]:
    """The description of what another file said."""
    pieces: list[Piece] = []
    for block in blocks:
        if isinstance(block, Line):
            pieces.append(block.text)
            continue
        if not (pieces and isinstance(pieces[-1], list)):
            pieces.append([])
        pieces[-1].append(_cells(block))  # type: ignore[union-attr]
    return pieces


def _cells(row: Row) -> list[str]:
    texts = [""] * row.width
    for cell in row.cells:
        texts[cell.column] = cell.text
    return texts


def as_text(pieces: Sequence[Piece]) -> bytes:
    """Plain text with tabs."""
    lines: list[str] = []
    for piece in pieces:
        lines += [piece] if isinstance(piece, str) else ["\t".join(row) for row in piece]
    return "\n".join(lines).encode()


def as_docx(pieces: Sequence[Piece]) -> bytes:
    """A Word file."""
    body = "".join(_paragraph(p) if isinstance(p, str) else _table(p) for p in pieces)
    return package_docx(body)


def package_docx(body: str, numbering: str = "") -> bytes:
    """A Word file with this body."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("[Content_Types].xml", _CONTENT_TYPES)
        package.writestr("_rels/.rels", _RELATIONS)
        package.writestr(
            "word/document.xml", f'<w:document xmlns:w="{W}"><w:body>{body}</w:body></w:document>'
        )
        if numbering:
            package.writestr("word/numbering.xml", f'<w:numbering xmlns:w="{W}">{numbering}</w:numbering>')
    return out.getvalue()


def _paragraph(text: str, properties: str = "") -> str:
    return f'<w:p>{properties}<w:r><w:t xml:space="preserve">{escape(text)}</w:t></w:r></w:p>'


def _table(rows: Table) -> str:
    width = max(map(len, rows))
    made = []
    for row in rows:
        cells = []
        for order, text in enumerate(row):
            span = width - len(row) + 1 if order == len(row) - 1 else 1
            grid = f'<w:tcPr><w:gridSpan w:val="{span}"/></w:tcPr>' if span > 1 else "<w:tcPr/>"
            cells.append(f"<w:tc>{grid}{''.join(map(_paragraph, text.split(chr(10))))}</w:tc>")
        made.append(f"<w:tr>{''.join(cells)}</w:tr>")
    grid = "<w:gridCol/>" * width
    return f"<w:tbl><w:tblPr/><w:tblGrid>{grid}</w:tblGrid>{''.join(made)}</w:tbl>"


def as_xlsx(pieces: Sequence[Piece]) -> bytes:
    """An Excel file: everything on one sheet, titles merged over its width."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    sheet = book.add_worksheet("Phụ lục")
    width = max((len(row) for p in pieces if not isinstance(p, str) for row in p), default=2)
    at = 0
    for piece in pieces:
        for row in [[piece]] if isinstance(piece, str) else piece:
            _write_row(sheet, at, row, width, isinstance(piece, str))
            at += 1
    book.close()
    return out.getvalue()


def _write_row(sheet: object, at: int, row: list[str], width: int, wide: bool) -> None:
    for order, text in enumerate(row):
        if order == len(row) - 1 and order < width - 1 and text and (wide or len(row) <= 2):
            sheet.merge_range(at, order, at, width - 1, text)  # type: ignore[attr-defined]
        elif text:
            sheet.write_string(at, order, text)  # type: ignore[attr-defined]


def as_pdf(pieces: Sequence[Piece], landscape: bool = True, lines: bool = True, size: int = 11) -> bytes:
    """A PDF with text."""
    compiler = typst.Compiler(
        input=_TYPST.encode(),
        font_paths=[str(FONTS)],
        ignore_system_fonts=True,
        sys_inputs={
            "pieces": json.dumps(pieces),
            "flipped": str(landscape).lower(),
            "lines": str(lines).lower(),
            "size": str(size),
        },
    )
    return compiler.compile(format="pdf")


def as_picture(pdf: bytes, dpi: int = 200) -> Image.Image:
    """The first page as a picture."""
    return pypdfium2.PdfDocument(pdf)[0].render(scale=dpi / 72, grayscale=True).to_pil().convert("L")


def as_scan(pdf: bytes, dpi: int = 200, tilt: float = 0.0) -> bytes:
    """The PDF as a scanner would give it: pictures only."""
    pages = []
    for page in pypdfium2.PdfDocument(pdf):
        picture = page.render(scale=dpi / 72, grayscale=True).to_pil().convert("L")
        pages.append(picture.rotate(tilt, fillcolor=255) if tilt else picture)
    out = io.BytesIO()
    pages[0].save(out, "PDF", save_all=True, append_images=pages[1:], resolution=dpi)
    return out.getvalue()


_CONTENT_TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    '<Override PartName="/word/document.xml" ContentType='
    '"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'
)
_RELATIONS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" '
    'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" '
    'Target="word/document.xml"/></Relationships>'
)
_TYPST = """
#let pieces = json(bytes(sys.inputs.pieces))
#let lines = sys.inputs.lines == "true"
#set page(paper: "a4", flipped: sys.inputs.flipped == "true", margin: 1.5cm, numbering: "1")
#set text(font: "Tinos", size: int(sys.inputs.size) * 1pt, lang: "vi")
#let cell(row, n, width) = {
  let last = n == row.len() - 1
  table.cell(colspan: if last { width - row.len() + 1 } else { 1 })[#row.at(n).split("\\n").map(t => text(t)).join(linebreak())]
}
#for piece in pieces {
  if type(piece) == str { par(text(piece)) } else {
    let width = calc.max(..piece.map(row => row.len()))
    table(
      columns: (auto,) + (1fr,) * (width - 1),
      stroke: if lines { 0.5pt } else { none },
      ..piece.map(row => range(row.len()).map(n => cell(row, n, width))).flatten()
    )
  }
}
"""
