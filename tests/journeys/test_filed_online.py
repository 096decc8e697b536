"""From the citizen's form at the national portal to the result, with the portal played by a real server."""

import threading
from collections.abc import Iterator
from urllib.parse import parse_qs, urlsplit

import pytest

from motcua.demo.papers import make_sample
from motcua.pretend.portal import NationalPortal
from motcua.pretend.postman import Postman, send_to
from motcua.pretend.serving import Server
from tests.journeys.conftest import Enter
from tests.journeys.person import Person
from tests.journeys.steps import decide, give_back, propose, sign_off
from tests.office import PORTAL_SECRET, Office

pytestmark = pytest.mark.browser
PAPER = make_sample("TO KHAI", "Ban thu, khong co gia tri phap ly.")


@pytest.fixture(scope="module")
def portal(office: Office) -> Iterator[NationalPortal]:
    if not office.portal_port:
        pytest.skip("an office that was open already names no portal of this test (MOTCUA_OFFICE)")
    neighbour = NationalPortal(url=f"http://127.0.0.1:{office.portal_port}")
    with Server(neighbour, "127.0.0.1", office.portal_port) as server:
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
        yield neighbour
        server.shutdown()


def file_form(citizen: Person, portal: NationalPortal, **changes: str) -> str:
    """The citizen's form, by keyboard; answers with the portal's code."""
    citizen.page.goto(f"{portal.own_url}/nop-ho-so")
    typed = {
        "ma_tthc": "1.004873", "don_vi": "H50.105", "ho_ten": "Nguyễn Thị Trực Tuyến", "so_dinh_danh": "000190999111",
        "dien_thoai": "0900000001", "email": "truc.tuyen@demo.invalid", "dia_chi": "Thôn 1", "noi_dung": "Xin giấy xác nhận",
        **changes,
    }  # fmt: skip
    for name, text in typed.items():
        citizen.go_to(f"#{name}")
        citizen.write(text)
    citizen.attach("#tep", "to-khai.pdf", PAPER)
    citizen.go_to("main button, form button")
    citizen.go_on("Enter")
    return parse_qs(urlsplit(citizen.page.url).query)["ma"][0]


def carry(office: Office, portal: NationalPortal) -> None:
    """The postman walks once, and the office does at once what it does each minute."""
    Postman(portal.book, send_to(office.address), PORTAL_SECRET).carry_all()
    office.run_jobs("dossiers.take_filings", "integrations.send_outgoing")


def _accept(counter: Person, reference: str) -> str:
    """From the list of what waits to the receipt; the dossier's code."""
    counter.page.goto("/ho-so/truc-tuyen/")
    counter.go_to(f'a[href="/ho-so/truc-tuyen/{reference}/"]')
    counter.go_on("Enter")
    page = counter.read()
    assert "000190999111" in page and "to-khai.pdf" in page and "còn" in page
    for box in counter.page.locator(".choices input[type=checkbox]").all():
        counter.tick(f"#{box.get_attribute('id')}")
    counter.send()
    path = urlsplit(counter.page.url).path
    assert path.endswith("/da-tiep-nhan/"), counter.read()
    return path.split("/")[2]


def test_what_a_citizen_files_comes_back_as_a_result(
    enter: Enter, office: Office, portal: NationalPortal
) -> None:
    citizen = enter()
    reference = file_form(citizen, portal)
    assert "1. Mới đăng ký" in citizen.read("body")
    carry(office, portal)
    counter = enter("huongphung.tiepnhan1")
    code = _accept(counter, reference)
    counter.do(code, "chuyen")
    officer = enter("huongphung.vp.chuyenvien1")
    officer.do(code, "bat-dau")
    propose(officer, code, "Hồ sơ trực tuyến đủ điều kiện.")
    decide(enter("huongphung.lanhdao"), code)
    sign_off(enter("huongphung.vanthu"), code, "Giấy xác nhận tình trạng hôn nhân")
    give_back(counter, office, code)
    carry(office, portal)
    citizen.page.goto(f"{portal.own_url}/ho-so?ma={reference}")
    seen = citizen.read("body")
    assert "10. Đã trả kết quả" in seen and "trái thứ tự" not in seen
    assert [row["status"] for row in portal.book.list_told(reference)][0] == 2


def test_what_has_to_be_completed_goes_back_once_and_comes_again(
    enter: Enter, office: Office, portal: NationalPortal
) -> None:
    citizen = enter()
    reference = file_form(citizen, portal)
    carry(office, portal)
    counter = enter("huongphung.tiepnhan1")
    counter.open(f"/ho-so/truc-tuyen/{reference}/")
    counter.go_to("details.more summary")
    counter.press("Enter")
    counter.fill("#tra-lai-items", "Bản chụp rõ của tờ khai")
    counter.fill("#tra-lai-reason", "Tờ khai mờ")
    counter.go_to("details[open] button")
    counter.go_on("Enter")
    assert "Chờ người nộp hoàn thiện" in counter.read()
    carry(office, portal)
    citizen.page.goto(f"{portal.own_url}/ho-so?ma={reference}")
    assert "Bản chụp rõ của tờ khai" in citizen.read("body")
    citizen.go_to("#noi-dung-bo-sung")
    citizen.write("Gửi lại tờ khai")
    citizen.attach("#tep", "to-khai-ro.pdf", PAPER)
    citizen.press("Tab")
    citizen.go_on("Enter")
    carry(office, portal)
    counter.open(f"/ho-so/truc-tuyen/{reference}/")
    assert "to-khai-ro.pdf" in counter.read() and "Chờ tiếp nhận" in counter.read()
