"""Wholes beside the straight road, by keyboard: taken in the village, filed at the portal, refused in one part, kept by the province."""

from urllib.parse import urlsplit

import pytest

from motcua.pretend.portal import NationalPortal
from tests.journeys.conftest import Enter
from tests.journeys.counter import find_procedure, make_card, read_card, tick_papers
from tests.journeys.neighbour import carry, file_form
from tests.journeys.person import Person, read_pdf
from tests.journeys.steps import decide, propose, sign_off
from tests.journeys.test_interlinked import CLERK, COUNTER, LEADER, OFFICER
from tests.office import Office

pytestmark = pytest.mark.browser
GROUP = "2.000986"
_PART = """SELECT d.code FROM dossiers_jointpart p JOIN dossiers_joint j ON j.id = p.joint_id
    JOIN dossiers_dossier d ON d.id = p.dossier_id WHERE j.code = %s AND p.no = %s"""


def _say_where(counter: Person, place: str, site: str) -> None:
    """Open the lines about intake outside the office and fill them in."""
    counter.go_to("details:has(#id_site) summary")
    counter.press("Enter")
    counter.pick("#id_site", site)
    counter.fill("#id_site_place", place)


def test_papers_are_taken_in_the_village_for_one_procedure_and_for_a_group(
    enter: Enter, office: Office
) -> None:
    counter = enter(COUNTER)
    find_procedure(counter, "kha", "1.001193")
    read_card(counter, *make_card())
    tick_papers(counter)
    _say_where(counter, "Nhà văn hóa thôn 3", "mobile")
    counter.send()
    code = urlsplit(counter.page.url).path.split("/")[2]
    counter.open(f"/ho-so/{code}/")
    assert "Lưu động, ngoài trụ sở – Nhà văn hóa thôn 3" in counter.read()
    counter.open(f"/ho-so/lien-thong/nhan/{GROUP}/")
    read_card(counter, *make_card())
    tick_papers(counter)
    _say_where(counter, "Trạm y tế thôn 2", "inspection")
    counter.send()
    assert urlsplit(counter.page.url).path.startswith("/ho-so/lien-thong/H50."), counter.read()[:1500]
    assert "Tại nơi kiểm tra, thẩm định – Trạm y tế thôn 2" in counter.read()


def test_a_group_filed_at_the_portal_is_accepted_handled_and_given(
    enter: Enter, office: Office, portal: NationalPortal
) -> None:
    citizen, counter = enter(), enter(COUNTER)
    reference = file_form(citizen, portal, ma_tthc="", ma_nhom=GROUP)
    carry(office, portal)
    counter.open(f"/ho-so/truc-tuyen/{reference}/")
    for box in counter.page.locator(".choices input[type=checkbox]").all():
        counter.tick(f"#{box.get_attribute('id')}")
    counter.send()
    whole = urlsplit(counter.page.url).path.split("/")[3]
    (birth,) = office.find(_PART, whole, 1)
    counter.do(birth, "chuyen")
    enter(OFFICER).do(birth, "bat-dau")
    propose(enter(OFFICER), birth, "Đủ điều kiện.")
    decide(enter(LEADER), birth)
    sign_off(enter(CLERK), birth, "Giấy khai sinh")
    counter.open(f"/ho-so/lien-thong/{whole}/")
    assert counter.read().count("Nhận chuyển xử lý") + counter.read().count("PCXL") >= 2, (
        "the others have begun"
    )
    counter.follow("Trả phần đã có kết quả")
    counter.send()
    carry(office, portal)
    citizen.page.goto(f"{portal.own_url}/ho-so?ma={reference}")
    assert birth in citizen.read("body") and "trái thứ tự" not in citizen.read("body")


def test_a_group_that_is_refused_leaves_its_slip(
    enter: Enter, office: Office, portal: NationalPortal
) -> None:
    counter, reference = enter(COUNTER), file_form(enter(), portal, ma_tthc="", ma_nhom=GROUP)
    carry(office, portal)
    counter.open(f"/ho-so/truc-tuyen/{reference}/")
    counter.go_to("details:has(#tu-choi-reason) summary")
    counter.press("Enter")
    counter.fill("#tu-choi-reason", "Trẻ cư trú ở tỉnh khác")
    counter.follow("Từ chối tiếp nhận")
    counter.follow("Mở phiếu từ chối")
    code = urlsplit(counter.page.url).path.split("/")[2]
    words = " ".join(read_pdf(counter.fetch(f"/ho-so/{code}/in/refusal_slip/"))[0].split())
    assert "thẻ bảo hiểm y tế" in words and "Trẻ cư trú ở tỉnh khác" in words


def test_what_is_not_eligible_is_refused_with_its_reason_as_the_result(enter: Enter, office: Office) -> None:
    counter = enter(COUNTER)
    find_procedure(counter, "kha", "1.001193")
    read_card(counter, *make_card())
    tick_papers(counter)
    counter.send()
    code = urlsplit(counter.page.url).path.split("/")[2]
    counter.do(code, "chuyen")
    enter(OFFICER).do(code, "bat-dau")
    propose(enter(OFFICER), code, "Đã đăng ký nơi khác.")
    leader = enter(LEADER)
    leader.open_act(code, "quyet-dinh")
    leader.go_to("[name=outcome]")
    leader.press("ArrowDown")
    leader.send()
    assert urlsplit(leader.page.url).path.endswith("/quyet-dinh/"), "no refusal without a reason"
    leader.fill("#id_note", "Đã đăng ký khai sinh ở nơi khác")
    leader.send()
    leader.require_done(code)
    sign_off(enter(CLERK), code, "Văn bản từ chối")
    counter.open(f"/ho-so/{code}/")
    assert "Từ chối" in counter.read() or "từ chối" in counter.read()


def test_the_province_keeps_its_groups(enter: Enter) -> None:
    keeper = enter("tinh.quantri")
    keeper.open("/ho-so/nhom-lien-thong/")
    keeper.go_to(f'a[href="/ho-so/nhom-lien-thong/{GROUP}/"]')
    keeper.go_on("Enter")
    assert "Công an" in keeper.read() or "thường trú" in keeper.read()
    counter = enter(COUNTER)
    counter.open("/ho-so/nhom-lien-thong/")
    assert counter.page.locator('a[href$="/them/"]').count() == 0
