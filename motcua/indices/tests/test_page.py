"""The page beside `./run index-score`."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from motcua.dossiers.tests.factories import World, make_world
from motcua.indices.tests.test_score_766 import EXAMPLE
from tests.ground import begins_with, give

pytestmark = pytest.mark.django_db


@pytest.fixture
@begins_with(make_world)
def world() -> World:
    return give(make_world)


@pytest.fixture
def client(world: World) -> Client:
    from motcua.accounts.models import User

    client = Client()
    client.force_login(User.objects.get(username="p.control"))
    return client


def test_pasted_figures_are_scored(client: Client) -> None:
    page = client.post(reverse("indices:score"), {"figures": EXAMPLE, "on": "01/11/2026"}).content.decode()
    assert "<strong>84,77</strong>" in page and "Tốt" in page


def test_a_file_is_scored(client: Client) -> None:
    file = SimpleUploadedFile("so-lieu.csv", EXAMPLE.encode("utf-8-sig"))
    page = client.post(reverse("indices:score"), {"file": file, "on": "01/11/2026"}).content.decode()
    assert "<strong>84,77</strong>" in page


def test_faults_are_sentences_and_what_was_typed_stays(client: Client) -> None:
    answer = client.post(
        reverse("indices:score"), {"figures": "indicator,numerator,denominator\n9.9,a,1", "on": "01/11/2026"}
    )
    page = answer.content.decode()
    assert answer.status_code == 422 and "Dòng 2, cột numerator" in page and "9.9,a,1" in page


def test_the_page_opens_with_its_formulas(client: Client) -> None:
    page = client.get(reverse("indices:score")).content.decode()
    assert "Hồ sơ xử lý trước hạn, đúng hạn" in page and "766/QĐ-TTg" in page


def test_strangers_are_asked_to_sign_in(world: World) -> None:
    assert Client().get(reverse("indices:score")).status_code == 302
