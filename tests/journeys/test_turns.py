"""Each turn of a dossier by keyboard alone: who asks, who answers, what the clock says and what the citizen reads."""

from datetime import date, timedelta
from urllib.parse import urlsplit

import pytest

from tests.journeys.conftest import Enter
from tests.journeys.counter import receive
from tests.journeys.person import Person, read_pdf
from tests.journeys.steps import decide, propose, sign_off, take_receipt
from tests.office import Office

pytestmark = pytest.mark.browser
COUNTER, OFFICER, LEADER, CLERK = (
    "huongphung.tiepnhan1",
    "huongphung.vp.chuyenvien1",
    "huongphung.lanhdao",
    "huongphung.vanthu",
)
_DUE = "SELECT (due_at AT TIME ZONE 'Asia/Ho_Chi_Minh')::date FROM dossiers_dossier WHERE code = %s"


def bring_to_work(enter: Enter) -> tuple[str, str]:
    """A dossier received at the counter and taken up by the officer; its code and the address of its receipt."""
    counter = enter(COUNTER)
    code, name = receive(counter, "kha", "1.001193")
    address = take_receipt(counter, code, name)
    counter.do(code, "chuyen")
    enter(OFFICER).do(code, "bat-dau")
    return code, urlsplit(address).path


def read_why(person: Person, path: str) -> str:
    """What the page says about why the date is what it is, unfolded by keyboard."""
    person.open(path)
    person.go_to(".clock-why summary")
    person.press("Enter")
    return person.read(".clock-why")


def find_day(office: Office, code: str, weeks: int) -> str:
    """A Wednesday so many weeks after the promise: no holiday but a fixed one falls on it."""
    (due,) = office.find(_DUE, code)
    day: date = due + timedelta(weeks=weeks)
    return f"{day + timedelta(days=(2 - day.weekday()) % 7):%d/%m/%Y}"


def test_the_applicant_is_asked_once_and_the_limit_begins_anew(enter: Enter, office: Office) -> None:
    code, path = bring_to_work(enter)
    officer = enter(OFFICER)
    officer.open_act(code, "yeu-cau-bo-sung")
    officer.fill("#id_items", "Bản chính giấy chứng sinh")
    officer.fill("#id_reason", "Bản chụp mờ")
    officer.fill("#id_contact_phone", "0912345678")
    officer.send()
    officer.require_done(code)
    citizen = enter()
    citizen.open(path)
    assert "Bản chính giấy chứng sinh" in citizen.read() and "0912345678" in citizen.read()
    counter = enter(COUNTER)
    counter.open(f"/ho-so/{code}/")
    slip = counter.page.locator('a[href*="/in/supplement_slip/"]').get_attribute("href")
    words, _codes = read_pdf(counter.fetch(slip))
    assert "Bản chính giấy chứng sinh" in words
    counter.do(code, "nhan-bo-sung", note="Đã nhận đủ.")
    assert "thời hạn tính lại từ đầu" in read_why(enter(), path)
    officer.open_act(code, "yeu-cau-bo-sung")
    officer.fill("#id_items", "Văn bản ủy quyền")
    officer.fill("#id_reason", "Người nộp không phải cha, mẹ")
    officer.fill("#id_override_reason", "Luật vừa thay đổi")
    officer.send()
    officer.require_done(code)
    citizen.open(path)
    assert "Văn bản ủy quyền" in citizen.read() and "Bản chính giấy chứng sinh" not in citizen.read()


def test_the_wait_for_a_payment_and_a_suspension_are_lines_of_the_clock(enter: Enter, office: Office) -> None:
    code, path = bring_to_work(enter)
    later = find_day(office, code, 2)
    enter(OFFICER).do(code, "cho-nghia-vu-tai-chinh", paper="Thông báo 15/TB-CCT", review_at=later)
    enter(COUNTER).do(code, "xong-nghia-vu-tai-chinh", proof="Giấy nộp tiền 77")
    enter(LEADER).do(code, "tam-dung", basis="Luật chuyên ngành điều 1", review_at=later, note="Chờ ý kiến.")
    enter(OFFICER).do(code, "tiep-tuc", proof="Công văn 5")
    why = read_why(enter(), path)
    assert why.count("Tạm dừng tính từ") == 2 and why.count("Tính tiếp từ") == 2


def test_the_head_extends_apologises_and_the_letter_says_so(enter: Enter, office: Office) -> None:
    code, path = bring_to_work(enter)
    leader = enter(LEADER)
    leader.do(
        code,
        "gia-han",
        new_due_at=find_day(office, code, 1),
        reason="Phức tạp",
        basis="Luật chuyên ngành điều 2",
    )
    leader.open_act(code, "xin-loi")
    leader.fill("#id_new_due_at", find_day(office, code, 2))
    leader.choose("#id_cause_0", " ")
    leader.fill("#id_reason", "Chờ đối chiếu sổ gốc.")
    leader.fill("#id_explanation", "Sổ gốc ở nơi khác.")
    leader.send()
    leader.require_done(code)
    leader.open(f"/ho-so/{code}/")
    slip = leader.page.locator('a[href*="/in/apology_slip/"]').get_attribute("href")
    words, _codes = read_pdf(leader.fetch(slip))
    assert "Chờ đối chiếu sổ gốc." in words
    why = read_why(enter(), path)
    assert "gia hạn" in why and "xin lỗi, hẹn lại" in why


def test_a_returned_result_is_reopened_by_decision_and_numbered_anew(enter: Enter, office: Office) -> None:
    code, _path = bring_to_work(enter)
    officer, leader, clerk = enter(OFFICER), enter(LEADER), enter(CLERK)
    propose(officer, code, "Đủ điều kiện.")
    decide(leader, code)
    sign_off(clerk, code, "Giấy khai sinh")
    leader.do(code, "mo-lai", reason="Sai tên cha", basis="QĐ 7/QĐ-UBND")
    propose(officer, code, "Đã sửa.")
    decide(leader, code)
    sign_off(clerk, code, "Giấy khai sinh")
    page = clerk.read()
    assert "đã hủy số" in page and "Sai tên cha" in page
    assert (
        len(
            office.find_all(
                "SELECT 1 FROM dossiers_result r JOIN dossiers_dossier d ON d.id = r.dossier_id WHERE d.code = %s",
                code,
            )
        )
        == 2
    )


def test_a_birth_is_settled_while_the_parents_wait(enter: Enter, office: Office) -> None:
    counter = enter(COUNTER)
    code, name = receive(counter, "kha", "1.001193")
    counter.open_act(code, "tai-cho")
    counter.fill("#id_delegation", "Văn bản 3/UQ-UBND")
    counter.send()
    counter.require_done(code)
    page = counter.read()
    assert "Đã trả kết quả" in page and name in page
    assert office.find("SELECT signer_position FROM dossiers_result ORDER BY id DESC LIMIT 1") == (
        "Thừa ủy quyền",
    )


def test_what_is_late_is_found_by_who_must_see_to_it(enter: Enter, office: Office) -> None:
    leader = enter(LEADER)
    leader.open("/ho-so/bo-quen/")
    assert "Hồ sơ bị bỏ quên" in leader.read()
    assert leader.page.locator("table tbody tr").count() > 0
    leader.open("/ho-so/nhac-viec/")
    assert "Nhắc việc" in leader.read("h1")
    citizen = enter()
    citizen.open("/ho-so-tre-hen/")
    citizen.follow("Ủy ban nhân dân")
    assert "chưa xin lỗi" in citizen.read()
