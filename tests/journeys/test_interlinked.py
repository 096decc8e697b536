"""Birth, residence and health card under one form, by keyboard alone: the counter, the commune, the police, the insurance, the mother."""

from urllib.parse import urlsplit

import pytest

from tests.journeys.conftest import Enter
from tests.journeys.counter import make_card, read_card, tick_papers
from tests.journeys.person import Person, read_pdf
from tests.journeys.steps import decide, propose, sign_off
from tests.office import Office

pytestmark = pytest.mark.browser
COUNTER, OFFICER = "huongphung.tiepnhan1", "huongphung.vp.chuyenvien1"
LEADER, CLERK = "huongphung.lanhdao", "huongphung.vanthu"
AGENCIES = {2: ("congan.huongphung1", "congan.huongphung2"), 3: ("bhxh.chuyenvien1", "bhxh.lanhdao")}
_PART = """SELECT d.code FROM dossiers_jointpart p JOIN dossiers_joint j ON j.id = p.joint_id
    JOIN dossiers_dossier d ON d.id = p.dossier_id WHERE j.code = %s AND p.no = %s"""


def receive(counter: Person) -> tuple[str, str]:
    """One form for three agencies; the code of the whole and the address of its receipt."""
    text, name = make_card()
    counter.open("/ho-so/lien-thong/nhan/2.000986/")
    read_card(counter, text, name)
    tick_papers(counter)
    counter.send()
    path = urlsplit(counter.page.url).path
    assert path.startswith("/ho-so/lien-thong/H50."), counter.read()[:2000]
    code = path.split("/")[3]
    words, codes = read_pdf(counter.fetch(f"{path}in/giay-tiep-nhan/"))
    words = " ".join(words.split())
    for said in (code, name, "Công an xã Hướng Phùng", "Bảo hiểm xã hội tỉnh Quảng Trị", "3 ngày làm việc"):
        assert said in words
    return code, urlsplit(next(one for one in codes if one.startswith("http"))).path


def test_a_birth_a_residence_and_a_card_are_one_errand(enter: Enter, office: Office) -> None:
    counter, citizen = enter(COUNTER), enter()
    whole, path = receive(counter)
    (birth,) = office.find(_PART, whole, 1)
    counter.do(birth, "chuyen")
    enter(OFFICER).do(birth, "bat-dau")
    propose(enter(OFFICER), birth, "Đủ điều kiện.")
    decide(enter(LEADER), birth)
    sign_off(enter(CLERK), birth, "Giấy khai sinh")
    for no, (officer, leader) in AGENCIES.items():
        (part,) = office.find(_PART, whole, no)
        handler = enter(officer)
        handler.open_act(part, "nhan-chuyen")
        assert "PCXL" in handler.read()
        handler.send()
        handler.require_done(part)
        handler.do(part, "bat-dau")
        propose(handler, part, "Đủ điều kiện.")
        decide(enter(leader), part)
        sign_off(enter(leader), part, "Kết quả")
    words, _codes = read_pdf(counter.fetch(f"/ho-so/lien-thong/{whole}/in/phieu-chuyen/2/"))
    assert "Công an xã Hướng Phùng" in " ".join(words.split()) and birth in words
    citizen.open(path)
    assert citizen.read().count("Đã có kết quả") >= 3
    counter.open(f"/ho-so/lien-thong/{whole}/")
    counter.follow("Trả kết quả cả bộ")
    counter.send()
    assert "Đã trả kết quả của cả bộ hồ sơ." in counter.read(".flash-success")
    citizen.open(path)
    assert "Đã trả kết quả" in citizen.read()
