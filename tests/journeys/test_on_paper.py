"""Lists printed from the browser: a wide one lies across the sheet at its full size, in columns somebody can read."""

from io import BytesIO

import pypdfium2
import pytest
from django.urls import reverse

from tests.journeys.conftest import Enter

pytestmark = pytest.mark.browser
# What an A4 sheet lying across has between its margins of 14 mm, in the browser's hundredths.
ACROSS = int((297 - 28) / 25.4 * 96)
NARROWEST = 36 / 25.4 * 96


@pytest.mark.parametrize("name", ["stalled", "explanations", "register"])
def test_a_wide_list_lies_across_the_sheet(enter: Enter, name: str) -> None:
    page = enter("tinh.kiemsoat1").page
    page.goto(reverse(f"dossiers:{name}"))
    page.set_viewport_size({"width": ACROSS, "height": 700})
    page.emulate_media(media="print")
    table = page.locator("table.dense").first
    assert table.evaluate("t => t.scrollWidth") <= ACROSS, "else the browser shrinks every letter"
    widths = table.evaluate(
        "t => [...t.querySelectorAll('td.wrap')].map(d => d.getBoundingClientRect().width)"
    )
    assert widths and min(widths) >= NARROWEST - 1
    printed = pypdfium2.PdfDocument(BytesIO(page.pdf(prefer_css_page_size=True)))
    assert {printed[n].get_width() > printed[n].get_height() for n in range(len(printed))} == {True}
    page.emulate_media(media="screen")


def test_a_page_without_a_wide_list_stands_upright(enter: Enter) -> None:
    page = enter("tinh.kiemsoat1").page
    page.goto(reverse("dossiers:search"))
    (sheet, *_more) = pypdfium2.PdfDocument(BytesIO(page.pdf(prefer_css_page_size=True)))
    assert sheet.get_width() < sheet.get_height()
