"""From the citizen's form at the national portal to the result, with the portal played by a real server."""

from urllib.parse import urlsplit

import pytest

from motcua.pretend.portal import NationalPortal
from motcua.pretend.weather import Trouble
from tests.journeys.conftest import Enter
from tests.journeys.neighbour import PAPER, carry, file_form
from tests.journeys.person import Person
from tests.journeys.steps import decide, give_back, propose, sign_off
from tests.office import Office

pytestmark = pytest.mark.browser
# As if its fifteen working days were over.
_PASSED = (
    "UPDATE dossiers_filing SET complete_by = now() - interval '1 minute' WHERE reference = %s RETURNING 1"
)


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


def _return(counter: Person, reference: str) -> None:
    """Everything at once goes back to the applicant."""
    counter.open(f"/ho-so/truc-tuyen/{reference}/")
    counter.go_to("details.more summary")
    counter.press("Enter")
    counter.fill("#tra-lai-items", "Bản chụp rõ của tờ khai")
    counter.fill("#tra-lai-reason", "Tờ khai mờ")
    counter.go_to("details[open] button")
    counter.go_on("Enter")
    assert "Chờ người nộp hoàn thiện" in counter.read()


def test_what_has_to_be_completed_goes_back_once_and_comes_again(
    enter: Enter, office: Office, portal: NationalPortal
) -> None:
    citizen = enter()
    reference = file_form(citizen, portal)
    carry(office, portal)
    counter = enter("huongphung.tiepnhan1")
    _return(counter, reference)
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


def test_what_nobody_completes_closes_by_itself_and_everybody_reads_so(
    enter: Enter, office: Office, portal: NationalPortal
) -> None:
    citizen, counter = enter(), enter("huongphung.tiepnhan1")
    reference = file_form(citizen, portal)
    carry(office, portal)
    _return(counter, reference)
    office.run_jobs("dossiers.close_filings")
    citizen.open(f"/tra-cuu/?code={reference}")
    assert "Chờ người nộp hoàn thiện" in citizen.read(), "its fifteen working days have only begun"
    assert office.find_all(_PASSED, reference)
    office.run_jobs("dossiers.close_filings")
    carry(office, portal)
    counter.open("/ho-so/truc-tuyen/nhom/da-tra-loi/")
    assert reference in counter.read()
    counter.open(f"/ho-so/truc-tuyen/{reference}/")
    said = counter.read()
    assert "Đã đóng, quá hạn hoàn thiện" in said and counter.page.locator("main form").count() == 0
    citizen.page.goto(f"{portal.own_url}/ho-so?ma={reference}")
    assert "8. Dừng xử lý" in citizen.read("body")
    citizen.open(f"/tra-cuu/?code={reference}")
    assert "Đã đóng, quá hạn hoàn thiện" in citizen.read() and "Trực Tuyến" not in citizen.read()


def test_what_the_portal_did_not_hear_is_sent_again_by_hand(
    enter: Enter, office: Office, portal: NationalPortal
) -> None:
    citizen = enter()
    reference = file_form(citizen, portal)
    carry(office, portal)
    portal.weather.usual = Trouble.DOWN
    _accept(enter("huongphung.tiepnhan1"), reference)
    office.run_jobs("integrations.send_outgoing")
    operator = enter("tinh.quantri")
    operator.open("/van-hanh/?hang=he-thong-cho")
    operator.fill("#ma", reference)
    operator.go_on("Enter")
    waiting = operator.page.locator(f'tr:has-text("{reference}")')
    assert waiting.first.locator("td.wrap").inner_text(), "it says why it was not told"
    portal.weather.clear()
    for box in waiting.locator("input[name=pick]").all():
        operator.tick(f'input[name="pick"][value="{box.get_attribute("value")}"]')
    operator.go_to('button[value="gui-lai"]', back=True)
    operator.go_on("Enter")
    office.run_jobs("integrations.send_outgoing")
    citizen.page.goto(f"{portal.own_url}/ho-so?ma={reference}")
    assert "2. Được tiếp nhận" in citizen.read("body")
