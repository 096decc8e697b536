"""What is filed at the national portal, from the citizen's form to the result, with the portal played by a real server."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from motcua.core.refusal import Refused
from motcua.dossiers import online, queries
from motcua.dossiers.actions import filing as actions
from motcua.dossiers.actions.filing import Asked
from motcua.dossiers.models import Dossier, Filing
from motcua.dossiers.queries import filing as filings
from motcua.dossiers.rules.states import State
from motcua.dossiers.tests.conftest import SignIn
from motcua.dossiers.tests.factories import BIRTH, NOON, World, _bring, make_intake
from motcua.integrations import jobs
from motcua.integrations.models import Arrival
from motcua.legal import actions as legal
from motcua.notifications.models import Message
from motcua.organisations import actions as organisations
from motcua.organisations.models import UnitSuccession, UnitVersion
from motcua.pretend.portal import NationalPortal
from motcua.pretend.postman import Postman
from motcua.pretend.serving import running
from motcua.worktime.rules import ZONE

SECRET = "bí mật giữa hai bên"
PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
TYPED = {
    "ma_tthc": BIRTH,
    "don_vi": "H50.12",
    "ho_ten": "Trần Thị Trực Tuyến",
    "so_dinh_danh": "045099000001",
    "dien_thoai": "0912345678",
    "email": "truc.tuyen@example.vn",
    "dia_chi": "Thôn 1",
}


class Portal:
    """The citizen's side: files, completes, and sees what is told."""

    def __init__(self, neighbour: NationalPortal, postman: Postman) -> None:
        self.neighbour, self.postman = neighbour, postman

    def file(self, at: datetime = NOON, papers: int = 1, **typed: str) -> str:
        named = [
            {"TenTepDinhKem": f"to khai {n}.pdf", "DuongDanTaiTepTin": self._keep(n)} for n in range(papers)
        ]
        reference = self.neighbour.file({**TYPED, **typed}, named)
        self.carry(at)
        return reference

    def _keep(self, number: int) -> str:
        kept = self.neighbour.book.keep_file(f"{number}.pdf", "application/pdf", PDF)
        return f"{self.neighbour.own_url}/tep?so={kept}"

    def ask(self, kind: str, reference: str, at: datetime, **body: Any) -> None:
        self.neighbour.book.write(kind, reference, body, at)
        self.carry(at)

    def carry(self, at: datetime) -> None:
        """Everything goes both ways: letters in, papers, statuses out."""
        for letter in self.neighbour.book.list_letters(state="waiting"):
            stamp = f"{at.astimezone(ZONE):%Y%m%d%H%M%S}"
            self.neighbour.book._db.execute("UPDATE letters SET at = ? WHERE id = ?", (stamp, letter.id))
        self.postman.carry_all()
        Arrival.objects.filter(state="waiting").update(next_at=at)
        online.take_filings(at)
        online.fetch_papers(at)
        jobs.send_outgoing(at)

    def told(self, reference: str) -> list[int]:
        return [row["status"] for row in self.neighbour.book.list_told(reference)]

    def warnings(self, reference: str) -> str:
        standing = self.neighbour.book.find_standing(reference)
        return str(standing["warning"]) if standing else "unknown"


def _knock(body: bytes, signature: str) -> int:
    headers = {"X-Chu-Ky": signature}
    answer = Client().post("/lien-thong/npsp/", body, content_type="application/json", headers=headers)
    return answer.status_code


@pytest.fixture
def portal(settings: Any, world: World, morning: None) -> Iterator[Portal]:
    legal.load_parameters()
    neighbour = NationalPortal()
    with running(neighbour) as server:
        neighbour.own_url = settings.MOTCUA_NPSP_URL = server.url
        settings.MOTCUA_NPSP_INBOX_SECRET = SECRET
        settings.MOTCUA_NEIGHBOUR_SECONDS = 5
        yield Portal(neighbour, Postman(neighbour.book, _knock, SECRET))


def _accept(world: World, reference: str, at: datetime = NOON, who: str = "a.intake") -> Dossier:
    filing = Filing.objects.get(reference=reference)
    component = world.sheet().cases[0].components[0]
    pairs = tuple((component.id, paper.file_id) for paper in filings.find_papers(filing))
    given = replace(make_intake(world), applicant=filings.read_person(filing), part_files=pairs)
    return actions.accept_filing(
        actor=world.actors[who], reference=reference, intake=given, key=f"k{reference}", at=at
    )


def test_a_filing_waits_at_the_counter_of_the_agency_it_names(world: World, portal: Portal) -> None:
    reference = portal.file()
    filing = Filing.objects.get()
    assert (filing.reference, filing.unit_id) == (reference, world.units["A.TT"])
    assert filing.agency_id == world.units["A"]
    # Nine in the morning: two working hours end at eleven, eight the next day at nine.
    assert filing.alert_at == NOON + timedelta(hours=2)
    assert filing.answer_by == NOON + timedelta(days=1)
    assert filing.facts["id_number"] == "045099000001"
    assert b"045099000001" not in bytes(filing.facts_enc)
    (paper,) = filings.find_papers(filing)
    assert paper.file is not None and paper.file.media_type == "application/pdf"


def test_accepted_it_is_a_dossier_with_its_number_and_the_portal_hears_each_step_under_its_own_code(
    world: World, portal: Portal
) -> None:
    reference = portal.file()
    dossier = _accept(world, reference)
    assert dossier.code.startswith("H50.12") and dossier.channel == "online" and dossier.filed_as == reference
    assert Dossier.objects.get(pk=dossier.pk).parts.exclude(files=None).count() == 1
    _bring(world, dossier, world.actors["a.intake"], State.RETURNED, NOON + timedelta(minutes=5))
    portal.carry(NOON + timedelta(hours=1))
    assert list(dict.fromkeys(portal.told(reference))) == [2, 4, 9, 10]
    assert portal.warnings(reference) == "" and not portal.neighbour.book.list_told(dossier.code)
    filing = Filing.objects.get()
    assert filing.state == "accepted" and filing.dossier == dossier and not filing.was_late


def test_accepting_twice_makes_one_dossier(world: World, portal: Portal) -> None:
    reference = portal.file()
    assert _accept(world, reference).pk == _accept(world, reference).pk
    assert Dossier.objects.count() == 1


def test_returned_once_completed_and_accepted(world: World, portal: Portal) -> None:
    reference = portal.file()
    asked = Asked(("Bản sao giấy chứng sinh", "Ảnh rõ hơn của tờ khai"), "Tệp không đọc được")
    filing = actions.return_filing(actor=world.actors["a.intake"], reference=reference, asked=asked, at=NOON)
    assert filing.state == "asked" and filing.complete_by is not None
    portal.carry(NOON)
    words = portal.neighbour.book.list_told(reference)[-1]["body"]
    assert portal.told(reference) == [5] and "Bản sao giấy chứng sinh" in words
    assert Message.objects.get().template == "dossiers/returned_for_fix"
    later = NOON + timedelta(days=2)
    portal.ask("BoSungHoSo", reference, later, LyDo="Đã bổ sung", TaiLieuNop=[
        {"TenTepDinhKem": "chung sinh.pdf", "DuongDanTaiTepTin": portal._keep(9)}
    ])  # fmt: skip
    filing.refresh_from_db()
    assert filing.state == "waiting" and filing.answer_by == later + timedelta(days=1)
    assert len(filings.find_papers(filing)) == 2
    with pytest.raises(Refused, match="lý do đặc biệt"):
        actions.return_filing(actor=world.actors["a.intake"], reference=reference, asked=asked, at=later)
    _accept(world, reference, later)
    portal.carry(later)
    assert portal.told(reference) == [5, 1, 2] and portal.warnings(reference) == ""


def test_what_is_not_completed_in_fifteen_working_days_is_closed(world: World, portal: Portal) -> None:
    reference = portal.file()
    asked = Asked(("Tờ khai",), "Thiếu")
    filing = actions.return_filing(actor=world.actors["a.intake"], reference=reference, asked=asked, at=NOON)
    assert filing.complete_by is not None
    assert online.close_unanswered(filing.complete_by) == 0
    assert online.close_unanswered(filing.complete_by + timedelta(seconds=1)) == 1
    assert online.close_unanswered(filing.complete_by + timedelta(seconds=2)) == 0
    portal.carry(filing.complete_by + timedelta(minutes=1))
    assert portal.told(reference) == [5, 8] and not Dossier.objects.exists()
    assert "Đã đóng, quá hạn hoàn thiện" in _track(reference)


def _track(code: str) -> str:
    return Client().get(reverse("portal:track"), {"code": code}).content.decode()


def test_the_code_of_the_portal_tells_how_far_it_is_and_nothing_else(world: World, portal: Portal) -> None:
    reference = portal.file()
    page = _track(reference)
    assert "Đã nộp trực tuyến" in page and "Chờ tiếp nhận" in page and TYPED["ho_ten"] not in page
    dossier = _accept(world, reference)
    page = _track(f" {reference.lower()} ")
    assert dossier.code in page and "Giải quyết" in page and "Chờ tiếp nhận" not in page
    assert "Không thấy hồ sơ này" in _track("G99-000000-0001")


def test_refused_it_leaves_a_slip_and_the_reason_reaches_the_portal(world: World, portal: Portal) -> None:
    reference = portal.file()
    filing = actions.refuse_filing(
        actor=world.actors["a.intake"], reference=reference, intake=make_intake(world), reason="Sai thẩm quyền", at=NOON
    )  # fmt: skip
    portal.carry(NOON)
    assert filing.dossier is not None and filing.dossier.state == "not_accepted"
    assert portal.told(reference) == [3] and portal.warnings(reference) == ""
    assert "Sai thẩm quyền" in portal.neighbour.book.list_told(reference)[-1]["body"]


def test_what_names_no_procedure_of_ours_is_refused_without_a_slip(world: World, portal: Portal) -> None:
    reference = portal.file(ma_tthc="9.999999", don_vi="X99")
    filing = Filing.objects.get()
    assert filing.unit_id == world.units["P.TT"] and filing.agency_id is None
    unknown = replace(make_intake(world), procedure_code="9.999999")
    actions.refuse_filing(
        actor=world.actors["p.intake"], reference=reference, intake=unknown, reason="Không có thủ tục này", at=NOON
    )  # fmt: skip
    portal.carry(NOON)
    assert portal.told(reference) == [3] and not Dossier.objects.exists()
    assert "Không có thủ tục này" in portal.neighbour.book.list_told(reference)[-1]["body"]


def test_taken_back_before_it_was_accepted(world: World, portal: Portal) -> None:
    reference = portal.file()
    portal.ask("RutHoSo", reference, NOON, LyDo="Nộp nhầm")
    assert Filing.objects.get().state == "withdrawn" and portal.told(reference) == [7]
    with pytest.raises(Refused):
        _accept(world, reference)


def test_a_wish_about_what_was_accepted_waits_at_the_counter(
    world: World, portal: Portal, as_: SignIn
) -> None:
    reference = portal.file()
    dossier = _accept(world, reference)
    late = [{"TenTepDinhKem": "bo sung.pdf", "DuongDanTaiTepTin": portal._keep(5)}]
    portal.ask("BoSungHoSo", reference, NOON, LyDo="Gửi thêm giấy tờ", TaiLieuNop=late)
    portal.ask("RutHoSo", reference, NOON, LyDo="Thôi không làm nữa")
    filing = Filing.objects.get()
    assert [wish.kind for wish in filings.find_wishes(filing)] == ["supplement", "withdrawal"]
    assert filings.count_filings(world.actors["a.intake"])["wished"] == 1
    desk = as_("a.intake")
    assert reference in desk.get(reverse("dossiers:filings_tab", args=["yeu-cau"])).content.decode()
    shown = desk.get(reverse("dossiers:filing", args=[reference])).content.decode()
    assert "Thôi không làm nữa" in shown and "bo sung.pdf" in shown and dossier.code in shown
    ending = desk.get(reverse("dossiers:act", args=[dossier.code, "rut"])).content.decode()
    assert re.search(r'value="online"[^>]*checked', ending) and 'value="10/03/2026"' in ending
    for wish in filings.find_wishes(filing):
        address = reverse("dossiers:settle_wish", args=[reference, wish.pk])
        assert as_("b.intake").post(address).status_code == 404
        assert desk.post(address).status_code == 302
    assert filings.count_filings(world.actors["a.intake"])["wished"] == 0
    # Nothing was done to the dossier by itself.
    dossier.refresh_from_db()
    assert dossier.state == State.RECEIVED


def test_a_wish_about_nothing_of_ours_waits_for_a_person(world: World, portal: Portal) -> None:
    portal.ask("ThanhToan", "DVC-KHAC", NOON, LyDo="Đã nộp tiền")
    assert Arrival.objects.get().state == "failed"


def test_an_answer_after_its_hours_is_late_for_good(world: World, portal: Portal) -> None:
    reference = portal.file()
    _accept(world, reference, NOON + timedelta(days=1, minutes=1))
    assert Filing.objects.get().was_late


def test_another_counter_neither_sees_nor_answers(world: World, portal: Portal) -> None:
    reference = portal.file()
    for who in ("b.intake", "a.case", "p.admin"):
        with pytest.raises(Refused) as no:
            filings.get_filing(world.actors[who], reference)
        assert no.value.code == "not_found"
    # The head of the agency looks, the counter answers.
    assert filings.get_filing(world.actors["a.leader"], reference)
    with pytest.raises(Refused) as no:
        _accept(world, reference, who="a.leader")
    assert no.value.code == "not_yours"


def test_a_paper_that_is_not_the_portals_is_never_asked_for(world: World, portal: Portal) -> None:
    papers = [{"TenTepDinhKem": "x.pdf", "DuongDanTaiTepTin": "http://127.0.0.1:1/secret"}]
    portal.neighbour.file(TYPED, papers)
    portal.carry(NOON)
    (paper,) = filings.find_papers(Filing.objects.get())
    assert paper.file is None and paper.next_at is None and paper.fault


def test_an_agency_that_was_merged_is_followed(world: World, portal: Portal) -> None:
    day = NOON.date()
    UnitVersion.objects.filter(unit_id=world.units["B"]).update(valid_to=day)
    UnitVersion.objects.filter(unit_id=world.units["B.TT"]).update(valid_to=day)
    UnitSuccession.objects.create(from_unit_id=world.units["B"], to_unit_id=world.units["A"], on=day)
    organisations.mark_changed()
    portal.file(don_vi="H50.13")
    assert Filing.objects.get().unit_id == world.units["A.TT"]


def test_the_pages_of_the_counter(world: World, portal: Portal, as_: SignIn) -> None:
    reference = portal.file()
    desk = as_("a.intake")
    listed = desk.get(reverse("dossiers:filings")).content.decode()
    assert reference in listed and "chưa xem" in listed
    shown = desk.get(reverse("dossiers:filing", args=[reference])).content.decode()
    assert "045099000001" in shown and Filing.objects.get().seen_at == NOON
    filing = Filing.objects.get()
    (paper,) = filings.find_papers(filing)
    component = world.sheet().cases[0].components[0]
    form = {
        "revision": filing.revision, "idempotency_key": "k", "accepting": "1", f"tep_{paper.file_id}": component.id,
        "result_delivery": "electronic", "missing_reason": "Dữ liệu đã có", "competent_agency_id": world.units["A"],
    }  # fmt: skip
    answer = desk.post(reverse("dossiers:accept_filing", args=[reference]), form)
    assert answer.status_code == 302, re.findall(
        r"field-error.*?</p>|flash.*?</p>|error-summary.*?</ul>", answer.content.decode(), re.S
    )
    dossier = Dossier.objects.get()
    assert dossier.code in answer["Location"]
    again = desk.get(reverse("dossiers:filing", args=[reference])).content.decode()
    assert dossier.code in again and "Tiếp nhận, cấp mã" not in again
    assert as_("b.intake").get(reverse("dossiers:filing", args=[reference])).status_code == 404
    assert as_("a.case").get(reverse("dossiers:filings")).status_code == 403
    kept = desk.get(reverse("dossiers:filing_paper", args=[reference, paper.pk]))
    assert b"".join(kept.streaming_content) == PDF  # type: ignore[attr-defined]


def test_returning_and_refusing_on_the_page(world: World, portal: Portal, as_: SignIn) -> None:
    reference = portal.file()
    desk = as_("a.intake")
    empty = {"revision": 1, "idempotency_key": "k", "items": "", "reason": ""}
    assert desk.post(reverse("dossiers:return_filing", args=[reference]), empty).status_code == 422
    asked = {**empty, "items": "Tờ khai\n\nẢnh", "reason": "Thiếu"}
    assert desk.post(reverse("dossiers:return_filing", args=[reference]), asked).status_code == 302
    filing = Filing.objects.get()
    assert filing.requests.get().items == ["Tờ khai", "Ảnh"]
    stale = {"revision": 1, "idempotency_key": "r", "reason": "Không đúng"}
    assert desk.post(reverse("dossiers:refuse_filing", args=[reference]), stale).status_code == 409
    fresh = {**stale, "revision": filing.revision}
    assert desk.post(reverse("dossiers:refuse_filing", args=[reference]), fresh).status_code == 302
    assert Filing.objects.get().state == "refused"
    assert queries.search(world.actors["a.intake"], reference).rows
