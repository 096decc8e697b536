"""The pages: a file goes in, the reading is confirmed, tasks are followed; strangers and wrong files are refused."""

from types import SimpleNamespace

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from motcua.programme.models import Plan, PlanReading, TaskReport

pytestmark = pytest.mark.django_db
MOST_STATEMENTS = 20


def upload(client: Client, content: bytes, name: str = "ke-hoach.txt") -> PlanReading:
    answer = client.post("/ke-hoach/nhap/", {"file": SimpleUploadedFile(name, content)})
    assert answer.status_code == 302, answer.content.decode()[:2000]
    return PlanReading.objects.latest("pk")


def confirm(client: Client, reading: PlanReading) -> Plan:
    client.post(f"/ke-hoach/ban-doc/{reading.pk}/xac-nhan/", {"revision": reading.revision})
    return Plan.objects.latest("pk")


def test_a_plan_goes_in_by_the_page(sign_in, plan_text: bytes) -> None:  # type: ignore[no-untyped-def]
    client = sign_in("control")
    reading = upload(client, plan_text)
    page = client.get(f"/ke-hoach/ban-doc/{reading.pk}/").content.decode()
    assert "Xây dựng quy chế" in page and "chưa có gì" not in page
    plan = confirm(client, reading)
    page = client.get(f"/ke-hoach/{plan.pk}/").content.decode()
    assert "Kiểm soát thủ tục hành chính năm 2026" in page


def test_who_is_unknown_and_whose_plan_it_becomes_is_said_before_it_is_kept(
    sign_in, plan_text: bytes
) -> None:  # type: ignore[no-untyped-def]
    client = sign_in("control")
    strange = plan_text.replace("UBND TỈNH MẪU".encode(), "UBND XÃ XA LẠ".encode())
    page = client.get(f"/ke-hoach/ban-doc/{upload(client, strange).pk}/").content.decode()
    assert "1 tên đơn vị chủ trì không có trong cơ cấu tổ chức" in page and "Thanh tra Chính phủ" in page
    assert "xác nhận sẽ nhập thành kế hoạch của" in page
    page = client.get(f"/ke-hoach/ban-doc/{upload(client, plan_text).pk}/").content.decode()
    assert "xác nhận sẽ nhập thành kế hoạch của" not in page


def test_a_month_without_anything_due_says_so_and_where_the_next_is(sign_in, plan_text: bytes) -> None:  # type: ignore[no-untyped-def]
    client = sign_in("control")
    plan = confirm(client, upload(client, plan_text))
    page = client.get(f"/ke-hoach/{plan.pk}/lich-thang/?thang=2026-01").content.decode()
    assert "Tháng này không có việc đến hạn." in page and "?thang=2026-02" in page
    assert (
        "không có việc" not in client.get(f"/ke-hoach/{plan.pk}/lich-thang/?thang=2026-02").content.decode()
    )


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "trống"),
        ("Mời họp".encode(), "bảng nhiệm vụ"),
        (b"%PDF-1.4 broken", "bị hỏng"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600, "kiểu cũ"),
    ],
)
def test_a_wrong_file_is_refused_in_words(sign_in, content: bytes, words: str) -> None:  # type: ignore[no-untyped-def]
    client = sign_in("control")
    answer = client.post("/ke-hoach/nhap/", {"file": SimpleUploadedFile("x.pdf", content)})
    assert answer.status_code == 422 and words in answer.content.decode()
    assert not PlanReading.objects.exists()


def test_a_row_is_corrected_on_the_page_and_the_next_doubtful_one_opens(sign_in, plan_text: bytes) -> None:  # type: ignore[no-untyped-def]
    client = sign_in("control")
    reading = upload(client, plan_text.replace("Hàng quý".encode(), "Lúc nào đó".encode()))
    row = reading.read["rows"][2] | {"time": "Hàng quý"}
    fields = {
        n: row[n]
        for n in (
            "appendix",
            "section_no",
            "section",
            "no",
            "content",
            "lead",
            "coordinating",
            "time",
            "product",
            "note",
        )
    }
    answer = client.post(f"/ke-hoach/ban-doc/{reading.pk}/dong/2/", fields | {"revision": 0})
    assert answer.status_code == 302 and answer["Location"].endswith("#xac-nhan")
    reading.refresh_from_db()
    assert reading.read["rows"][2]["deadline"]["every"] == "quarter"


def test_who_may_not_import_sees_no_button_and_is_refused(sign_in, plan_text: bytes) -> None:  # type: ignore[no-untyped-def]
    client = sign_in("centre_intake")
    assert "/ke-hoach/nhap/" not in client.get("/ke-hoach/").content.decode()
    assert client.get("/ke-hoach/nhap/").status_code == 403


def test_another_agency_sees_no_reading(sign_in, plan_text: bytes) -> None:  # type: ignore[no-untyped-def]
    reading = upload(sign_in("control"), plan_text)
    assert sign_in("commune_head").get(f"/ke-hoach/ban-doc/{reading.pk}/").status_code == 404


def test_a_task_is_reported_by_the_commune_and_accepted_by_the_province(  # type: ignore[no-untyped-def]
    sign_in, province: SimpleNamespace, plan_text: bytes
) -> None:
    plan = confirm(sign_in("control"), upload(sign_in("control"), plan_text))
    task = plan.tasks.get(content="Báo cáo quý")
    part = task.occurrences.first()
    assert part is not None
    unit = province.units["A"].id
    client = sign_in("commune_head")
    assert "Báo cáo kết quả" in client.get(f"/ke-hoach/nhiem-vu/{task.pk}/").content.decode()
    wrong = client.post(f"/ke-hoach/nhiem-vu/{task.pk}/ky/{part.pk}/{unit}/", {"text": "Đã gửi"})
    assert wrong.status_code == 422 and "minh chứng" in wrong.content.decode()
    typed = {
        "text": "Đã <gửi>",
        "words": "Công văn",
        "file": SimpleUploadedFile("cv.pdf", b"MZ" + bytes(600)),
    }
    page = client.post(f"/ke-hoach/nhiem-vu/{task.pk}/ky/{part.pk}/{unit}/", typed).content.decode()
    assert "Đã &lt;gửi&gt;</textarea>" in page and 'value="Công văn"' in page
    assert f'id="id_file_{part.pk}_{unit}_error"' in page and "không được nhận" in page
    assert not TaskReport.objects.exists()
    client.post(
        f"/ke-hoach/nhiem-vu/{task.pk}/ky/{part.pk}/{unit}/", {"text": "Đã gửi", "address": "/ho-so/"}
    )
    made = TaskReport.objects.get()
    assert client.post(f"/ke-hoach/bao-cao/{made.pk}/nghiem-thu/").status_code == 403
    here = {"Accept": "text/html", "Origin": "http://testserver"}
    endless = {"answer": "Còn thiếu <minh> chứng. " * 400, "task": "1"}
    refused = sign_in("control").post(f"/ke-hoach/bao-cao/{made.pk}/tra-lai/", endless, headers=here)
    page = refused.content.decode()
    assert refused.status_code == 409 and "Dài quá 4000 ký tự (đang có 9599)" in page
    assert page.count("Còn thiếu &lt;minh&gt; chứng.") == 400
    made.refresh_from_db()
    assert made.state == "reported"
    sign_in("control").post(f"/ke-hoach/bao-cao/{made.pk}/nghiem-thu/")
    made.refresh_from_db()
    assert made.state == "accepted"


@pytest.mark.parametrize(
    "address", ["", "don-vi/", "theo-han/", "lich-thang/", "lich-nam/", "chi-tieu/", "cap-duoi/", "gop-y/"]
)
def test_a_page_asks_few_questions_whatever_the_size_of_the_plan(
    sign_in, plan_text: bytes, address: str
) -> None:  # type: ignore[no-untyped-def]
    client = sign_in("control")
    long = (
        plan_text
        + "".join(f"{n}\tViệc {n}\tSở Xây dựng\t\tHàng tháng\tBáo cáo\n" for n in range(3, 80)).encode()
    )
    plan = confirm(client, upload(client, long))
    client.get(f"/ke-hoach/{plan.pk}/{address}")
    with CaptureQueriesContext(connection) as asked:
        assert client.get(f"/ke-hoach/{plan.pk}/{address}").status_code == 200
    assert len(asked) <= MOST_STATEMENTS, "\n".join(q["sql"][:150] for q in asked)


def test_the_source_file_comes_back_as_it_was(sign_in, plan_text: bytes) -> None:  # type: ignore[no-untyped-def]
    client = sign_in("control")
    plan = confirm(client, upload(client, plan_text))
    answer = client.get(f"/ke-hoach/{plan.pk}/tep/")
    assert b"".join(answer.streaming_content) == plan_text  # type: ignore[arg-type]
    assert "attachment" in answer["Content-Disposition"]


def test_a_board_of_many_units_and_the_page_of_a_unit_ask_few_questions(  # type: ignore[no-untyped-def]
    sign_in, province: SimpleNamespace, plan_text: bytes
) -> None:
    client = sign_in("control")
    plan = confirm(client, upload(client, plan_text))
    client.post(f"/ke-hoach/{plan.pk}/cap-duoi/", {"groups": ["commune", "department"]})
    for place in ("commune_head", "other_approver", "department_head"):
        below = sign_in(place)
        answer = below.post("/ke-hoach/nhap/", {"file": SimpleUploadedFile("k.txt", plan_text)})
        assert answer.status_code == 302
        own = confirm(below, PlanReading.objects.latest("pk"))
        below.post(f"/ke-hoach/{own.pk}/gui-cap-tren/", {"parent": plan.pk})
    assert plan.children.count() == 3
    for address in (f"/ke-hoach/{plan.pk}/cap-duoi/", "/ke-hoach/viec-cua-don-vi/", "/ke-hoach/so/"):
        client.get(address)
        with CaptureQueriesContext(connection) as asked:
            assert client.get(address).status_code == 200
        assert len(asked) <= MOST_STATEMENTS + 4, "\n".join(q["sql"][:150] for q in asked)


def test_a_renewed_plan_tells_its_versions(sign_in, plan_text: bytes) -> None:  # type: ignore[no-untyped-def]
    client = sign_in("control")
    plan = confirm(client, upload(client, plan_text))
    assert "Các lần ban hành" not in client.get(f"/ke-hoach/{plan.pk}/").content.decode()
    confirm(
        client,
        upload(client, plan_text.replace(b"Quy\xe1\xba\xbft \xc4\x91\xe1\xbb\x8bnh", "Quy chế".encode())),
    )
    page = client.get(f"/ke-hoach/{plan.pk}/").content.decode()
    assert "Các lần ban hành, cập nhật (2)" in page and "lần 2" in page
