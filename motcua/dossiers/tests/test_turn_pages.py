"""The turns at their addresses: what the page offers, what it says, what is printed, what the applicant reads."""

from datetime import datetime
from typing import Any

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from pypdfium2 import PdfDocument

from motcua.dossiers import actions
from motcua.dossiers.models import Dossier, Part, PromiseChange, SupplementRequest
from motcua.dossiers.tests.conftest import SignIn
from motcua.dossiers.tests.factories import FEE, World, make_dossier
from motcua.dossiers.tests.test_pages import PDF
from motcua.legal.actions import load_parameters
from motcua.payments import actions as payments
from motcua.worktime.rules import ZONE

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("morning", "numbers")]


@pytest.fixture
def numbers(db: None) -> None:
    load_parameters()


def act(client: Client, dossier: Dossier, slug: str, **typed: Any) -> Any:
    address = reverse("dossiers:act", args=[dossier.code, slug])
    shown = client.get(address)
    assert shown.status_code == 200, shown.content.decode()[:500]
    revision = Dossier.objects.get(pk=dossier.pk).revision
    return client.post(address, {"revision": revision, "idempotency_key": f"{slug}-{revision}", **typed})


def read(client: Client, dossier: Dossier) -> str:
    return client.get(reverse("dossiers:detail", args=[dossier.code])).content.decode()


def test_a_supplement_from_the_request_to_the_counter(world: World, as_: SignIn) -> None:
    dossier = make_dossier(world, "processing", FEE)
    part = Part.objects.filter(dossier=dossier).first()
    handler, counter = as_("a.case"), as_("a.intake")
    answer = act(
        handler, dossier, "yeu-cau-bo-sung", papers=[part.name], items="Bản chính sổ hộ khẩu\n\nẢnh", reason="Tờ khai mờ",
        answer_days="15", contact_phone="0912345678",
    )  # fmt: skip
    assert answer.status_code == 302
    assert SupplementRequest.objects.get().items == [part.name, "Bản chính sổ hộ khẩu", "Ảnh"]
    page = read(counter, dossier)
    assert "Yêu cầu bổ sung lần 1: đang chờ" in page and "Nhận bổ sung" in page and "Tạm dừng" in page
    slip = counter.get(reverse("dossiers:print", args=[dossier.code, "supplement_slip"]))
    assert slip.content.startswith(b"%PDF")
    follow = Client().get(reverse("portal:follow", args=[dossier.code, dossier.token])).content.decode()
    assert "Bản chính sổ hộ khẩu" in follow and "0912345678" in follow
    scan = {"scan": SimpleUploadedFile("to-khai.pdf", PDF)}
    assert act(counter, dossier, "nhan-bo-sung", note="Đủ", **scan).status_code == 422, "of which paper?"
    scan = {"scan": SimpleUploadedFile("to-khai.pdf", PDF), "scan_part": part.pk}
    assert act(counter, dossier, "nhan-bo-sung", note="Đủ", **scan).status_code == 302
    page = read(counter, dossier)
    assert "to-khai.pdf" in page
    assert "tính lại từ đầu" in page and "trừ thời gian chờ bổ sung" in page
    follow = Client().get(reverse("portal:follow", args=[dossier.code, dossier.token])).content.decode()
    assert "thời hạn tính lại từ đầu" in follow and "Bản chính sổ hộ khẩu" not in follow


def test_a_second_request_asks_for_its_special_reason(world: World, as_: SignIn) -> None:
    dossier = make_dossier(world, "processing")
    facts = {"items": "Ảnh", "reason": "Thiếu", "answer_days": "15"}
    act(as_("a.case"), dossier, "yeu-cau-bo-sung", **facts)
    act(as_("a.intake"), dossier, "nhan-bo-sung")
    answer = act(as_("a.case"), dossier, "yeu-cau-bo-sung", **facts)
    assert answer.status_code == 422 and "override_reason" in answer.content.decode()
    assert (
        act(as_("a.case"), dossier, "yeu-cau-bo-sung", **facts, override_reason="Luật mới").status_code == 302
    )


def test_the_head_apologises_and_the_letter_is_printed(world: World, as_: SignIn) -> None:
    dossier = make_dossier(world, "processing", FEE)
    head = as_("a.leader")
    facts = {"cause": "verification", "reason": "Chờ xác minh tại nơi khác", "signer_title": "Chủ tịch"}
    refused = act(head, dossier, "xin-loi", new_due_at="15/03/2026", **facts)
    assert refused.status_code == 409 and "ngày làm việc" in refused.content.decode()
    assert act(head, dossier, "xin-loi", new_due_at="17/03/2026", **facts).status_code == 302
    assert PromiseChange.objects.get().new_due_at == datetime(2026, 3, 17, 17, tzinfo=ZONE)
    letter = as_("a.intake").get(reverse("dossiers:print", args=[dossier.code, "apology_slip"]))
    assert letter.content.startswith(b"%PDF")
    follow = Client().get(reverse("portal:follow", args=[dossier.code, dossier.token])).content.decode()
    assert "xin lỗi, hẹn lại" in follow
    assert act(head, dossier, "xin-loi", new_due_at="20/03/2026", **facts).status_code == 409


def test_payment_suspension_extension_and_reopening_have_their_pages(world: World, as_: SignIn) -> None:
    dossier = make_dossier(world, "processing")
    head, handler, counter = as_("a.leader"), as_("a.case"), as_("a.intake")
    paid = {"paper": "TB 12/TB-CCT", "review_at": "10/04/2026"}
    assert act(handler, dossier, "cho-nghia-vu-tai-chinh", **paid).status_code == 302
    assert act(counter, dossier, "xong-nghia-vu-tai-chinh", proof="GNT 77").status_code == 302
    held = {"basis": "Luật X điều 1", "review_at": "20/03/2026", "note": "Chờ Bộ"}
    assert act(head, dossier, "tam-dung", **held).status_code == 302
    assert act(handler, dossier, "tiep-tuc", proof="CV 5").status_code == 302
    longer = {"new_due_at": "20/03/2026", "reason": "Phức tạp", "basis": "Luật X điều 2"}
    assert act(head, dossier, "gia-han", **longer).status_code == 302
    page = read(head, dossier)
    for words in ("Chờ người nộp thực hiện nghĩa vụ tài chính", "GNT 77", "Gia hạn", "Luật X điều 2"):
        assert words in page
    assert "/in/apology_slip/" not in page, "nothing was apologised for"
    (letter,) = PdfDocument(
        counter.get(reverse("dossiers:print", args=[dossier.code, "extension_slip"])).content
    )
    said = letter.get_textpage().get_text_range()
    assert "Căn cứ gia hạn: Luật X điều 2" in said and "20/03/2026" in said
    assert (
        actions.stop(actor=world.actors["a.intake"], dossier_code=dossier.code, reason="x", at=_noon()).state
        == "stopped"
    )
    assert act(head, dossier, "mo-lai", reason="Dừng nhầm", basis="QĐ 7/QĐ-UBND").status_code == 302
    assert Dossier.objects.get(pk=dossier.pk).state == "processing"


def _noon() -> datetime:
    return datetime(2026, 3, 10, 9, 30, tzinfo=ZONE)


def test_the_page_of_a_dossier_with_turns_keeps_to_its_budget(world: World, as_: SignIn) -> None:
    dossier = make_dossier(world, "processing", FEE)
    act(as_("a.case"), dossier, "yeu-cau-bo-sung", items="Ảnh", reason="Thiếu", answer_days="15")
    act(as_("a.intake"), dossier, "nhan-bo-sung")
    head = as_("a.leader")
    act(head, dossier, "xin-loi", new_due_at="17/03/2026", cause="workload", reason="Đông")
    read(head, dossier)
    with CaptureQueriesContext(connection) as spent:
        page = read(head, dossier)
    assert "Xin lỗi, hẹn lại" in page and len(spent) <= 20, [(q["sql"] or "")[:80] for q in spent]


def test_an_unanswered_request_is_closed_after_its_day(world: World, as_: SignIn) -> None:
    dossier = make_dossier(world, "processing")
    act(as_("a.case"), dossier, "yeu-cau-bo-sung", items="Ảnh", reason="Thiếu", answer_days="15")
    assert act(as_("a.intake"), dossier, "dong-ho-so").status_code == 409
    with time_machine.travel(datetime(2026, 4, 1, 9, tzinfo=ZONE), tick=False):
        assert act(as_("a.intake"), dossier, "dong-ho-so").status_code == 302
        notice = as_("a.intake").get(reverse("dossiers:print", args=[dossier.code, "stop_notice"]))
    assert notice.content.startswith(b"%PDF")


def test_the_pages_say_what_a_turn_does_before_it_is_taken(world: World, as_: SignIn) -> None:
    dossier = make_dossier(world, "processing", FEE)

    def said(who: str, slug: str) -> str:
        return as_(who).get(reverse("dossiers:act", args=[dossier.code, slug])).content.decode()

    assert "tính lại từ đầu" in said("a.case", "yeu-cau-bo-sung")
    assert "Chậm nhất" in said("a.leader", "xin-loi") or "Theo luật phải xin lỗi" in said(
        "a.leader", "xin-loi"
    )
    assert "rút về" in said("a.intake", "dung") and "Đã thu" not in said("a.intake", "dung")
    payments.collect(
        actor=world.actors["a.intake"], reference=dossier.code, amount=8000, method="cash", at=_noon()
    )
    assert "Đã thu 8.000" in said("a.intake", "rut")
    with time_machine.travel(datetime(2026, 3, 16, 9, tzinfo=ZONE), tick=False):
        assert "là muộn" in said("a.case", "yeu-cau-bo-sung") and "là muộn" in said("a.leader", "xin-loi")
