"""Many applications of one organisation brought to the counter as one file: the quickest way to some dossiers."""

from io import BytesIO

import xlsxwriter

from motcua.dossiers.queries.batch import COLUMNS
from tests.journeys.counter import make_card
from tests.journeys.person import Person

CERTIFICATE = "1.004873"
EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def make_line() -> tuple[str, ...]:
    """A person nobody is, as a line of the file."""
    card, name = make_card()
    return (name, card.split("|")[0], "05/09/1990", "Nữ", "Thôn 1", "", "", "")


def make_workbook(*lines: tuple[str, ...]) -> bytes:
    """The file an organisation fills in."""
    buffer = BytesIO()
    with xlsxwriter.Workbook(buffer) as book:
        sheet = book.add_worksheet()
        for number, line in enumerate((tuple(COLUMNS.values()), *lines)):
            sheet.write_row(number, 0, line)
    return buffer.getvalue()


def open_batch(counter: Person, *, agency: str = "", delivery: str = "") -> None:
    """The page with everything typed but the file."""
    counter.open(f"/ho-so/tiep-nhan/{CERTIFICATE}/hang-loat/")
    counter.fill("#id_organisation", "Công ty Thử nghiệm")
    boxes = counter.page.locator('input[name="co"]')
    for place in range(boxes.count()):
        counter.tick(f"#{boxes.nth(place).get_attribute('id')}")
    if agency:
        # By its label: many agencies begin alike, and their accents are not on the keys.
        counter.go_to("#id_competent_agency_id")
        names = counter.page.locator("#id_competent_agency_id option").all_inner_texts()
        label = next(name for name in names if name.strip().startswith(agency))
        counter.page.select_option("#id_competent_agency_id", label=label.strip())
    if delivery:
        counter.choose("#id_result_delivery", delivery)
        counter.fill("#id_return_place", "Thôn 1, Xã Thử")


def attach_lines(counter: Person, *lines: tuple[str, ...]) -> None:
    """The file, chosen by keyboard."""
    counter.attach("#id_file", "danh-sach.xlsx", make_workbook(*lines), EXCEL)


def read_codes(counter: Person) -> list[str]:
    """The dossiers the page says were received, in the order of the file."""
    return [text.strip() for text in counter.page.locator("main td a").all_inner_texts()]


def receive_many(counter: Person, count: int, *, agency: str = "", delivery: str = "") -> list[str]:
    """So many dossiers at once; their codes."""
    open_batch(counter, agency=agency, delivery=delivery)
    attach_lines(counter, *(make_line() for _one in range(count)))
    counter.follow("Nhận thật")
    assert f"Đã nhận {count} hồ sơ." in counter.read(), counter.read()[:2000]
    return read_codes(counter)
