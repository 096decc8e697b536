"""Word files: paragraphs and tables in order, with the numbers Word writes by itself."""

from collections.abc import Iterator

from lxml import etree

from motcua.core.text import read_count
from motcua.programme.reading.faults import refuse
from motcua.programme.reading.numbering import Numbering
from motcua.programme.reading.packages import open_package, read_part
from motcua.programme.reading.rendition import Rendition
from motcua.programme.rules.blocks import Source
from motcua.programme.rules.grids import Extent, align_rows

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
# Word itself knows 63 columns.
MOST_SPANNED = 999
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
# What was deleted under tracked changes, and the same drawing told a second time.
_UNSEEN = {f"{W}del", f"{W}moveFrom", _FALLBACK, f"{W}txbxContent", f"{W}delText", f"{W}instrText"}
_SIGNS = {f"{W}tab": " ", f"{W}br": "\n", f"{W}cr": "\n", f"{W}noBreakHyphen": "-"}
_CONTAINERS = {f"{W}sdt", f"{W}sdtContent", f"{W}customXml", f"{W}ins", f"{W}smartTag"}


def read_docx(content: bytes) -> Source:
    """The blocks of a Word file.

    :raises Refused: it is damaged or holds no document.
    """
    package = open_package(content)
    document = read_part(package, "word/document.xml")
    body = document.find(f"{W}body") if document is not None else None
    if body is None:
        raise refuse("plan_damaged")
    reader = _Reader(
        Numbering(read_part(package, "word/numbering.xml"), read_part(package, "word/styles.xml"))
    )
    reader.read(body)
    return reader.rendition.finish()


class _Reader:
    """Walks the body once; numbers are counted in the order of the text."""

    def __init__(self, numbering: Numbering) -> None:
        self.numbering = numbering
        self.rendition = Rendition()

    def read(self, parent: etree._Element) -> None:
        for child in parent:
            if child.tag == f"{W}p":
                self.rendition.add_line(self._paragraph(child))
                for box in _find_boxes(child):
                    self.read(box)
            elif child.tag == f"{W}tbl":
                self._table(child)
            elif child.tag in _CONTAINERS:
                self.read(child)

    def _paragraph(self, paragraph: etree._Element) -> str:
        text = "".join(_texts(paragraph))
        label = self.numbering.next_label(paragraph)
        return f"{label} {text}".strip() if label else text

    def _table(self, table: etree._Element) -> None:
        if _only_lays_out(table):
            for cell in (cell for row in _find_rows(table) for cell in _find_cells(row)):
                self.read(cell)
            return
        rows = [self._row(row) for row in _find_rows(table)]
        self.rendition.begin_table()
        for cells in align_rows([row for row in rows if row]):
            self.rendition.add_row(cells)

    def _row(self, row: etree._Element) -> list[Extent]:
        place = _number(row.find(f"{W}trPr/{W}gridBefore"), 0)
        extents = []
        for cell in _find_cells(row):
            span = _number(cell.find(f"{W}tcPr/{W}gridSpan"), 1)
            merge = cell.find(f"{W}tcPr/{W}vMerge")
            goes_on = merge is not None and merge.get(f"{W}val", "continue") == "continue"
            extents.append(Extent(place, place + span, self._cell(cell), goes_on))
            place += span
        return extents

    def _cell(self, cell: etree._Element) -> str:
        """The paragraphs of a cell, those of a table inside it too."""
        parts = [self._paragraph(p) for p in cell.iter(f"{W}p") if not _is_inside_box(p, cell)]
        return "\n".join(part for part in parts if part.strip())


def _texts(node: etree._Element) -> Iterator[str]:
    for child in node:
        if child.tag in _UNSEEN or _is_hidden(child):
            continue
        if child.tag == f"{W}t":
            yield child.text or ""
        elif child.tag in _SIGNS:
            yield _SIGNS[child.tag]
        else:
            yield from _texts(child)


def _is_hidden(run: etree._Element) -> bool:
    return run.tag == f"{W}r" and run.find(f"{W}rPr/{W}vanish") is not None


def _find_boxes(paragraph: etree._Element) -> Iterator[etree._Element]:
    """Text boxes anchored in a paragraph, once each."""
    for box in paragraph.iter(f"{W}txbxContent"):
        if not any(parent.tag == _FALLBACK for parent in box.iterancestors()):
            yield box


def _is_inside_box(paragraph: etree._Element, cell: etree._Element) -> bool:
    for parent in paragraph.iterancestors():
        if parent is cell:
            return False
        if parent.tag == f"{W}txbxContent":
            return True
    return False


def _only_lays_out(table: etree._Element) -> bool:
    """Whether a cell holds a real table: three columns and more, two rows and more."""
    inner = (below for below in table.iter(f"{W}tbl") if below is not table)
    return any(
        len(rows) > 1 and max(len(list(_find_cells(row))) for row in rows) > 2
        for rows in (list(_find_rows(below)) for below in inner)
    )


def _find_rows(table: etree._Element) -> Iterator[etree._Element]:
    for child in table:
        if child.tag == f"{W}tr" and child.find(f"{W}trPr/{W}del") is None:
            yield child
        elif child.tag in _CONTAINERS:
            yield from _find_rows(child)


def _find_cells(row: etree._Element) -> Iterator[etree._Element]:
    for child in row:
        if child.tag == f"{W}tc":
            yield child
        elif child.tag in _CONTAINERS:
            yield from _find_cells(child)


def _number(node: etree._Element | None, otherwise: int) -> int:
    value = node.get(f"{W}val", "") if node is not None else ""
    number = read_count(value, MOST_SPANNED)
    return otherwise if number is None else number
