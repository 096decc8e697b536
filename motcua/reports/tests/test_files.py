"""Each file of a report and of a request, opened again: what its page says, with the same merged heads, sums that are true, and
nothing of anybody else's; whatever a unit or a field is called."""

import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from itertools import product
from typing import Any

import pypdfium2
import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from lxml import etree, html
from python_calamine import CalamineWorkbook

from motcua.accounts.models import User
from motcua.catalogue.models import Field
from motcua.catalogue.queries import forget as forget_catalogue
from motcua.core.text import fold
from motcua.core.writing import number
from motcua.dossiers.tests.factories import NOON, World, make_dossier, make_world
from motcua.figures import actions as figures
from motcua.figures.rules import PeriodKind, make_period
from motcua.figures.tests.lives import put_every_class
from motcua.legal import actions as legal
from motcua.organisations.models import UnitVersion
from motcua.organisations.queries import forget_trees
from motcua.organisations.rules import Post
from motcua.reports import actions, queries
from motcua.reports.models import DataRequest, Form, Report
from tests.ground import begins_with, give

pytestmark = pytest.mark.django_db
QUARTER = make_period(PeriodKind.QUARTER, 2026, 1)
AT = NOON + timedelta(days=7)
HOSTILE = "=cmd|' /C calc'!A0 \"An\" & <b>Huế</b>"
REASON = '=1+1 "sổ giấy"\nvà dòng hai'
_S = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
Table = list[list[str]]


def make_spoilt() -> World:
    """The small province under hostile names, with lives to report and the forms to report them on."""
    world = make_world()
    legal.load_parameters()
    actions.load_forms()
    _spoil(world)
    _put_lives(world)
    return world


@pytest.fixture
@begins_with(make_spoilt)
def world(db: None) -> Iterator[World]:
    world = give(make_spoilt)
    with time_machine.travel(AT, tick=False):
        yield world
    forget_trees()
    forget_catalogue()


def _spoil(world: World) -> None:
    """The commune and the field are called as a formula is written, with quotes and signs of markup."""
    UnitVersion.objects.filter(unit_id=world.units["A"]).update(
        name=f"Xã {HOSTILE}", name_folded=fold(HOSTILE)
    )
    Field.objects.update(name=HOSTILE)
    forget_trees()
    forget_catalogue()


def _put_lives(world: World) -> None:
    """Every class in two communes and a department, in the field of birth certificates and in one nobody knows."""
    agencies = [world.units[name] for name in ("A", "B", "XD")]
    put_every_class(make_dossier(world), agencies, field_code="lạ")
    figures.recount_all(at=AT)


def _generate(world: World, who: str, unit: str) -> Report:
    return actions.generate(actor=world.actors[who], unit_id=world.units[unit], period=QUARTER, at=AT)


def _make_all(world: World) -> list[Report]:
    """The reports of two communes, one with a figure typed over, and the province's that adds them up."""
    made = [_generate(world, "a.leader", "A"), _generate(world, "b.leader", "B")]
    view = next(one for one in queries.get_sheet_views(made[0]) if one.form.code == "II.06a")
    row = view.groups[0].rows[0]
    for column in ("4", "9"):  # as much more came in as went out
        value = (row.values[column] or Decimal(0)) + Decimal("1234.5")
        actions.adjust(
            actor=world.actors["a.leader"], report_id=made[0].pk, form_code="II.06a", row_key=row.line.key, column=column,
            value=value, reason=REASON, at=AT,
        )  # fmt: skip
    for who, report in zip(("a.leader", "b.leader"), made, strict=True):
        _send(world, who, report)
    return [*made, _generate(world, "p.control", "P")]


def _send(world: World, who: str, report: Report) -> None:
    signer = replace(world.actors[who], post=Post.UNIT_HEAD)
    Report.objects.filter(pk=report.pk).update(narrative=f"Phần lời {HOSTILE}\n\tthụt\x0bvào\r\n\uffffhết.")
    actions.sign(actor=signer, report_id=report.pk, at=AT)
    actions.send(actor=world.actors[who], report_id=report.pk, at=AT)


def _client(name: str) -> Client:
    client = Client()
    client.force_login(User.objects.get(username=name))
    return client


def _fetch(client: Client, name: str, *words: object) -> bytes:
    answer: Any = client.get(reverse(name, args=words))
    assert answer.status_code == 200, f"{name} {words}: {answer.status_code}"
    return b"".join(answer.streaming_content) if answer.streaming else answer.content


def _spread(rows: list[list[tuple[str, int, int]]]) -> Table:
    """Cells that are merged stand in each place they cover, so that two ways of merging can be laid side by side."""
    grid: dict[tuple[int, int], str] = {}
    for at, row in enumerate(rows):
        column = 0
        for text, wide, high in row:
            while (at, column) in grid:
                column += 1
            for place in product(range(at, at + high), range(column, column + wide)):
                grid[place] = text
    last = max(column for _row, column in grid)
    return [[grid.get((at, column), "") for column in range(last + 1)] for at in range(len(rows))]


def _squeeze(text: str) -> str:
    return " ".join(text.split())


def _read_page(client: Client, report: Report) -> dict[str, tuple[Table, Table]]:
    """The head and the rows of each form as the page shows them."""
    page = html.fromstring(_fetch(client, "reports:report", report.pk).decode())
    found = {}
    for table in page.iter("table"):
        if table.get("class") != "form-sheet":
            continue
        for unseen in table.xpath(".//span[@class='unseen']"):
            unseen.drop_tree()
        rows = [[_read_cell(cell) for cell in row.iter("th", "td")] for row in table.iter("tr")]
        depth = len(table.xpath("./thead/tr"))
        code = table.xpath("string(caption)").split()[0]
        found[code] = (_spread(rows[:depth]), _spread(rows[depth:]))
    return found


def _read_cell(cell: Any) -> tuple[str, int, int]:
    text = _squeeze(cell.text_content())
    return "" if text == "…" else text, int(cell.get("colspan", 1)), int(cell.get("rowspan", 1))


def _read_workbook(content: bytes) -> dict[str, tuple[Table, Table]]:
    """The same of a workbook: its rows begin under its last merged head."""
    book, found = CalamineWorkbook.from_filelike(io.BytesIO(content)), {}
    for name in book.sheet_names:
        sheet = book.get_sheet_by_name(name)
        lines = sheet.to_python(skip_empty_area=False)
        captions = next(n for n, line in enumerate(lines) if line[0] == "(1)")
        first = next(n for n, line in enumerate(lines) if line[0] == "TT")
        texts = [[_say(cell) for cell in line] for line in lines]
        for (top, left), (bottom, right) in sheet.merged_cell_ranges or ():
            if first <= top < captions:
                for row, column in product(range(top, bottom + 1), range(left, right + 1)):
                    texts[row][column] = texts[top][left]
        total = next(n for n, line in enumerate(texts) if line[1] == "Tổng cộng")
        found[name] = (texts[first : captions + 1], texts[captions + 1 : total + 1])
    return found


def _say(cell: object) -> str:
    return number(Decimal(str(cell))) if isinstance(cell, int | float) else _squeeze(str(cell))


def _read_word(content: bytes) -> list[tuple[Table, Table]]:
    """The same of a Word file: tables with edges, their repeated rows are the head."""
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        told = etree.fromstring(package.read("word/document.xml"))
    return [
        _read_word_table(table)
        for table in told.iter(f"{_W}tbl")
        if table.find(f".//{_W}tblBorders") is not None
    ]


def _read_word_table(table: Any) -> tuple[Table, Table]:
    texts: Table = []
    columns, depth = len(table.findall(f"{_W}tblGrid/{_W}gridCol")), 0
    for row in table.findall(f"{_W}tr"):
        line: list[str] = []
        for cell in row.findall(f"{_W}tc"):
            span = cell.find(f"{_W}tcPr/{_W}gridSpan")
            merge = cell.find(f"{_W}tcPr/{_W}vMerge")
            text = _squeeze("".join(cell.itertext()))
            if merge is not None and merge.get(f"{_W}val") != "restart":
                text = texts[-1][len(line)]
            line += [text] * (int(span.get(f"{_W}val")) if span is not None else 1)
        assert len(line) == columns, "a row has as many places as the table has columns"
        texts.append(line)
        depth += row.find(f"{_W}trPr/{_W}tblHeader") is not None
    return texts[:depth], texts[depth:]


def _read_pdf(content: bytes) -> str:
    with pypdfium2.PdfDocument(content) as paper:
        text = "".join(page.get_textpage().get_text_range() for page in paper)
    return re.sub(r"[\s\u200b\ufffe\x02-]", "", text)


def test_words_stand_apart_and_nothing_keeps_word_from_opening_it(world: World) -> None:
    report = _make_all(world)[0]
    with zipfile.ZipFile(
        io.BytesIO(_fetch(_client("a.leader"), "reports:file", report.pk, "word"))
    ) as package:
        texts = list(etree.fromstring(package.read("word/document.xml")).itertext())
    assert f"Phần lời {HOSTILE}" in texts and "thụt vào" in texts and "hết." in texts
    assert "Số:          /BC-UBND" in texts, "there is room for the number"


@pytest.mark.parametrize("who", ["p.control", "a.leader"])
def test_each_file_of_a_report_says_what_its_page_says(world: World, who: str) -> None:
    made = _make_all(world)
    client = _client(who)
    for report in made if who == "p.control" else made[:1]:
        page = _read_page(client, report)
        assert page and any(len(rows) > 1 for _head, rows in page.values())
        assert _read_workbook(_fetch(client, "reports:file", report.pk, "excel")) == page
        filled = [table for table in page.values() if len(table[1]) > 1]
        assert _read_word(_fetch(client, "reports:file", report.pk, "word")) == filled
        paper = _read_pdf(_fetch(client, "reports:file", report.pk, "pdf"))
        for head, rows in filled:
            for line in [head[-1], *rows]:
                assert re.sub(r"[\s-]", "", "".join(line)) in paper, line


def test_sums_of_a_workbook_are_true_by_their_formulas(world: World) -> None:
    report = _make_all(world)[-1]
    content = _fetch(_client("p.control"), "reports:file", report.pk, "excel")
    checked = 0
    for cells in _read_cells(content):
        for name, (formula, value) in cells.items():
            if formula:
                assert _compute(formula, cells) == Decimal(value), f"{name} = {formula}"
                checked += 1
    assert checked > 20


def _read_cells(content: bytes) -> Iterator[dict[str, tuple[str, str]]]:
    """Of each sheet, the formula and the value of every cell that holds a number."""
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        for name in sorted(one for one in book.namelist() if one.startswith("xl/worksheets/sheet")):
            sheet = etree.fromstring(book.read(name))
            yield {
                cell.get("r"): (cell.findtext(f"{_S}f") or "", cell.findtext(f"{_S}v"))
                for cell in sheet.iter(f"{_S}c")
                if cell.get("t") != "s" and cell.findtext(f"{_S}v") is not None
            }


def _compute(formula: str, cells: dict[str, tuple[str, str]]) -> Decimal:
    """Sums of ranges of one column, and of cells, are all a form without rates has."""
    parts = re.fullmatch(r"SUM\((.+)\)", formula)
    if parts is None:
        return sum((Decimal(cells.get(one, ("", "0"))[1]) for one in formula.split("+")), Decimal(0))
    names: list[str] = []
    for part in parts[1].split(","):
        (letters, first), *rest = re.findall(r"([A-Z]+)(\d+)", part)
        last = rest[0][1] if rest else first
        names += [f"{letters}{row}" for row in range(int(first), int(last) + 1)]
    return sum((Decimal(cells[one][1]) for one in names if one in cells), Decimal(0))


def test_a_rate_is_rounded_in_the_workbook_as_on_the_page(world: World) -> None:
    form = Form.objects.get(code="II.06a")
    Form.objects.filter(pk=form.pk).update(lines=f"{form.lines}14 | Tỷ lệ | (8)*100/((7)*3)\n")
    report, client = _generate(world, "a.leader", "A"), _client("a.leader")
    content = _fetch(client, "reports:file", report.pk, "excel")
    page = _read_page(client, report)["II.06a"]
    assert _read_workbook(content)["II.06a"] == page and "," in page[1][0][-1]
    formulas = [formula for cells in _read_cells(content) for formula, _value in cells.values()]
    assert [one for one in formulas if re.fullmatch(r"ROUND\(H\d+\*100/\(G\d+\*3\),2\)", one)]


def test_no_number_of_a_workbook_ends_in_a_point_and_no_name_is_a_formula(world: World) -> None:
    report = _make_all(world)[0]
    content = _fetch(_client("a.leader"), "reports:file", report.pk, "excel")
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        styles = book.read("xl/styles.xml").decode()
        texts = "".join(book.read(name).decode() for name in book.namelist())
    assert ".##" not in styles, "5 would be written as “5.”"
    assert "cmd|" in texts and not [one for one in re.findall(r"<f>([^<]*)", texts) if "cmd" in one]


def test_nobody_fetches_the_files_of_another(world: World) -> None:
    a, b, province = _make_all(world)
    for report, kind in product((b, province), ("excel", "word", "pdf")):
        assert _client("a.leader").get(reverse("reports:file", args=[report.pk, kind])).status_code == 404
    assert _client("a.case").get(reverse("reports:file", args=[a.pk, "excel"])).status_code == 403


def _ask(world: World) -> DataRequest:
    lines = f"Hồ sơ mới nhận | new_online new_counter\nDiện tích\n# Kiến nghị {HOSTILE}"
    return actions.ask(
        actor=world.actors["p.control"], title=HOSTILE, body="", lines=lines, unit_ids=[world.units["A"], world.units["B"]],
        due_on=QUARTER.last_on + timedelta(days=9), first_on=QUARTER.first_on, last_on=QUARTER.last_on, at=AT,
    )  # fmt: skip


def test_the_file_of_a_request_says_what_its_page_says_and_nothing_that_was_not_sent(world: World) -> None:
    asked, control = _ask(world), _client("p.control")
    address = reverse("reports:answer", args=[asked.pk])
    told = {"c1": "1.204", "c2": "2,5", "c3": f"{HOSTILE} hai", "note": '"ghi chú"\nhai dòng'}
    assert _client("a.leader").post(address, told | {"send": "1"}).status_code == 302
    assert _client("b.leader").post(address, told | {"c1": "77"}).status_code == 302  # kept, not sent
    page = html.fromstring(_fetch(control, "reports:request", asked.pk).decode())
    shown = [[_squeeze(cell.text_content()) for cell in row.iter("th", "td")] for row in page.iter("tr")]
    head, sums, *rows = shown
    book = CalamineWorkbook.from_filelike(io.BytesIO(_fetch(control, "reports:request_file", asked.pk)))
    first, *lines = book.get_sheet_by_index(0).to_python()
    assert [_squeeze(str(cell)) for cell in first[:4]] == head[:4]
    assert [[_say(cell) for cell in line[:4]] for line in lines] == [row[:4] for row in rows]
    for column in (1, 2):
        told_sum = sum(Decimal(str(line[column])) for line in lines if line[column] != "")
        assert number(told_sum) == sums[column] != "0"
    assert lines[0][5] == told["note"] and lines[1][1:] == [""] * 5, (
        "what was not sent stays with who writes it"
    )
    assert "77" not in str(rows[1]) and "ghi chú" not in str(rows[1])
    assert _client("a.leader").get(reverse("reports:request_file", args=[asked.pk])).status_code == 404


@pytest.mark.parametrize(
    ("typed", "kept"), [("1.204", "1204"), ("2,5", "2.5"), ("2.5", "2.5"), ("1,234", "1.234"), ("0", "0")]
)
def test_an_answer_that_is_kept_and_sent_later_stays_what_it_was(world: World, typed: str, kept: str) -> None:
    asked, client = _ask(world), _client("a.leader")
    address = reverse("reports:answer", args=[asked.pk])
    assert client.post(address, {"c1": typed, "c2": typed, "c3": ""}).status_code == 302
    form = html.fromstring(client.get(address).content.decode())
    told = {name: form.xpath(f"string(//input[@name='{name}']/@value)") for name in ("c1", "c2")}
    assert client.post(address, told | {"c3": "", "send": "1"}).status_code == 302
    assert queries.find_answer(asked, world.units["A"]).values["2"] == kept  # type: ignore[union-attr]


def test_a_figure_typed_over_keeps_its_thousands(world: World) -> None:
    report = _generate(world, "a.leader", "A")
    key = report.sheets.get(form__code="II.06a").lines[0]["key"]
    address = f"{reverse('reports:adjust', args=[report.pk, 'II.06a'])}?dong={key}&cot=4"
    client = _client("a.leader")
    assert client.post(address, {"value": "1.204", "reason": "Sổ giấy"}).status_code == 302
    assert report.sheets.get(form__code="II.06a").lines[0]["typed"]["4"][0] == "1204"
    assert client.post(address, {"value": "1,2,3", "reason": "Sổ giấy"}).status_code in (302, 422)
