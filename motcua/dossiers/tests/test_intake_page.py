"""The intake form without JavaScript, and what it says of the person before anything is received."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from motcua.audit.queries import find_entries
from motcua.documents.models import StoredFile
from motcua.dossiers.models import Dossier, PartFile
from motcua.dossiers.tests.conftest import SignIn
from motcua.dossiers.tests.factories import BIRTH, FEE, OPEN_ENDED, World, make_dossier
from motcua.dossiers.tests.test_pages import PDF, typed

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("morning")]
ADDRESS = f"/ho-so/tiep-nhan/{BIRTH}/"


@pytest.fixture(autouse=True)
def files_folder(settings: Any, tmp_path: Any) -> None:
    settings.FILES_DIR = tmp_path


def scan(name: str = "chung-sinh.pdf", content: bytes = PDF) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content, "application/pdf")


def first_paper(world: World) -> int:
    return world.sheet(BIRTH).cases[0].components[0].id


def test_scans_sent_with_the_form_are_attached(world: World, as_: SignIn) -> None:
    paper = first_paper(world)
    sent: dict[str, Any] = typed(world)
    del sent[f"part_{paper}"]  # a scan says by itself that the paper is there
    sent[f"part_{paper}_upload"] = [scan("mot.pdf"), scan("hai.pdf")]
    answer = as_("a.intake").post(ADDRESS, sent)
    assert answer.status_code == 302, answer.content.decode()[:2000]
    kept = PartFile.objects.filter(part__dossier=Dossier.objects.get(), part__component_id=paper)
    assert [each.file.original_name for each in kept.order_by("pk")] == ["mot.pdf", "hai.pdf"]


def test_a_form_that_comes_back_still_holds_its_scans(world: World, as_: SignIn) -> None:
    paper, client = first_paper(world), as_("a.intake")
    sent: dict[str, Any] = typed(world, applicant_birth_on="31/02/2020")
    answer = client.post(ADDRESS, sent | {f"part_{paper}_upload": scan()})
    page, kept = answer.content.decode(), StoredFile.objects.get()
    assert answer.status_code == 422
    assert "chung-sinh.pdf" in page
    assert f'name="part_{paper}_files" value="{kept.pk}" checked' in page
    again = typed(world) | {f"part_{paper}_files": str(kept.pk)}
    assert client.post(ADDRESS, again).status_code == 302
    assert PartFile.objects.get().file_id == kept.pk


def test_a_bad_scan_is_named_and_the_good_one_beside_it_stays(world: World, as_: SignIn) -> None:
    paper = first_paper(world)
    sent: dict[str, Any] = typed(world) | {f"part_{paper}_upload": [scan(), scan("trong.pdf", b"")]}
    answer = as_("a.intake").post(ADDRESS, sent)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "trong.pdf" in page and "chung-sinh.pdf" in page
    assert not Dossier.objects.exists()


def test_nobody_learns_the_name_of_a_foreign_file(world: World, as_: SignIn) -> None:
    foreign = world.make_file(world.actors["b.intake"])
    sent = typed(world, applicant_birth_on="x") | {f"part_{first_paper(world)}_files": str(foreign)}
    assert "ket-qua.pdf" not in as_("a.intake").post(ADDRESS, sent).content.decode()
    silly = typed(world) | {f"part_{first_paper(world)}_files": "9" * 30 + "٣"}
    assert as_("a.intake").post(ADDRESS, silly).status_code in (302, 409)


def test_another_name_under_the_same_number_is_said(world: World, as_: SignIn) -> None:
    client = as_("a.intake")
    client.post(ADDRESS, typed(world))
    asked = {"applicant_id_number": "045190001234", "applicant_name": "Trần Văn Khác", "procedure_code": FEE}
    page = client.get(reverse("dossiers:check_person"), asked).content.decode()
    assert "họ tên khác" in page and "Nguyễn T. T. D." in page
    asked["applicant_name"] = "nguyễn thị thuỳ dương"
    assert "họ tên khác" not in client.get(reverse("dossiers:check_person"), asked).content.decode()


def test_without_javascript_a_duplicate_is_shown_before_it_is_received(world: World, as_: SignIn) -> None:
    client = as_("a.intake")
    client.post(ADDRESS, typed(world))
    first = Dossier.objects.get()
    answer = client.post(ADDRESS, typed(world, idempotency_key="k-2", check_first="1"))
    page = answer.content.decode()
    assert answer.status_code == 409
    assert first.code in page and "check_first" not in page and "Nguyễn Thị Thuỳ Dương" in page
    assert client.post(ADDRESS, typed(world, idempotency_key="k-2")).status_code == 302
    assert Dossier.objects.count() == 2
    assert "dossiers.person_checked" in {entry.what for entry in find_entries().rows}


@pytest.mark.parametrize("button", ["look", "switch_case"])
def test_a_button_that_looks_receives_nothing_and_keeps_what_was_typed(
    world: World, as_: SignIn, button: str
) -> None:
    sent = typed(world, applicant_birth_on="chưa xong") | {button: "1"}
    answer = as_("a.intake").post(ADDRESS, sent)
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "chưa xong" in page and "Nguyễn Thị Thuỳ Dương" in page and "error-summary" not in page
    assert not Dossier.objects.exists()


def test_four_units_are_four_facts(world: World, as_: SignIn) -> None:
    there = str(world.units["B.TT"])
    sent = typed(world, supported_unit_id=there, returning_unit_id=there)
    assert as_("a.intake").post(ADDRESS, sent).status_code == 302
    dossier = Dossier.objects.get()
    assert dossier.receiving_unit_id == world.units["A.TT"]
    assert dossier.supported_unit_id == dossier.returning_unit_id == world.units["B.TT"]
    assert (
        as_("a.intake")
        .post(ADDRESS, typed(world, idempotency_key="k3", returning_unit_id=str(world.units["XD"])))
        .status_code
        == 422
    )


def test_a_procedure_without_limit_asks_for_the_agreed_day(world: World, as_: SignIn) -> None:
    client, address = as_("a.intake"), f"/ho-so/tiep-nhan/{OPEN_ENDED}/"
    assert "id_agreed_due_on" in client.get(address).content.decode()
    assert "id_agreed_due_on" not in client.get(ADDRESS).content.decode()
    case = world.sheet(OPEN_ENDED).cases[0]
    sent = typed(world, case_id=str(case.id)) | {f"part_{c.id}": "on" for c in case.components}
    sent |= {f"part_{c.id}_originals": "1" for c in case.components}
    assert client.post(address, sent).status_code == 422
    sent |= {"agreed_due_on": "20/03/2026", "agreed_due_reason": "Thống nhất với người nộp"}
    assert client.post(address, sent).status_code == 302
    assert f"{Dossier.objects.get().due_at:%d/%m/%Y}" == "20/03/2026"


def test_the_desk_costs_no_more_with_everything_on(
    world: World, as_: SignIn, django_assert_max_num_queries: Any
) -> None:
    """The budget of receiving is twelve, session and user counted; five are asked, and two mark the transaction here."""
    make_dossier(world)
    client: Client = as_("a.intake")
    client.post(ADDRESS, typed(world))
    with django_assert_max_num_queries(7):
        answer = client.post(ADDRESS, typed(world, idempotency_key="other", applicant_id_number=""))
    assert answer.status_code == 302


def test_what_was_typed_and_refused_is_not_called_missing_too(world: World, as_: SignIn) -> None:
    sent = typed(
        world, submitter_differs="on", submitter_name="Trần <b>", site="mobile", site_place="ă" * 201
    )
    page = as_("a.intake").post(ADDRESS, sent).content.decode()
    assert "Tên có dấu" in page and "Dài quá 200" in page
    assert "bỏ dấu tích phía trên" not in page and "Ghi nơi đã nhận" not in page


@pytest.mark.parametrize(
    ("number", "is_taken"), [("Nguyễn Thị Hường", False), ("chưa có", False), ("P 1234567", True), ("", True)]
)
def test_the_number_of_who_hands_in_is_a_number(
    world: World, as_: SignIn, number: str, is_taken: bool
) -> None:
    sent = typed(world, submitter_differs="on", submitter_name="Trần Văn Nộp", submitter_id_number=number)
    answer = as_("a.intake").post(ADDRESS, sent)
    assert (answer.status_code == 302) is is_taken
    assert is_taken or "Số giấy tờ có chữ số" in answer.content.decode()


@pytest.mark.parametrize("count", ["một", "1000", "0"])
def test_a_count_that_is_none_names_its_paper(world: World, as_: SignIn, count: str) -> None:
    """Ten papers stand in the table; the sentence above it says which of them is meant."""
    paper = world.sheet(BIRTH).cases[0].components[0]
    page = (
        as_("a.intake").post(ADDRESS, typed(world) | {f"part_{paper.id}_originals": count}).content.decode()
    )
    assert f"{(paper.label or paper.name).rstrip(' .;')}: " in page
