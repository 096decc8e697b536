"""The steps behind the counter, each by keyboard, and what the citizen sees of them."""

from urllib.parse import urlsplit

from motcua.demo.papers import make_sample
from tests.journeys.person import Person, read_pdf
from tests.office import Office

RESULT = make_sample("KET QUA", "Ban thu, khong co gia tri phap ly.")
_NUMBER = (
    "SELECT r.number FROM dossiers_result r JOIN dossiers_dossier d ON d.id = r.dossier_id WHERE d.code = %s"
)
_OPEN = "SELECT t.name FROM dossiers_task t JOIN dossiers_dossier d ON d.id = t.dossier_id WHERE d.code = %s AND t.done_at IS NULL"


def take_receipt(counter: Person, code: str, *said: str) -> str:
    """The receipt that opened is a real PDF with these words; answers with the address its QR code holds."""
    sheet = counter.page.locator("iframe.print-sheet").get_attribute("src")
    assert f"/{code}/in/receipt/" in sheet
    words, codes = read_pdf(counter.fetch(sheet))
    for text in (code, *said):
        assert text in words
    assert code in codes, "the bar code says the dossier's code"
    return next(text for text in codes if text.startswith("http"))


def collect_fee(counter: Person, code: str, amount: str, receipt: str) -> None:
    """From the page of the receipt to the page of fees by F6; what is owed stands there already."""
    counter.go_on("F6")
    counter.fill("#id_receipt_number", receipt)
    counter.send()
    assert f"Đã thu {amount}" in counter.read(".flash-success")
    assert receipt in counter.read()
    assert urlsplit(counter.page.url).path == f"/ho-so/{code}/thu-phi/"


def propose(officer: Person, code: str, note: str) -> None:
    """Put it before the leader, approving."""
    officer.open_act(code, "trinh")
    officer.choose("#id_outcome_0", " ")
    officer.fill("#id_note", note)
    officer.send()
    officer.require_done(code)


def decide(leader: Person, code: str) -> None:
    """The competent person agrees."""
    leader.open_act(code, "quyet-dinh")
    leader.choose("#id_outcome_0", " ")
    leader.send()
    leader.require_done(code)


def sign_off(clerk: Person, code: str, title: str) -> None:
    """Number and file of the result."""
    clerk.open_act(code, "ky-ket-qua")
    clerk.fill("#id_title", title)
    clerk.attach("#id_result_file", "ket-qua.pdf", RESULT)
    clerk.send()
    clerk.require_done(code)


def give_back(counter: Person, office: Office, code: str) -> None:
    """The result goes over the counter; nothing is left to do, and its number stands on the page."""
    counter.open_act(code, "tra-ket-qua")
    counter.tick("#id_has_receipt")
    counter.send()
    counter.require_done(code)
    page = counter.read()
    assert "Đã trả kết quả" in page
    assert office.find(_NUMBER, code)[0] in page
    assert not office.find_all(_OPEN, code)


def require_followed(citizen: Person, address: str, name: str, *said: str) -> None:
    """The receipt's address tells the clock in a citizen's words; the code alone only how far it is."""
    path = urlsplit(address).path
    code = path.split("/")[2]
    citizen.open(path)
    full = citizen.read()
    assert code in full and name not in full
    for words in said:
        assert words in full, words
    citizen.open(f"/tra-cuu/?code={code}")
    short = citizen.read()
    assert "Tiếp nhận" in short
    assert name not in short and "ẹn trả" not in short


def touch_face(counter: Person, code: str, words: str) -> None:
    """The device of the counter shows the dossier just given back; one touch answers, a second finds nothing to answer."""
    counter.open("/danh-gia/may/")
    assert code in counter.read()
    counter.follow(words)
    assert "Cảm ơn" in counter.read()
    counter.open("/danh-gia/may/")
    assert code not in counter.read()
