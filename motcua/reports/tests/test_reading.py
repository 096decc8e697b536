"""Files filled elsewhere: columns by label path, whatever their place, and rows that are no data."""

from decimal import Decimal

import pytest

from motcua.reports.actions.forms import read_shipped
from motcua.reports.rules.reading import read_form

LAYOUT = read_shipped("01/2020", "II.06a")
HEAD = [
    ["", "TT", "Lĩnh vực, công việc giải quyết theo cấp", "Số hồ sơ nhận giải quyết", "", "", "", "Số hồ sơ đã giải quyết", "",
     "", "", "Số hồ sơ đang giải quyết", "", ""],
    ["", "", "", "Tổng số", "Trong đó (mới tiếp nhận trong kỳ)", "", "Từ kỳ trước", "Tổng số", "Trước hạn", "Đúng hạn",
     "Quá hạn", "Tổng số", "Trong hạn", "Quá hạn"],
    ["", "", "", "", "Trực tuyến", "Trực tiếp, dịch vụ bưu chính", "", "", "", "", "", "", "", ""],
    ["", "(1)", "(2)", "(3)=(4)+(5)+(6)", "(4)", "(5)", "(6)", "(7)", "(8)", "(9)", "(10)", "(11)", "(12)", "(13)"],
]  # fmt: skip
DATA = ["", 1, "Hộ tịch", "1.234", 1000, 200, 34, 1230, 1000, 200, 30, 4, 4, 0]
FIRST = [["ỦY BAN NHÂN DÂN XÃ AN"], [], ["Biểu số II.06a"]]


def test_an_empty_first_column_and_titles_above_do_not_matter() -> None:
    rows, faults = read_form(LAYOUT, [*FIRST, *HEAD, DATA])
    assert not faults and len(rows) == 1
    assert rows[0].label == "Hộ tịch" and rows[0].values["3"] == Decimal(1234) and rows[0].values["10"] == 30


def test_columns_may_stand_elsewhere() -> None:
    order = [0, 1, 2, 3, 4, 5, 6, 11, 12, 13, 7, 8, 9, 10]
    grid = [[row[n] if n < len(row) else "" for n in order] for row in [*HEAD, DATA]]
    rows, faults = read_form(LAYOUT, grid)
    assert not faults and rows[0].values["11"] == 4 and rows[0].values["8"] == 1000


@pytest.mark.parametrize("label", ["Tổng cộng", "Trong đó:", "TỔNG SỐ", ""])
def test_sums_are_not_data(label: str) -> None:
    rows, _faults = read_form(LAYOUT, [*HEAD, DATA, [*DATA[:2], label, *DATA[3:]]])
    assert [row.label for row in rows] == ["Hộ tịch"]


def test_a_missing_column_is_named_by_its_path() -> None:
    grid = [[cell for n, cell in enumerate(row) if n != 10] for row in [*HEAD, DATA]]
    _rows, faults = read_form(LAYOUT, grid)
    assert "Số hồ sơ đã giải quyết › Quá hạn" in str(faults[0].facts["columns"])


def test_a_cell_that_is_no_number_is_named() -> None:
    rows, faults = read_form(LAYOUT, [*HEAD, [*DATA[:4], "nhiều", *DATA[5:]]])
    assert faults[0].facts == {"row": 5, "no": "4", "text": "nhiều"}


def test_a_file_without_the_form_says_so() -> None:
    assert read_form(LAYOUT, [["a", "b"], [1, 2]])[1][0].sentence.startswith("Không tìm thấy")
    assert read_form(LAYOUT, [])[0] == []
