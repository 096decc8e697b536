"""The same tasks drawn in any order of columns and any way of drawing say the same."""

from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from motcua.programme.reading import open_source
from motcua.programme.rules.columns import Field
from motcua.programme.rules.plan import read_plan
from motcua.programme.tests import makers

LABELS = {
    Field.NUMBER: ["STT", "TT", "Số TT"],
    Field.CONTENT: ["Nhiệm vụ", "Nội dung công việc", "Tên nhiệm vụ", "NỘI DUNG"],
    Field.LEAD: ["Đơn vị chủ trì", "Cơ quan thực hiện", "Chủ trì", "Đơn vị đầu mối thực hiện"],
    Field.COORDINATING: ["Phối hợp", "Cơ quan, đơn vị phối hợp", "ĐƠN VỊ PHỐI HỢP"],
    Field.TIME: ["Thời hạn", "Thời gian hoàn thành", "Tiến độ thực hiện"],
    Field.PRODUCT: ["Kết quả", "Sản phẩm dự kiến", "Yêu cầu sản phẩm"],
    Field.NOTE: ["Ghi chú"],
}
TASKS = [
    (
        "I",
        "1",
        "Xây dựng kế hoạch kiểm tra",
        "Văn phòng UBND tỉnh",
        "Sở Nội vụ",
        "Quý I/2024",
        "Kế hoạch",
        "",
    ),
    ("I", "2", "Niêm yết thủ tục", "UBND các xã", "", "Thường xuyên", "Bảng niêm yết", "Cả ba cấp"),
    (
        "II",
        "1",
        "Báo cáo kết quả",
        "Các sở, ban, ngành",
        "Văn phòng UBND tỉnh",
        "Hàng quý, năm",
        "Báo cáo",
        "",
    ),
]
NAMES = [Field.NUMBER, Field.CONTENT, Field.LEAD, Field.COORDINATING, Field.TIME, Field.PRODUCT, Field.NOTE]


def draw(order: list[Field], labels: list[str]) -> makers.Table:
    """The table with its columns in this order, groups as rows of their own."""
    rows, group = [labels], ""
    for section, *cells in TASKS:
        if section != group:
            title = dict.fromkeys(order, "") | {Field.NUMBER: section, Field.CONTENT: f"Nhóm {section}"}
            rows.append([title[name] for name in order])
            group = section
        known = dict(zip(NAMES, cells, strict=True))
        rows.append([known[name] for name in order])
    return rows


def tabs(table: makers.Table) -> bytes:
    return makers.as_text([table])


def tabs_cut(table: makers.Table) -> bytes:
    return "\n".join("\t".join(row).rstrip("\t") for row in table).encode()


def bars(table: makers.Table) -> bytes:
    return "\n".join("| " + " | ".join(row) + " |" for row in table).encode()


def stacked(table: makers.Table) -> bytes:
    return "\n\n".join("\n".join("\t" + cell for cell in row) for row in table).encode()


def with_heads_repeated(table: makers.Table) -> bytes:
    """A page break after every row, and each page begins with the head."""
    pages = ["\t".join(table[0]) + "\n" + "\t".join(row) for row in table[1:]]
    return "\n\n".join(pages).encode()


def word(table: makers.Table) -> bytes:
    return makers.as_docx([table])


def excel(table: makers.Table) -> bytes:
    return makers.as_xlsx([table])


@pytest.mark.parametrize("make", [tabs, tabs_cut, bars, stacked, with_heads_repeated, word, excel])
@settings(max_examples=12, deadline=None)
@given(data=st.data())
def test_columns_are_known_by_their_words(make: Callable[[makers.Table], bytes], data: st.DataObject) -> None:
    order = [Field.NUMBER, *data.draw(st.permutations(NAMES[1:]))]
    labels = [data.draw(st.sampled_from(LABELS[name])) for name in order]
    plan = read_plan(open_source(make(draw(order, labels))))
    got = [(t.section.number, t.number, *(t.get(name) for name in NAMES[1:])) for t in plan.tasks]
    assert got == TASKS
    assert {t.section.title for t in plan.tasks} == {"Nhóm I", "Nhóm II"}
