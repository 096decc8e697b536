"""The register on paper: one field, its days, and the layout of its time."""

import io
import re
from datetime import timedelta

import pypdfium2
import pytest
from django.urls import reverse

from motcua.catalogue.queries import find_fields
from motcua.dossiers.models import Dossier
from motcua.dossiers.tests.conftest import SignIn
from motcua.dossiers.tests.factories import NOON, World, make_dossier


def read(pdf: bytes) -> str:
    pages = pypdfium2.PdfDocument(io.BytesIO(pdf))
    return re.sub(r"\s+", " ", " ".join(page.get_textpage().get_text_range() for page in pages))


@pytest.fixture
def printed(world: World, as_: SignIn, morning: None):
    def print_it(**asked: str) -> str:
        return read(as_("a.intake").get(reverse("dossiers:print_register"), asked).content)

    return print_it


def test_it_names_its_field_and_the_days_that_were_asked(world: World, printed) -> None:
    one, other = make_dossier(world), make_dossier(world)
    code, name = find_fields()[0]
    Dossier.objects.filter(pk=one.pk).update(field_code=code)
    Dossier.objects.filter(pk=other.pk).update(field_code="G00-KHAC")
    first, last = NOON - timedelta(days=40), NOON + timedelta(days=3)
    text = printed(field=code, since=f"{first:%d/%m/%Y}", until=f"{last:%d/%m/%Y}")
    assert f"Lĩnh vực: {name}" in text and one.code in text and other.code not in text
    assert f"Từ ngày {first:%d/%m/%Y} đến ngày {last:%d/%m/%Y}" in text


def test_a_book_of_old_dossiers_keeps_the_layout_of_2018(world: World, printed) -> None:
    dossier = make_dossier(world)
    assert "Mẫu số 07" in printed() and "Số bộ" not in printed()
    Dossier.objects.filter(pk=dossier.pk).update(received_at=NOON.replace(year=2025, month=3))
    old = printed()
    assert "Mẫu số 06" in old and "Số bộ" in old
    Dossier.objects.filter(pk=dossier.pk).update(state="withdrawn")
    assert "Đã rút" in printed(), "its notes say why nothing was given back"
