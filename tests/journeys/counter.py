"""What is done at the counter in every journey: from the empty desk to the receipt."""

import secrets
from urllib.parse import urlsplit

from motcua.demo.papers import make_sample
from tests.journeys.person import Person

SCAN = make_sample("GIAY TO CUA NGUOI NOP", "Ban thu, khong co gia tri phap ly.")


def make_card() -> tuple[str, str]:
    """The text of an identity card nobody has (no place has the code 000), and the name on it."""
    number = f"{secrets.randbelow(10**6):06}"
    name = "Nguyễn Thị Thử " + "".join(chr(65 + int(digit)) for digit in number)
    return f"000190{number}||{name}|05091990|Nữ|Thôn 1, Xã Thử, Tỉnh Thử|01012022", name


def find_procedure(person: Person, letters: str, code: str) -> None:
    """F2, three letters without accents, arrows, Enter."""
    person.open("/ho-so/tiep-nhan/")
    person.press("F2")
    with person.page.expect_response(lambda answer: answer.url.endswith(f"?q={letters}")):
        person.page.keyboard.type(letters)
    option = person.page.locator(f'[role=option][data-value="{code}"]')
    option.wait_for()
    while option.get_attribute("aria-selected") != "true":
        person.press("ArrowDown")
    person.go_on("Enter")
    assert urlsplit(person.page.url).path == f"/ho-so/tiep-nhan/{code}/"


def read_card(person: Person, text: str, name: str) -> None:
    """F3, the scanner writes, the fields fill themselves and the cursor goes on."""
    person.press("F3")
    person.page.keyboard.insert_text(text)
    person.page.locator("#id_applicant_phone:focus").wait_for()
    assert person.page.locator("#id_applicant_name").input_value() == name


def tick_papers(person: Person) -> None:
    """Every paper of the table, one after the other."""
    boxes = person.page.locator(".papers td.tick input")
    for place in range(boxes.count()):
        person.tick(f"#{boxes.nth(place).get_attribute('id')}")


def receive(person: Person, letters: str, code: str, *, agency: str = "") -> tuple[str, str]:
    """The whole counter by keyboard; answers with the dossier's code and the applicant's name."""
    text, name = make_card()
    find_procedure(person, letters, code)
    read_card(person, text, name)
    tick_papers(person)
    person.go_to(".papers input[type=file]", back=True)
    person.attach(".papers input[type=file]", "giay-to.pdf", SCAN)
    person.page.locator(".upload-list li >> text=Đã nhận").first.wait_for()
    if agency:
        person.choose("#id_competent_agency_id", agency)
    person.send()
    path = urlsplit(person.page.url).path
    assert path.endswith("/da-tiep-nhan/"), person.read("main")[:2000]
    return path.split("/")[2], name
