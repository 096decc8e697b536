"""Files of plans and registers, opened again: every row of the page, in its words, for the province and for a commune."""

import io
import re
import zipfile
from types import SimpleNamespace
from typing import Any

import pypdfium2
import pytest
from lxml import etree, html
from python_calamine import CalamineWorkbook

from motcua.organisations.tests.factories import AT
from motcua.programme.actions import importing, keeping, registers, reporting
from motcua.programme.actions.reporting import Shown
from motcua.programme.models import Occurrence, Plan
from motcua.programme.rules.registers import REGISTERS
from motcua.programme.tests.test_registers import fill

pytestmark = pytest.mark.django_db
HOSTILE = "=cmd|' /C calc'!A0 \"An\" & <b>Huế</b>"
SAID = f"Đã xong {HOSTILE}\nvà dòng hai"
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


@pytest.fixture
def plan(province: SimpleNamespace, plan_text: bytes) -> Plan:
    """A plan whose words are written as formulas and markup are, and what a commune says of a task of it."""
    text = (
        plan_text.decode()
        .replace("Niêm yết thủ tục", f"{HOSTILE} niêm yết")
        .replace("Bảng niêm yết", HOSTILE)
    )
    read = importing.read_file(actor=province.control, content=text.encode(), name="a.txt", at=AT)
    plan = keeping.confirm(actor=province.control, reading_id=read.pk, revision=0, at=AT)
    task = plan.tasks.get(content__contains="niêm yết")
    reporting.report(
        actor=province.commune_approver, occurrence_id=Occurrence.objects.filter(task=task).order_by("pk")[0].pk,
        unit_id=province.units["A"].id, text=SAID, evidence=[Shown("Bảng", address="https://an.example/")], at=AT,
    )  # fmt: skip
    return plan


def _read_word(content: bytes) -> list[list[str]]:
    """The rows of the appendices; the lines of a cell are a line each."""
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        told = etree.fromstring(package.read("word/document.xml"))
    rows = [
        row
        for table in told.iter(f"{_W}tbl")
        if table.find(f".//{_W}tblBorders") is not None
        for row in table.iter(f"{_W}tr")
    ]
    return [
        ["\n".join("".join(line.itertext()) for line in cell.iter(f"{_W}p")) for cell in row.iter(f"{_W}tc")]
        for row in rows
    ]


def _read_page(client: Any, plan: Plan) -> list[list[str]]:
    """The rows of the tasks: number, content, lead, time, product, how it stands."""
    page = html.fromstring(client.get(f"/ke-hoach/{plan.pk}/").content.decode())
    for muted in page.xpath("//td//*[contains(@class, 'muted')]"):
        muted.drop_tree()
    rows = page.xpath("//tr[td[@class='nowrap']]")
    return [[" ".join(cell.text_content().split()) for cell in row.iter("td")] for row in rows]


@pytest.mark.parametrize("who", ["control", "commune_head"])
def test_the_files_of_a_plan_hold_the_rows_of_its_page(plan: Plan, sign_in: Any, who: str) -> None:
    client = sign_in(who)
    shown = _read_page(client, plan)
    assert len(shown) == 4
    written = [
        row
        for row in _read_word(client.get(f"/ke-hoach/{plan.pk}/xuat/ke-hoach.docx").content)
        if len(row) == 7
    ]
    assert [[row[0], row[1], row[2], row[4], row[5]] for row in written[1:]] == [row[:5] for row in shown]
    told = [
        row
        for row in _read_word(client.get(f"/ke-hoach/{plan.pk}/xuat/bao-cao.docx").content)
        if len(row) == 7
    ]
    assert [row[:5] for row in told[1:]] == [row[:5] for row in shown]
    assert [re.sub(r" \(\d+/\d+\)$", "", row[5]) for row in told[1:]] == [row[5] for row in shown]
    assert SAID in "\n".join(row[6] for row in told)


@pytest.mark.parametrize("what", ["ke-hoach", "bao-cao"])
def test_the_paper_of_a_plan_holds_its_words(plan: Plan, sign_in: Any, what: str) -> None:
    client = sign_in("commune_head")
    content = client.get(f"/ke-hoach/{plan.pk}/xuat/{what}.pdf").content
    with pypdfium2.PdfDocument(content) as paper:
        text = re.sub(r"[\s\ufffe\x02-]", "", "".join(page.get_textpage().get_text_range() for page in paper))
    for row in _read_page(client, plan):
        assert re.sub(r"[\s-]", "", row[1]) in text
    assert ("vàdònghai" in text) == (what == "bao-cao")


def test_plans_are_listed_the_newest_year_first(
    province: SimpleNamespace, sign_in: Any, plan_text: bytes
) -> None:
    for year in (2027, 2025, 2026):
        text = plan_text.decode().replace("2026", str(year))
        read = importing.read_file(
            actor=province.control, content=text.encode(), name="a.txt", year=year, at=AT
        )
        keeping.confirm(actor=province.control, reading_id=read.pk, revision=0, at=AT)
    page = sign_in("control").get("/ke-hoach/").content.decode()
    shown = re.findall(r"thủ tục hành chính năm (20\d\d)", page)
    assert list(dict.fromkeys(shown)) == ["2027", "2026", "2025"]


def test_a_plan_of_a_commune_is_no_file_of_another(
    province: SimpleNamespace, sign_in: Any, plan_text: bytes
) -> None:
    read = importing.read_file(actor=province.commune_head, content=plan_text, name="a.txt", at=AT)
    mine = keeping.confirm(actor=province.commune_head, reading_id=read.pk, revision=0, at=AT)
    for ending in ("docx", "pdf"):
        address = f"/ke-hoach/{mine.pk}/xuat/ke-hoach.{ending}"
        assert sign_in("commune_head").get(address).status_code == 200
        assert sign_in("control").get(address).status_code == 200
        assert sign_in("other_approver").get(address).status_code == 404


@pytest.mark.parametrize("code", list(REGISTERS))
def test_a_register_leaves_with_what_its_reader_may_see(
    province: SimpleNamespace, sign_in: Any, code: str
) -> None:
    kept_in = REGISTERS[code]
    first = kept_in.columns[0].name
    values = fill(code) | {column.name: HOSTILE for column in kept_in.columns if column.kind == "text"}
    for place in ("commune_clerk", "other_approver"):
        assert sign_in(place).post(f"/ke-hoach/so/{code}/", values).status_code == 302
    seen = {
        place: _read_book(sign_in(place), code) for place in ("control", "commune_clerk", "other_approver")
    }
    assert {place: len(rows) for place, rows in seen.items()} == {
        "control": 2,
        "commune_clerk": 1,
        "other_approver": 1,
    }
    assert seen["control"] == [*seen["other_approver"], *seen["commune_clerk"]]
    assert "An" in seen["commune_clerk"][0][1] and "Bình" in seen["other_approver"][0][1]
    page = sign_in("control").get(f"/ke-hoach/so/{code}/").content.decode()
    shown = html.fromstring(page).xpath("//table[@data-list]/tbody/tr")
    assert len(shown) == 2
    for row, line in zip(shown, seen["control"], strict=True):
        cells = [cell.text_content().strip() for cell in row.iter("td")]
        assert cells[0] == str(line[2]) and (first != "name" or cells[0] == HOSTILE)


def _read_book(client: Any, code: str) -> list[list[Any]]:
    content = client.get(f"/ke-hoach/so/{code}/tep.xlsx").content
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        assert not [name for name in book.namelist() if "<f>" in book.read(name).decode(errors="ignore")]
    return CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0).to_python()[1:]


def test_rows_under_an_entry_stand_on_the_second_sheet(province: SimpleNamespace, sign_in: Any) -> None:
    client = sign_in("commune_clerk")
    assert client.post("/ke-hoach/so/doi-thoai/", fill("doi-thoai")).status_code == 302
    entry = registers.RegisterEntry.objects.get()
    for question in (HOSTILE, "Bao giờ có sổ đỏ?"):
        assert client.post(f"/ke-hoach/muc/{entry.pk}/dong/", {"question": question}).status_code == 302
    book = CalamineWorkbook.from_filelike(io.BytesIO(client.get("/ke-hoach/so/doi-thoai/tep.xlsx").content))
    head, *lines = book.get_sheet_by_index(1).to_python()
    place = head.index(next(c.words for c in REGISTERS["doi-thoai"].lines if c.name == "question"))
    assert [line[place] for line in lines] == [HOSTILE, "Bao giờ có sổ đỏ?"]
    assert [line[0] for line in lines] == [entry.pk, entry.pk]
