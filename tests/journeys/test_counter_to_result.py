"""From the counter to the result, by keyboard alone, each officer in their own post, the citizen by the receipt."""

import pytest

from tests.journeys.conftest import Enter
from tests.journeys.counter import receive
from tests.journeys.steps import (
    collect_fee,
    decide,
    give_back,
    propose,
    require_followed,
    sign_off,
    take_receipt,
    touch_face,
)
from tests.office import Office

pytestmark = pytest.mark.browser
CLOCK = ("Vì sao là ngày này?", "Hẹn trả")


def test_a_birth_is_registered_at_a_commune(enter: Enter, office: Office) -> None:
    counter = enter("huongphung.tiepnhan1")
    code, name = receive(counter, "kha", "1.001193")
    address = take_receipt(counter, code, name, "trong ngày làm việc")
    require_followed(enter(), address, name, "Đã tiếp nhận", *CLOCK)
    counter.do(code, "chuyen")
    officer = enter("huongphung.vp.chuyenvien1")
    officer.do(code, "bat-dau")
    propose(officer, code, "Hồ sơ đủ điều kiện.")
    decide(enter("huongphung.lanhdao"), code)
    sign_off(enter("huongphung.vanthu"), code, "Giấy khai sinh")
    require_followed(enter(), address, name, "Đã có kết quả", *CLOCK)
    give_back(counter, office, code)
    touch_face(counter, code, "Chưa hài lòng")
    require_followed(enter(), address, name, "Đã trả kết quả", *CLOCK)
    head = enter("huongphung.lanhdao")
    head.open("/danh-gia/theo-doi/")
    assert code in head.read()


def test_a_copy_is_issued_for_a_fee(enter: Enter, office: Office) -> None:
    counter = enter("laobao.tiepnhan1")
    code, name = receive(counter, "luc", "2.000635")
    address = take_receipt(counter, code, name, "8.000")
    collect_fee(counter, code, "8.000", "BL-0001")
    counter.do(code, "chuyen", note="Đã thu đủ giấy tờ.")
    officer = enter("laobao.vp.chuyenvien1")
    officer.do(code, "bat-dau")
    propose(officer, code, "Trích lục khớp sổ gốc.")
    decide(enter("laobao.lanhdao"), code)
    sign_off(enter("laobao.vanthu"), code, "Bản sao trích lục hộ tịch")
    give_back(counter, office, code)
    require_followed(enter(), address, name, "Đã trả kết quả", *CLOCK)


def test_a_building_permit_waits_for_the_opinion_of_another_agency(enter: Enter, office: Office) -> None:
    counter = enter("trungtam.tiepnhan1")
    code, name = receive(counter, "xay", "1.013236", agency="Sở X")
    address = take_receipt(counter, code, name, "150.000")
    counter.do(code, "chuyen")
    officer = enter("xaydung.qlxd.chuyenvien1")
    officer.do(code, "bat-dau")
    officer.do(code, "chuyen", note="Đã thẩm định, kiểm tra thực địa.")
    asked = enter("nnmt.datdai.truongphong")
    asked.do(code, "tra-loi-y-kien", answer="Phù hợp quy hoạch sử dụng đất.")
    head = enter("xaydung.qlxd.truongphong")
    propose(head, code, "Đã tổng hợp ý kiến, đủ điều kiện.")
    assert "Phù hợp quy hoạch sử dụng đất." in head.read()
    decide(enter("xaydung.lanhdao"), code)
    sign_off(enter("xaydung.vanthu"), code, "Giấy phép xây dựng")
    require_followed(enter(), address, name, "Đã có kết quả", *CLOCK)
    give_back(counter, office, code)
