"""The plan of the year by keyboard: one task from the file to accepted evidence, and a plan from the province down to a commune."""

from urllib.parse import urlsplit

import pytest
from django.utils import timezone

from tests.journeys.conftest import Enter
from tests.journeys.person import Person
from tests.office import Office

pytestmark = pytest.mark.browser
CONTROL, CLERK, HEAD = "tinh.kiemsoat1", "khesanh.vanthu", "khesanh.lanhdao"
YEAR = timezone.localdate().year + 1
NUMBER = "88/KH-UBND"
PLAN = f"""ỦY BAN NHÂN DÂN TỈNH QUẢNG TRỊ
Số: {NUMBER}
Quảng Trị, ngày 20 tháng 12 năm {YEAR - 1}
KẾ HOẠCH
Kiểm soát thủ tục hành chính năm {YEAR}

I. MỤC TIÊU
Tối thiểu 95% hồ sơ được giải quyết đúng hạn.

PHỤ LỤC

TT	Nội dung	Cơ quan chủ trì	Cơ quan phối hợp	Thời gian	Sản phẩm
I	Công khai
1	Rà soát việc niêm yết thủ tục	UBND các xã, phường	Văn phòng UBND tỉnh	Quý I/{YEAR}	Báo cáo rà soát
2	Tập huấn cán bộ một cửa	Văn phòng UBND tỉnh	Các sở, ban, ngành	lúc thuận tiện	Tài liệu
"""
_PLAN = "SELECT id FROM programme_plan WHERE number = %s ORDER BY id DESC LIMIT 1"
_TASK = "SELECT id FROM programme_plantask WHERE plan_id = %s AND content = 'Rà soát việc niêm yết thủ tục'"


def fold_out(person: Person, words: str) -> None:
    """Open what is folded under these words, by keyboard."""
    for _stop in range(150):
        said = person.page.evaluate(
            "() => document.activeElement?.matches('summary') ? document.activeElement.innerText.trim() : ''"
        )
        if said.startswith(words):
            person.press("Enter")
            return
        person.press("Tab")
    raise AssertionError(f"nothing folded under “{words}” on {person.page.url}")


def import_plan(control: Person, office: Office) -> int:
    """The file is read, the doubtful row put right, the reading confirmed."""
    control.open("/ke-hoach/nhap/")
    control.attach("#id_file", "ke-hoach.txt", PLAN.encode(), "text/plain")
    control.follow("Đọc tệp")
    assert "lúc thuận tiện" in control.read() and "không đoán" in control.read()
    control.open(urlsplit(control.page.url).path + "?sua=1")
    control.fill("#id_time", f"Quý II/{YEAR}")
    control.send()
    assert "Mọi dòng đã rõ." in control.read()
    control.follow("Nhập kế hoạch")
    assert NUMBER in control.read()
    return int(office.find(_PLAN, NUMBER)[0])


def ask_below(control: Person, plan: int) -> None:
    """Every commune is asked for its own plan."""
    control.open(f"/ke-hoach/{plan}/cap-duoi/")
    control.tick('input[name="groups"][value="commune"]')
    control.fill("#id_due_on", f"20/01/{YEAR}")
    control.follow("Giao")
    assert "chưa gửi" in control.read()


def write_below(clerk: Person, head: Person, plan: int) -> str:
    """The commune's plan from the province's: written, submitted, signed, numbered; the address it is at."""
    clerk.open("/ke-hoach/")
    assert NUMBER in clerk.read()
    clerk.open(f"/ke-hoach/soan/?tu={plan}-")
    clerk.fill("#id_year", str(YEAR))
    clerk.follow("Bắt đầu soạn")
    draft = urlsplit(clerk.page.url).path
    assert "Rà soát việc niêm yết thủ tục" in clerk.read() and "Tập huấn" not in clerk.read("ol.read-rows")
    clerk.follow("Trình ký")
    assert "Đã trình ký." in clerk.read()
    head.open(draft)
    head.follow("Ký kế hoạch")
    clerk.open(draft)
    clerk.fill("#id_number", "07/KH-UBND")
    clerk.fill("#id_dated", f"{timezone.localdate():%d/%m/%Y}")
    clerk.follow("Ban hành")
    assert "Đã ban hành kế hoạch." in clerk.read()
    return urlsplit(clerk.page.url).path


def report_and_accept(reporter: Person, accepter: Person, office: Office, plan: int, unit: str) -> None:
    """The leading unit reports with evidence; it is given back once, reported anew, and accepted."""
    task = f"/ke-hoach/nhiem-vu/{office.find(_TASK, plan)[0]}/"
    for text in ("Đã niêm yết.", "Đã niêm yết đủ, có biên bản."):
        reporter.open(task)
        fold_out(reporter, "Báo cáo kết quả")
        reporter.fill('textarea[name="text"]', text)
        reporter.fill('input[name="address"]', "/ho-so/so-theo-doi/")
        reporter.follow("Gửi báo cáo")
        assert "chờ nghiệm thu" in reporter.read()
        accepter.open(task)
        if text == "Đã niêm yết.":
            fold_out(accepter, "Trả lại")
            accepter.fill('textarea[name="answer"]', "Thiếu biên bản.")
            accepter.follow("Trả lại")
            assert "bị trả lại" in accepter.read()
        else:
            accepter.follow("Nghiệm thu")
    assert "đã xong" in accepter.read() and unit in accepter.read()


def test_a_task_from_its_file_to_accepted_evidence_and_a_plan_from_the_province_down(
    enter: Enter, office: Office
) -> None:
    control, clerk, head = enter(CONTROL), enter(CLERK), enter(HEAD)
    plan = import_plan(control, office)
    report_and_accept(head, control, office, plan, "UBND xã Khe Sanh")
    ask_below(control, plan)
    own = int(write_below(clerk, head, plan).strip("/").split("/")[-1])
    report_and_accept(clerk, head, office, own, "Văn phòng")
    control.open(f"/ke-hoach/{plan}/cap-duoi/?tinh-hinh=received")
    assert "07/KH-UBND" in control.read() and "UBND xã Khe Sanh" in control.read()
    control.open(f"/ke-hoach/nhiem-vu/{office.find(_TASK, plan)[0]}/")
    assert "Ở kế hoạch cấp dưới" in control.read() and "1/1" in control.read()
