"""Papers of turns: each round has its own number, the notice says how the end was asked for, a stand-still has its letter."""

import re
from datetime import timedelta
from io import BytesIO
from typing import Any

import pypdfium2
import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from motcua.dossiers import actions
from motcua.dossiers.models import Dossier, Printing
from motcua.dossiers.rules.papers import number_paper
from motcua.dossiers.tests.conftest import SignIn
from motcua.dossiers.tests.factories import NOON, World, make_dossier
from motcua.legal.actions import load_parameters
from motcua.notifications.models import Message

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("morning", "numbers")]


@pytest.fixture
def numbers(db: None) -> None:
    load_parameters()


def read(client: Client, dossier: Dossier, form: str, **query: Any) -> str:
    answer = client.get(reverse("dossiers:print", args=[dossier.code, form]), query)
    assert answer.status_code == 200, answer.content.decode()[:500]
    pages = pypdfium2.PdfDocument(BytesIO(answer.content))
    said = " ".join(pages[n].get_textpage().get_text_range() for n in range(len(pages)))
    return re.sub(r"\s+", " ", said.replace("\ufffe", "-"))


def page_of(client: Client, dossier: Dossier) -> str:
    return client.get(reverse("dossiers:detail", args=[dossier.code])).content.decode()


def post(client: Client, dossier: Dossier, slug: str, **typed: Any) -> Any:
    revision = Dossier.objects.get(pk=dossier.pk).revision
    address = reverse("dossiers:act", args=[dossier.code, slug])
    return client.post(address, {"revision": revision, "idempotency_key": f"{slug}-{revision}", **typed})


def ask_twice(world: World) -> Dossier:
    dossier = make_dossier(world, "processing")
    clerk, counter = world.actors["a.case"], world.actors["a.intake"]
    for no, item in enumerate(("Bản vẽ", "Ảnh"), start=1):
        actions.request_supplement(
            actor=clerk, dossier_code=dossier.code, items=[item], reason=f"Thiếu {item}",
            override_reason="Luật mới" if no > 1 else "", at=NOON + timedelta(minutes=no),
        )  # fmt: skip
        if no == 1:
            later = NOON + timedelta(minutes=1, seconds=30)
            actions.accept_supplement(actor=counter, dossier_code=dossier.code, at=later)
    return dossier


def test_each_request_has_its_own_slip_and_number(world: World, as_: SignIn) -> None:
    dossier = ask_twice(world)
    counter, serial = as_("a.intake"), dossier.code.rpartition("-")[2]
    with time_machine.travel(NOON + timedelta(minutes=5), tick=False):
        first, second = (read(counter, dossier, "supplement_slip", so=no) for no in (1, 2))
        assert f"Số: {serial}/PBS-TTPVHCC" in first and "Bản vẽ" in first and "lần thứ" not in first
        assert f"Số: {serial}-2/PBS-TTPVHCC" in second and "Ảnh" in second and "(lần thứ 2)" in second
        assert "BẢN IN LẠI" not in first + second, "each is printed for the first time"
        assert "BẢN IN LẠI lần 2" in read(counter, dossier, "supplement_slip"), "the last, when none is named"
        page = page_of(counter, dossier)
    assert "Phiếu yêu cầu bổ sung lần 1" in page and "Phiếu yêu cầu bổ sung lần 2" in page
    assert sorted(Printing.objects.values_list("edition", "no")) == [(0, 1), (1, 1), (1, 2)]


@pytest.mark.parametrize("asked", ["3", "0", "-1", "hai", "99999", "²"])
def test_a_slip_that_is_not_there_is_said_so(world: World, as_: SignIn, asked: str) -> None:
    dossier = ask_twice(world)
    address = reverse("dossiers:print", args=[dossier.code, "supplement_slip"])
    assert as_("a.intake").get(address, {"so": asked}).status_code == 404


def test_no_two_papers_of_a_mark_have_one_number() -> None:
    code = "H50.12-260310-0007"
    assert number_paper("supplement_slip", code) == "0007/PBS-TTPVHCC"
    assert number_paper("supplement_slip", code, 2) == "0007-2/PBS-TTPVHCC"
    assert number_paper("suspension_notice", code) == "0007/TBTD" != number_paper("stop_notice", code)
    assert number_paper("joint_receipt", code) == ""


def test_an_apology_after_an_extension_has_the_next_number(world: World, as_: SignIn) -> None:
    dossier, head = make_dossier(world, "processing"), as_("a.leader")
    longer = {"new_due_at": "20/03/2026", "reason": "Phức tạp", "basis": "Luật X điều 2"}
    assert post(head, dossier, "gia-han", **longer).status_code == 302
    sorry = {"new_due_at": "24/03/2026", "cause": "verification", "reason": "Chờ xác minh"}
    assert post(head, dossier, "xin-loi", **sorry).status_code == 302
    serial = dossier.code.rpartition("-")[2]
    assert f"Số: {serial}/PXL" in read(head, dossier, "extension_slip")
    assert f"Số: {serial}-2/PXL" in read(head, dossier, "apology_slip")


def test_the_stop_notice_says_how_and_when_the_end_was_asked_for(world: World, as_: SignIn) -> None:
    dossier, counter = make_dossier(world, "processing"), as_("a.intake")
    shown = counter.get(reverse("dossiers:act", args=[dossier.code, "rut"])).content.decode()
    assert "trực tiếp tại bộ phận một cửa" in shown and 'value="10/03/2026"' in shown
    asked = {"reason": "Đổi ý", "request_channel": "postal"}
    assert post(counter, dossier, "rut", **asked).status_code == 422, "by post on which day?"
    early = post(counter, dossier, "rut", **asked, requested_on="09/03/2026")
    assert (
        early.status_code == 409 and "Ngày đề nghị từ ngày nhận hồ sơ (10/03/2026)" in early.content.decode()
    )
    ahead = post(counter, dossier, "rut", **asked, requested_on="11/03/2026")
    assert ahead.status_code == 409 and Dossier.objects.get(pk=dossier.pk).state == "processing"
    assert post(counter, dossier, "rut", **asked, requested_on="10/03/2026").status_code == 302
    said = read(counter, dossier, "stop_notice")
    assert "Ngày đề nghị dừng giải quyết: 10/03/2026" in said
    assert "Hình thức đề nghị: qua dịch vụ bưu chính công ích" in said
    assert "Tình trạng hồ sơ khi đề nghị: Đang giải quyết" in said


def test_a_notice_of_an_end_nobody_asked_for_prints_without_it(world: World, as_: SignIn) -> None:
    dossier, counter = make_dossier(world, "processing"), as_("a.intake")
    assert post(counter, dossier, "dung", reason="Hết đối tượng", basis="Luật X điều 3").status_code == 302
    said = read(counter, dossier, "stop_notice")
    assert (
        "đề nghị" not in said and "Thời gian dừng giải quyết" in said and "khi dừng: Đang giải quyết" in said
    )
    actions.reopen(
        actor=world.actors["a.leader"], dossier_code=dossier.code, reason="Nhầm", basis="QĐ 7", at=NOON
    )
    half = post(counter, dossier, "dung", reason="Nay mới đúng", request_channel="written")
    assert half.status_code == 409 and "Ghi ngày người nộp đề nghị" in half.content.decode()
    whole = {"reason": "Nay mới đúng", "request_channel": "written", "requested_on": "10/03/2026"}
    assert post(counter, dossier, "dung", **whole).status_code == 302
    serial = dossier.code.rpartition("-")[2]
    again, before = (read(counter, dossier, "stop_notice", so=no) for no in (2, 1))
    assert (
        f"Số: {serial}-2/TB-TTPVHCC" in again
        and "bằng văn bản gửi cơ quan" in again
        and "Nay mới đúng" in again
    )
    assert f"Số: {serial}/TB-TTPVHCC" in before and "Hết đối tượng" in before


def test_a_stand_still_has_its_letter_and_so_has_its_end(world: World, as_: SignIn) -> None:
    dossier, head = make_dossier(world, "processing"), as_("a.leader")
    promised = Dossier.objects.get(pk=dossier.pk).due_at
    assert promised is not None
    held = {"basis": "Luật Xây dựng điều 102", "review_at": "20/03/2026", "note": "Sở đang cho ý kiến"}
    assert post(head, dossier, "tam-dung", **held).status_code == 302
    serial = dossier.code.rpartition("-")[2]
    letter = read(head, dossier, "suspension_notice")
    for words in (
        f"Số: {serial}/TBTD", "Ủy ban nhân dân", "kể từ 09 giờ 00 phút, ngày 10/03/2026", "Luật Xây dựng điều 102",
        "Sở đang cho ý kiến", "luật chuyên ngành cho dừng tính thời hạn", "phần thời hạn còn lại được tính tiếp",
        "20/03/2026", "Nguyễn Văn Duyệt",
    ):  # fmt: skip
        assert words.lower() in letter.lower(), words
    assert "Thông báo tạm dừng" in page_of(head, dossier)
    assert "Thông báo tiếp tục giải quyết" not in page_of(head, dossier)
    with time_machine.travel(NOON + timedelta(days=2), tick=False):
        assert post(as_("a.case"), dossier, "tiep-tuc", proof="Công văn 5/SXD").status_code == 302
        moved, head = Dossier.objects.get(pk=dossier.pk).due_at, as_("a.leader")
        answer = read(head, dossier, "resumption_notice")
        assert moved is not None and moved > promised and "Công văn 5/SXD" in answer
        assert f"hẹn trả kết quả mới: 17 giờ 00 phút, ngày {moved:%d/%m/%Y}" in answer
        assert f"thời gian hẹn trả kết quả: 17 giờ 00 phút, ngày {promised:%d/%m/%Y}" in read(
            head, dossier, "suspension_notice"
        ), "printed later it says the appointment of then"
    told = set(Message.objects.filter(reference=dossier.code).values_list("template", flat=True))
    assert {"dossiers/suspended", "dossiers/resumed"} <= told


def test_waiting_for_a_payment_has_the_letter_with_its_paper(world: World, as_: SignIn) -> None:
    dossier, clerk = make_dossier(world, "processing"), as_("a.case")
    paid = {"paper": "TB 12/TB-CCT", "review_at": "20/03/2026"}
    assert post(clerk, dossier, "cho-nghia-vu-tai-chinh", **paid).status_code == 302
    letter = read(clerk, dossier, "suspension_notice")
    assert "Theo thông báo: TB 12/TB-CCT" in letter and "nghĩa vụ tài chính" in letter
    assert letter.count("TB 12/TB-CCT") == 1 and "THỦ TRƯỞNG CƠ QUAN" in letter
    actions.stop(actor=world.actors["a.intake"], dossier_code=dossier.code, reason="x", at=NOON)
    page = page_of(clerk, dossier)
    assert "/in/suspension_notice/" in page and "/in/resumption_notice/" not in page, (
        "it ended with the dossier"
    )
