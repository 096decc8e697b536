"""Refusals, two people at once, impatient fingers, a page without scripts, a database that goes away."""

from urllib.parse import urlsplit

import pytest

from tests.journeys.conftest import Enter
from tests.journeys.counter import SCAN, find_procedure, make_card, read_card, receive, tick_papers
from tests.journeys.person import read_pdf
from tests.office import Office

pytestmark = pytest.mark.browser
_HOW_MANY = "SELECT count(*) FROM dossiers_dossier WHERE applicant_name = %s"
_EVENTS = (
    "SELECT count(*) FROM dossiers_event e JOIN dossiers_dossier d ON d.id = e.dossier_id WHERE d.code = %s"
)


def test_an_application_is_refused_in_writing(enter: Enter, office: Office) -> None:
    counter = enter("huongphung.tiepnhan1")
    text, name = make_card()
    find_procedure(counter, "hon", "1.000894")
    read_card(counter, text, name)
    counter.go_on("F9")
    assert counter.page.locator("#id_applicant_name").input_value() == name, "what was typed comes along"
    counter.press("Control+Enter")
    assert counter.page.locator("#id_reason:invalid").count() == 1, "no refusal without a reason"
    counter.fill("#id_reason", "Không thuộc thẩm quyền của xã.")
    counter.fill("#id_basis", "Điều 17")
    counter.send()
    code = urlsplit(counter.page.url).path.split("/")[-2]
    words, _codes = read_pdf(counter.fetch(f"/ho-so/{code}/in/refusal_slip/"))
    assert name in words and "Không thuộc thẩm quyền của xã." in words
    assert office.find("SELECT state FROM dossiers_dossier WHERE code = %s", code) == ("not_accepted",)


def test_impatient_fingers_receive_once(enter: Enter, office: Office) -> None:
    counter = enter("huongphung.tiepnhan1")
    text, name = make_card()
    find_procedure(counter, "kha", "1.001193")
    read_card(counter, text, name)
    tick_papers(counter)
    counter.press(*["Control+Enter"] * 4)
    counter.page.wait_for_url("**/da-tiep-nhan/")
    assert office.find(_HOW_MANY, name) == (1,)
    counter.page.go_back()
    counter.press("Control+Enter")
    counter.page.wait_for_url("**/da-tiep-nhan/")
    assert office.find(_HOW_MANY, name) == (1,), "sent again from the page before: still the same dossier"


def test_a_missing_paper_is_said_and_what_was_typed_stays(enter: Enter, office: Office) -> None:
    counter = enter("huongphung.tiepnhan1")
    text, name = make_card()
    find_procedure(counter, "kha", "1.001193")
    read_card(counter, text, name)
    counter.fill("#id_note", "Ghi chú đã gõ")
    counter.send()
    assert "Chưa tiếp nhận được" in counter.read(".error-summary")
    assert counter.page.evaluate("document.activeElement.className") == "error-summary"
    assert counter.page.locator("#id_applicant_name").input_value() == name
    assert counter.page.locator("#id_note").input_value() == "Ghi chú đã gõ"
    assert office.find(_HOW_MANY, name) == (0,)


def test_two_officers_at_once_and_the_second_keeps_what_was_typed(enter: Enter, office: Office) -> None:
    counter = enter("khesanh.tiepnhan1")
    code, _name = receive(counter, "kha", "1.001193")
    other = enter("khesanh.tiepnhan2")
    other.open_act(code, "rut")
    other.fill("#id_reason", "Chữ của người thứ hai")
    counter.do(code, "chuyen")
    before = office.find(_EVENTS, code)
    other.send()
    assert urlsplit(other.page.url).path == f"/ho-so/{code}/rut/"
    assert "Xem hồ sơ như bây giờ" in other.read()
    assert other.page.locator("#id_reason").input_value() == "Chữ của người thứ hai"
    assert office.find(_EVENTS, code) == before


def test_another_unit_sees_nothing(enter: Enter) -> None:
    code, name = receive(enter("huongphung.tiepnhan1"), "kha", "1.001193")
    stranger = enter("laobao.tiepnhan1")
    answer = stranger.page.goto(f"/ho-so/{code}/")
    assert answer.status == 404
    assert name not in stranger.read("body")
    stranger.open(f"/ho-so/tim/?q={name}")
    assert code not in stranger.read()


def test_the_counter_works_without_scripts(enter: Enter, office: Office) -> None:
    counter = enter("huongphung.tiepnhan1", java_script_enabled=False)
    text, name = make_card()
    page = counter.page
    page.goto("/ho-so/tiep-nhan/?q=kha")
    page.locator('a[href$="/1.001193/"]').first.press("Enter")
    page.locator("#id_applicant_name").fill(name)
    page.locator("#id_applicant_id_number").fill(text.split("|")[0])
    for box in page.locator(".papers td.tick input").all():
        box.press("Space")
    page.locator(".papers input[type=file]").first.set_input_files(
        {"name": "khong-script.pdf", "mimeType": "application/pdf", "buffer": SCAN}
    )
    page.locator("#receive button:not([formaction])").press("Enter")
    page.wait_for_url("**/da-tiep-nhan/")
    code = urlsplit(page.url).path.split("/")[2]
    page.goto(f"/ho-so/{code}/")
    assert "khong-script.pdf" in page.locator("main").inner_text()
    page.goto(f"/ho-so/{code}/chuyen/")
    page.locator("form.act button").press("Enter")
    page.wait_for_url(f"**/ho-so/{code}/")
    assert "Chuyển bước tiếp theo: xong." in page.locator(".flash-success").inner_text()
    assert office.find(_HOW_MANY, name) == (1,)


def test_a_lost_database_is_said_and_nothing_is_half_saved(enter: Enter, office: Office) -> None:
    counter = enter("huongphung.tiepnhan1")
    code, _name = receive(counter, "kha", "1.001193")
    counter.open_act(code, "chuyen")
    counter.fill("#id_note", "Chữ gõ trước khi mất kết nối")
    before = office.find(_EVENTS, code)
    with office.without_database():
        counter.send()
        said = counter.read("body")
        assert "Chưa có gì được lưu" in said, said
    counter.page.go_back()
    assert counter.page.locator("#id_note").input_value() == "Chữ gõ trước khi mất kết nối"
    assert office.find(_EVENTS, code) == before
    counter.go_to("#id_note")
    counter.send()
    counter.require_done(code)
    assert office.find(_EVENTS, code) == (before[0] + 1,)
