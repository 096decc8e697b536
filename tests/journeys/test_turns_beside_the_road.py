"""The turns a dossier takes when people, paper or whole agencies change: each by keyboard, told by what the page says."""

from datetime import timedelta
from urllib.parse import urlsplit

import pytest
from django.utils import timezone

from tests.journeys import test_interlinked as interlinked
from tests.journeys.batching import attach_lines, make_line, open_batch, read_codes, receive_many
from tests.journeys.conftest import Enter
from tests.journeys.person import Person, read_pdf
from tests.journeys.steps import decide, propose, sign_off
from tests.office import Office

pytestmark = pytest.mark.browser
COUNTER, OFFICER, LEADER, CLERK, KEEPER = (
    "laobao.tiepnhan1",
    "laobao.vp.chuyenvien1",
    "laobao.lanhdao",
    "laobao.vanthu",
    "laobao.quantri",
)
POST = "buudien.tiepnhan1"
_STATE = "SELECT state FROM dossiers_dossier WHERE code = %s"
_ASSIGNED = """SELECT a.id FROM organisations_assignment a JOIN accounts_user u ON u.id = a.user_id
    WHERE u.username = %s"""
_OWED = """SELECT e.id, d.code, min(w.username), min(u.username) FROM dossiers_explanation e
    JOIN dossiers_dossier d ON d.id = e.dossier_id
    JOIN organisations_assignment b ON b.unit_id = e.unit_id AND b.post = 'case_officer' AND b.valid_to IS NULL
    JOIN accounts_user w ON w.id = b.user_id
    JOIN organisations_assignment a ON a.unit_id = e.agency_id AND a.post IN ('unit_head', 'approver')
    JOIN accounts_user u ON u.id = a.user_id
    WHERE e.explained_at IS NULL GROUP BY e.id, d.code ORDER BY e.id LIMIT 1"""
_SLIP = """SELECT d.code, min(u.username) FROM dossiers_task t JOIN dossiers_dossier d ON d.id = t.dossier_id
    JOIN organisations_assignment a ON a.unit_id = t.unit_id AND a.post = t.post AND a.valid_to IS NULL
    JOIN accounts_user u ON u.id = a.user_id
    WHERE t.done_at IS NULL AND t.kind = %s AND (t.assignee_id IS NULL OR t.assignee_id = u.id) {}
    GROUP BY d.code ORDER BY d.code LIMIT 1"""


def require_slip(person: Person, code: str, form: str, *said: str) -> None:
    """The dossier's page offers the slip, and it is a PDF with these words."""
    person.open(f"/ho-so/{code}/")
    link = person.page.locator(f'a[href*="/in/{form}/"]').first.get_attribute("href")
    words = " ".join(read_pdf(person.fetch(link))[0].split())
    for text in (code, *said):
        assert text in words, text


def test_an_organisation_brings_many_at_once(enter: Enter, office: Office) -> None:
    counter = enter(COUNTER)
    open_batch(counter)
    good, bad = make_line(), ("", *make_line()[1:])
    attach_lines(counter, good, bad)
    counter.follow("Thử trước")
    assert "Chưa nhận gì: 1 dòng sai." in counter.read()
    assert counter.page.locator("#id_organisation").input_value() == "Công ty Thử nghiệm", "typed text stays"
    other = make_line()
    attach_lines(counter, good, other)
    counter.follow("Nhận thật")
    assert "Đã nhận 2 hồ sơ." in counter.read()
    for code, line in zip(read_codes(counter), (good, other), strict=True):
        counter.open(f"/ho-so/{code}/")
        assert line[0] in counter.read() and "Công ty Thử nghiệm" in counter.read()


def test_one_is_withdrawn_one_is_stopped_and_opened_again(enter: Enter, office: Office) -> None:
    counter, leader, citizen = enter(COUNTER), enter(LEADER), enter()
    withdrawn, stopped = receive_many(counter, 2)
    counter.do(withdrawn, "rut", reason="Người nộp xin rút để bổ sung")
    assert "Đã rút" in counter.read()
    citizen.open(f"/tra-cuu/?code={withdrawn}")
    assert "rút" in citizen.read()
    counter.do(stopped, "dung", reason="Người nộp đã chết", basis="Điều 5")
    assert "Dừng giải quyết" in counter.read()
    require_slip(counter, stopped, "stop_notice", "Người nộp đã chết")
    leader.do(stopped, "mo-lai", reason="Có người thừa kế tiếp tục", basis="QĐ 9/QĐ-UBND")
    assert "mở lại" in leader.read().lower() and "QĐ 9/QĐ-UBND" in leader.read()
    assert office.find(_STATE, stopped) == ("processing",)


def test_the_desk_of_somebody_away_is_handed_over(enter: Enter, office: Office) -> None:
    (code,) = receive_many(enter(COUNTER), 1)
    enter(COUNTER).do(code, "chuyen")
    enter(OFFICER).do(code, "bat-dau")
    keeper, (posting,) = enter(KEEPER), office.find(_ASSIGNED, OFFICER)
    keeper.open(f"/quan-tri/vang-mat/ghi/{posting}/")
    keeper.fill("#id_decision_number", "GNP-77")
    # From tomorrow on: whoever visits this office after us finds everybody at work.
    keeper.fill("#id_first_day", f"{timezone.localdate() + timedelta(days=1):%d/%m/%Y}")
    keeper.follow("Ghi")
    assert "GNP-77" in keeper.read('section[aria-labelledby="later"]'), keeper.read()[:1500]
    keeper.open(f"/ho-so/ban-viec/{posting}/")
    assert code in keeper.read()
    keeper.follow("Bàn giao")
    assert "Đã bàn giao" in keeper.read(".flash-success")
    keeper.open(f"/ho-so/ban-viec/{posting}/")
    assert code not in keeper.read()
    enter(OFFICER).open(f"/ho-so/{code}/")
    assert "bàn giao" in enter(OFFICER).read().lower()


def test_papers_and_results_go_by_post_and_something_is_lost(enter: Enter, office: Office) -> None:
    post, counter = enter(POST), enter(COUNTER)
    lost, kept = receive_many(post, 2, agency="UBND xã Lao", delivery="Qua")
    number = draw_up(post, "papers", (lost, kept), "Trung tâm Phục vụ hành chính công xã Lao Bảo")
    counter.open(f"/ho-so/bang-ke/{number}/")
    row = counter.page.locator("tr", has_text=lost).locator("input[type=checkbox]")
    counter.go_to(f"#{row.get_attribute('id')}")
    counter.press("Space")
    counter.fill(f"#{str(row.get_attribute('id')).replace('co-', 'ly-do-')}", "Không có trong túi thư")
    counter.follow("Ký nhận")
    assert "thiếu" in counter.page.locator("tr", has_text=lost).inner_text().lower()
    settle(counter, lost, "mất", "Bưu điện xác nhận mất túi thư")
    assert "Bưu điện xác nhận mất túi thư" in counter.read()
    (code,) = finish(enter, *receive_many(counter, 1, delivery="Qua"))
    number = draw_up(counter, "result", (code,), "Điểm phục vụ bưu chính Đông Hà")
    post.open(f"/ho-so/bang-ke/{number}/")
    post.follow("Ký nhận")
    assert "Đã ký nhận." in post.read(".flash-success")
    settle(post, code, "Đã phát", "Nguyễn Thị Thử")
    counter.open(f"/ho-so/bang-ke/{number}/")
    counter.follow("Ghi trả kết quả")
    assert "Đã ghi trả kết quả 1 hồ sơ." in counter.read(".flash-success")
    assert office.find(_STATE, code) == ("returned",)


def finish(enter: Enter, *codes: str) -> tuple[str, ...]:
    """Handled and signed by the commune's own people."""
    for code in codes:
        enter(COUNTER).do(code, "chuyen")
        enter(OFFICER).do(code, "bat-dau")
        propose(enter(OFFICER), code, "Đủ điều kiện.")
        decide(enter(LEADER), code)
        sign_off(enter(CLERK), code, "Giấy xác nhận")
    return codes


def draw_up(giver: Person, content: str, codes: tuple[str, ...], taker: str) -> str:
    """A hand-over list of these, drawn up and signed by the giver; its number."""
    giver.open(f"/ho-so/bang-ke/moi/?gi={content}")
    # By its value: many names begin alike, and a list forgets what was typed a second ago.
    giver.page.select_option("#id_to_unit_id", label=taker)
    for code in codes:
        giver.tick(f'input[name="ma"][value="{code}"]')
    giver.follow("Lập bảng kê")
    number = urlsplit(giver.page.url).path.split("/")[3]
    giver.follow("Ký giao")
    assert "Đã ký giao." in giver.read(".flash-success")
    return number


def settle(taker: Person, code: str, becomes: str, words: str) -> None:
    """What became of one line: chosen, said and written down."""
    line = taker.page.locator("tr", has_text=code)
    taker.choose(f"#{line.locator('select').get_attribute('id')}", becomes)
    taker.fill(f"#{line.locator('input[name=loi]').get_attribute('id')}", words)
    taker.follow("Ghi")
    assert "Đã ghi." in taker.read(".flash-success")


def test_a_slip_is_sent_back_and_sent_again(enter: Enter, office: Office) -> None:
    code, receiver = office.find(_SLIP.format(""), "transfer")
    taker = enter(receiver)
    taker.do(code, "tra-phieu", reason="Thiếu bản chính giấy khai sinh")
    _code, sender = office.find(_SLIP.format("AND d.code = %s"), "resend", code)
    giver = enter(sender)
    giver.open_act(code, "chuyen-lai")
    assert "Thiếu bản chính giấy khai sinh" in giver.read()
    giver.fill("#id_answer", "Đã gửi kèm bản chính")
    giver.send()
    giver.require_done(code)
    taker.open_act(code, "nhan-chuyen")
    assert "Thiếu bản chính giấy khai sinh" in taker.read() and "Đã gửi kèm bản chính" in taker.read()
    taker.send()
    taker.require_done(code)


def test_a_whole_is_withdrawn_in_one_go(enter: Enter, office: Office) -> None:
    counter = enter(interlinked.COUNTER)
    whole, path = interlinked.receive(counter)
    counter.open(f"/ho-so/lien-thong/{whole}/")
    counter.follow("Rút cả bộ hồ sơ")
    counter.fill("#id_reason", "Gia đình chuyển đi nơi khác")
    counter.follow("Rút cả bộ hồ sơ")
    assert "Đã rút" in counter.read()
    citizen = enter()
    citizen.open(path)
    assert "rút" in citizen.read()


def test_a_late_result_is_explained_to_the_head(enter: Enter, office: Office) -> None:
    key, code, officer, leader = office.find(_OWED)
    head, writer = enter(leader), enter(officer)
    head.open("/ho-so/giai-trinh/")
    assert code in head.read('section[aria-labelledby="missing-title"]')
    writer.open("/ho-so/giai-trinh/")
    writer.go_to(f'a[href="/ho-so/giai-trinh/{key}/"]')
    writer.go_on("Enter")
    writer.press("Control+Enter")
    assert writer.page.locator("#id_text:invalid").count() == 1, "nothing is no reason"
    writer.fill("#id_text", "Chờ đối chiếu sổ gốc ở nơi lưu cũ.")
    writer.send()
    assert "Đã gửi giải trình." in writer.read(".flash-success")
    head.open("/ho-so/giai-trinh/")
    given = head.read('section[aria-labelledby="given-title"]')
    assert code in given and "Chờ đối chiếu sổ gốc ở nơi lưu cũ." in given
    assert f'href="/ho-so/giai-trinh/{key}/"' not in head.page.content(), "it is owed no longer"


def test_two_communes_become_one_and_are_two_again(enter: Enter, office: Office) -> None:
    keeper, today = enter("tinh.quantri"), timezone.localdate()
    first, second = (
        office.find(
            "SELECT x.code FROM organisations_assignment a JOIN accounts_user u ON u.id = a.user_id"
            " JOIN organisations_unit x ON x.id = a.unit_id WHERE u.username = %s",
            name,
        )[0]
        for name in ("cuatung.chutich", "namdongha.chutich")
    )
    keeper.open("/quan-tri/sap-xep/moi/")
    typed = {
        "decision_number": "99/NQ-HĐND", "first_day": f"{today:%d/%m/%Y}", "title": "Nhập hai xã thử",
        "new_code": "THU-XA", "new_name": "Xã Thử Mới", "new_agency_code": "H50.999",
    }  # fmt: skip
    for name, text in typed.items():
        keeper.fill(f"#id_{name}", text)
    keeper.go_to("#id_sources", back=True)
    keeper.pick("#id_sources", first)
    keeper.pick("select[name=sources]:not(#id_sources)", second)
    keeper.follow("Xem trước")
    preview = keeper.read()
    assert "Khi thực hiện" in preview and "Trung tâm Phục vụ hành chính công xã Thử Mới" in preview
    keeper.follow("Thực hiện ngay")
    assert "Đã thực hiện sắp xếp" in keeper.read(".flash-success") and "Đã chuyển" in keeper.read()
    head = enter("cuatung.lanhdao")
    head.open("/ho-so/so-theo-doi/")
    assert "Xã Thử Mới" in head.read("body") or "xã Thử Mới" in head.read("body")
    keeper.go_to("details.more summary")
    keeper.press("Enter")
    keeper.fill("#id_reason", "Thử xong")
    keeper.follow("Hoàn tác")
    assert "Thử xong" in keeper.read()
    head.open("/ho-so/so-theo-doi/")
    assert "Thử Mới" not in head.read("body")
