"""Files filled elsewhere: columns by label path, whatever their place, and rows that are no data."""

from decimal import Decimal

import pytest

from motcua.reports.actions.forms import read_shipped
from motcua.reports.rules.reading import ReadRow, find_mismatch, read_form, read_head
from motcua.reports.rules.sheet import Line, Typed
from motcua.reports.rules.taking_in import take_in

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


@pytest.mark.parametrize("cell", [-1, "-1", 1e20, float("inf"), float("nan"), True, "#DIV/0!", "12/3/2026"])
def test_what_no_count_can_be_is_named_and_not_taken(cell: object) -> None:
    rows, faults = read_form(LAYOUT, [*HEAD, [*DATA[:4], cell, *DATA[5:]]])
    assert [fault.facts["no"] for fault in faults] == ["4"] and "4" not in rows[0].values


def test_a_name_twice_under_one_heading_is_a_fault_and_under_two_is_not() -> None:
    again = ["", 2, "hộ  tịch", *DATA[3:]]
    _rows, faults = read_form(LAYOUT, [*HEAD, DATA, again])
    assert faults[0].facts == {"row": 6, "label": "hộ tịch", "first": 5}
    headed = [
        ["", "I", "Sở, ban, ngành", *DATA[3:]],
        DATA,
        ["", "II", "Xã, phường, thị trấn", *DATA[3:]],
        again,
    ]
    rows, faults = read_form(LAYOUT, [*HEAD, *headed])
    assert not faults and [row.group for row in rows] == ["Sở, ban, ngành", "Xã, phường, thị trấn"]


def test_a_file_says_whose_it_is_and_of_which_days() -> None:
    head = read_head(
        [
            ["Biểu số: II.06a", "", "Đơn vị báo cáo: UBND xã An."],
            ["Kỳ báo cáo: từ ngày 15/6/2026 đến ngày 14/9/2026"],
        ]
    )
    assert (head.reporter, head.days) == ("UBND xã An", ("15/06/2026", "14/09/2026"))
    names, days = ("Ủy ban nhân dân xã An", "UBND xã An"), ("15/06/2026", "14/09/2026")
    assert (
        find_mismatch(head, names, days) is None
        and find_mismatch(read_head([["II.06a"]]), names, days) is None
    )
    assert "xã Bình" in str(find_mismatch(head, ("UBND xã Bình",), days).facts)  # type: ignore[union-attr]
    assert "14/12/2026" in str(find_mismatch(head, names, ("15/09/2026", "14/12/2026")).facts)  # type: ignore[union-attr]


def test_rows_of_one_name_under_two_headings_are_two_rows() -> None:
    lines = [
        Line("province:F1", "Hộ tịch", "province", {"4": Decimal(1)}),
        Line("commune:F1", "Hộ tịch", "commune", {"4": Decimal(2)}),
    ]
    rows = [
        ReadRow(1, "HỘ TỊCH", {"4": Decimal(9)}, "Xã, phường, đặc khu"),
        ReadRow(2, "Đất đai", {"4": Decimal(5)}, "Sở ban ngành"),
    ]
    told = take_in(LAYOUT, lines, rows, "tệp", "ai")
    assert [(one.label, one.level) for one in told] == [
        ("Hộ tịch", "province"),
        ("Hộ tịch", "commune"),
        ("Đất đai", "province"),
    ]
    assert not told[0].typed and told[1].typed["4"] == Typed(Decimal(9), "tệp", "ai")
    again = take_in(
        LAYOUT, told, [ReadRow(1, "Hộ tịch", {"4": Decimal(2)}, "Xã, phường, đặc khu")], "tệp", "ai"
    )
    assert not again[1].typed, "the counted value again is no correction"
