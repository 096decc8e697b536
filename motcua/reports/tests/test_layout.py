"""The shipped forms: columns, formulas and checks exactly, and what an administrator may write."""

import csv

import pytest

from motcua.figures.rules import Counts, Measure
from motcua.figures.rules.counts import IN, OUT
from motcua.reports.actions.forms import DATA, read_shipped
from motcua.reports.rules.layout import BadLayout, draw_header, get_depth, read_layout, write_layout
from motcua.reports.rules.sheet import Line, check, fill, get_values

FORMS = [(row["regime"], row["code"]) for row in csv.DictReader((DATA / "forms.csv").open(encoding="utf-8"))]
EXACT = {
    "3": "Số hồ sơ nhận giải quyết › Tổng số", "6": "Số hồ sơ nhận giải quyết › Từ kỳ trước",
    "4": "Số hồ sơ nhận giải quyết › Trong đó (mới tiếp nhận trong kỳ) › Trực tuyến",
    "5": "Số hồ sơ nhận giải quyết › Trong đó (mới tiếp nhận trong kỳ) › Trực tiếp, dịch vụ bưu chính",
    "7": "Số hồ sơ đã giải quyết › Tổng số", "8": "Số hồ sơ đã giải quyết › Trước hạn",
    "9": "Số hồ sơ đã giải quyết › Đúng hạn", "10": "Số hồ sơ đã giải quyết › Quá hạn",
    "11": "Số hồ sơ đang giải quyết › Tổng số", "12": "Số hồ sơ đang giải quyết › Trong hạn",
    "13": "Số hồ sơ đang giải quyết › Quá hạn",
}  # fmt: skip


@pytest.mark.parametrize(("regime", "code"), FORMS)
def test_every_form_can_be_read_and_written(regime: str, code: str) -> None:
    layout = read_shipped(regime, code)
    assert read_layout(write_layout(layout)) == layout


@pytest.mark.parametrize("code", ["II.06a", "II.06b"])
def test_form_06_has_its_thirteen_columns(code: str) -> None:
    layout = read_shipped("01/2020", code)
    assert [c.no for c in layout.columns] == [str(n) for n in range(1, 14)]
    assert {c.no: " › ".join(c.path) for c in layout.numbers} == EXACT
    assert {c.no: c.formula for c in layout.columns if c.formula} == {
        "3": "(4)+(5)+(6)", "7": "(8)+(9)+(10)", "11": "(12)+(13)",
    }  # fmt: skip
    assert get_depth(layout) == 3


def test_form_07b_has_three_groups_of_four() -> None:
    layout = read_shipped("01/2020", "II.07b")
    assert len(layout.columns) == 14
    assert {c.no: c.formula for c in layout.columns if c.formula} == {
        "3": "(4)+(5)+(6)", "7": "(8)+(9)+(10)", "11": "(12)+(13)+(14)",
    }  # fmt: skip
    assert [one.rule for one in layout.checks] == ["(7) <= (3)", "(11) <= (7)"]


def test_all_eight_forms_are_there() -> None:
    assert {code for regime, code in FORMS if regime == "01/2020"} == {
        "II.01", "II.02", "II.03", "II.04", "II.05", "II.06a", "II.06b", "II.07b", "II.08",
    }  # fmt: skip


def test_the_older_regime_has_its_eight_too() -> None:
    assert {code for regime, code in FORMS if regime == "02/2017"} == {f"0{n}" for n in range(1, 9)}


def test_a_form_nobody_compared_with_the_printed_one_says_so_on_every_paper() -> None:
    """The basis stands on the page, in PDF, Word and Excel."""
    rows = list(csv.DictReader((DATA / "forms.csv").open(encoding="utf-8")))
    assert {row["code"] for row in rows if row["is_verified"] == "1"} == {"II.06a", "II.06b", "II.07b"}
    assert all("chưa đối chiếu" in row["basis"] for row in rows if row["is_verified"] != "1")


def test_header_cells_cover_the_header_once() -> None:
    for regime, code in FORMS:
        layout = read_shipped(regime, code)
        covered = [
            (cell.row + down, cell.column + across)
            for cell in draw_header(layout)
            for down in range(cell.rows)
            for across in range(cell.columns)
        ]
        assert sorted(covered) == [
            (r, c) for r in range(get_depth(layout)) for c in range(len(layout.columns))
        ], code


@pytest.mark.parametrize("code", ["II.06a", "06"])
def test_every_figure_of_the_identity_has_a_printed_column(code: str) -> None:
    layout = read_shipped("01/2020" if code.startswith("II") else "02/2017", code)
    placed = sorted((measure, sign) for column in layout.numbers for sign, measure in column.source)
    wanted = sorted([(m, 1) for m in (*IN, *OUT) if m != Measure.MOVED_OUT] + [(Measure.MOVED_OUT, -1)])
    assert placed == wanted


def test_the_printed_check_holds_whenever_the_identity_does() -> None:
    counts = Counts(carried=5, new_online=7, new_counter=4, moved_in=2, reopened=1, early=3, on_time=2, late=1,
                    withdrawn=1, stopped=1, moved_out=2, pending_in_time=5, pending_overdue=3, waiting=1)  # fmt: skip
    layout = read_shipped("01/2020", "II.06a")
    line = Line("commune:x", "Hộ tịch", "commune", fill(layout, counts))
    values = get_values(layout, line)
    assert check(layout, [line]) == []
    assert (values["3"], values["7"], values["11"]) == (17, 8, 9)


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("1 | TT\n2 | Tên\n3 | Số | (9)\n", 0), ("1 | TT\n2 | Tên\n", 0), ("1 | TT\n2 | Tên\n3 | Số | | bao_nhieu\n", 3),
        ("1 | TT\n1 | Tên\n3 | Số\n", 2), ("1 | TT\n2 | Tên\n3 | Số | (4)\n4 | Số | (3)\n", 0),
        ("1 | TT\n2 | Tên\n3 | Số\nlỗi | (3)\n", 4), ("1\n", 1), ("1 | TT\n2 | Tên\n3 | Số | import os\n", 0),
    ],
)  # fmt: skip
def test_a_wrong_line_is_named(text: str, line: int) -> None:
    with pytest.raises(BadLayout) as fault:
        read_layout(text)
    assert fault.value.line == line
