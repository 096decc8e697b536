"""Plans as offices send them: merged cells, heads of two lines, columns in any order, roles in one cell, no table at all.

`plans/offices/expected.json` holds what a person reads in each: the letter, and row by row appendix, group number,
number, content, lead, coordinating, time, product, note, kind of deadline.
"""

import json
from pathlib import Path
from typing import Any

import pytest
from PIL import Image, ImageDraw

from motcua.programme.reading import open_source
from motcua.programme.reading.specks import remove_specks
from motcua.programme.rules.bases import read_bases
from motcua.programme.rules.columns import Field
from motcua.programme.rules.listed import split_labels
from motcua.programme.rules.mending import mend_numbers, mend_words
from motcua.programme.rules.plan import as_json, as_kept, read_plan
from motcua.programme.rules.sharing import divide_actors
from motcua.programme.rules.tasks import Section, TaskRow
from motcua.programme.tests import makers

OFFICES = Path(__file__).parent / "plans" / "offices"
EXPECTED: dict[str, Any] = json.loads((OFFICES / "expected.json").read_text(encoding="utf-8"))
FIELDS = ("appendix", "section_no", "no", "content", "lead", "coordinating", "time", "product", "note")


@pytest.mark.parametrize("name", EXPECTED)
def test_every_row_and_cell_is_read(name: str) -> None:
    plan = as_json(read_plan(open_source((OFFICES / name).read_bytes(), name)))
    rows = [[*(row[field] for field in FIELDS), row["deadline"]["kind"]] for row in plan["rows"]]
    assert rows == EXPECTED[name]["rows"]
    letter = EXPECTED[name]["letter"]
    got = plan | {"recipients": len(plan["recipients"])}
    assert {key: got[key] for key in letter} == letter


def test_groups_around_a_group_are_kept_and_the_print_of_the_command_stays_as_it_is() -> None:
    plan = read_plan(open_source((OFFICES / "tinh_nhom_chu.docx").read_bytes()))
    outer = [
        " > ".join(f"{number} {title}" for number, title in row["path"]) for row in as_kept(plan)["rows"]
    ]
    assert outer == ["A NHIỆM VỤ TRỌNG TÂM"] * 3 + ["B NHIỆM VỤ THƯỜNG XUYÊN"] * 2
    assert "path" not in as_json(plan)["rows"][0]
    deep = as_kept(read_plan(open_source((OFFICES / "tinh_ba_bac_so.docx").read_bytes())))["rows"]
    assert [row["path"] for row in deep] == [[["I", "Công khai"]]] * 3 + [[]]


def test_a_numeral_a_scan_took_for_a_letter_stands_around_nothing() -> None:
    head = ["TT", "Nội dung", "Cơ quan chủ trì", "Thời gian"]
    rows = [head]
    for number in ("I", "H", "III"):
        rows += [[number, f"Nhóm {number}", "", ""], ["1", f"Việc của {number}", "Sở Y tế", "Quý I/2026"]]
    plan = read_plan(open_source(makers.as_docx(["KẾ HOẠCH", "Kiểm soát thủ tục năm 2026", "", rows])))
    assert [row["path"] for row in as_kept(plan)["rows"]] == [[], [], []]


def test_the_lines_above_the_signer_are_kept_as_signed() -> None:
    plan = read_plan(open_source((OFFICES / "tinh_bieu_so.docx").read_bytes()))
    assert plan.letter.signature == ("TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH")


def test_what_rests_on_a_judgement_is_marked() -> None:
    doubts = {
        name: [
            row["unsure"] for row in as_json(read_plan(open_source((OFFICES / name).read_bytes())))["rows"]
        ]
        for name in ("tinh_gop_o.docx", "tinh_mot_o_hai_vai.docx", "tinh_ba_phu_luc.docx")
    }
    assert "content: merged" in doubts["tinh_gop_o.docx"][1]
    assert doubts["tinh_mot_o_hai_vai.docx"] == [["lead: divided"]] * 3
    assert "cells: left out" in doubts["tinh_ba_phu_luc.docx"][4]


@pytest.mark.parametrize(
    ("cell", "roles"),
    [
        ("Chủ trì: Sở Nội vụ; phối hợp: Sở Tài chính", ("Sở Nội vụ", "Sở Tài chính")),
        ("Sở Nội vụ chủ trì, phối hợp với Sở Tài chính", ("Sở Nội vụ", "Sở Tài chính")),
        ("Sở Nội vụ (chủ trì), Sở Tài chính", ("Sở Nội vụ", "Sở Tài chính")),
        ("Đơn vị chủ trì: Sở Nội vụ", ("Sở Nội vụ", "")),
        ("Sở Nội vụ; Sở Tài chính", None),
        ("Văn phòng HĐND và UBND xã", None),
    ],
)
def test_two_roles_in_one_cell(cell: str, roles: tuple[str, str] | None) -> None:
    assert divide_actors(cell) == roles


def test_labels_at_the_end_of_a_paragraph() -> None:
    words, cells, in_brackets = split_labels(
        "1. Niêm yết: tại trụ sở (Thời gian: Quý I; Chủ trì: Văn phòng)."
    )
    assert (words, in_brackets) == ("1. Niêm yết: tại trụ sở", True)
    assert cells == {Field.TIME: "Quý I", Field.LEAD: "Văn phòng"}


def test_a_numeral_a_scan_could_not_read_is_told_by_its_neighbours() -> None:
    rows = [TaskRow("", Section("T", "Chung"), number, {}, 1) for number in ("1", "g", "3", "4", "?x?y")]
    mended = mend_numbers(rows)
    assert [(row.section.number, row.number) for row in mended] == [
        *(("I", number) for number in "1234"),
        ("I", "?x?y"),
    ]
    assert "no: slip" in mended[1].unsure and "no: slip" not in mended[0].unsure


def test_words_a_scan_is_known_to_mistake_are_put_right_and_marked() -> None:
    cells = {Field.CONTENT: "Niêm yết TTHGC, TTHOG và TTHC", Field.LEAD: "ƯBND tính; tính phí"}
    mended = mend_words([TaskRow("", Section(), "1", cells, 1)])[0]
    assert mended.get(Field.CONTENT) == "Niêm yết TTHC, TTHC và TTHC"
    assert mended.get(Field.LEAD) == "UBND tỉnh; tính phí" and mended.unsure == ("scan: mended",)


def test_specks_go_and_writing_stays() -> None:
    page = Image.new("L", (400, 400), 255)
    draw = ImageDraw.Draw(page)
    draw.rectangle((40, 40, 160, 60), fill=0)
    for place in range(200, 380, 20):
        draw.point((place, place), fill=0)
    clean = remove_specks(page)
    assert clean.getpixel((100, 50)) == 0 and clean.getpixel((300, 300)) == 255
    thin = Image.new("L", (400, 400), 255)
    ImageDraw.Draw(thin).line((40, 40, 300, 40), fill=0)
    assert remove_specks(thin).getpixel((100, 40)) == 0


def test_a_table_without_a_head_is_told_by_what_it_holds_and_says_so() -> None:
    rows = [
        ["1", "Lập danh mục thủ tục", "Quý I/2024", "Sở Nội vụ", "Sở Y tế", "Danh mục"],
        ["2", "Rà soát theo danh mục", "Quý II/2024", "Sở Y tế", "", "Báo cáo"],
    ]
    source = open_source(makers.as_docx(["KẾ HOẠCH", "Kiểm soát thủ tục năm 2024", "", rows]))
    plan = as_json(read_plan(source))
    assert plan["title"] == "Kiểm soát thủ tục năm 2024"
    assert [[row[name] for name in FIELDS[2:8]] for row in plan["rows"]] == [
        ["1", "Lập danh mục thủ tục", "Sở Nội vụ", "Sở Y tế", "Quý I/2024", "Danh mục"],
        ["2", "Rà soát theo danh mục", "Sở Y tế", "", "Quý II/2024", "Báo cáo"],
    ]
    assert all("cells: no head" in row["unsure"] for row in plan["rows"])
    people = [["1", "Nguyễn Văn A", "Sở Nội vụ", "Trưởng phòng"], ["2", "Trần B", "Sở Y tế", "Chuyên viên"]]
    assert not read_plan(open_source(makers.as_docx(["DANH SÁCH", people]))).tasks


def test_a_basis_ends_where_the_plan_itself_is_announced() -> None:
    said = "Căn cứ Nghị quyết số 66/NQ-CP ngày 26/3/2025 của Chính phủ, UBND tỉnh ban hành Kế hoạch như sau:"
    assert read_bases([said]) == ["Nghị quyết số 66/NQ-CP ngày 26/3/2025 của Chính phủ"]
