"""Layouts offices send: the appendix first, who directs, costs with a sum, groups in groups, codes, several appendices."""

from collections.abc import Callable

import pytest

from motcua.programme.reading import open_source
from motcua.programme.rules.columns import Field
from motcua.programme.rules.plan import ReadPlan, read_plan
from motcua.programme.tests import makers

LETTER = ["UBND HUYỆN MẪU", "Số: 15/KH-UBND", "Mẫu, ngày 20 tháng 01 năm 2026", "KẾ HOẠCH"]
TITLE = "Kiểm soát thủ tục hành chính năm 2026"
SIGNED = [
    "Nơi nhận:",
    "- UBND tỉnh (b/c);",
    "- Lưu: VT.",
    "TM. ỦY BAN NHÂN DÂN",
    "CHỦ TỊCH",
    "Nguyễn Văn Mẫu",
]
Make = Callable[[list[makers.Piece]], bytes]
KINDS: list[Make] = [makers.as_text, makers.as_docx, makers.as_xlsx, makers.as_pdf]


def _read(make: Make, pieces: list[makers.Piece]) -> ReadPlan:
    return read_plan(open_source(make(pieces)))


def _letter(plan: ReadPlan) -> tuple[str, str, str, str]:
    letter = plan.letter
    return letter.number, str(letter.dated), letter.issuer, letter.title


def _tell(plan: ReadPlan, *names: Field) -> list[tuple[str, ...]]:
    return [(task.section.number, task.number, *(task.get(name) for name in names)) for task in plan.tasks]


def test_an_appendix_before_the_letter() -> None:
    rows = [
        ["STT", "Nhiệm vụ", "Chủ trì", "Phối hợp", "Thời gian", "Kết quả"],
        ["1", "Rà soát", "Phòng Nội vụ", "Các phòng", "Quý I/2026", "Báo cáo"],
    ]
    pieces: list[makers.Piece] = [
        "PHỤ LỤC",
        "PHÂN CÔNG NHIỆM VỤ",
        rows,
        *LETTER,
        TITLE,
        "I. MỤC TIÊU",
        "Phấn đấu 95% hồ sơ đúng hạn.",
        *SIGNED,
    ]
    plan = _read(makers.as_docx, pieces)
    assert _letter(plan) == ("15/KH-UBND", "2026-01-20", "UBND HUYỆN MẪU", TITLE)
    assert [target.value for target in plan.targets] == [95]
    assert _tell(plan, Field.LEAD, Field.TIME) == [("", "1", "Phòng Nội vụ", "Quý I/2026")]


@pytest.mark.parametrize("make", KINDS)
def test_a_column_of_who_directs_is_no_signature(make: Make) -> None:
    rows = [
        ["STT", "Nội dung công việc", "Lãnh đạo chỉ đạo", "Bộ phận chủ trì", "Bộ phận phối hợp", "Thời hạn"],
        ["1", "Ban hành kế hoạch", "Chủ tịch", "Văn phòng", "Các phòng", "Trước 15/01/2026"],
        ["2", "Bố trí công chức", "Phó Chủ tịch", "Trung tâm Phục vụ hành chính công", "", "Thường xuyên"],
    ]
    plan = _read(make, [*LETTER, TITLE, rows, *SIGNED])
    assert _letter(plan)[3] == TITLE
    assert _tell(plan, Field.LEAD, Field.TIME) == [
        ("", "1", "Văn phòng", "Trước 15/01/2026"),
        ("", "2", "Trung tâm Phục vụ hành chính công", "Thường xuyên"),
    ]
    assert all("cells: left out" in task.unsure for task in plan.tasks)


@pytest.mark.parametrize("make", KINDS)
def test_the_sum_of_a_column_is_no_task(make: Make) -> None:
    rows = [
        ["STT", "Nội dung thực hiện", "Phòng chủ trì", "Thời gian thực hiện", "Sản phẩm", "Kinh phí"],
        ["1", "Rà soát thủ tục", "Phòng Quản lý xây dựng", "Quý I - Quý II", "Phương án", "10"],
        ["2", "Tập huấn", "Văn phòng Sở", "Tháng 3; tháng 9", "Danh sách", "25"],
        ["", "Tổng cộng", "", "", "", "35"],
    ]
    plan = _read(make, [*LETTER, TITLE, rows, *SIGNED])
    assert [task.get(Field.CONTENT) for task in plan.tasks] == ["Rà soát thủ tục", "Tập huấn"]


@pytest.mark.parametrize("make", KINDS)
def test_numbers_begin_again_in_groups_of_groups(make: Make) -> None:
    rows = [
        ["TT", "Nội dung", "Chủ trì", "Phối hợp", "Thời hạn", "Sản phẩm"],
        ["A", "NHIỆM VỤ CHUNG", "", "", "", ""],
        ["I", "Công bố", "", "", "", ""],
        ["1", "Công bố danh mục", "Các sở", "Văn phòng", "Thường xuyên", "Quyết định"],
        ["2", "Niêm yết:", "", "", "", ""],
        ["a)", "Tại trụ sở", "Văn phòng", "", "Thường xuyên", "Bảng"],
        ["b)", "Trên cổng", "Văn phòng", "", "Thường xuyên", "Bài"],
        ["3", "Đăng tải", "Văn phòng", "", "Quý I", "Bài"],
        ["B", "NHIỆM VỤ RIÊNG", "", "", "", ""],
        ["I", "Chuyển đổi số", "", "", "", ""],
        ["1", "Số hóa", "UBND cấp xã", "", "Thường xuyên", "Kho dữ liệu"],
    ]
    plan = _read(make, [*LETTER, TITLE, rows, *SIGNED])
    told = [([s.number for s in t.path], t.section.number, t.number) for t in plan.tasks]
    assert told == [
        (["A"], "I", "1"),
        (["A", "I"], "2", "a"),
        (["A", "I"], "2", "b"),
        (["A"], "I", "3"),
        (["B"], "I", "1"),
    ]
    assert [task.unsure for task in plan.tasks] == [()] * 5


def test_each_appendix_has_columns_of_its_own() -> None:
    pieces: list[makers.Piece] = [
        *LETTER,
        TITLE,
        "PHỤ LỤC I",
        [
            ["TT", "Nhiệm vụ", "Cơ quan chủ trì", "Thời gian", "Sản phẩm"],
            ["1", "Rà soát", "Phòng Tư pháp", "Tháng 5/2026", "Báo cáo"],
        ],
        "PHỤ LỤC II",
        [
            ["STT", "Đơn vị được kiểm tra", "Nội dung kiểm tra", "Đơn vị chủ trì", "Thời gian"],
            ["1", "UBND xã An Thịnh", "Việc niêm yết", "Phòng Nội vụ", "Quý II/2026"],
        ],
        *SIGNED,
    ]
    plan = _read(makers.as_docx, pieces)
    assert [(t.appendix, t.get(Field.CONTENT), t.get(Field.LEAD)) for t in plan.tasks] == [
        ("I", "Rà soát", "Phòng Tư pháp"),
        ("II", "Việc niêm yết", "Phòng Nội vụ"),
    ]
    assert "cells: left out" in plan.tasks[1].unsure


def test_a_page_of_short_lines_keeps_its_lines() -> None:
    rows = [["STT", "Nội dung", "Chủ trì", "Thời gian"], ["1", "Báo cáo", "Văn phòng", "Quý IV/2026"]]
    plan = _read(makers.as_pdf, [*LETTER, TITLE, rows, *SIGNED])
    assert _letter(plan) == ("15/KH-UBND", "2026-01-20", "UBND HUYỆN MẪU", TITLE)
    assert plan.letter.signer == "Nguyễn Văn Mẫu"


def test_a_title_set_far_apart_is_one_title() -> None:
    rows = [["STT", "Nội dung", "Chủ trì", "Thời gian"], ["1", "Báo cáo", "Văn phòng", "Quý IV/2026"]]
    broken = [
        "Kiểm soát thủ tục hành chính và thực hiện cơ chế một cửa, một cửa",
        "",
        "liên thông năm 2026",
        "",
        "Ủy ban nhân dân huyện ban hành kế hoạch:",
    ]
    plan = _read(makers.as_text, [*LETTER, *broken, rows, *SIGNED])
    assert plan.letter.title == f"{broken[0]} {broken[2]}"
