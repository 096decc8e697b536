"""A plan goes from the blank page to its number, and from the province down to a commune, through the pages alone."""

from types import SimpleNamespace

import pytest
from django.test import Client

from motcua.programme.models import Plan, PlanReading
from motcua.programme.tests.test_pages import confirm, upload

pytestmark = pytest.mark.django_db
ROW = {
    "content": "Rà soát thủ tục",
    "lead": "Văn phòng",
    "time": "Quý II/2026",
    "product": "Báo cáo",
    "no": "1",
    "section_no": "I",
    "section": "Rà soát",
}


def begin(client: Client, source: str = "") -> PlanReading:
    answer = client.post("/ke-hoach/soan/", {"year": 2026, "source": source})
    assert answer.status_code == 302, answer.content.decode()[-3000:]
    return PlanReading.objects.latest("pk")


def act(client: Client, draft: PlanReading, what: str, **fields: object) -> object:
    draft.refresh_from_db()
    answer = client.post(f"/ke-hoach/ban-doc/{draft.pk}/{what}/", fields | {"revision": draft.revision})
    draft.refresh_from_db()
    return answer


def test_from_a_blank_page_to_a_number(sign_in) -> None:  # type: ignore[no-untyped-def]
    clerk, head = sign_in("commune_clerk"), sign_in("commune_head")
    draft = begin(clerk)
    act(clerk, draft, "dong/0/them")
    page = clerk.get(f"/ke-hoach/ban-doc/{draft.pk}/").content.decode()
    assert "Phải có trước khi trình ký" in page
    act(clerk, draft, "trinh-ky")
    assert draft.state == "waiting"
    act(clerk, draft, "dong/0", **ROW)
    body = {
        "legal_bases": "Nghị định số 63/2010/NĐ-CP",
        "body": "I. MỤC ĐÍCH\nTốt hơn.",
        "report": "UBND tỉnh",
    }
    act(clerk, draft, "phan-than", **body)
    assert draft.read["recipients"] == ["UBND tỉnh (b/c)"] and draft.read["parts"][0]["heading"] == "MỤC ĐÍCH"
    act(clerk, draft, "trinh-ky")
    assert act(clerk, draft, "ky").status_code == 403  # type: ignore[attr-defined]
    act(head, draft, "tra-lai", answer="Bổ sung sản phẩm")
    assert "Bổ sung sản phẩm" in clerk.get(f"/ke-hoach/ban-doc/{draft.pk}/").content.decode()
    act(clerk, draft, "trinh-ky")
    act(head, draft, "ky")
    wrong = act(clerk, draft, "ban-hanh", number="", dated="10/03/2026")
    assert wrong.status_code == 422  # type: ignore[attr-defined]
    act(clerk, draft, "ban-hanh", number="03/KH-UBND", dated="31/12/2099")
    plan = Plan.objects.get()
    assert plan.number == "03/KH-UBND" and draft.plan == plan
    assert clerk.get(f"/ke-hoach/{plan.pk}/tep/").status_code == 200


def test_a_body_that_has_no_heading_keeps_what_was_typed(sign_in) -> None:  # type: ignore[no-untyped-def]
    clerk = sign_in("commune_clerk")
    draft = begin(clerk)
    answer = act(clerk, draft, "phan-than", body="Một câu")
    assert answer.status_code == 422 and "Một câu" in answer.content.decode()  # type: ignore[attr-defined]


def test_the_draft_leaves_as_a_word_file(sign_in) -> None:  # type: ignore[no-untyped-def]
    clerk = sign_in("commune_clerk")
    draft = begin(clerk)
    answer = clerk.get(f"/ke-hoach/ban-doc/{draft.pk}/du-thao.docx")
    assert answer.status_code == 200 and answer.content.startswith(b"PK")
    assert sign_in("other_approver").get(f"/ke-hoach/ban-doc/{draft.pk}/du-thao.docx").status_code == 404


def test_a_plan_goes_down_from_the_province_to_a_commune(  # type: ignore[no-untyped-def]
    sign_in, province: SimpleNamespace, plan_text: bytes
) -> None:
    control, clerk = sign_in("control"), sign_in("commune_clerk")
    plan = confirm(control, upload(control, plan_text))
    assert control.post(f"/ke-hoach/{plan.pk}/cap-duoi/", {"due_on": "20/03/2099"}).status_code == 422
    control.post(f"/ke-hoach/{plan.pk}/cap-duoi/", {"groups": ["commune"], "due_on": "20/03/2099"})
    assert plan.calls.count() == 2
    assert "Cấp trên giao xây dựng kế hoạch" in clerk.get("/ke-hoach/").content.decode()
    draft = begin(clerk, f"{plan.pk}-")
    page = clerk.get(f"/ke-hoach/ban-doc/{draft.pk}/").content.decode()
    assert "Niêm yết thủ tục" in page and "Kế hoạch cấp trên: chủ trì" in page
    board = control.get(f"/ke-hoach/{plan.pk}/cap-duoi/").content.decode()
    assert "đang soạn" in board and "UBND phường Bình" in board
    only = control.get(f"/ke-hoach/{plan.pk}/cap-duoi/?tinh-hinh=drafted").content.decode()
    assert "UBND phường Bình" not in only and "UBND xã An" in only


def test_another_agencys_board_has_no_form(sign_in, plan_text: bytes) -> None:  # type: ignore[no-untyped-def]
    plan = confirm(sign_in("control"), upload(sign_in("control"), plan_text))
    client = sign_in("commune_clerk")
    assert "Giao xây dựng kế hoạch" not in client.get(f"/ke-hoach/{plan.pk}/cap-duoi/").content.decode()
    client.post(f"/ke-hoach/{plan.pk}/cap-duoi/", {"groups": ["commune"]})
    assert not plan.calls.exists()
    assert client.post(f"/ke-hoach/{plan.pk}/gui-cap-tren/", {"parent": plan.pk}).status_code == 403
