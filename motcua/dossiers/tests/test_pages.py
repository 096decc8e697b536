"""The officers' pages of a dossier, at their addresses, as the officers meet them."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils.html import escape

from motcua.dossiers.models import Dossier, Event, Party
from motcua.dossiers.rules.states import State
from motcua.dossiers.tests.conftest import SignIn
from motcua.dossiers.tests.factories import BIRTH, World, make_dossier
from motcua.people.actions import PersonFacts

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("morning")]
PDF = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
    b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
)


def typed(world: World, **changes: str) -> dict[str, str]:
    case = world.sheet(BIRTH).cases[0]
    ticked = {f"part_{c.id}": "on" for c in case.components} | {
        f"part_{c.id}_originals": "1" for c in case.components
    }
    return {
        "idempotency_key": "k-1", "case_id": str(case.id), "applicant_kind": "person", "applicant_id_kind": "citizen_id",
        "applicant_name": "Nguyễn Thị Thuỳ Dương", "applicant_id_number": "045190001234",
        "applicant_phone": "0912345678", "channel": "counter", "set_count": "1", "result_delivery": "counter",
    } | ticked | changes  # fmt: skip


def test_the_counter_receives_and_shows_the_receipt(world: World, as_: SignIn) -> None:
    client = as_("a.intake")
    assert client.get(reverse("dossiers:choose")).status_code == 200
    address = reverse("dossiers:receive", args=[BIRTH])
    assert "Người đề nghị" in client.get(address).content.decode()
    answer = client.post(address, typed(world))
    dossier = Dossier.objects.get()
    assert answer.headers["Location"] == reverse("dossiers:received", args=[dossier.code])
    assert dossier.code in client.get(answer.headers["Location"]).content.decode()
    paper = client.get(reverse("dossiers:print", args=[dossier.code, "receipt"]))
    assert paper.headers["Content-Type"] == "application/pdf"
    assert paper.content.startswith(b"%PDF")


def test_a_double_click_receives_once(world: World, as_: SignIn) -> None:
    client = as_("a.intake")
    address = reverse("dossiers:receive", args=[BIRTH])
    answers = [client.post(address, typed(world)) for _n in range(2)]
    assert Dossier.objects.count() == 1
    assert answers[0].headers["Location"] == answers[1].headers["Location"]


def test_a_missing_paper_is_refused_in_words_and_what_was_typed_stays(world: World, as_: SignIn) -> None:
    required = next(c for c in world.sheet(BIRTH).cases[0].components if c.is_required)
    sent = typed(world)
    del sent[f"part_{required.id}"]
    answer = as_("a.intake").post(reverse("dossiers:receive", args=[BIRTH]), sent)
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Nguyễn Thị Thuỳ Dương" in page
    assert "error-summary" in page
    assert not Dossier.objects.exists()


def test_a_bad_birthday_is_said_at_its_field(world: World, as_: SignIn) -> None:
    answer = as_("a.intake").post(
        reverse("dossiers:receive", args=[BIRTH]), typed(world, applicant_birth_on="31/02/2020")
    )
    assert answer.status_code == 422
    assert "id_applicant_birth_on_error" in answer.content.decode()


@pytest.mark.parametrize(
    ("field", "text"),
    [
        ("applicant_birth_on", "01/01/2199"),
        ("applicant_birth_on", "2099"),
        ("applicant_birth_on", "12/2099"),
        ("applicant_id_number", "12345"),
        ("applicant_id_number", "04519000123x"),
    ],
)
def test_a_day_or_number_nobody_has_is_said_at_its_field_and_kept(
    world: World, as_: SignIn, field: str, text: str
) -> None:
    answer = as_("a.intake").post(reverse("dossiers:receive", args=[BIRTH]), typed(world, **{field: text}))
    page = answer.content.decode()
    assert answer.status_code == 422 and f"id_{field}_error" in page and f'value="{text}"' in page
    assert not Dossier.objects.exists()


@pytest.mark.parametrize(
    ("kind", "number"),
    [
        ("passport", "P<B1234567"),
        ("old_id", "194 123 456"),
        ("tax_code", "0100100079-001"),
        ("citizen_id", ""),
    ],
)
def test_a_number_of_the_kind_that_was_chosen_is_taken(
    world: World, as_: SignIn, kind: str, number: str
) -> None:
    sent = typed(world, applicant_id_kind=kind, applicant_id_number=number)
    assert as_("a.intake").post(reverse("dossiers:receive", args=[BIRTH]), sent).status_code == 302


def test_a_missing_required_paper_is_said_at_the_papers_not_at_the_reason(world: World, as_: SignIn) -> None:
    sent = typed(world, missing_reason="Gia đình nộp sau")
    required = next(c.id for c in world.sheet(BIRTH).cases[0].components if c.is_required)
    del sent[f"part_{required}"]
    page = as_("a.intake").post(reverse("dossiers:receive", args=[BIRTH]), sent).content.decode()
    assert 'id="id_parts_error"' in page and "id_missing_reason_error" not in page
    assert "Ghi lý do không thay được" in page and "Gia đình nộp sau" in page


@pytest.mark.parametrize("count", ["abc", "99999", "-1", "²"])
def test_a_count_nobody_means_is_refused_and_stays_as_it_was_typed(
    world: World, as_: SignIn, count: str
) -> None:
    first = world.sheet(BIRTH).cases[0].components[0].id
    sent = typed(world, **{f"part_{first}_originals": count})
    page = as_("a.intake").post(reverse("dossiers:receive", args=[BIRTH]), sent).content.decode()
    assert 'id="id_parts_error"' in page and "từ 0 đến 999" in page and f'value="{count}"' in page
    assert not Dossier.objects.exists()


@pytest.mark.parametrize("name", ["<script>alert(1)</script> Lan", "<b>Lan", "123", "…"])
def test_a_name_nobody_has_is_told_at_its_field_and_kept_as_text(
    world: World, as_: SignIn, name: str
) -> None:
    answer = as_("a.intake").post(
        reverse("dossiers:receive", args=[BIRTH]), typed(world, applicant_name=name)
    )
    page = answer.content.decode()
    assert answer.status_code == 422 and "id_applicant_name_error" in page
    assert not Dossier.objects.exists()
    assert "<script>alert" not in page and escape(name) in page


def test_html_that_came_in_another_way_is_shown_as_text(world: World, as_: SignIn) -> None:
    dossier = make_dossier(world, applicant=PersonFacts(full_name="<script>alert(1)</script> Lan"))
    page = as_("a.intake").get(reverse("dossiers:detail", args=[dossier.code])).content.decode()
    assert "<script>alert" not in page
    assert "&lt;script&gt;" in page


def test_refusing_takes_the_typed_person_along_and_prints_the_slip(world: World, as_: SignIn) -> None:
    client = as_("a.intake")
    address = reverse("dossiers:refuse_intake", args=[BIRTH])
    page = client.post(address, typed(world) | {"from_intake": "1"}).content.decode()
    assert "Nguyễn Thị Thuỳ Dương" in page
    answer = client.post(
        address, typed(world) | {"reason": "Không thuộc thẩm quyền của xã", "basis": "Điều 17"}
    )
    dossier = Dossier.objects.get(state=State.NOT_ACCEPTED)
    assert answer.headers["Location"] == reverse("dossiers:intake_refused", args=[dossier.code])
    assert client.get(reverse("dossiers:print", args=[dossier.code, "refusal_slip"])).content.startswith(
        b"%PDF"
    )


def test_the_card_fills_the_form_or_says_why_not(world: World, as_: SignIn) -> None:
    client = as_("a.intake")
    card = "045190001234|191234567|Nguyễn Thị Lan|05091990|Nữ|Xã An, Tỉnh Thử|01012022"
    fields = client.post(reverse("dossiers:read_card"), {"text": card}).json()["fields"]
    assert fields["applicant_name"] == "Nguyễn Thị Lan"
    assert fields["applicant_birth_on"] == "05/09/1990"
    assert client.post(reverse("dossiers:read_card"), {"text": "xin chào"}).status_code == 422
    old = card.replace("05091990", "00001950")
    fields = client.post(reverse("dossiers:read_card"), {"text": old}).json()["fields"]
    assert fields["applicant_birth_on"] == "1950"
    client.post(reverse("dossiers:receive", args=[BIRTH]), typed(world, applicant_birth_on="1950"))
    assert Party.objects.get(role="applicant").birth_text == "1950"


def test_the_persons_open_dossiers_are_shown_at_the_counter(world: World, as_: SignIn) -> None:
    client = as_("a.intake")
    client.post(reverse("dossiers:receive", args=[BIRTH]), typed(world))
    asked = {"applicant_id_number": "045190001234", "procedure_code": BIRTH}
    assert Dossier.objects.get().code in client.get(reverse("dossiers:check_person"), asked).content.decode()


def test_from_counter_to_result_by_pages(world: World, as_: SignIn) -> None:
    dossier = make_dossier(world)

    def do(name: str, act: str, **sent: Any) -> None:
        client, address = as_(name), reverse("dossiers:act", args=[dossier.code, act])
        assert client.get(address).status_code == 200, act
        dossier.refresh_from_db()
        keys = {"revision": dossier.revision, "idempotency_key": f"{act}-{dossier.revision}"}
        answer = client.post(address, keys | sent)
        assert answer.status_code == 302, (act, answer.content.decode()[:3000])

    do("a.intake", "chuyen")
    do("a.case", "bat-dau")
    do("a.case", "trinh", outcome="approved", note="Đủ điều kiện")
    do("a.leader", "quyet-dinh", outcome="approved")
    paper = SimpleUploadedFile("ket-qua.pdf", PDF, "application/pdf")
    do(
        "a.clerk",
        "ky-ket-qua",
        signed_on="10/03/2026",
        signer_name="Nguyễn Văn Duyệt",
        title="Giấy khai sinh",
        result_file=paper,
    )
    do(
        "a.intake",
        "tra-ket-qua",
        collector_name="Nguyễn Văn Thử",
        collector_relation="applicant",
        method="counter",
    )
    dossier.refresh_from_db()
    assert dossier.state == State.RETURNED
    page = as_("a.intake").get(reverse("dossiers:detail", args=[dossier.code])).content.decode()
    assert "Đã trả kết quả" in page
    assert "1/2026/KQ" in page
    for form in ("receipt", "control_slip"):
        printed = as_("a.intake").get(reverse("dossiers:print", args=[dossier.code, form]))
        assert printed.content.startswith(b"%PDF"), form


def test_a_refused_act_answers_409_and_says_what_is_possible(world: World, as_: SignIn) -> None:
    dossier = make_dossier(world)
    address = reverse("dossiers:act", args=[dossier.code, "quyet-dinh"])
    sent = {"revision": dossier.revision, "idempotency_key": "x", "outcome": "approved"}
    answer = as_("a.leader").post(address, sent)
    assert answer.status_code in (403, 409)
    assert Event.objects.filter(dossier_id=dossier.pk).count() == 1


def test_the_page_of_an_act_that_is_not_possible_says_so_before_anything_is_typed(
    world: World, as_: SignIn
) -> None:
    dossier = make_dossier(world)
    for who, act, said, way in (
        ("a.intake", "tra-ket-qua", "ở trạng thái “Đã tiếp nhận”", "chuyen"),
        ("a.leader", "quyet-dinh", "ở trạng thái “Đã tiếp nhận”", "dung"),
        ("a.clerk", "rut", "không có quyền “Rút hồ sơ”", ""),
    ):
        answer = as_(who).get(reverse("dossiers:act", args=[dossier.code, act]))
        page = answer.content.decode()
        assert answer.status_code == 200 and said in page and "<textarea" not in page, act
        assert not way or reverse("dossiers:act", args=[dossier.code, way]) in page, act


def test_a_stale_page_is_told_so_and_changes_nothing(world: World, as_: SignIn) -> None:
    dossier = make_dossier(world)
    address = reverse("dossiers:act", args=[dossier.code, "chuyen"])
    answer = as_("a.intake").post(
        address, {"revision": dossier.revision + 7, "idempotency_key": "x", "note": "Ghi chú đã gõ"}
    )
    assert answer.status_code == 409
    assert "Ghi chú đã gõ" in answer.content.decode()
    assert Event.objects.filter(dossier_id=dossier.pk).count() == 1


def test_another_commune_finds_nothing_at_any_address(world: World, as_: SignIn) -> None:
    dossier = make_dossier(world)
    client = as_("b.intake")
    for name, args in (
        ("detail", []), ("received", []), ("print", ["receipt"]), ("file", [1]), ("page_image", [1, 1]), ("act", ["rut"]),
    ):  # fmt: skip
        answer = client.get(reverse(f"dossiers:{name}", args=[dossier.code, *args]))
        assert answer.status_code == 404, name
    found = client.get(reverse("dossiers:search"), {"q": dossier.code})
    assert found.status_code == 200
    assert reverse("dossiers:detail", args=[dossier.code]) not in found.content.decode()


@pytest.mark.parametrize(
    "tab", ["new", "doing", "near_due", "overdue", "waiting_opinion", "to_sign", "to_return", "following"]
)
def test_every_tab_of_the_inbox_opens(world: World, as_: SignIn, tab: str) -> None:
    make_dossier(world, State.PROCESSING)
    assert as_("a.case").get(reverse("dossiers:inbox_tab", args=[tab])).status_code == 200


def test_bulk_hand_over_gives_each_its_own_result(world: World, as_: SignIn) -> None:
    first, second = make_dossier(world), make_dossier(world, State.PROCESSING)
    picks = [f"{d.code}@{d.revision}" for d in (first, second)]
    client = as_("a.intake")
    client.post(reverse("dossiers:hand_over_many"), {"pick": picks}, follow=False)
    page = client.get(reverse("dossiers:inbox")).content.decode()
    assert "Đã chuyển 1 hồ sơ" in page
    assert second.code in page


def test_search_finds_by_unaccented_words_and_opens_an_exact_code(world: World, as_: SignIn) -> None:
    dossier = make_dossier(world)
    client = as_("a.intake")
    assert dossier.code in client.get(reverse("dossiers:search"), {"q": "thu nguyen"}).content.decode()
    assert client.get(reverse("dossiers:search"), {"q": dossier.code}).status_code == 302


def test_the_register_is_shown_exported_and_printed(world: World, as_: SignIn) -> None:
    dossier = make_dossier(world)
    client = as_("a.intake")
    assert dossier.code in client.get(reverse("dossiers:register")).content.decode()
    assert b"".join(client.get(reverse("dossiers:export_register")).streaming_content).startswith(b"PK")
    assert client.get(reverse("dossiers:print_register")).content.startswith(b"%PDF")


def test_upload_keeps_good_files_and_names_what_is_wrong_with_bad_ones(world: World, as_: SignIn) -> None:
    client, address = as_("a.intake"), reverse("dossiers:upload")
    assert client.post(address, {"file": SimpleUploadedFile("a.pdf", PDF)}).status_code == 201
    for bad in (
        SimpleUploadedFile("a.pdf", b""),
        SimpleUploadedFile("a.pdf", b"<html>x</html>"),
        SimpleUploadedFile("a.exe", b"MZ" * 99),
    ):
        answer = client.post(address, {"file": bad})
        assert answer.status_code == 422
        assert answer.json()["title"]


def test_the_receipts_code_tells_only_the_degree_and_its_token_the_clock(world: World) -> None:
    dossier = make_dossier(world)
    stranger = Client()
    short = stranger.get(reverse("portal:track"), {"code": dossier.code}).content.decode()
    assert "Đã xong" in short or "đã xong" in short
    assert dossier.applicant_name not in short
    assert "Hẹn trả" not in short
    full = stranger.get(reverse("portal:follow", args=[dossier.code, dossier.token])).content.decode()
    assert "Vì sao là ngày này?" in full
    assert dossier.applicant_name not in full
    assert stranger.get(reverse("portal:follow", args=[dossier.code, "x" * 20])).status_code == 404


def test_a_stranger_is_sent_to_sign_in(world: World) -> None:
    dossier = make_dossier(world)
    for address in (
        reverse("dossiers:inbox"),
        reverse("dossiers:detail", args=[dossier.code]),
        reverse("dossiers:choose"),
    ):
        answer = Client().get(address)
        assert answer.status_code == 302
        assert answer.headers["Location"].startswith("/dang-nhap/")
