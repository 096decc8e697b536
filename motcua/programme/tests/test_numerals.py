"""What may stand in the number column."""

import pytest

from motcua.programme.reading import open_source
from motcua.programme.rules.numerals import Level, read_numeral
from motcua.programme.rules.plan import read_plan
from motcua.programme.tests.makers import as_text


@pytest.mark.parametrize(
    ("text", "kept", "level", "value", "parent"),
    [
        ("IV.", "IV", Level.ROMAN, 4, ""),
        ("1/", "1", Level.NUMBER, 1, ""),
        ("(12)", "12", Level.NUMBER, 12, ""),
        ("I.1", "I.1", Level.DECIMAL, 1, "I"),
        ("2.3.1", "2.3.1", Level.DECIMAL, 1, "2.3"),
        ("1.a", "1.a", Level.DECIMAL, 1, "1"),
        ("1.2.đ", "1.2.đ", Level.DECIMAL, 5, "1.2"),
        ("a)", "a", Level.SMALL_LETTER, 1, ""),
        ("(iv)", "iv", Level.SMALL_ROMAN, 4, ""),
        ("NV1", "NV1", Level.CODE, 1, ""),
        ("NV 12", "NV 12", Level.CODE, 12, ""),
        ("BC-03", "BC-03", Level.CODE, 3, ""),
    ],
)
def test_a_numeral_keeps_its_print_and_knows_its_place(
    text: str, kept: str, level: Level, value: int, parent: str
) -> None:
    numeral = read_numeral(text)
    assert numeral is not None
    assert (numeral.text, numeral.level, numeral.value, numeral.parent) == (kept, level, value, parent)


@pytest.mark.parametrize(("text", "meant"), [("ll", "II"), ("|", "I"), ("J", "I"), ("JV", "IV"), ("Ĩ.", "I")])
def test_what_a_scan_mistakes_is_read_kindly_and_says_so(text: str, meant: str) -> None:
    numeral = read_numeral(text)
    assert numeral is not None
    assert (numeral.text, numeral.level, numeral.is_slip) == (meant, Level.ROMAN, True)


@pytest.mark.parametrize("text", ["", "-", "x", "Nội vụ", "UBND", "QĐ 766", "TT 01", "Q1", "T12"])
def test_words_documents_and_periods_are_no_numerals(text: str) -> None:
    assert read_numeral(text) is None


def test_codes_and_letters_number_tasks_under_their_titles() -> None:
    rows = [
        ["TT", "Nội dung", "Chủ trì", "Phối hợp", "Thời gian", "Sản phẩm"],
        ["I", "CHỈ ĐẠO", "", "", "", ""],
        ["NV1", "Xây dựng kế hoạch", "Văn phòng", "Các phòng", "Quý I", "Kế hoạch"],
        ["NV2", "Tổ chức tập huấn", "Văn phòng", "Các phòng", "Quý II", "Danh sách"],
        ["1", "Rà soát thủ tục", "", "", "", ""],
        ["1.a", "Lập danh mục", "Văn phòng", "", "Tháng 3", "Danh mục"],
        ["1.b", "Báo cáo kết quả", "Văn phòng", "", "Tháng 4", "Báo cáo"],
    ]
    plan = read_plan(open_source(as_text(["KẾ HOẠCH", "Năm 2025", "Phụ lục", rows])))
    assert [(task.section.number, task.number) for task in plan.tasks] == [
        ("I", "NV1"),
        ("I", "NV2"),
        ("1", "1.a"),
        ("1", "1.b"),
    ]
    assert not any(doubt.startswith("no:") for task in plan.tasks for doubt in task.unsure)
