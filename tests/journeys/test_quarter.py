"""A province's quarter from the commune to the sent report: one given back, one late, gathered, opened as files."""

from decimal import Decimal
from io import BytesIO
from urllib.parse import urlsplit

import pypdfium2
import pytest
from django.utils import timezone
from python_calamine import CalamineWorkbook

from motcua.figures.rules import Period, find_current
from motcua.figures.rules.periods import previous
from tests.journeys.conftest import Enter
from tests.journeys.person import Person
from tests.office import Office

pytestmark = pytest.mark.browser
QUARTER = previous(find_current(timezone.localdate()))
FORM = "II.06b"
_BEHIND = """SELECT 1 FROM figures_cursor c WHERE NOT EXISTS (
    SELECT FROM dossiers_event e WHERE e.xact_id >= c.xact_id AND e.xact_id < motcua_horizon())"""
_COUNTED = """SELECT COALESCE(sum(carried + new_online + new_assisted + new_counter + new_postal + reopened + moved_in), 0)
    FROM figures_closedcount c JOIN figures_closedperiod p ON p.id = c.period_id
    JOIN organisations_unit u ON u.id = c.unit_id WHERE c.is_own AND u.code = %s AND p.last_on = %s"""
HUONG_PHUNG, LAO_BAO, PROVINCE = "2025-X19441", "2025-X19432", "2025-T44"


def close_figures(control: Person, office: Office) -> None:
    """Close the quarter's figures, as soon as what happened has been counted."""
    for _try in range(20):
        office.run_jobs("figures.follow_events")
        if office.find_all(_BEHIND):
            control.open("/so-lieu/chot/")
            control.follow("Chốt kỳ này")
            if control.page.locator(".flash-success").count():
                break
    assert f"Quý {QUARTER.number}/{QUARTER.year}" in control.read()


def begin(person: Person, period: Period = QUARTER) -> str:
    """Begin the report of the person's own agency; its address."""
    person.open("/bao-cao/")
    person.choose("#id_kind", "Quý")
    person.fill("#id_number", str(period.number))
    person.fill("#id_year", str(period.year))
    person.go_on("Enter")
    path = urlsplit(person.page.url).path
    assert path.startswith("/bao-cao/") and path != "/bao-cao/", person.read()[:1500]
    return path


def do(person: Person, path: str, words: str, said: str) -> None:
    """A button of the report, and what is said of it."""
    person.open(path)
    person.follow(words)
    assert said in person.read(), person.read()[:1500]


def sign_and_send(person: Person, path: str) -> None:
    do(person, path, "Ký báo cáo", "Đã ký")
    do(person, path, "Gửi cấp trên", "Đã gửi")


def read_sheet(content: bytes, form: str) -> tuple[list[list[object]], list[object]]:
    """The rows of a form in the workbook, and its row of sums."""
    rows = CalamineWorkbook.from_filelike(BytesIO(content)).get_sheet_by_name(form).to_python()
    return rows, next(row for row in rows if "Tổng cộng" in row)


def count(office: Office, unit: str) -> Decimal:
    """The dossiers to be handled of a unit in the quarter, as closed."""
    return Decimal(office.find(_COUNTED, unit, QUARTER.last_on)[0])


def test_a_quarter_goes_from_the_communes_to_the_province(enter: Enter, office: Office) -> None:
    control, leader, late = enter("tinh.kiemsoat1"), enter("huongphung.lanhdao"), enter("laobao.lanhdao")
    head = enter("tinh.chanhvanphong")
    close_figures(control, office)

    first = begin(leader)
    sign_and_send(leader, first)
    control.open(first)
    control.fill("#back", "Giải trình số quá hạn")
    control.go_on("Enter")
    assert "Bị trả lại" in control.read()
    leader.open(first)
    assert "Bị trả lại: Giải trình số quá hạn" in leader.read()
    sign_and_send(leader, first)

    whole = begin(control)
    assert "đơn vị chưa gửi" in control.read() and "Lao Bảo" in control.read()
    head.open(whole)
    do(head, whole, "Ký báo cáo", "muốn ký thì xác nhận")

    second = begin(late)
    sign_and_send(late, second)
    do(control, first, "Nhận báo cáo", "Đã nhận")
    do(control, second, "Nhận báo cáo", "Đã nhận")

    do(control, whole, "Lấy lại số liệu", "Đang lập")
    head.open(whole)
    head.tick("input[name=with_missing]")
    head.follow("Ký báo cáo")
    assert "Đã ký" in head.read()
    do(control, whole, "Gửi cấp trên", "Đã gửi")
    require_files(control, office, whole)


def require_files(control: Person, office: Office, whole: str) -> None:
    """The workbook and the paper say what was closed for both communes and the province's own."""
    expected = sum((count(office, unit) for unit in (HUONG_PHUNG, LAO_BAO, PROVINCE)), Decimal(0))
    rows, sums = read_sheet(control.fetch(f"{whole}tep/excel/"), FORM)
    taken = _read_taken(rows, sums)
    assert taken == expected, (taken, expected)
    document = pypdfium2.PdfDocument(control.fetch(f"{whole}tep/pdf/"))
    words = "\n".join(page.get_textpage().get_text_bounded() for page in document)
    assert f"Biểu số: {FORM}" in words and "Ủy ban nhân dân tỉnh Quảng Trị" in words
    assert "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM" in words


def _read_taken(rows: list[list[object]], sums: list[object]) -> Decimal:
    """Received in all, less what was still carried in its own column: (3) of the form, from the row of sums."""
    numbers = next(row for row in rows if any(str(cell).startswith("(3)") for cell in row))
    place = next(place for place, cell in enumerate(numbers) if str(cell).startswith("(3)"))
    return Decimal(str(sums[place]))
