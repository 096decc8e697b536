"""Files read in the background: how far is told, they may be stopped, and what is wrong is said."""

from collections.abc import Callable
from datetime import UTC, datetime
from types import SimpleNamespace

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, connection, transaction
from django.test import Client

from motcua.core.refusal import Refused
from motcua.programme import jobs
from motcua.programme.actions import uploads
from motcua.programme.models import PlanReading, PlanUpload
from motcua.programme.queries.uploads import find_uploads, get_upload
from motcua.programme.reading import count_slow
from motcua.programme.tests import makers

AT = datetime(2026, 11, 22, 2, 0, tzinfo=UTC)
ROWS = [
    ["TT", "Nội dung", "Cơ quan chủ trì", "Thời gian", "Sản phẩm"],
    ["1", "Xây dựng kế hoạch kiểm tra", "Sở Nội vụ", "Quý I/2026", "Kế hoạch"],
    ["2", "Báo cáo kết quả", "Sở Nội vụ", "Quý IV/2026", "Báo cáo"],
]


@pytest.fixture(scope="session")
def scan() -> bytes:
    pieces: list[makers.Piece] = ["KẾ HOẠCH", "Kiểm soát thủ tục hành chính năm 2026", "Phụ lục", ROWS]
    return makers.as_scan(makers.as_pdf(pieces))


def ask(province: SimpleNamespace, content: bytes, name: str = "quet.pdf") -> PlanUpload:
    return uploads.ask_reading(actor=province.control, content=content, name=name, pages=1, at=AT)


def test_scans_and_very_long_files_are_slow(scan: bytes) -> None:
    with_text = makers.as_pdf(["KẾ HOẠCH", "Kiểm soát thủ tục hành chính năm 2026", ROWS])
    picture = makers.as_picture(with_text)
    assert count_slow(scan) == 1 and count_slow(with_text) == 0
    assert count_slow(b"%PDF-1.7 broken") == 0 and count_slow("Kế hoạch".encode()) == 0
    assert count_slow(b"\x89PNG" + bytes(8)) == 1 and picture.width > 0


def test_a_scan_is_read_by_the_worker_and_becomes_a_reading(province: SimpleNamespace, scan: bytes) -> None:
    upload = ask(province, scan)
    assert find_uploads(province.control, AT) == [upload]
    assert jobs.read_uploads(AT) == 1
    upload.refresh_from_db()
    assert (upload.pages_done, upload.pages_total, upload.fault) == (1, 1, "")
    reading = upload.reading
    assert reading is not None and reading.file_id == upload.file_id
    assert [row["no"] for row in reading.read["rows"]] == ["1", "2"]
    assert reading.created_by == upload.asked_by and reading.unit_id == province.units["P"].id
    assert find_uploads(province.control, AT) == [] and jobs.read_uploads(AT) == 0


def test_a_stopped_reading_leaves_nothing(province: SimpleNamespace, scan: bytes) -> None:
    upload = ask(province, scan)
    uploads.cancel(actor=province.control, upload_id=upload.pk, at=AT)
    assert jobs.read_uploads(AT) == 0 and not PlanReading.objects.exists()
    with pytest.raises(Refused):
        uploads.cancel(actor=province.control, upload_id=upload.pk, at=AT)


def test_stopping_while_pages_are_read_ends_the_reading(province: SimpleNamespace, scan: bytes) -> None:
    upload = ask(province, scan)
    begun = uploads._begin(AT)
    assert begun == upload
    uploads.cancel(actor=province.control, upload_id=upload.pk, at=AT)
    with pytest.raises(uploads._Cancelled):
        uploads._tell(upload)(1, 1)


def test_what_cannot_be_read_says_why(province: SimpleNamespace) -> None:
    upload = ask(province, makers.as_scan(makers.as_pdf(["Kính gửi các đồng chí, mời họp."])))
    assert jobs.read_uploads(AT) == 1
    upload.refresh_from_db()
    assert "Không thấy bảng nhiệm vụ" in upload.fault and upload.ended_at is not None
    assert find_uploads(province.control, AT) == [upload]


def test_a_fault_of_the_database_is_not_called_an_unreadable_file(
    province: SimpleNamespace, scan: bytes
) -> None:
    upload = ask(province, scan)
    with pytest.raises(DatabaseError, match="aborted"), transaction.atomic():
        with pytest.raises(DatabaseError), connection.cursor() as cursor:
            cursor.execute("SELECT 1 / 0")
        uploads._open(upload)
    upload.refresh_from_db()
    assert (upload.fault, upload.ended_at) == ("", None)


def test_a_reading_that_broke_off_is_begun_once_more_and_then_given_up(
    province: SimpleNamespace, scan: bytes
) -> None:
    upload = ask(province, scan)
    assert uploads._begin(AT) == upload and uploads._begin(AT) == upload
    assert uploads._begin(AT) is None
    upload.refresh_from_db()
    assert "bị ngắt giữa chừng" in upload.fault


def test_only_keepers_ask_and_only_the_agency_sees(province: SimpleNamespace, scan: bytes) -> None:
    with pytest.raises(Refused):
        uploads.ask_reading(actor=province.centre_intake, content=scan, name="a.pdf", pages=1, at=AT)
    upload = ask(province, scan)
    with pytest.raises(Refused):
        get_upload(province.commune_head, upload.key)
    with pytest.raises(Refused):
        uploads.cancel(actor=province.commune_head, upload_id=upload.pk, at=AT)


def test_the_page_says_how_far_and_leads_to_the_reading(
    province: SimpleNamespace, sign_in: Callable[[str], Client], scan: bytes
) -> None:
    client = sign_in("control")
    sent = client.post("/ke-hoach/nhap/", {"file": SimpleUploadedFile("quet.pdf", scan), "year": ""})
    upload = PlanUpload.objects.get()
    address = f"/ke-hoach/nhap/{upload.key}/"
    assert sent.status_code == 302 and sent["Location"] == address
    page = client.get(address).content.decode()
    assert "sắp được đọc" in page and 'http-equiv="refresh"' in page
    assert "quet.pdf" in client.get("/ke-hoach/").content.decode()
    PlanUpload.objects.update(started_at=AT, pages_done=3, pages_total=9)
    assert "Đã đọc 3 trong 9 trang" in client.get(address).content.decode()
    assert sign_in("commune_head").get(address).status_code == 404
    client = sign_in("control")
    jobs.read_uploads(AT)
    there = client.get(address)
    assert there.status_code == 302 and "/ke-hoach/ban-doc/" in there["Location"]
    part = client.get(address, headers={"HX-Request": "true"})
    assert part["HX-Redirect"] == there["Location"]


def test_the_page_stops_a_reading(
    province: SimpleNamespace, sign_in: Callable[[str], Client], scan: bytes
) -> None:
    upload = ask(province, scan)
    client = sign_in("control")
    answer = client.post(f"/ke-hoach/nhap/{upload.key}/dung/", follow=True)
    assert "Đã dừng đọc tệp" in answer.content.decode()
    assert "Đã dừng đọc tệp này" in client.get(f"/ke-hoach/nhap/{upload.key}/").content.decode()
    assert (
        "đã đọc xong hoặc đã dừng"
        in client.post(f"/ke-hoach/nhap/{upload.key}/dung/", follow=True).content.decode()
    )
