"""Reports in the browser: begun, adjusted, signed, sent, returned; the workbook; forms changed by an administrator."""

import re
import zipfile
from datetime import timedelta
from io import BytesIO
from xml.etree import ElementTree

import pypdfium2 as pdfium
import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from motcua.accounts.models import User
from motcua.dossiers.tests.factories import NOON, World, make_dossier, make_world
from motcua.figures.models import store
from motcua.figures.rules import Counts
from motcua.legal import actions as legal
from motcua.reports import actions
from motcua.reports.models import Form, Report
from motcua.reports.rules.narrative import count_unwritten, draft
from tests.ground import begins_with, give

pytestmark = pytest.mark.django_db
LATER = NOON + timedelta(days=100)


@pytest.fixture
@begins_with(make_world)
def world(db: None) -> World:
    with time_machine.travel(LATER, tick=True):
        world = give(make_world)
        legal.load_parameters()
        actions.load_forms()
        made = make_dossier(world, "result_ready", at=NOON + timedelta(days=7))
        store.retell([made.pk], 2**62)
        yield world


def _client(name: str) -> Client:
    client = Client()
    client.force_login(User.objects.get(username=name))
    return client


def _begin(client: Client) -> Report:
    answer = client.post(reverse("reports:reports"), {"kind": "quarter", "number": "2", "year": "2026"})
    assert answer.status_code == 302, answer.content.decode()
    return Report.objects.latest("pk")


def _do(client: Client, report: Report, word: str, **told: str) -> str:
    client.post(reverse("reports:do", args=[report.pk, word]), told)
    report.refresh_from_db()
    return report.state


def test_the_life_of_a_report_in_pages(world: World) -> None:
    a, province = _client("a.leader"), _client("p.control")
    report = _begin(a)
    page = a.get(reverse("reports:report", args=[report.pk])).content.decode()
    assert "II.06a" in page and "(3) = (4)+(5)+(6)" in page and "Ký báo cáo" in page
    key = report.sheets.get(form__code="II.06a").lines[0]["key"]
    address = f"{reverse('reports:adjust', args=[report.pk, 'II.06a'])}?dong={key}&cot=4"
    assert "Số tự động" in a.get(address).content.decode()
    assert a.post(address, {"value": "1", "reason": ""}).status_code == 422
    assert a.post(address, {"value": "1", "reason": "Sổ giấy"}).status_code == 302
    assert _do(a, report, "ky") == "draft"  # 2 received, 1 resolved: the check does not hold
    assert a.post(address, {"value": "", "reason": ""}).status_code == 302
    assert _do(a, report, "ky") == "signed" and _do(a, report, "gui") == "sent"
    assert _do(a, report, "nhan") == "sent"  # not its own
    assert _do(province, report, "tra-lai", reason="Xem lại") == "returned"
    assert "Bị trả lại: Xem lại" in a.get(reverse("reports:report", args=[report.pk])).content.decode()
    assert (
        _do(a, report, "ky") == "signed"
        and _do(a, report, "gui") == "sent"
        and _do(province, report, "nhan") == "accepted"
    )
    up = _begin(province)
    page = province.get(reverse("reports:report", args=[up.pk])).content.decode()
    assert "II.06b" in page and "chưa lập" in page and "Đã nhận" in page


def test_the_workbook_goes_out_and_comes_in(world: World) -> None:
    a = _client("a.leader")
    report = _begin(a)
    answer = a.get(reverse("reports:file", args=[report.pk, "excel"]))
    assert answer["Content-Type"].endswith("sheet") and answer.content[:2] == b"PK"
    address = reverse("reports:import", args=[report.pk, "II.06a"])
    assert a.post(address, {"file": SimpleUploadedFile("a.xlsx", answer.content)}).status_code == 302
    assert a.post(address, {"file": SimpleUploadedFile("a.xlsx", b"not a workbook")}).status_code == 422


def test_the_report_on_paper(world: World) -> None:
    a = _client("a.leader")
    report = _begin(a)
    pdf = a.get(reverse("reports:file", args=[report.pk, "pdf"]))
    assert pdf["Content-Type"] == "application/pdf" and pdf.content[:4] == b"%PDF"
    with pdfium.PdfDocument(pdf.content) as paper:
        text = " ".join(" ".join(page.get_textpage().get_text_range() for page in paper).split())
    assert "XÃ AN" in text and "II.06a/VPCP/KSTT" in text and "BẢN CHƯA KÝ" in text
    # A formula may break at its signs.
    assert "(3)=(4)+(5)+(6)" in re.sub(r"[\s\u200b]", "", text)
    word = a.get(reverse("reports:file", args=[report.pk, "word"]))
    with zipfile.ZipFile(BytesIO(word.content)) as package:
        told = ElementTree.fromstring(package.read("word/document.xml"))
    texts = {node.text for node in told.iter() if node.tag.endswith("}t")}
    assert {"Số hồ sơ nhận giải quyết", "(3) = (4)+(5)+(6)", "Hộ tịch", "BẢN CHƯA KÝ"} <= texts
    assert a.get(reverse("reports:file", args=[report.pk, "exe"])).status_code == 404


def test_others_find_nothing(world: World) -> None:
    report = _begin(_client("a.leader"))
    assert _client("b.leader").get(reverse("reports:report", args=[report.pk])).status_code == 404
    assert _client("a.case").get(reverse("reports:reports")).status_code == 403
    assert Client().get(reverse("reports:reports")).status_code == 302


def test_an_administrator_previews_and_changes_a_form(world: World) -> None:
    form = Form.objects.get(code="II.06a")
    admin, address = _client("p.admin"), reverse("reports:layout", args=[form.pk])
    told = {
        "title": form.title,
        "lines": form.lines.replace("Trước hạn", "Sớm hạn"),
        "valid_from": "01/01/2027",
        "basis": "Thông tư thử",
    }
    page = admin.post(address, {**told, "xem-truoc": "1"}).content.decode()
    assert "Sớm hạn</th>" in page and Form.objects.filter(code="II.06a").count() == 1
    assert admin.post(address, told).status_code == 302 and Form.objects.filter(code="II.06a").count() == 2
    assert admin.post(address, {**told, "lines": "1 | TT"}).status_code == 422
    assert _client("a.leader").post(address, told).status_code == 422


def test_parts_of_the_outline_nobody_wrote_are_counted() -> None:
    text = draft("UBND xã An", Counts())
    assert count_unwritten(text) == text.count("[Đơn vị") > 0
    assert count_unwritten(text.replace("[Đơn vị bổ sung nội dung này.]", "Không phát sinh.")) == 0
    assert count_unwritten(text, lambda words: "[to be written]") == count_unwritten(text)
