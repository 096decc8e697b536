"""Lists written out row by row, as CSV and as a workbook: the first rows are on their way while the last are read."""

import csv
import io
import re
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime
from decimal import Decimal
from xml.sax.saxutils import escape

from django.utils import timezone

Line = Sequence[object]
MOST_LETTERS = 32_767  # of one cell
_NOT_XML = re.compile(r"[^\t\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
MOST_ROWS = 1_000_000  # of one sheet; Excel reads 1.048.576
_EPOCH = datetime(1899, 12, 30, tzinfo=UTC)  # Excel counts days on the wall from here
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_STYLES = (
    f'{_XML}<styleSheet xmlns="{_MAIN}"><numFmts count="1"><numFmt numFmtId="164" formatCode="hh:mm\\ dd/mm/yyyy"/>'
    '</numFmts><fonts count="2"><font><sz val="11"/><name val="Times New Roman"/></font><font><b/><sz val="11"/>'
    '<name val="Times New Roman"/></font></fonts><fills count="2"><fill><patternFill patternType="none"/></fill><fill>'
    '<patternFill patternType="gray125"/></fill></fills><borders count="1"><border/></borders><cellStyleXfs count="1">'
    '<xf/></cellStyleXfs><cellXfs count="3"><xf fontId="0"/><xf fontId="1" applyFont="1"/><xf numFmtId="164" '
    'fontId="0" applyNumberFormat="1"/></cellXfs></styleSheet>'
)


def stream_csv(head: Line, lines: Iterable[Line]) -> Iterator[bytes]:
    """UTF-8 with its mark, so that Excel reads the accents; moments as 2026-03-10 09:00; no cell is a formula."""
    kept = io.StringIO()
    writer = csv.writer(kept)
    yield b"\xef\xbb\xbf"
    writer.writerow(head)
    for line in lines:
        writer.writerow([_as_plain(value) for value in line])
        if kept.tell() > 32_768:
            yield _take(kept)
    yield _take(kept)


def _take(kept: io.StringIO) -> bytes:
    text = kept.getvalue()
    kept.seek(0)
    kept.truncate()
    return text.encode()


def _as_plain(value: object) -> object:
    if isinstance(value, datetime):
        return f"{timezone.localtime(value):%Y-%m-%d %H:%M}"
    text = "" if value is None else str(value)
    return f"'{text}" if text.startswith(_FORMULA) else text


class _Outlet(io.RawIOBase):
    """Where the archive writes and from where it is taken away, piece by piece."""

    def __init__(self) -> None:
        self.pieces: list[bytes] = []

    def writable(self) -> bool:
        return True

    def write(self, piece: bytes, /) -> int:  # type: ignore[override]
        self.pieces.append(bytes(piece))
        return len(piece)

    def take(self) -> bytes:
        taken, self.pieces = b"".join(self.pieces), []
        return taken


def stream_workbook(title: str, head: Line, lines: Iterable[Line]) -> Iterator[bytes]:
    """A workbook with real moments and numbers; a new sheet begins after a million rows."""
    outlet, waiting, count = _Outlet(), iter(lines), 0
    following = next(waiting, None)
    with zipfile.ZipFile(outlet, "w", zipfile.ZIP_DEFLATED, compresslevel=3) as book:
        while count == 0 or following is not None:
            count += 1
            with book.open(f"xl/worksheets/sheet{count}.xml", "w") as sheet:
                sheet.write(_open_sheet(head).encode())
                for number in range(2, MOST_ROWS + 2):
                    if following is None:
                        break
                    sheet.write(_write_row(number, following).encode())
                    following = next(waiting, None)
                    if number % 200 == 0:
                        yield outlet.take()
                sheet.write(b"</sheetData></worksheet>")
        for path, text in _frame(title, count).items():
            book.writestr(path, text)
    yield outlet.take()


def _open_sheet(head: Line) -> str:
    cells = "".join(f'<c t="inlineStr" s="1"><is><t>{_clean(word)}</t></is></c>' for word in head)
    return (
        f'{_XML}<worksheet xmlns="{_MAIN}"><sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2"'
        ' activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><sheetFormatPr defaultRowHeight="15"/>'
        f'<cols><col min="1" max="{len(head)}" width="26" customWidth="1"/></cols>'
        f'<sheetData><row r="1">{cells}</row>'
    )


def _write_row(number: int, line: Line) -> str:
    return f'<row r="{number}">{"".join(_write_cell(value) for value in line)}</row>'


def _write_cell(value: object) -> str:
    if isinstance(value, datetime):
        local = timezone.localtime(value).replace(tzinfo=UTC)
        return f'<c s="2"><v>{(local - _EPOCH).total_seconds() / 86400:.10f}</v></c>'
    if isinstance(value, int | Decimal):
        return f"<c><v>{Decimal(value):f}</v></c>"
    text = _clean("" if value is None else value)
    return f'<c t="inlineStr"><is><t xml:space="preserve">{text}</t></is></c>'


def _clean(value: object) -> str:
    """Text as XML and a cell of Excel take it: no marks of the machine, 32,767 letters."""
    return escape(_NOT_XML.sub("", str(value))[:MOST_LETTERS])


def _frame(title: str, sheets: int) -> dict[str, str]:
    """The small parts that make the sheets a workbook."""
    numbers = range(1, sheets + 1)
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    parts = "".join(
        f'<Override PartName="/xl/worksheets/sheet{n}.xml" ContentType="{kind}.worksheet+xml"/>'
        for n in numbers
    )
    names = "".join(f'<sheet name="{_name(title, n)}" sheetId="{n}" r:id="rId{n}"/>' for n in numbers)
    ties = "".join(
        f'<Relationship Id="rId{n}" Type="{_REL}/worksheet" Target="worksheets/sheet{n}.xml"/>'
        for n in numbers
    )
    return {
        "[Content_Types].xml": f'{_XML}<Types xmlns="{_PACKAGE}/content-types"><Default Extension="rels" ContentType='
        f'"application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType='
        f'"application/xml"/><Override PartName="/xl/workbook.xml" ContentType="{kind}.sheet.main+xml"/><Override '
        f'PartName="/xl/styles.xml" ContentType="{kind}.styles+xml"/>{parts}</Types>',
        "_rels/.rels": f'{_XML}<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="rId1" '
        f'Type="{_REL}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'{_XML}<workbook xmlns="{_MAIN}" xmlns:r="{_REL}"><sheets>{names}</sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'{_XML}<Relationships xmlns="{_PACKAGE}/relationships">{ties}<Relationship '
        f'Id="rId{sheets + 1}" Type="{_REL}/styles" Target="styles.xml"/></Relationships>',
        "xl/styles.xml": _STYLES,
    }


def _name(title: str, number: int) -> str:
    """A name Excel takes: 31 letters, none of its own signs."""
    plain = "".join(c for c in title if c not in "[]:*?/\\'")
    return _clean(plain[:27] if number == 1 else f"{plain[:27]} {number}")
