"""From the counter to the result, by keyboard alone, each officer in their own post, the citizen by the receipt."""

from urllib.parse import urlsplit

import pytest

from motcua.demo.papers import make_sample
from tests.journeys.conftest import Enter
from tests.journeys.counter import receive
from tests.journeys.person import Person, read_pdf
from tests.office import Office

pytestmark = pytest.mark.browser
RESULT = make_sample("KET QUA", "Ban thu, khong co gia tri phap ly.")


def take_receipt(person: Person, code: str) -> str:
    """The receipt that opened is a real PDF; the address its QR code holds."""
    assert person.page.locator(f'iframe[src$="/{code}/in/receipt/"]').count() == 1
    words, codes = read_pdf(person.fetch(f"/ho-so/{code}/in/receipt/"))
    assert code in words
    assert code in codes, "the bar code says the dossier's code"
    return next(text for text in codes if text.startswith("http"))


def sign_off(clerk: Person, code: str, title: str) -> None:
    clerk.open_act(code, "ky-ket-qua")
    clerk.fill("#id_title", title)
    clerk.attach("#id_result_file", "ket-qua.pdf", RESULT)
    clerk.send()
    clerk.require_done(code)


def give_back(counter: Person, code: str) -> None:
    counter.open_act(code, "tra-ket-qua")
    counter.tick("#id_has_receipt")
    counter.send()
    counter.require_done(code)


def require_followed(citizen: Person, address: str, code: str, name: str, *said: str) -> None:
    """The receipt's address tells the clock in a citizen's words; the code alone only how far it is."""
    citizen.open(urlsplit(address).path)
    full = citizen.read()
    assert code in full and name not in full
    for words in said:
        assert words in full
    citizen.open(f"/tra-cuu/?code={code}")
    short = citizen.read()
    assert "Tiếp nhận" in short
    assert name not in short and "Hẹn trả" not in short and "Vì sao là ngày này?" not in short


def require_returned(office: Office, counter: Person, code: str) -> None:
    counter.open(f"/ho-so/{code}/")
    page = counter.read()
    assert "Đã trả kết quả" in page
    number = office.find(
        "SELECT r.number FROM dossiers_result r JOIN dossiers_dossier d ON d.id = r.dossier_id WHERE d.code = %s",
        code,
    )[0]
    assert number in page
    late = office.find_all(
        "SELECT 1 FROM dossiers_task t JOIN dossiers_dossier d ON d.id = t.dossier_id WHERE d.code = %s AND t.done_at IS NULL",
        code,
    )
    assert not late, "nothing is left to do"


def test_a_birth_is_registered_at_a_commune(enter: Enter, office: Office) -> None:
    counter = enter("huongphung.tiepnhan1")
    code, name = receive(counter, "khai si", "1.001193")
    address = take_receipt(counter, code)
    require_followed(enter(), address, code, name, "Vì sao là ngày này?", "Hẹn trả")
    counter.do(code, "chuyen")
    enter("huongphung.vp.chuyenvien1").do(code, "bat-dau")
    officer = enter("huongphung.vp.chuyenvien1")
    officer.open_act(code, "trinh")
    officer.choose("#id_outcome_0", " ")
    officer.fill("#id_note", "Hồ sơ đủ điều kiện.")
    officer.send()
    officer.require_done(code)
    leader = enter("huongphung.lanhdao")
    leader.open_act(code, "quyet-dinh")
    leader.choose("#id_outcome_0", " ")
    leader.send()
    leader.require_done(code)
    sign_off(enter("huongphung.vanthu"), code, "Giấy khai sinh")
    require_followed(enter(), address, code, name, "Có kết quả")
    give_back(counter, code)
    require_returned(office, counter, code)
