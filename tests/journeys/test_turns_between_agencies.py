"""Turns in which several agencies have a hand, by keyboard: land and tax, one after the other, far from home, asked outside."""

from datetime import timedelta
from urllib.parse import urlsplit

import pytest
from django.utils import timezone

from tests.journeys.batching import receive_many
from tests.journeys.conftest import Enter
from tests.journeys.counter import make_card, read_card, tick_papers
from tests.journeys.person import Person, read_pdf
from tests.journeys.steps import RESULT, decide, give_back, propose
from tests.office import Office

pytestmark = pytest.mark.browser
CENTRE, TAX = "trungtam.tiepnhan1", "thue.chuyenvien1"
COUNTER, OFFICER, LEADER, CLERK = (
    "huongphung.tiepnhan1",
    "huongphung.vp.chuyenvien1",
    "huongphung.lanhdao",
    "huongphung.vanthu",
)
_PART = """SELECT d.code FROM dossiers_jointpart p JOIN dossiers_joint j ON j.id = p.joint_id
    JOIN dossiers_dossier d ON d.id = p.dossier_id WHERE j.code = %s AND p.no = %s"""
_HOLDER = """SELECT u.username FROM dossiers_task t JOIN dossiers_dossier d ON d.id = t.dossier_id
    JOIN organisations_assignment a ON a.unit_id = t.unit_id AND a.post = t.post AND a.valid_to IS NULL
    JOIN accounts_user u ON u.id = a.user_id AND u.id = COALESCE(t.assignee_id, u.id)
    WHERE d.code = %s AND t.done_at IS NULL AND t.kind = 'handle' ORDER BY u.id LIMIT 1"""

_PASSED = """UPDATE dossiers_opinion o SET due_at = now() - interval '1 minute' FROM dossiers_dossier d
    WHERE d.id = o.dossier_id AND d.code = %s AND o.answered_at IS NULL RETURNING 1"""


def receive_whole(counter: Person, group: str) -> tuple[str, str]:
    """One form of a group; the code of the whole and the citizen's address on its receipt."""
    counter.open(f"/ho-so/lien-thong/nhan/{group}/")
    read_card(counter, *make_card())
    tick_papers(counter)
    counter.send()
    path = urlsplit(counter.page.url).path
    assert path.startswith("/ho-so/lien-thong/H50"), counter.read()[:2000]
    words, codes = read_pdf(counter.fetch(f"{path}in/giay-tiep-nhan/"))
    assert path.split("/")[3] in words
    return path.split("/")[3], urlsplit(next(one for one in codes if one.startswith("http"))).path


def test_land_is_promised_twice_and_the_wait_for_the_tax_is_nobodys(enter: Enter, office: Office) -> None:
    counter, citizen = enter(CENTRE), enter()
    whole, path = receive_whole(counter, "LT-DATDAI")
    assert "3 ngày làm việc từ khi có chứng từ nộp tiền" in counter.read()
    (land,) = office.find(_PART, whole, 1)
    counter.do(land, "chuyen")
    officer = enter(office.find(_HOLDER, land)[0])
    officer.do(land, "bat-dau")
    later = timezone.localdate() + timedelta(days=30)
    officer.do(
        land, "cho-nghia-vu-tai-chinh", paper="Phiếu chuyển thông tin 15", review_at=f"{later:%d/%m/%Y}"
    )
    citizen.open(path)
    waiting = citizen.read()
    assert "Đồng hồ đang dừng" in waiting and "3 ngày làm việc từ khi ông/bà nộp chứng từ nộp tiền" in waiting
    (tax,) = office.find(_PART, whole, 2)
    enter(TAX).do(tax, "nhan-chuyen")
    counter.do(land, "xong-nghia-vu-tai-chinh", proof="Giấy nộp tiền 77")
    citizen.open(path)
    running = citizen.read()
    assert "Đồng hồ đang dừng" not in running and "từ khi ông/bà nộp chứng từ" not in running
    citizen.open(f"/tra-cuu/{land}/{path.split('/')[3]}/")
    citizen.go_to(".clock-why summary")
    citizen.press("Enter")
    assert "hẹn lần hai, sau khi xong nghĩa vụ tài chính" in citizen.read(".clock-why")


def test_parts_in_series_begin_one_after_the_other(enter: Enter, office: Office) -> None:
    keeper, code = enter("tinh.quantri"), f"NT-{timezone.now():%H%M%S%f}"
    keeper.open("/ho-so/nhom-lien-thong/them/")
    typed = {
        "code": code, "first_day": f"{timezone.localdate():%d/%m/%Y}", "name": "Xác nhận rồi cải chính", "basis": "QĐ thử",
        "order": "series", "p1_procedure": "1.004873", "p1_name": "Xác nhận", "p1_days": "3", "p1_basis": "QĐ thử",
        "p2_procedure": "1.004859", "p2_name": "Cải chính", "p2_days": "3", "p2_basis": "QĐ thử",
    }  # fmt: skip
    for name, text in typed.items():
        (keeper.pick if name == "order" or name.endswith("procedure") else keeper.fill)(f"#id_{name}", text)
    keeper.send()
    assert code in keeper.read() and "lần lượt" in keeper.read(), keeper.read()[:2000]
    counter = enter(COUNTER)
    whole, _path = receive_whole(counter, code)
    (first,) = office.find(_PART, whole, 1)
    assert not office.find_all(_PART, whole, 2), "the second has not begun"
    counter.do(first, "rut", reason="Người nộp đã có giấy xác nhận")
    (second,) = office.find(_PART, whole, 2)
    counter.open(f"/ho-so/lien-thong/{whole}/")
    assert second in counter.read()


def test_what_is_received_far_from_home_is_signed_for_another_and_given_back_where_it_was_filed(
    enter: Enter, office: Office
) -> None:
    far = enter("laobao.tiepnhan1")
    (code,) = receive_many(far, 1, agency="UBND xã Hướng Phùng")
    far.do(code, "chuyen")
    enter(OFFICER).do(code, "bat-dau")
    propose(enter(OFFICER), code, "Đủ điều kiện.")
    decide(enter(LEADER), code)
    clerk = enter(CLERK)
    clerk.open_act(code, "ky-ket-qua")
    clerk.fill("#id_signer_name", "Trưởng phòng vp, Hướng Phùng (mẫu)")
    clerk.fill("#id_signer_position", "TL. CHỦ TỊCH – CHÁNH VĂN PHÒNG")
    clerk.fill("#id_title", "Giấy xác nhận")
    clerk.attach("#id_result_file", "ket-qua.pdf", RESULT)
    clerk.send()
    clerk.require_done(code)
    assert "TL. CHỦ TỊCH" in clerk.read()
    home = enter(COUNTER)
    home.page.goto(f"/ho-so/{code}/")
    assert home.page.locator('.act-menu a[href$="/tra-ket-qua/"]').count() == 0, "it is not theirs to give"
    give_back(far, office, code)


def ask_outside(officer: Person, code: str, question: str, **more: str) -> None:
    """A letter to a body that has no desk here, with its day."""
    officer.open_act(code, "xin-y-kien")
    officer.fill("#id_outside_name", "Đại sứ quán nước bạn")
    officer.fill("#id_question", question)
    officer.fill("#id_due_on", f"{timezone.localdate() + timedelta(days=9):%d/%m/%Y}")
    if more:
        officer.go_to("[name=silence]")
        officer.press("ArrowDown")
        officer.fill("#id_silence_basis", more["silence_basis"])
    officer.send()
    officer.require_done(code)
    assert "Đại sứ quán nước bạn" in officer.read()


def test_an_agency_outside_is_asked_by_letter_and_its_silence_is_a_yes_only_where_a_law_says_so(
    enter: Enter, office: Office
) -> None:
    counter, officer = enter(COUNTER), enter(OFFICER)
    (code,) = receive_many(counter, 1)
    counter.do(code, "chuyen")
    officer.do(code, "bat-dau")
    ask_outside(officer, code, "Đề nghị xác minh giấy tờ kèm theo")
    officer.do(code, "tra-loi-y-kien", answer="Công hàm 12: giấy tờ đúng.")
    assert "Công hàm 12: giấy tờ đúng." in officer.read()
    ask_outside(officer, code, "Đề nghị cho ý kiến về nơi cư trú", silence_basis="Luật chuyên ngành điều 9")
    assert office.find_all(_PASSED, code)
    office.run_jobs("dossiers.lapse_opinions")
    officer.open(f"/ho-so/{code}/")
    said = officer.read()
    assert "coi là đồng ý" in said and "Luật chuyên ngành điều 9" in said
