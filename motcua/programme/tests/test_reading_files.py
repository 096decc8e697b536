"""Files of every kind, whole and broken."""

import io
import tracemalloc
import zipfile
import zlib
from pathlib import Path

import pypdfium2
import pytest
from PIL import Image

from motcua.core.refusal import Refused
from motcua.programme.reading import open_source
from motcua.programme.reading.pages import Page, lay_out
from motcua.programme.reading.rendition import Rendition
from motcua.programme.reading.text import decode
from motcua.programme.reading.words import Word
from motcua.programme.rules.blocks import Line, Row
from motcua.programme.rules.columns import Field
from motcua.programme.rules.deadline import Kind
from motcua.programme.rules.plan import ReadPlan, read_plan
from motcua.programme.tests import makers

PLANS = Path(__file__).parent / "plans"
HEAD = ["TT", "Nội dung", "Cơ quan chủ trì", "Cơ quan phối hợp", "Thời gian", "Sản phẩm"]
ONE = ["1", "Lập danh mục", "Sở Nội vụ", "Sở Y tế", "Quý I/2024", "Danh mục"]


def read(content: bytes) -> ReadPlan:
    return read_plan(open_source(content))


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "plan_empty"),
        (b"  \n\t ", "plan_empty"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600, "plan_old_word"),
        (b"PK\x03\x04 word/ broken", "plan_damaged"),
        (b"%PDF-1.7 nothing more", "plan_damaged"),
        (b"\x7fELF" + bytes(range(32)) * 40, "plan_kind"),
        (b"\x89PNG broken", "plan_damaged"),
    ],
)
def test_what_cannot_be_read_is_said_in_words(content: bytes, code: str) -> None:
    with pytest.raises(Refused) as refused:
        open_source(content)
    assert (refused.value.code, refused.value.field) == (code, "file")


def _pack(piece: bytes, times: int) -> bytes:
    """A Word file with this again and again, packed once: after a full flush the same bytes say the same once more."""
    begin, end = f'<w:document xmlns:w="{makers.W}"><w:body>'.encode(), b"</w:body></w:document>"
    packer = zlib.compressobj(wbits=-zlib.MAX_WBITS)
    first, again = (packer.compress(part) + packer.flush(zlib.Z_FULL_FLUSH) for part in (begin, piece))
    checked = zlib.crc32(begin)
    for _time in range(times):
        checked = zlib.crc32(piece, checked)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        package.writestr("word/document.xml", first + again * times + packer.compress(end) + packer.flush())
        told = package.getinfo("word/document.xml")
        told.compress_type, told.CRC = zipfile.ZIP_DEFLATED, zlib.crc32(end, checked)
        told.file_size = len(begin) + len(piece) * times + len(end)
    return out.getvalue()


@pytest.mark.parametrize(
    ("piece", "times"),
    [
        pytest.param(b"<w:p><w:r><w:t>" + b"A" * 1_000_000 + b"</w:t></w:r></w:p>", 3_000, id="three gigabytes of text"),
        pytest.param(b"<w:p/>" * 1_000, 1_600, id="a million and a half of tags in ten megabytes"),
    ],
)  # fmt: skip
def test_a_word_file_that_swells_is_measured_before_it_is_read(piece: bytes, times: int) -> None:
    packed = _pack(piece, times)
    assert len(packed) < 4_000_000
    tracemalloc.start()
    with pytest.raises(Refused, match="bung ra quá lớn") as refused:
        open_source(packed)
    _now, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert (refused.value.code, refused.value.field) == (
        "plan_swollen",
        "file",
    ) and "tệp mới" in refused.value.message
    assert most < 70 * 1024 * 1024, "it was refused before it became a tree"


def test_an_excel_file_that_swells_says_so_too() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package, package.open("xl/big.bin", "w") as part:
        for _time in range(210):
            part.write(b" " * (1 << 20))
    with pytest.raises(Refused, match="bung ra quá lớn"):
        open_source(out.getvalue())


@pytest.mark.parametrize("number", ["1000000000000", "9" * 400, "9" * 5000, "²", "-3", "x"])
def test_numbers_nobody_wrote_neither_hang_nor_break_the_reading(number: str) -> None:
    levels = (
        f'<w:abstractNum w:abstractNumId="1"><w:lvl w:ilvl="{number}"><w:numFmt w:val="upperRoman"/></w:lvl><w:lvl w:ilvl="0">'
        f'<w:start w:val="{number}"/><w:numFmt w:val="upperRoman"/><w:lvlText w:val="%1."/></w:lvl></w:abstractNum>'
        f'<w:num w:numId="1"><w:abstractNumId w:val="1"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="{number}"/>'
        "</w:lvlOverride></w:num>"
    )
    numbered = (
        '<w:p><w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr></w:pPr><w:r><w:t>Mục</w:t></w:r></w:p>'
        f'<w:p><w:pPr><w:numPr><w:ilvl w:val="{number}"/><w:numId w:val="1"/></w:numPr></w:pPr><w:r><w:t>Mục</w:t></w:r></w:p>'
    )
    cell = f'<w:tc><w:tcPr><w:gridSpan w:val="{number}"/></w:tcPr><w:p><w:r><w:t>Ô</w:t></w:r></w:p></w:tc>'
    row = f'<w:tr><w:trPr><w:gridBefore w:val="{number}"/></w:trPr>{cell * 3}</w:tr><w:tr>{cell * 2}</w:tr>'
    assert open_source(makers.package_docx(f"{numbered}<w:tbl>{row}</w:tbl>", levels)).blocks


def test_text_that_is_no_plan_has_no_rows() -> None:
    plan = read("Kính gửi ông bà,\nMời dự họp lúc 8 giờ.\n".encode())
    assert plan.tasks == () and plan.letter.number == ""


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1258"])
def test_old_and_new_encodings_say_the_same(encoding: str) -> None:
    assert decode("Cơ quan".encode(encoding)) == "Cơ quan"


def test_numbers_word_writes_by_itself_are_read() -> None:
    levels = (
        '<w:abstractNum w:abstractNumId="7"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="upperRoman"/>'
        '<w:lvlText w:val="%1"/></w:lvl></w:abstractNum><w:abstractNum w:abstractNumId="8"><w:lvl w:ilvl="0">'
        '<w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/></w:lvl></w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="7"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="8"/></w:num>'
        '<w:num w:numId="3"><w:abstractNumId w:val="8"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/>'
        "</w:lvlOverride></w:num>"
    )

    def auto(number: int) -> str:
        return f'<w:p><w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="{number}"/></w:numPr></w:pPr></w:p>'

    def row(first: str, *texts: str) -> str:
        cells = [first, *(f"<w:p><w:r><w:t>{t}</w:t></w:r></w:p>" for t in texts)]
        return "<w:tr>" + "".join(f"<w:tc>{c}</w:tc>" for c in cells) + "</w:tr>"

    body = "<w:tbl>" + row("<w:p><w:r><w:t>TT</w:t></w:r></w:p>", *HEAD[1:])
    body += row(auto(1), "Nhóm một", "", "", "", "") + row(auto(2), *ONE[1:]) + row(auto(2), *ONE[1:])
    body += row(auto(1), "Nhóm hai", "", "", "", "") + row(auto(3), *ONE[1:]) + "</w:tbl>"
    plan = read(makers.package_docx(body, levels))
    assert [(t.section.number, t.number) for t in plan.tasks] == [("I", "1"), ("I", "2"), ("II", "1")]


def test_deleted_and_hidden_words_of_word_are_left_out() -> None:
    cell = (
        "<w:p><w:r><w:t>Sở Nội vụ</w:t></w:r><w:del><w:r><w:delText>Sở Y tế</w:delText></w:r></w:del>"
        "<w:r><w:rPr><w:vanish/></w:rPr><w:t>ẩn</w:t></w:r><w:ins><w:r><w:t> chủ trì</w:t></w:r></w:ins></w:p>"
    )
    head = "".join(f"<w:tc><w:p><w:r><w:t>{t}</w:t></w:r></w:p></w:tc>" for t in HEAD)
    row = "".join(f"<w:tc><w:p><w:r><w:t>{t}</w:t></w:r></w:p></w:tc>" for t in ONE)
    row = row.replace("<w:p><w:r><w:t>Sở Nội vụ</w:t></w:r></w:p>", cell)
    plan = read(makers.package_docx(f"<w:tbl><w:tr>{head}</w:tr><w:tr>{row}</w:tr></w:tbl>"))
    assert plan.tasks[0].get(Field.LEAD) == "Sở Nội vụ chủ trì"


def test_cells_drawn_by_hand_find_their_columns() -> None:
    """A grid of eight thin columns whose rows meet at different edges."""

    def row(spans: list[int], texts: list[str]) -> str:
        return (
            "<w:tr>"
            + "".join(
                f'<w:tc><w:tcPr><w:gridSpan w:val="{s}"/></w:tcPr><w:p><w:r><w:t>{t}</w:t></w:r></w:p></w:tc>'
                for s, t in zip(spans, texts, strict=True)
            )
            + "</w:tr>"
        )

    body = "<w:tbl>" + row([1, 4, 2, 2, 2, 2], HEAD) + row([1, 12], ["I", "Nhóm một"])
    body += row([1, 4, 2, 2, 2, 2], ONE) + row([1, 5, 1, 2, 2, 2], ["2", *ONE[1:]]) + "</w:tbl>"
    plan = read(makers.package_docx(body))
    assert [t.section.title for t in plan.tasks] == ["Nhóm một"] * 2
    assert [t.cells for t in plan.tasks][0] == [t.cells for t in plan.tasks][1]


def test_dates_and_numbers_of_excel_are_read_as_a_person_sees_them() -> None:
    from datetime import date

    import xlsxwriter

    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    sheet = book.add_worksheet()
    sheet.write_row(0, 0, HEAD)
    sheet.write_row(1, 0, [1, *ONE[1:4]])
    sheet.write_datetime(1, 4, date(2024, 3, 15), book.add_format({"num_format": "dd/mm/yyyy"}))
    book.close()
    task = read(out.getvalue()).tasks[0]
    assert (task.number, task.get(Field.TIME)) == ("1", "15/03/2024")


def test_a_locked_pdf_asks_for_its_password_to_be_removed() -> None:
    import pikepdf

    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(makers.as_pdf(["x"]))) as pdf:
        pdf.save(out, encryption=pikepdf.Encryption(user="a", owner="b"))
    with pytest.raises(Refused) as refused:
        open_source(out.getvalue())
    assert refused.value.code == "plan_locked"


def test_five_hundred_pages_are_refused_before_any_is_read() -> None:
    book = pypdfium2.PdfDocument.new()
    for _number in range(500):
        book.new_page(595, 842)
    out = io.BytesIO()
    book.save(out)
    frames = [Image.new("1", (8, 8)) for _number in range(61)]
    pictures = io.BytesIO()
    frames[0].save(pictures, "TIFF", save_all=True, append_images=frames[1:])
    for content, code in ((out, "plan_too_long"), (pictures, "plan_too_many_scanned")):
        with pytest.raises(Refused) as refused:
            open_source(content.getvalue())
        assert refused.value.code == code


def test_forty_pages_are_read_in_ten_seconds() -> None:
    import time

    rows = [[str(n), *ONE[1:]] for n in range(1, 1500)]
    content = makers.as_pdf(["KẾ HOẠCH", "Kiểm soát thủ tục hành chính năm 2024", [HEAD, *rows]])
    begun = time.process_time()
    source = open_source(content)
    plan = read_plan(source)
    assert source.pages >= 40 and len(plan.tasks) == len(rows)
    assert time.process_time() - begun < 10


@pytest.mark.parametrize("tilt", [0.0, 0.8])
def test_a_scan_is_read_and_says_that_it_is_one(tilt: float) -> None:
    pytest.importorskip("tesserocr", reason="no reader of scans on this kind of machine")
    pieces: list[makers.Piece] = [
        "KẾ HOẠCH",
        "Kiểm soát thủ tục hành chính năm 2024",
        [HEAD, ["I", "Rà soát"], ONE],
    ]
    source = open_source(makers.as_scan(makers.as_pdf(pieces), tilt=tilt))
    plan = read_plan(source)
    assert source.doubts == ("scanned",)
    assert [(t.section.number, t.number) for t in plan.tasks] == [("I", "1")]
    read_deadline = plan.tasks[0].deadline
    assert plan.tasks[0].get(Field.LEAD) == "Sở Nội vụ"
    assert read_deadline is not None and read_deadline.kind is Kind.QUARTER


@pytest.mark.parametrize("kind", ["PNG", "TIFF", "JPEG"])
def test_a_picture_of_a_plan_is_read_every_page_of_a_tiff(kind: str) -> None:
    pytest.importorskip("tesserocr", reason="no reader of scans on this kind of machine")
    pages = [
        makers.as_picture(
            makers.as_pdf(
                ["KẾ HOẠCH", "Kiểm soát thủ tục hành chính năm 2024", [HEAD, ["I", "Rà soát"], ONE]]
            )
        ),
        makers.as_picture(makers.as_pdf([[HEAD, ["2", *ONE[1:]]]])),
    ]
    out = io.BytesIO()
    more = {"save_all": True, "append_images": pages[1:]} if kind == "TIFF" else {}
    pages[0].save(out, kind, dpi=(200, 200), **more)
    source = open_source(out.getvalue())
    plan = read_plan(source)
    assert source.doubts == ("scanned",)
    assert [task.number for task in plan.tasks] == (["1", "2"] if kind == "TIFF" else ["1"])
    assert {task.get(Field.LEAD) for task in plan.tasks} == {"Sở Nội vụ"}


def test_a_damaged_picture_is_refused_in_words() -> None:
    for head in (b"\x89PNG\r\n\x1a\n", b"II*\x00", b"\xff\xd8\xff\xe0"):
        with pytest.raises(Refused) as refused:
            open_source(head + b"nothing of a picture")
        assert refused.value.code == "plan_damaged"


def test_the_title_of_a_letter_is_no_half_of_its_head() -> None:
    words = [
        Word("UBND TỈNH MẪU", 50, 50, 160, 62),
        Word("Mẫu, ngày 12 tháng 01 năm 2026", 350, 50, 520, 62),
        Word("KẾ HOẠCH", 50, 90, 120, 102),
    ]
    rendition = Rendition()
    lay_out(Page(words, [], 595, 842), rendition)
    assert [type(block) for block in rendition.blocks] == [Row, Line]
