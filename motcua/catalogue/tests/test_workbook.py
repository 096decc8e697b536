"""The catalogue through Excel and back: nothing changes by itself, and exactly what people edit does."""

import random
from datetime import date
from io import BytesIO, StringIO

import pytest
import xlsxwriter
from django.core.management import call_command
from hypothesis import given, settings
from hypothesis import strategies as st

from motcua.catalogue.exchange import sheet_words
from motcua.catalogue.exchange.cells import Cells
from motcua.catalogue.exchange.facts import (
    BlockFacts,
    ChannelFacts,
    ComponentFacts,
    FeeFacts,
    ProcedureFacts,
    Rejection,
    ResultFacts,
    fingerprint,
    to_row,
)
from motcua.catalogue.exchange.files import read_file
from motcua.catalogue.exchange.jsonl import read_jsonl, write_jsonl
from motcua.catalogue.exchange.wording import say_path, say_value
from motcua.catalogue.exchange.workbook import read_workbook, write_workbook
from motcua.catalogue.rules import BlockKind, ChannelKind, Level, LimitUnit, ProcedureKind, clean_text
from motcua.catalogue.tests.shipped import in_one_process, read_shipped
from motcua.core.spreadsheet import Spreadsheet
from motcua.core.text import clean_line

LETTERS = st.characters(
    whitelist_categories=("Lu", "Ll", "Nd", "Po"), whitelist_characters=" =+-@\nđĐươạ", max_codepoint=0x1EFF
)
LINE = st.text(LETTERS, max_size=40).map(clean_line)
NAME = st.text(LETTERS, min_size=1, max_size=60).map(clean_line).filter(bool)
PAPER = st.text(LETTERS, min_size=1, max_size=90).map(clean_text).filter(bool)
COUNT = st.integers(0, 99)


def _unique(lines):
    return tuple(dict.fromkeys(line for line in lines if line))


PROCEDURES = st.builds(
    ProcedureFacts,
    code=NAME.map(lambda s: s[:40].strip()),
    portal_id=LINE,
    name=NAME,
    decision_number=LINE,
    decided_on=st.none() | st.dates(),
    published_on=st.none() | st.dates(),
    field_code=NAME.map(lambda s: s[:40].strip()),
    field_name=NAME,
    promulgator_code=LINE.map(lambda s: s[:20].strip()),
    promulgator=LINE,
    kind=st.sampled_from(["standard", "specific", "internal"]),
    levels=st.lists(st.sampled_from(["province", "commune", "ministry"]), unique=True).map(tuple),
    agencies=st.lists(LINE, max_size=3).map(_unique),
    legal_basis=st.lists(LINE, max_size=3).map(_unique),
    is_full_online=st.booleans(),
    is_non_territorial=st.booleans(),
    blocks=st.lists(
        st.builds(
            BlockFacts,
            PAPER | st.just(""),
            st.sampled_from(["case", "heading", "note"]),
            st.lists(st.builds(ComponentFacts, LINE, PAPER, COUNT, COUNT), max_size=3).map(tuple),
        ),
        max_size=3,
    ).map(tuple),
    channels=st.lists(
        st.builds(
            ChannelFacts,
            st.sampled_from(["direct", "online", "postal"]),
            st.decimals(0, 999, places=2),
            st.sampled_from(["working_day", "calendar_day", "month", "none"]),
            st.lists(
                st.builds(
                    FeeFacts,
                    st.sampled_from(["fee", "charge", "price"]),
                    LINE,
                    st.none() | st.integers(0, 10**9),
                    st.sampled_from(["", "VND"]),
                ),
                max_size=2,
            ).map(tuple),
        ),
        max_size=3,
    ).map(tuple),
    results=st.lists(st.builds(ResultFacts, LINE, PAPER), max_size=2).map(tuple),
)


@settings(max_examples=60, deadline=None)
@given(st.lists(PROCEDURES, max_size=4, unique_by=lambda facts: facts.key))
def test_what_is_exported_reads_back_the_same(procedures):
    reading = read_workbook(write_workbook(procedures))
    assert reading.rejections == []
    assert [fingerprint(facts) for facts in reading.procedures] == [
        fingerprint(facts) for facts in procedures
    ]


_CODES = {*ProcedureKind, *Level, *BlockKind, *ChannelKind, *LimitUnit}


def _typed(value, name=""):
    """What people typed in facts, whatever they typed; a kind, a level and a unit are chosen."""
    if isinstance(value, str):
        return set() if name in ("kind", "levels", "limit_unit") else {value}
    if hasattr(value, "_asdict"):
        return set().union(*(_typed(held, key) for key, held in value._asdict().items()))
    return set().union(*(_typed(held, name) for held in value)) if isinstance(value, tuple) else set()


@settings(max_examples=30, deadline=None)
@given(facts=PROCEDURES.filter(lambda facts: not _typed(facts) & _CODES))
def test_the_file_speaks_vietnamese(facts):
    book = Spreadsheet(write_workbook([facts._replace(kind="standard", levels=("province",))]))
    words = {str(cell) for name in book.names for row in book.read(name) for cell in row}
    assert "Chuẩn toàn quốc" in words and "Cấp Tỉnh" in words
    assert not words & _CODES


@settings(max_examples=5, deadline=None)
@given(facts=PROCEDURES)
def test_days_are_written_as_people_write_them(facts):
    book = Spreadsheet(write_workbook([facts._replace(decided_on=date(2026, 1, 16), published_on=None)]))
    words = {str(cell) for row in book.read("Thủ tục") for cell in row}
    assert "16/01/2026" in words and "2026-01-16" not in words


def test_words_are_read_in_any_case_and_codes_of_earlier_files_too():
    rejected: list[Rejection] = []
    cells = Cells(2, {"Đơn vị": "NGÀY LÀM VIỆC", "Cũ": "working_day", "Lạ": "tuần"}, rejected)
    assert cells.choice("Đơn vị", sheet_words.UNITS) == cells.choice("Cũ", sheet_words.UNITS) == "working_day"
    cells.choice("Lạ", sheet_words.UNITS)
    assert "Ngày làm việc" in rejected[0].reason and "working_day" not in rejected[0].reason


@settings(max_examples=30, deadline=None)
@given(facts=PROCEDURES)
def test_our_own_file_reads_back_the_same(facts, tmp_path_factory):
    path = tmp_path_factory.mktemp("own") / "own.jsonl.gz"
    write_jsonl(path, [to_row(facts)])
    assert [fingerprint(found) for found in read_jsonl(path).procedures] == [fingerprint(facts)]


@in_one_process
@pytest.mark.django_db
def test_a_sample_of_the_catalogue_survives_excel_and_an_edit_is_found(tmp_path):
    sample = random.Random(7).sample(read_shipped().procedures, 60)
    write_jsonl(tmp_path / "sample.jsonl.gz", map(to_row, sample))
    call_command("import_catalogue", str(tmp_path / "sample.jsonl.gz"), stdout=StringIO(), stderr=StringIO())
    call_command("export_catalogue", str(tmp_path / "out.xlsx"), stdout=StringIO())
    out = StringIO()
    call_command("import_catalogue", str(tmp_path / "out.xlsx"), stdout=out, stderr=StringIO())
    assert "đã thêm 0 · thay đổi 0 · giữ nguyên 60" in out.getvalue()
    edited = read_file(tmp_path / "out.xlsx").procedures
    edited[0] = edited[0]._replace(name="Tên đã sửa")
    (tmp_path / "edited.xlsx").write_bytes(write_workbook(edited))
    call_command(
        "import_catalogue", str(tmp_path / "edited.xlsx"), "--dry-run", stdout=out, stderr=StringIO()
    )
    assert "thay đổi 1 · giữ nguyên 59" in out.getvalue()
    assert "'Tên đã sửa'" in out.getvalue()


def test_what_is_not_a_workbook_or_lacks_a_sheet_is_said():
    with pytest.raises(ValueError, match="Excel"):
        read_workbook(b"<html>not a workbook</html>")
    buffer = BytesIO()
    with xlsxwriter.Workbook(buffer) as book:
        book.add_worksheet("Thủ tục").write(0, 0, "Mã thủ tục")
    with pytest.raises(ValueError, match="Thiếu trang tính: Thành phần"):
        read_workbook(buffer.getvalue())


@in_one_process
def test_a_bad_cell_is_named_by_sheet_row_and_column(tmp_path):
    facts = read_shipped().procedures[0]
    way = facts.channels[0]._replace(kind="bồ câu")
    reading = read_workbook(write_workbook([facts._replace(channels=(way,))]))
    assert reading.procedures == []
    assert [(r.sheet, r.row, r.column) for r in reading.rejections] == [("Cách thức", 2, "Hình thức")]


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("name", "Tên thủ tục"),
        ("blocks.2.name", "Khối 2: Tên khối"),
        ("blocks.2.components.1.originals", "Khối 2, giấy tờ 1: Bản chính"),
        ("channels.1.fees.3.kind", "Cách 1, khoản phí 3: Loại phí"),
        ("channels", "Cách"),
        ("sth_new", "sth_new"),
    ],
)
def test_what_differs_is_told_in_the_words_of_the_columns(path, words):
    assert say_path(path) == words


@pytest.mark.parametrize(
    ("path", "value", "said"),
    [
        ("is_full_online", "True", "có"),
        ("is_non_territorial", "False", "không"),
        ("decided_on", "2026-01-16", "16/01/2026"),
        ("published_on", "", ""),
        ("kind", "standard", "Chuẩn toàn quốc"),
        ("levels", "province; commune", "Cấp Tỉnh; Cấp Xã"),
        ("blocks.1.kind", "heading", "Đề mục"),
        ("channels.2.kind", "online", "Trực tuyến"),
        ("channels.2.limit_unit", "working_day", "Ngày làm việc"),
        ("channels.2.limit_amount", "10", "10"),
        ("name", "standard", "standard"),
    ],
)
def test_what_a_file_would_change_is_said_in_words(path: str, value: str, said: str) -> None:
    """People who know neither codes nor True read it before they press the button."""
    assert say_value(path, value) == said
