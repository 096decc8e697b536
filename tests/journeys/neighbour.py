"""The national portal as a citizen and its postman use it: a form by keyboard, and letters carried to the office."""

from urllib.parse import parse_qs, urlsplit

from motcua.demo.papers import make_sample
from motcua.pretend.portal import NationalPortal
from motcua.pretend.postman import Postman, send_to
from tests.journeys.person import Person
from tests.office import PORTAL_SECRET, Office

PAPER = make_sample("TO KHAI", "Ban thu, khong co gia tri phap ly.")


def file_form(citizen: Person, portal: NationalPortal, **changes: str) -> str:
    """The citizen's form, by keyboard; answers with the portal's code."""
    citizen.page.goto(f"{portal.own_url}/nop-ho-so")
    typed = {
        "ma_tthc": "1.004873", "don_vi": "H50.105", "ho_ten": "Nguyễn Thị Trực Tuyến", "so_dinh_danh": "000190999111",
        "dien_thoai": "0900000001", "email": "truc.tuyen@demo.invalid", "dia_chi": "Thôn 1", "noi_dung": "Xin giấy xác nhận",
        **changes,
    }  # fmt: skip
    for name, text in typed.items():
        citizen.go_to(f"#{name}")
        citizen.write(text)
    citizen.attach("#tep", "to-khai.pdf", PAPER)
    citizen.go_to("main button, form button")
    citizen.go_on("Enter")
    return parse_qs(urlsplit(citizen.page.url).query)["ma"][0]


def carry(office: Office, portal: NationalPortal) -> None:
    """The postman walks once, and the office does at once what it does each minute."""
    Postman(portal.book, send_to(office.address), PORTAL_SECRET).carry_all()
    office.run_jobs("dossiers.take_filings", "integrations.send_outgoing")
