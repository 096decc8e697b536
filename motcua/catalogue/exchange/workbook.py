"""The catalogue as an Excel workbook that people edit and give back: five sheets joined by code and portal id."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from io import BytesIO
from typing import Any, NamedTuple

from django.utils.translation import gettext as _

from motcua.catalogue.exchange import sheet_words
from motcua.catalogue.exchange.cells import Cells
from motcua.catalogue.exchange.facts import (
    BlockFacts,
    ChannelFacts,
    ComponentFacts,
    FeeFacts,
    ProcedureFacts,
    Reading,
    Rejection,
    ResultFacts,
    plain,
)
from motcua.catalogue.exchange.sheet_words import say_code
from motcua.catalogue.rules import Level, LimitUnit, ProcedureKind, is_usual_code
from motcua.core.refusal import Refused
from motcua.core.spreadsheet import Spreadsheet
from motcua.core.text import fold
from motcua.core.workbook import open_workbook
from motcua.core.writing import day

Key = tuple[str, str]
Row = tuple[int, Mapping[str, Any]]

CODE, PORTAL_ID = "Mã thủ tục", "Mã trên Cổng"


class Sheet(NamedTuple):
    """A sheet: its name, and its columns with their widths."""

    name: str
    columns: dict[str, int]


PROCEDURES = Sheet(
    "Thủ tục",
    {
        CODE: 14,
        PORTAL_ID: 20,
        "Tên thủ tục": 70,
        "Số quyết định": 20,
        "Ngày quyết định": 14,
        "Ngày công khai": 14,
        "Mã lĩnh vực": 16,
        "Lĩnh vực": 30,
        "Mã cơ quan ban hành": 14,
        "Cơ quan ban hành": 24,
        "Loại": 12,
        "Cấp": 24,
        "Cơ quan thực hiện": 40,
        "Căn cứ pháp lý": 40,
        "Toàn trình": 10,
        "Phi địa giới": 10,
    },
)
COMPONENTS = Sheet(
    "Thành phần",
    {
        CODE: 14,
        PORTAL_ID: 20,
        "Khối": 8,
        "Tên khối": 40,
        "Loại khối": 12,
        "Mã giấy tờ": 26,
        "Tên giấy tờ": 90,
        "Bản chính": 10,
        "Bản sao": 10,
    },
)
CHANNELS = Sheet(
    "Cách thức", {CODE: 14, PORTAL_ID: 20, "Cách": 8, "Hình thức": 12, "Thời hạn": 10, "Đơn vị": 16}
)
FEES = Sheet(
    "Phí", {CODE: 14, PORTAL_ID: 20, "Cách": 8, "Loại phí": 10, "Tên phí": 50, "Mức thu": 14, "Tiền tệ": 8}
)
RESULTS = Sheet("Kết quả", {CODE: 14, PORTAL_ID: 20, "Mã kết quả": 24, "Tên kết quả": 70})
SHEETS = (PROCEDURES, COMPONENTS, CHANNELS, FEES, RESULTS)


def write_workbook(procedures: Iterable[ProcedureFacts]) -> bytes:
    """The workbook of these procedures."""
    buffer = BytesIO()
    book = open_workbook(buffer)
    rows: dict[str, list[tuple[Any, ...]]] = {sheet.name: [] for sheet in SHEETS}
    for facts in procedures:
        _add(facts, rows)
    bold = book.add_format({"bold": True, "bg_color": "#E8EEF6", "text_wrap": True, "valign": "top"})
    for sheet in SHEETS:
        _write_sheet(book.add_worksheet(sheet.name), sheet, rows[sheet.name], bold)
    book.close()
    return buffer.getvalue()


def _write_sheet(worksheet: Any, sheet: Sheet, rows: list[tuple[Any, ...]], bold: Any) -> None:
    for column, (title, width) in enumerate(sheet.columns.items()):
        worksheet.set_column(column, column, width)
        worksheet.write_string(0, column, title, bold)
    worksheet.freeze_panes(1, 2)
    worksheet.autofilter(0, 0, max(len(rows), 1), len(sheet.columns) - 1)
    for number, row in enumerate(rows, 1):
        for column, value in enumerate(row):
            if isinstance(value, int):
                worksheet.write_number(number, column, value)
            elif value:
                worksheet.write_string(number, column, value)


def _add(facts: ProcedureFacts, rows: dict[str, list[tuple[Any, ...]]]) -> None:
    key = facts.key
    rows[PROCEDURES.name].append(
        (
            *key,
            facts.name,
            facts.decision_number,
            day(facts.decided_on),
            day(facts.published_on),
            facts.field_code,
            facts.field_name,
            facts.promulgator_code,
            facts.promulgator,
            say_code(sheet_words.KINDS, facts.kind),
            "\n".join(say_code(sheet_words.LEVELS, level) for level in facts.levels),
            "\n".join(facts.agencies),
            "\n".join(facts.legal_basis),
            "x" if facts.is_full_online else "",
            "x" if facts.is_non_territorial else "",
        )
    )
    for no, block in enumerate(facts.blocks, 1):
        start = (*key, no, block.name, say_code(sheet_words.BLOCKS, block.kind))
        rows[COMPONENTS.name] += [
            (*start, c.code, c.name, c.originals, c.copies) for c in block.components
        ] or [start]
    for no, way in enumerate(facts.channels, 1):
        way_word = say_code(sheet_words.CHANNELS, way.kind)
        unit = say_code(sheet_words.UNITS, way.limit_unit)
        rows[CHANNELS.name].append((*key, no, way_word, plain(way.limit_amount), unit))
        rows[FEES.name] += [
            (
                *key,
                no,
                say_code(sheet_words.FEES, f.kind),
                f.name,
                "" if f.amount is None else f.amount,
                f.currency,
            )
            for f in way.fees
        ]
    rows[RESULTS.name] += [(*key, result.code, result.name) for result in facts.results]


def read_workbook(content: bytes) -> Reading:
    """The procedures of a workbook written by `write_workbook` and edited by people.

    :raises ValueError: it is not a workbook, or a sheet or column is missing.
    """
    book = _open(content)
    reading = Reading([], [], [])
    parts = {sheet.name: _grouped(_rows(book, sheet)) for sheet in SHEETS[1:]}
    seen: set[Key] = set()
    for number, values in _rows(book, PROCEDURES):
        rejected: list[Rejection] = []
        facts = _read_procedure(Cells(number, values, rejected, sheet=PROCEDURES.name), parts, rejected)
        if facts.key in seen:
            rejected.append(
                Rejection(number, CODE, facts.code, _("mã và mã trên Cổng lặp lại"), PROCEDURES.name)
            )
        seen.add(facts.key)
        reading.rejections.extend(rejected)
        if not rejected:
            reading.procedures.append(facts)
            if not is_usual_code(facts.code):
                reading.warnings.append(
                    Rejection(
                        number, CODE, facts.code, _("mã không theo dạng thường gặp 1.000000"), PROCEDURES.name
                    )
                )
    reading.rejections.extend(_strays(parts, seen))
    return reading


def _open(content: bytes) -> Spreadsheet:
    try:
        book = Spreadsheet(content)
    except Refused as no:
        raise ValueError(no.message) from no
    absent = [sheet.name for sheet in SHEETS if sheet.name not in book.names]
    if absent:
        raise ValueError(_("Thiếu trang tính: %(names)s") % {"names": ", ".join(absent)})
    return book


def _rows(book: Spreadsheet, sheet: Sheet) -> Iterator[Row]:
    lines = iter(book.read(sheet.name))
    titles = [str(title).strip() for title in next(lines, [])]
    absent = [title for title in sheet.columns if title not in titles]
    if absent:
        raise ValueError(
            _("Trang %(sheet)s thiếu cột: %(names)s") % {"sheet": sheet.name, "names": ", ".join(absent)}
        )
    for number, line in enumerate(lines, 2):
        if any(cell not in ("", None) for cell in line):
            yield number, dict(zip(titles, line, strict=False))


def _grouped(rows: Iterator[Row]) -> dict[Key, list[Row]]:
    groups: dict[Key, list[Row]] = defaultdict(list)
    for number, values in rows:
        groups[_key(values)].append((number, values))
    return groups


def _key(values: Mapping[str, Any]) -> Key:
    cells = Cells(0, values, [])
    return cells.line(CODE), cells.line(PORTAL_ID)


def _strays(parts: dict[str, dict[Key, list[Row]]], seen: set[Key]) -> Iterator[Rejection]:
    for name, groups in parts.items():
        for key, rows in groups.items():
            if key not in seen:
                yield Rejection(rows[0][0], CODE, key[0], _("không có thủ tục này ở trang Thủ tục"), name)


def _read_procedure(
    cells: Cells, parts: dict[str, dict[Key, list[Row]]], rejected: list[Rejection]
) -> ProcedureFacts:
    code, portal_id = cells.line(CODE, longest=40, required=True), cells.line(PORTAL_ID, longest=60)
    key = (code, portal_id)

    def rows(sheet: Sheet) -> list[Cells]:
        return [
            Cells(number, values, rejected, sheet=sheet.name)
            for number, values in parts[sheet.name].get(key, ())
        ]

    return ProcedureFacts(
        code=code,
        portal_id=portal_id,
        name=cells.line("Tên thủ tục", longest=4000, required=True),
        decision_number=cells.line("Số quyết định", longest=100),
        decided_on=cells.day("Ngày quyết định"),
        published_on=cells.day("Ngày công khai"),
        field_code=cells.line("Mã lĩnh vực", longest=40, required=True),
        field_name=cells.line("Lĩnh vực", required=True),
        promulgator_code=cells.line("Mã cơ quan ban hành", longest=20),
        promulgator=cells.line("Cơ quan ban hành", longest=200),
        kind=cells.choice("Loại", sheet_words.KINDS, ProcedureKind.STANDARD),
        levels=_levels(cells),
        agencies=_split(cells, "Cơ quan thực hiện"),
        legal_basis=_split(cells, "Căn cứ pháp lý"),
        is_full_online=cells.flag("Toàn trình"),
        is_non_territorial=cells.flag("Phi địa giới"),
        blocks=_blocks(rows(COMPONENTS)),
        channels=_channels(rows(CHANNELS), rows(FEES)),
        results=tuple(
            ResultFacts(c.line("Mã kết quả", longest=100), c.text("Tên kết quả")) for c in rows(RESULTS)
        ),
    )


def _split(cells: Cells, column: str) -> tuple[str, ...]:
    lines = (" ".join(line.split()) for line in cells.text(column).split("\n"))
    return tuple(dict.fromkeys(line for line in lines if line))


def _levels(cells: Cells) -> tuple[str, ...]:
    known = {fold(word): str(level) for word, level in sheet_words.LEVELS.items()}
    found = tuple(known.get(fold(level), level) for level in _split(cells, "Cấp"))
    if any(level not in set(Level) for level in found):
        words = ", ".join(sheet_words.LEVELS)
        cells.reject("Cấp", _("không thuộc danh mục: %(words)s") % {"words": words})
    return found


def _blocks(rows: list[Cells]) -> tuple[BlockFacts, ...]:
    blocks: dict[int, tuple[str, str, list[ComponentFacts]]] = {}
    for cells in rows:
        kind = cells.choice("Loại khối", sheet_words.BLOCKS)
        _name, _kind, papers = blocks.setdefault(
            cells.whole("Khối", 9999), (cells.text("Tên khối"), kind, [])
        )
        paper = ComponentFacts(
            cells.line("Mã giấy tờ", longest=600),
            cells.text("Tên giấy tờ"),
            cells.whole("Bản chính", 9999),
            cells.whole("Bản sao", 9999),
        )
        if paper.name:
            papers.append(paper)
        elif paper.code:
            cells.reject("Tên giấy tờ", _("không được để trống"))
    return tuple(
        BlockFacts(name, kind, tuple(papers)) for _no, (name, kind, papers) in sorted(blocks.items())
    )


def _channels(rows: list[Cells], fee_rows: list[Cells]) -> tuple[ChannelFacts, ...]:
    fees: dict[int, list[FeeFacts]] = defaultdict(list)
    for cells in fee_rows:
        amount = None if cells.raw("Mức thu") in ("", None) else cells.whole("Mức thu")
        fees[cells.whole("Cách", 9999)].append(
            FeeFacts(
                cells.choice("Loại phí", sheet_words.FEES),
                cells.line("Tên phí", longest=200),
                amount,
                cells.choice("Tiền tệ", {"": "", "VND": "VND", "USD": "USD"}),
            )
        )
    channels = {
        cells.whole("Cách", 9999): (
            cells.choice("Hình thức", sheet_words.CHANNELS),
            cells.number("Thời hạn", 999_999),
            cells.choice("Đơn vị", sheet_words.UNITS, LimitUnit.NONE),
        )
        for cells in rows
    }
    for no in set(fees) - set(channels):
        fee_rows[0].reject("Cách", _("không có cách thức số %(no)d ở trang Cách thức") % {"no": no})
    return tuple(ChannelFacts(*way, tuple(fees.get(no, ()))) for no, way in sorted(channels.items()))
