"""PDF tables that no line rules: columns told by the white between them, marked as such, or not read at all."""

from pathlib import Path

import pytest
import typst

from motcua.core.refusal import Refused
from motcua.programme.actions.importing import open_file
from motcua.programme.reading import open_source
from motcua.programme.reading.pages import Page, lay_out
from motcua.programme.reading.rendition import Rendition
from motcua.programme.reading.words import Word
from motcua.programme.rules.columns import Field
from motcua.programme.rules.plan import ReadPlan, read_plan
from motcua.programme.rules.tasks import TaskRow
from motcua.programme.tests import makers

PLANS = Path(__file__).parent / "plans"
FIELDS = (Field.CONTENT, Field.LEAD, Field.COORDINATING, Field.TIME, Field.PRODUCT, Field.NOTE)


def _cells(task: TaskRow) -> list[str]:
    return [task.number, task.section.number, task.section.title, *(task.get(name) for name in FIELDS)]


@pytest.mark.parametrize("size", [9, 11])
@pytest.mark.parametrize("name", ["a_tinh_2024", "b_xa_2025", "c_so_2023", "d_huyen_2022", "e_tinh_html"])
def test_plans_without_lines_are_read_as_with_them(name: str, size: int) -> None:
    source = open_source((PLANS / f"{name}.txt").read_bytes())
    pdf = open_source(makers.as_pdf(makers.from_blocks(source.blocks), lines=False, size=size))
    read, known = read_plan(pdf).tasks, read_plan(source).tasks
    assert [_cells(task) for task in read] == [_cells(task) for task in known]
    assert pdf.doubts == ("columns by space",)
    assert all("cells: by space" in task.unsure for task in read)


HEAD = ["TT", "Nội dung công việc", "Cơ quan chủ trì", "Cơ quan phối hợp", "Thời gian hoàn thành", "Sản phẩm"]
LONG = "Rà soát, đánh giá thủ tục hành chính thuộc phạm vi quản lý và kiến nghị đơn giản hóa gửi cấp trên"


def _rows(count: int) -> list[list[str]]:
    return [
        [str(n), f"{LONG} đợt {n}", "Phòng Tư pháp", "Các phòng, ban", f"Tháng {n % 12 + 1}/2025", "Báo cáo"]
        for n in range(1, count + 1)
    ]


def test_a_head_at_the_foot_of_a_page_holds_for_the_pages_below() -> None:
    before = [f"Đoạn thứ {n} của phần thân kế hoạch." for n in range(1, 17)]
    pieces: list[makers.Piece] = ["KẾ HOẠCH", "Năm 2025", *before, [HEAD, *_rows(40)]]
    plan = read_plan(open_source(makers.as_pdf(pieces, lines=False)))
    assert [task.number for task in plan.tasks] == [str(n) for n in range(1, 41)]
    assert {task.get(Field.LEAD) for task in plan.tasks} == {"Phòng Tư pháp"}
    assert all(task.get(Field.CONTENT).endswith(f"đợt {task.number}") for task in plan.tasks)


_STYLED = """
#set page(paper: "a4", flipped: true, margin: 1.5cm)
#set text(font: "Tinos", size: 11pt, lang: "vi")
KẾ HOẠCH

Năm 2025

#table(columns: (auto, 2fr, 1fr, 1fr, 1fr, 1fr), STYLE, [*TT*], [*Nội dung*], [*Chủ trì*], [*Phối hợp*], [*Thời gian*],
  [*Sản phẩm*], ROWS)
"""


def _compile(style: str) -> ReadPlan:
    rows = ", ".join(f"[{cell}]" for row in _rows(6) for cell in row)
    source = _STYLED.replace("STYLE", style).replace("ROWS", rows)
    fonts = [str(makers.FONTS)]
    compiler = typst.Compiler(input=source.encode(), font_paths=fonts, ignore_system_fonts=True)
    return read_plan(open_source(compiler.compile(format="pdf")))


@pytest.mark.parametrize(
    "style",
    [
        "stroke: (x: none, y: 0.5pt), align: horizon",
        "stroke: none, align: horizon, row-gutter: 8pt",
        "stroke: none, align: center + top",
        "stroke: none, fill: (_, y) => if calc.odd(y) { silver }",
    ],
    ids=["lines across alone", "numbers in the middle", "words in the middle of columns", "shaded"],
)
def test_other_ways_to_set_a_table_without_uprights(style: str) -> None:
    plan = _compile(style)
    assert [task.number for task in plan.tasks] == ["1", "2", "3", "4", "5", "6"]
    assert [task.get(Field.CONTENT) for task in plan.tasks] == [f"{LONG} đợt {n}" for n in range(1, 7)]
    assert {task.get(Field.COORDINATING) for task in plan.tasks} == {"Các phòng, ban"}


def _lay(lines: list[list[tuple[str, float]]]) -> Rendition:
    """Lines of parts, each with the place where it begins; words of a part stand close."""
    words = []
    for order, line in enumerate(lines):
        for text, left in line:
            x = left
            for word in text.split():
                width = 5.5 * len(word)
                words.append(Word(word, x, 60 + order * 14, x + width, 71 + order * 14))
                x += width + 3
    rendition = Rendition()
    lay_out(Page(words, [], 842, 595), rendition)
    return rendition


def test_words_that_run_through_every_column_are_no_table() -> None:
    head = [("TT", 40.0), ("Nội dung", 100.0), ("Chủ trì", 300.0), ("Phối hợp", 420.0), ("Thời gian", 560.0)]
    body = [
        [(f"{n} Rà soát thủ tục hành chính do Phòng Tư pháp chủ trì cùng các phòng trong quý II", 40.0)]
        for n in "123456"
    ]
    rendition = _lay([head, *body])
    assert "columns untold" in rendition.doubts
    assert not read_plan(rendition.finish()).tasks


_RUNNING = """
#set page(paper: "a4", margin: 2cm)
#set text(font: "Tinos", size: 11pt, lang: "vi")
KẾ HOẠCH

Năm 2025

TT #h(2em) Nội dung #h(6em) Chủ trì #h(4em) Phối hợp #h(4em) Thời gian #h(2em) Sản phẩm

#for n in range(1, 7) [#n Rà soát thủ tục hành chính do Phòng Tư pháp chủ trì, các phòng phối hợp, xong trong quý II #linebreak()]
"""


def test_columns_nobody_can_tell_are_refused_in_words() -> None:
    fonts = [str(makers.FONTS)]
    compiler = typst.Compiler(input=_RUNNING.encode(), font_paths=fonts, ignore_system_fonts=True)
    with pytest.raises(Refused) as refused:
        open_file(compiler.compile(format="pdf"), "x.pdf")
    assert refused.value.code == "plan_columns" and refused.value.field == "file"


def test_two_tables_on_one_page_and_paragraphs_between() -> None:
    first, second = (
        [HEAD, *_rows(2)],
        [[HEAD[0], HEAD[1], HEAD[2], HEAD[4]], ["1", "Báo cáo năm", "Văn phòng", "Quý IV/2025"]],
    )
    pieces: list[makers.Piece] = [
        "KẾ HOẠCH",
        "Năm 2025",
        "PHỤ LỤC I",
        first,
        "PHỤ LỤC II",
        second,
        "Nơi nhận:",
        "- Lưu: VT.",
    ]
    plan = read_plan(open_source(makers.as_pdf(pieces, lines=False)))
    assert [(t.appendix, t.number, t.get(Field.TIME)) for t in plan.tasks] == [
        ("I", "1", "Tháng 2/2025"),
        ("I", "2", "Tháng 3/2025"),
        ("II", "1", "Quý IV/2025"),
    ]
