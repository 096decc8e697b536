"""The pretended neighbours as people see them: pages, the form to file online, modes."""

import http.client
import json
from datetime import UTC, datetime
from urllib.parse import urlencode, urlsplit

import pytest

from motcua.pretend.gateway import TextGateway
from motcua.pretend.mail import Mailbox, MailServer
from motcua.pretend.portal import NationalPortal
from motcua.pretend.portal_book import Book
from motcua.pretend.serving import running
from motcua.pretend.weather import Trouble

AT = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)
BOUNDARY = "ranh-gioi"


@pytest.fixture
def portal():
    with running(NationalPortal()) as server:
        server.neighbour.own_url = server.url
        yield server


def get(server, path):
    return call(server, "GET", path)


def call(server, method, path, body=b"", content_type="application/x-www-form-urlencoded"):
    parts = urlsplit(server.url)
    connection = http.client.HTTPConnection(parts.hostname, parts.port, timeout=5)
    connection.request(method, path, body, {"Content-Type": content_type})
    reply = connection.getresponse()
    return reply.status, reply.read().decode("utf-8", "replace"), reply.headers.get("Location", "")


def post(server, path, **fields):
    return call(server, "POST", path, urlencode(fields).encode())


def file_online(server, papers=(), **fields):
    typed = {"ma_tthc": "1.001193", "ho_ten": "Người thử <b>", "so_dinh_danh": "001234567890", **fields}
    parts = [
        f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{n}"\r\n\r\n{v}\r\n' for n, v in typed.items()
    ]
    body = "".join(parts).encode()
    for name, content in papers:
        head = f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="tep"; filename="{name}"\r\nContent-Type: application/pdf\r\n\r\n'
        body += head.encode() + content + b"\r\n"
    body += f"--{BOUNDARY}--\r\n".encode()
    return call(server, "POST", "/nop-ho-so", body, f"multipart/form-data; boundary={BOUNDARY}")


def test_a_citizen_files_online_with_papers_and_the_office_has_a_letter_to_get(portal):
    status, _page, address = file_online(portal, [("giấy khai.pdf", b"%PDF-1.7 noi dung")])
    assert status == 303
    (letter,) = portal.neighbour.book.list_letters()
    assert (letter.kind, letter.sequence, letter.state) == ("NopHoSo", 1, "waiting")
    assert (letter.body["ChuHoSo"], letter.body["MaTTHC"]) == ("Người thử <b>", "1.001193")
    (paper,) = letter.body["TaiLieuNop"]
    assert paper["TenTepDinhKem"] == "giấy khai.pdf"
    path = paper["DuongDanTaiTepTin"].removeprefix(portal.url)
    assert get(portal, path)[:2] == (200, "%PDF-1.7 noi dung")
    assert "Mới đăng ký" in get(portal, address)[1]


@pytest.mark.parametrize(("field", "value", "words"), [
    ("ho_ten", "", "Ghi họ tên"), ("so_dinh_danh", "12", "12 chữ số"), ("ma_tthc", "", "Chọn thủ tục"),
])  # fmt: skip
def test_a_form_that_is_wrong_comes_back_with_what_was_typed_and_says_why(portal, field, value, words):
    status, page, _address = file_online(portal, **{field: value, "dia_chi": "Thôn <1>"})
    assert status == 200 and words in page and "Thôn &lt;1&gt;" in page
    assert portal.neighbour.book.list_letters() == []


def test_what_a_citizen_may_ask_follows_the_status(portal):
    book = portal.neighbour.book
    _status, _page, address = file_online(portal)
    code = address.partition("=")[2]
    assert post(portal, "/ho-so", ma=code, viec="bo-sung")[0] == 409
    book.tell({"MaThongDiep": "a", "MaHoSo": code, "ThuTu": 1, "TrangThaiHoSo": "5"}, AT)
    assert post(portal, "/ho-so", ma=code, viec="bo-sung", noi_dung="Bản vẽ mới")[0] == 303
    assert post(portal, "/ho-so", ma=code, viec="rut", noi_dung="Đổi ý")[0] == 303
    assert [(x.kind, x.sequence) for x in book.list_letters(code)] == [
        ("NopHoSo", 1), ("BoSungHoSo", 2), ("RutHoSo", 3),
    ]  # fmt: skip
    assert post(portal, "/ho-so", ma="không có", viec="rut")[0] == 409


def test_the_first_page_shows_where_each_dossier_stands_and_changes_the_mode(portal):
    portal.neighbour.book.tell(
        {"MaThongDiep": "a", "MaHoSo": "H50.<1>", "ThuTu": 1, "TrangThaiHoSo": "10"}, AT
    )
    page = get(portal, "/")[1]
    assert "H50.&lt;1&gt;" in page and "Đã trả kết quả" in page and "trái thứ tự" in page
    assert post(portal, "/che-do", che_do="slow")[0] == 303
    assert portal.neighbour.weather.usual is Trouble.SLOW
    post(portal, "/che-do", che_do="nonsense")
    assert portal.neighbour.weather.usual is Trouble.SLOW


@pytest.mark.parametrize("path", ["/khong-co", "/ho-so?ma=x", "/tep?so=9", "/tep?so=x"])
def test_what_is_not_there_is_not_found(portal, path):
    assert get(portal, path)[0] == 404


def test_the_portal_remembers_over_a_restart(tmp_path):
    first = NationalPortal(Book(tmp_path / "npsp.sqlite3"))
    code = first.file({"ma_tthc": "1.001193"})
    again = Book(tmp_path / "npsp.sqlite3")
    assert again.find_standing(code)["status"] == 1 and again.list_letters(code)[0].state == "waiting"
    assert again.next_code(AT) != code


def test_a_stranger_without_a_session_gets_nothing_from_the_portal(portal):
    asked = json.dumps({"service": "TraCuuHoSo", "data": []}).encode()
    assert json.loads(call(portal, "POST", "/adapter", asked)[1]) == {"error_code": "03"}
    assert json.loads(call(portal, "POST", "/adapter", b"[1]")[1]) == {"error_code": "03"}


def test_the_gateway_shows_every_message_and_refuses_what_it_does_not_understand():
    with running(TextGateway(key="k", delay_seconds=60)) as server:
        asked = {
            "ma_khach_hang": "k",
            "khoa": "1",
            "kenh": "sms",
            "so": "0912345678",
            "noi_dung": "Xin <chào>",
        }
        assert json.loads(call(server, "POST", "/gui", json.dumps(asked).encode())[1])["loi"] == ""
        for wrong in ({"kenh": "fax"}, {"so": "abc"}, {"khoa": ""}, {"ma_khach_hang": "x"}, {"noi_dung": ""}):
            assert json.loads(call(server, "POST", "/gui", json.dumps({**asked, **wrong}).encode())[1])["loi"]
        page = get(server, "/")[1]
        assert "Xin &lt;chào&gt;" in page and "đang chuyển" in page
        assert post(server, "/che-do", che_do="busy")[0] == 303
        assert call(server, "POST", "/gui", b"{}")[0] == 503
        assert get(server, "/")[0] == 200, "people's pages know no trouble"


def test_the_mailbox_page_is_there():
    with MailServer() as mail, running(Mailbox(mail)) as server:
        assert "Chưa có thư nào" in get(server, "/")[1]
