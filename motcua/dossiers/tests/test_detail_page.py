"""The page of a dossier: papers beside the viewer, and everything an officer asks of it."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import translation

from motcua.audit.queries import find_entries
from motcua.documents.models import StoredFile
from motcua.dossiers import actions
from motcua.dossiers.models import Dossier, Task
from motcua.dossiers.rules.route import OwnTask
from motcua.dossiers.tests.conftest import SignIn
from motcua.dossiers.tests.factories import BIRTH, FEE, NOON, World, make_dossier
from motcua.dossiers.tests.test_pages import PDF, typed
from motcua.legal.actions import load_parameters

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("morning")]


@pytest.fixture(autouse=True)
def files_folder(settings: Any, tmp_path: Any) -> None:
    settings.FILES_DIR = tmp_path


def see(client: Client, code: str, **query: str) -> str:
    answer = client.get(reverse("dossiers:detail", args=[code]), query)
    assert answer.status_code == 200
    return answer.content.decode()


def receive_with_scans(world: World, client: Client) -> Dossier:
    paper = world.sheet(BIRTH).cases[0].components[0].id
    scans = [SimpleUploadedFile(name, PDF, "application/pdf") for name in ("mot.pdf", "hai.pdf")]
    client.post(reverse("dossiers:receive", args=[BIRTH]), typed(world) | {f"part_{paper}_upload": scans})
    return Dossier.objects.get()


def test_the_viewer_opens_with_the_first_scan_and_with_the_one_asked_for(world: World, as_: SignIn) -> None:
    client = as_("a.intake")
    dossier = receive_with_scans(world, client)
    first, second = StoredFile.objects.order_by("pk")
    for query, file in (({}, first), ({"tep": str(second.pk)}, second), ({"tep": "999999"}, first)):
        page = see(client, dossier.code, **query)
        assert reverse("dossiers:page_image", args=[dossier.code, file.pk, 1]) in page
    viewer = client.get(reverse("dossiers:viewer", args=[dossier.code, second.pk]))
    assert "hai.pdf" in viewer.content.decode() and "<html" not in viewer.content.decode()
    assert "dossiers.file_read" in {entry.what for entry in find_entries().rows}
    picture = client.get(reverse("dossiers:page_image", args=[dossier.code, second.pk, 1]), {"rong": "1600"})
    assert picture.content.startswith(b"\x89PNG")


def test_a_file_of_another_dossier_is_not_shown_here(world: World, as_: SignIn) -> None:
    client = as_("a.intake")
    dossier, other = receive_with_scans(world, client), make_dossier(world)
    file_id = StoredFile.objects.order_by("pk")[0].pk
    assert client.get(reverse("dossiers:viewer", args=[other.code, file_id])).status_code == 404
    assert as_("b.intake").get(reverse("dossiers:viewer", args=[dossier.code, file_id])).status_code == 404


def test_the_page_says_money_owed_messages_in_words_and_history_newest_first(
    world: World, as_: SignIn
) -> None:
    dossier = make_dossier(world, "processing", code=FEE)
    page = see(as_("a.intake"), dossier.code)
    assert "Còn phải thu" in page and "Thu phí" in page
    assert "Báo đã tiếp nhận" in page and "dossiers/received" not in page
    assert page.index("bắt đầu giải quyết") < page.index("tiếp nhận hồ sơ.")
    assert "Thu phí" not in see(as_("a.leader"), dossier.code)


@pytest.mark.parametrize(
    "state", ["received", "processing", "result_ready", "returned", "stopped", "not_accepted"]
)
def test_every_state_has_its_page_within_twenty_statements(
    world: World, as_: SignIn, state: str, django_assert_max_num_queries: Any
) -> None:
    dossier, client = make_dossier(world, state), as_("a.intake")
    see(client, dossier.code)
    with django_assert_max_num_queries(20):
        see(client, dossier.code)


def test_a_result_waiting_to_be_collected_is_not_called_late(world: World, as_: SignIn) -> None:
    dossier = make_dossier(world, "result_ready")
    with time_machine.travel(NOON + timedelta(days=9), tick=False):
        assert "quá hạn" not in see(as_("a.intake"), dossier.code)


@pytest.mark.parametrize("state", ["withdrawn", "stopped"])
def test_what_was_given_up_is_never_called_done_in_time(
    world: World, as_: SignIn, client: Client, state: str, morning: None
) -> None:
    dossier = make_dossier(world, state)
    own = as_("a.intake").get(reverse("dossiers:detail", args=[dossier.code])).content.decode()
    followed = client.get(reverse("portal:follow", args=[dossier.code, dossier.token])).content.decode()
    for page in (own, followed):
        assert "Khép lại, không giải quyết tiếp" in page and "Xong đúng hạn" not in page
    assert "Mang theo giấy tiếp nhận" not in followed


def test_only_who_still_waits_is_told_what_to_bring(world: World, client: Client, morning: None) -> None:
    waiting, done = make_dossier(world, "result_ready"), make_dossier(world, "returned")
    said = [
        "Mang theo giấy tiếp nhận"
        in client.get(reverse("portal:follow", args=[one.code, one.token])).content.decode()
        for one in (waiting, done)
    ]
    assert said == [True, False]


def test_what_the_house_names_itself_is_said_in_the_readers_language(
    world: World, as_: SignIn, morning: None
) -> None:
    load_parameters()
    dossier = make_dossier(world, "processing", FEE)
    with translation.override("en"):
        actions.request_supplement(
            actor=world.actors["a.case"], dossier_code=dossier.code, items=("Ảnh",), reason="Thiếu", answer_days=15, at=NOON
        )  # fmt: skip
    assert Task.objects.get(dossier=dossier, done_at=None, kind="complete").name == OwnTask.SUPPLEMENT
    counter = as_("a.intake")
    addresses = reverse("dossiers:detail", args=[dossier.code]), reverse("dossiers:inbox_tab", args=["new"])
    for address in addresses:
        assert "Nhận bổ sung của người nộp" in counter.get(address).content.decode()
    counter.cookies["django_language"] = "en"
    for address in addresses:
        assert "Take in what the applicant brings" in counter.get(address).content.decode()


def test_what_the_post_brings_nobody_is_told_to_come_for(world: World, client: Client, morning: None) -> None:
    dossier = make_dossier(world)
    Dossier.objects.filter(pk=dossier.pk).update(result_delivery="postal", return_place="Số 1 Lê Lợi")
    page = client.get(reverse("portal:follow", args=[dossier.code, dossier.token])).content.decode()
    assert "Số 1 Lê Lợi" in page and "Bưu chính đưa kết quả" in page
    assert "Mang theo giấy tiếp nhận" not in page


def test_nobody_is_offered_a_slip_to_hand_over_to_themselves(
    world: World, as_: SignIn, morning: None
) -> None:
    """What was just received lies with the counter; once handed over it lies with somebody else."""
    dossier = make_dossier(world)
    address = reverse("dossiers:detail", args=[dossier.code])
    slip = reverse("dossiers:print", args=[dossier.code, "handover_slip"])
    assert slip not in as_("a.intake").get(address).content.decode()
    actions.hand_over(actor=world.actors["a.intake"], dossier_code=dossier.code, at=NOON + timedelta(hours=1))
    assert slip in as_("a.intake").get(address).content.decode()
