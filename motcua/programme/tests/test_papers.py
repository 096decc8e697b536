"""A plan written out is read back as the same plan; a report prints in the plan's own order."""

from datetime import date
from types import SimpleNamespace
from typing import Any

import pypdfium2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from motcua.organisations.tests.factories import AT
from motcua.programme import queries
from motcua.programme.actions import importing, keeping
from motcua.programme.printing import Group, Paper, Sheet, write_pdf, write_word
from motcua.programme.queries import papers
from motcua.programme.queries.differences import compare
from motcua.programme.reading import open_source
from motcua.programme.rules.plan import as_json, read_plan
from motcua.programme.tests.test_office_plans import OFFICES

WORDS = st.sampled_from(
    [
        "công",
        "khai",
        "thủ",
        "tục",
        "hành",
        "chính",
        "kết",
        "quả",
        "giải",
        "quyết",
        "hồ",
        "sơ",
        "&",
        "báo",
        "cáo",
        "<100%>",
        "tháng",
        "3",
        "quý",
        "II",
    ]
)
TEXT = st.lists(WORDS, min_size=3, max_size=25).map(lambda words: "Việc " + " ".join(words))
UNIT = st.sampled_from(
    ["Văn phòng UBND tỉnh", "Sở Nội vụ; Sở Tư pháp", "UBND các xã, phường", "- Sở Y tế; - Công an tỉnh"]
)
TIME = st.sampled_from(
    ["Thường xuyên", "Quý I/2026", "Trước ngày 30/6/2026", "Hàng quý, năm", "Khi có yêu cầu", "Tháng 3/2026"]
)
ROW = st.tuples(
    TEXT, UNIT, st.one_of(st.just(""), UNIT), TIME, st.one_of(st.just(""), TEXT), st.one_of(st.just(""), TEXT)
)
GROUPS = st.lists(st.tuples(TEXT, st.lists(ROW, min_size=1, max_size=4)), min_size=1, max_size=4)
ROMAN = ["I", "II", "III", "IV"]


def make_paper(groups: list[Any]) -> Paper:
    made = tuple(
        Group(ROMAN[n], title, tuple((str(k), *row) for k, row in enumerate(rows, start=1)))
        for n, (title, rows) in enumerate(groups)
    )
    columns = tuple(papers._PLAN_COLUMNS)
    return Paper(
        kind="KẾ HOẠCH",
        title="Kiểm soát thủ tục hành chính năm 2026",
        issuer="Ủy ban nhân dân tỉnh Mẫu",
        number="07/KH-UBND",
        place_and_day="Mẫu, ngày 12 tháng 01 năm 2026",
        paragraphs=(
            "Căn cứ Nghị định số 63/2010/NĐ-CP ngày 08/6/2010;",
            "I. MỤC TIÊU",
            "Tối thiểu 90% hồ sơ đúng hạn.",
        ),
        recipients=("Văn phòng Chính phủ", "Các sở, ban, ngành", "Lưu: VT"),
        signature=("TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH"),
        signer="Trần Văn Bình",
        sheets=(Sheet("PHỤ LỤC", "Kèm theo Kế hoạch số 07/KH-UBND", columns, made),),
    )


@settings(max_examples=40, deadline=None)
@given(groups=GROUPS)
def test_what_is_written_is_read_back(groups: list[Any]) -> None:
    paper = make_paper(groups)
    read = as_json(read_plan(open_source(write_word(paper))))
    got = [
        (
            r["section_no"],
            r["section"],
            r["no"],
            r["content"],
            r["lead"],
            r["coordinating"],
            r["time"],
            r["product"],
            r["note"],
        )
        for r in read["rows"]
    ]
    assert got == [(g.number, g.title, *row) for g in paper.sheets[0].groups for row in g.rows]
    assert (read["title"], read["number"], read["date"], read["signer"]) == (
        paper.title,
        paper.number,
        "2026-01-12",
        paper.signer,
    )
    assert read["recipients"] == list(paper.recipients) and len(read["legal_bases"]) == 1


def test_the_same_paper_gives_the_same_bytes() -> None:
    paper = make_paper([("Việc chung", [("Việc một", "Sở Y tế", "", "Quý I/2026", "", "")])])
    assert write_word(paper) == write_word(paper)


def test_the_pdf_holds_the_table_and_its_text() -> None:
    paper = make_paper([("Việc chung", [("Việc <một> & #hai", "Sở Y tế", "", "Quý I/2026", "", "")])])
    document = pypdfium2.PdfDocument(write_pdf(paper))
    text = "".join(page.get_textpage().get_text_range() for page in document)
    assert "Việc <một> & #hai" in text and "Trần Văn Bình" in text


@pytest.mark.django_db
def test_a_kept_plan_exports_and_imports_to_itself(province: SimpleNamespace, plan_text: bytes) -> None:
    def keep(content: bytes, name: str) -> Any:
        reading = importing.read_file(actor=province.control, content=content, name=name, at=AT)
        return keeping.confirm(actor=province.control, reading_id=reading.pk, revision=0, at=AT), reading

    plan, _reading = keep(plan_text, "a.txt")
    tasks = list(plan.tasks.select_related("group"))
    again, reading = keep(write_word(papers.as_plan_paper(plan, tasks)), "a.docx")
    assert again == plan
    assert compare(plan, reading.read["rows"]).is_empty
    assert reading.read["title"] == plan.title and reading.read["number"] == plan.number


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["tinh_nhom_chu.docx", "tinh_ba_bac_so.docx", "tinh_bieu_so.docx"])
def test_groups_around_groups_and_who_signed_leave_and_come_back(
    province: SimpleNamespace, sign_in: Any, name: str
) -> None:
    def keep(content: bytes) -> Any:
        reading = importing.read_file(actor=province.control, content=content, name=name, at=AT)
        return keeping.confirm(actor=province.control, reading_id=reading.pk, revision=0, at=AT), reading

    plan, before = keep((OFFICES / name).read_bytes())
    paper = papers.as_plan_paper(plan, list(plan.tasks.select_related("group")))
    again, after = keep(write_word(paper))
    assert again == plan and compare(plan, after.read["rows"]).is_empty
    assert [row["path"] for row in after.read["rows"]] == [row["path"] for row in before.read["rows"]]
    assert after.read["signature"] == before.read["signature"] or not before.read["signer"]
    shown = sign_in("control").get(f"/ke-hoach/{plan.pk}/").content.decode()
    assert all(title in shown for row in before.read["rows"] for _number, title in row["path"])


@pytest.mark.django_db
def test_the_progress_report_counts_and_lists_in_order(province: SimpleNamespace, plan_text: bytes) -> None:
    reading = importing.read_file(actor=province.control, content=plan_text, name="a.txt", at=AT)
    plan = keeping.confirm(actor=province.control, reading_id=reading.pk, revision=0, at=AT)
    paper = papers.as_report_paper(plan, queries.view_tasks(plan, date(2026, 4, 2)), date(2026, 4, 2))
    rows = [row for group in paper.sheets[0].groups for row in group.rows]
    assert [row[1] for row in rows] == [
        "Xây dựng quy chế",
        "Niêm yết thủ tục",
        "Báo cáo quý",
        "Xử lý phản ánh",
    ]
    assert rows[0][5].startswith("quá hạn") and "4 nhiệm vụ" in " ".join(paper.paragraphs)
    assert "II. CHỈ TIÊU" in paper.paragraphs and paper.place_and_day == "Mẫu, ngày 02 tháng 04 năm 2026"
    assert write_pdf(paper).startswith(b"%PDF")
