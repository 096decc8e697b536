"""What people hand in by mistake or on purpose: a sentence at the place, nothing half saved, the typed text kept."""

import unicodedata
from typing import Any

import pytest

from motcua.demo.papers import make_sample
from motcua.documents.tests.factories import pdf
from tests.journeys.conftest import Enter
from tests.journeys.counter import find_procedure, make_card, read_card, tick_papers
from tests.journeys.person import Person
from tests.office import UPLOAD_BYTES, Office

pytestmark = pytest.mark.browser
BAD_FILES = (
    ("trong.pdf", b"", "rỗng"),
    ("don.pdf", b"MZ" + b"\x90" * 4000, "PDF"),
    ("anh.jpg", b"<html><script>alert(1)</script></html>", "trang web"),
    ("khoa.pdf", pdf(password="bi-mat"), "mật khẩu"),
)
_NAMES = "SELECT applicant_name FROM dossiers_dossier WHERE applicant_name LIKE %s"


def begin(enter: Enter) -> tuple[Person, str]:
    """The counter with a card read and every paper ticked."""
    counter = enter("huongphung.tiepnhan1")
    text, name = make_card()
    find_procedure(counter, "kha", "1.001193")
    read_card(counter, text, name)
    tick_papers(counter)
    return counter, name


def put_in(counter: Person, name: str, content: bytes) -> Any:
    """Give a file to the first paper; the line that tells what became of it."""
    counter.page.locator(".papers input[type=file]").first.set_input_files(
        {"name": name, "mimeType": "application/pdf", "buffer": content}
    )
    line = counter.page.locator(".papers .upload-list li").last
    line.locator(".upload-bad").wait_for()
    return line


def test_files_that_are_no_papers_are_named_and_not_kept(enter: Enter, office: Office) -> None:
    counter, _name = begin(enter)
    before = office.find("SELECT count(*) FROM documents_storedfile")
    for name, content, said in BAD_FILES:
        line = put_in(counter, name, content)
        words = line.inner_text()
        assert said in words and "Thử lại" in words, (name, words)
        assert line.locator("input[type=hidden]").count() == 0
    assert office.find("SELECT count(*) FROM documents_storedfile") == before


def test_a_file_larger_than_allowed_is_named(enter: Enter) -> None:
    counter, _name = begin(enter)
    words = put_in(counter, "to.pdf", make_sample("To") + b"\0" * (2 * UPLOAD_BYTES)).inner_text()
    assert "MB" in words and "lớn" in words, words


def test_marks_in_a_name_are_letters_on_the_page_and_refused_at_the_field(
    enter: Enter, office: Office
) -> None:
    counter, name = begin(enter)
    tricky = f"<script>window.broken=1</script><b>{name}</b>"
    counter.press("F3")
    counter.fill("#id_applicant_name", tricky)
    assert counter.read(".intake-summary dd") == tricky
    counter.send()
    assert "Tên có dấu < hoặc >" in counter.read("#id_applicant_name_error")
    assert counter.page.locator("#id_applicant_name").input_value() == tricky
    assert counter.page.evaluate("window.broken") is None
    assert not office.find_all(_NAMES, f"%{name}%")


def test_ten_thousand_letters_are_refused_at_the_field_and_kept(enter: Enter, office: Office) -> None:
    counter, name = begin(enter)
    long = f"{name} " + "dài " * 2500
    counter.press("F3")
    counter.fill("#id_applicant_name", long)
    counter.send()
    assert "Dài quá 200 ký tự" in counter.read("#id_applicant_name_error")
    assert counter.page.locator("#id_applicant_name").input_value() == long
    assert counter.page.locator(".papers td.tick input").first.is_checked(), "ticks are kept too"
    assert not office.find_all(_NAMES, f"%{name}%")


def test_letters_taken_apart_are_put_together(enter: Enter, office: Office) -> None:
    counter, name = begin(enter)
    counter.press("F3")
    counter.fill("#id_applicant_name", unicodedata.normalize("NFD", f"{name} Thuỳ Dương"))
    counter.send()
    assert office.find(_NAMES, f"%{name}%") == (unicodedata.normalize("NFC", f"{name} Thuỳ Dương"),)


def test_a_code_that_is_no_card_says_so_and_leaves_the_fields(enter: Enter) -> None:
    counter = enter("huongphung.tiepnhan1")
    find_procedure(counter, "kha", "1.001193")
    counter.fill("#id_applicant_name", "Đã gõ tay")
    counter.press("F3")
    counter.page.keyboard.insert_text("không phải | mã thẻ")
    counter.page.locator("#qr-said:not(:empty)").wait_for()
    assert counter.page.locator("#id_applicant_name").input_value() == "Đã gõ tay"
    assert counter.page.evaluate("document.activeElement.id") == "qr-text"


def test_a_day_that_never_was_is_said_before_sending(enter: Enter, office: Office) -> None:
    counter, name = begin(enter)
    counter.press("F3")
    counter.fill("#id_applicant_birth_on", "31/02/2020")
    counter.press("Tab", "Control+Enter")
    assert "không có thật" in counter.page.evaluate(
        "document.querySelector('#id_applicant_birth_on').validationMessage"
    )
    assert not office.find_all(_NAMES, name)
