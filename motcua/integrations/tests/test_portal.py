"""The national portal, played by a real little server: nothing is lost, nothing overtakes, and what differs is seen."""

from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from itertools import count

import pytest
from django.conf import settings as house
from django.db import transaction
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from motcua.integrations import actions as integrations
from motcua.integrations import jobs, npsp, queries, rules
from motcua.integrations.models import Arrival, ArrivalState, Difference, Dispatch, DispatchState, Incoming
from motcua.pretend.portal import NationalPortal
from motcua.pretend.portal_book import Book
from motcua.pretend.postman import Postman
from motcua.pretend.serving import running
from motcua.pretend.weather import Trouble, Weather

AT = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)
SECRET = "bí mật giữa hai bên"
_EXAMPLES = count(1)
TROUBLES = [Trouble.SLOW, Trouble.DOWN, Trouble.BUSY, Trouble.LOST_ANSWER, Trouble.FINE]


def put(reference="H50.1", sequence=1, status=4, **more):
    payload = {"code": reference, "status": status, "channel": 1, "at": AT.isoformat(), **more}
    return integrations.put(
        "npsp", "dossier.status", agency_id=3, reference=reference, payload=payload, sequence=sequence, at=AT
    )


def told(portal, reference):
    return [(row["sequence"], row["status"]) for row in portal.book.list_told(reference)]


def states():
    return sorted(Dispatch.objects.values_list("state", flat=True))


@pytest.fixture
def portal(settings):
    neighbour = NationalPortal(weather=Weather(slow_seconds=0.4))
    with running(neighbour) as server:
        settings.MOTCUA_NPSP_URL = server.url
        settings.MOTCUA_NEIGHBOUR_SECONDS = 5
        settings.MOTCUA_NPSP_INBOX_SECRET = SECRET
        yield neighbour


@pytest.fixture
def postman(portal):
    return Postman(portal.book, knock, SECRET)


def knock(body, signature):
    """The office's door, in this process."""
    reply = Client().post(
        "/lien-thong/npsp/", body, content_type="application/json", headers={"X-Chu-Ky": signature}
    )
    return reply.status_code


@pytest.mark.django_db
@pytest.mark.parametrize("status", range(1, 11))
def test_each_of_the_ten_statuses_arrives_with_its_dates(portal, status):
    put(status=status, due_at="2026-03-05T10:00:00+00:00", procedure_code="1.001193")
    assert jobs.send_outgoing(AT) == 1
    assert told(portal, "H50.1") == [(1, status)]
    assert '"NgayHenTra": "20260305170000"' in portal.book.list_told("H50.1")[0]["body"]
    assert states() == ["sent"]


@pytest.mark.django_db
@pytest.mark.parametrize("status", [None, 0, 11, "4", True, ""])
def test_a_status_without_a_national_code_is_an_error_seen_at_once_and_never_a_blank(portal, status):
    put(status=status)
    put(sequence=2, status=4)
    assert jobs.send_outgoing(AT) == 0
    first = Dispatch.objects.order_by("id").first()
    assert (first.state, first.attempts) == (DispatchState.FAILED, 1) and "status" in first.last_error
    assert told(portal, "H50.1") == [], "what came later does not overtake it"
    assert integrations.set_aside(dispatch_ids=[first.pk], reason="đã báo bằng văn bản", at=AT) == 1
    assert jobs.send_outgoing(AT) == 1 and told(portal, "H50.1") == [(2, 4)]


@pytest.mark.django_db
def test_without_a_portal_everything_waits(settings):
    settings.MOTCUA_NPSP_URL = ""
    put()
    assert jobs.send_outgoing(AT) == 0 and states() == ["waiting"]


@pytest.mark.django_db
def test_a_portal_that_is_away_costs_no_attempt(settings):
    settings.MOTCUA_NPSP_URL = "http://127.0.0.1:1"
    put()
    put(reference="H50.2")
    assert jobs.send_outgoing(AT) == 0
    assert {(d.attempts, d.next_at) for d in Dispatch.objects.all()} == {(0, AT + rules.NEIGHBOUR_AWAY)}


@pytest.mark.django_db
def test_one_that_does_not_answer_is_given_up_for_this_round(portal):
    portal.weather.usual = Trouble.BUSY
    for n in range(10):
        put(reference=f"H50.{n}")
    assert jobs.send_outgoing(AT) == 0
    tried = sorted(Dispatch.objects.values_list("attempts", flat=True))
    assert tried == [0] * 7 + [1] * 3


@pytest.mark.django_db
def test_an_answer_that_was_lost_leads_to_no_second_entry(portal):
    put()
    portal.weather.foretell([Trouble.FINE, Trouble.LOST_ANSWER])
    assert jobs.send_outgoing(AT) == 0
    assert jobs.send_outgoing(AT + timedelta(minutes=5)) == 1
    assert told(portal, "H50.1") == [(1, 4)]
    assert Dispatch.objects.get().last_error == "đã tồn tại"


@pytest.mark.django_db
def test_a_session_that_ended_is_begun_anew(portal):
    put()
    jobs.send_outgoing(AT)
    portal.forget_sessions()
    put(sequence=2)
    assert jobs.send_outgoing(AT) == 1


@pytest.mark.django_db
def test_a_message_held_by_a_deliverer_is_held_by_no_other_and_comes_back_when_that_one_is_lost():
    put()
    assert len(integrations.lease(destination="npsp", limit=9, at=AT)) == 1
    assert integrations.lease(destination="npsp", limit=9, at=AT) == []
    assert len(integrations.lease(destination="npsp", limit=9, at=AT + rules.LEASE)) == 1


@contextmanager
def undone():
    """What an example wrote is gone before the next."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.mark.django_db
@settings(max_examples=20, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    messages=st.lists(st.tuples(st.integers(1, 3), st.integers(1, 10)), min_size=1, max_size=12),
    troubles=st.lists(st.sampled_from(TROUBLES), max_size=25),
)
def test_over_random_faults_every_status_arrives_once_and_in_order(portal, messages, troubles):
    portal.book = Book()
    portal.weather.clear()
    house.MOTCUA_NEIGHBOUR_SECONDS = 0.25
    # A slow answer to an earlier example may still be on its way: each example has dossiers of its own.
    example = next(_EXAMPLES)
    with undone():
        expected: dict[str, list[tuple[int, int]]] = {}
        for number, status in messages:
            reference = f"H50.{example}.{number}"
            row = (len(expected.setdefault(reference, [])) + 1, status)
            put(reference, *row)
            expected[reference].append(row)
        portal.weather.foretell(troubles)
        now = AT
        for _round in range(200):
            jobs.send_outgoing(now)
            # After twelve bad answers in a row a message waits for a person, who has it tried again.
            failed = Dispatch.objects.filter(state="failed").values_list("pk", flat=True)
            integrations.retry(dispatch_ids=list(failed), at=now)
            if not Dispatch.objects.filter(state="waiting").exists():
                break
            now += timedelta(minutes=10)
        assert set(states()) == {"sent"}
        for reference, rows in expected.items():
            assert told(portal, reference) == rows
            assert portal.book.find_standing(reference)["status"] == rows[-1][1]


@pytest.mark.django_db
@settings(max_examples=20, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    asked=st.lists(st.sampled_from(["file", "supplement"]), min_size=1, max_size=8),
    troubles=st.lists(st.sampled_from(list(Trouble)), max_size=20),
)
def test_over_random_faults_every_filing_arrives_once_and_is_handled_in_order(portal, asked, troubles):
    portal.book = Book()
    with undone():
        references = []
        for what in asked:
            if what == "file" or not references:
                references.append(portal.file({"ma_tthc": "1.001193", "ho_ten": "Người thử"}))
            else:
                portal.book.write("BoSungHoSo", references[-1], {"LyDo": "thêm"}, AT)
        weather = Weather()
        weather.foretell(troubles)
        Postman(portal.book, knock, SECRET, weather).carry_all()
        for reference in references:
            letters = portal.book.list_letters(reference)
            assert {letter.state for letter in letters} == {"sent"}
            arrived = [a for a in queries.find_arrivals_of(reference) if a.state == ArrivalState.WAITING]
            assert [(a.key, a.sequence) for a in arrived] == [(x.key, x.sequence) for x in letters]
            assert [queries.read_body(a) for a in arrived] == [x.body for x in letters]
        handled = []
        while ready := queries.find_ready("npsp", AT + timedelta(days=9000)):
            for arrival in ready:
                handled.append((arrival.reference, arrival.sequence))
                integrations.mark_handled(arrival_id=arrival.pk, result="x", at=AT)
        for reference in references:
            own = [sequence for code, sequence in handled if code == reference]
            assert own == list(range(1, len(portal.book.list_letters(reference)) + 1))


@pytest.mark.django_db
def test_the_same_message_twice_is_one_and_another_under_its_key_waits_for_a_person(portal, postman):
    postman.weather.foretell([Trouble.DUPLICATE])
    portal.file({"ma_tthc": "1.001193", "ho_ten": "Người thử", "so_dinh_danh": "001234567890"})
    postman.carry_all()
    (arrival,) = Arrival.objects.all()
    assert (arrival.repeats, arrival.state, arrival.topic) == (1, "waiting", "dossier.filed")
    postman.weather.foretell([Trouble.CONTRADICTORY])
    portal.file({"ma_tthc": "1.001193", "ho_ten": "Người khác"})
    postman.carry_all()
    failed = Arrival.objects.get(state="failed")
    assert "mâu thuẫn" in failed.last_error
    assert Arrival.objects.filter(key=failed.key, state="waiting").exists(), "the first word stands meanwhile"


@pytest.mark.django_db
def test_what_came_in_is_kept_without_its_words_and_the_words_are_unreadable_in_the_table(portal, postman):
    portal.file({"ma_tthc": "1.001193", "ho_ten": "Tên riêng của người", "so_dinh_danh": "001234567890"})
    postman.carry_all()
    incoming, arrival = Incoming.objects.get(), Arrival.objects.get()
    assert "001234567890" not in str(vars(incoming)) and "Tên riêng" not in str(vars(incoming))
    assert b"001234567890" not in bytes(arrival.body_enc)
    assert queries.read_body(arrival)["ChuHoSo"] == "Tên riêng của người"
    integrations.mark_handled(arrival_id=arrival.pk, result="H50.1", at=AT)
    arrival.refresh_from_db()
    assert (arrival.body_enc, arrival.result) == (None, "H50.1")


def test_a_filing_is_read_in_our_words(portal):
    typed = {
        "ma_tthc": "1.001193", "don_vi": "H50.12", "ho_ten": " Người thử ", "so_dinh_danh": "001234567890",
        "ngay_sinh": "1/2/1990", "dien_thoai": "0912345678", "email": "a@b.vn", "dia_chi": "Thôn 1", "noi_dung": "Khai sinh",
    }  # fmt: skip
    portal.file(
        typed, [{"TepDinhKemId": 1, "TenTepDinhKem": "to-khai.pdf", "DuongDanTaiTepTin": "http://x/tep?so=1"}]
    )
    filing = npsp.read_filing(portal.book.list_letters()[0].body)
    assert (filing.procedure_code, filing.agency_code, filing.full_name) == (
        "1.001193",
        "H50.12",
        "Người thử",
    )
    assert (filing.id_number, filing.phone, filing.request) == ("001234567890", "0912345678", "Khai sinh")
    assert filing.papers == (npsp.Paper("to-khai.pdf", "http://x/tep?so=1"),)


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"MaTTHC": "1.001193"},
        {"ChuHoSo": "Người thử"},
        {"MaTTHC": ["x"], "ChuHoSo": "a"},
        {"MaTTHC": " ", "ChuHoSo": "a"},
    ],
)
def test_a_filing_without_procedure_or_applicant_cannot_be_read(body):
    with pytest.raises(ValueError, match="no procedure or no applicant"):
        npsp.read_filing(body)


@pytest.mark.parametrize(
    "odd", [None, 7, "x", [], [None], [["x"]], [{}], [{"SoDinhDanh": 9, "TenTepDinhKem": []}], {"a": 1}]
)
@pytest.mark.parametrize("field", ["DinhDanhCHS", "TaiLieuNop", "Email", "NgaySinh", "DonViTiepNhan"])
def test_whatever_else_it_says_a_filing_is_read_without_fault(field, odd):
    filing = npsp.read_filing({field: odd, "MaTTHC": "1.001193", "ChuHoSo": "Người thử"})
    assert filing.full_name == "Người thử" and isinstance(filing.email, str)


@pytest.mark.django_db
def test_the_second_word_waits_for_the_first_however_late_it_comes(portal, postman):
    reference = portal.file({"ma_tthc": "1.001193"})
    portal.book.write("BoSungHoSo", reference, {"LyDo": "thêm"}, AT)
    postman.weather.foretell([Trouble.OUT_OF_ORDER, Trouble.DOWN])
    postman.carry()
    assert [a.sequence for a in Arrival.objects.all()] == [2]
    later = AT + timedelta(days=9000)
    assert queries.find_ready("npsp", later) == []
    postman.carry_all()
    assert [a.sequence for a in queries.find_ready("npsp", later)] == [1]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("body", "secret", "status"),
    [
        (b"{}", SECRET, 400),
        (b"khong phai json", SECRET, 400),
        (b'{"MaThongDiep":"k","Loai":"KhacHan","MaHoSo":"x","ThuTu":1,"NoiDung":{}}', SECRET, 400),
        (b'{"MaThongDiep":"k","Loai":"RutHoSo","MaHoSo":"x","ThuTu":-1,"NoiDung":{}}', SECRET, 400),
        (b'{"MaThongDiep":"k","Loai":"RutHoSo","MaHoSo":"x","ThuTu":1,"NoiDung":{}}', "khac", 401),
        (b'{"MaThongDiep":"k","Loai":"RutHoSo","MaHoSo":"x","ThuTu":1,"NoiDung":{}}', SECRET, 200),
    ],
)
def test_only_what_is_signed_and_understood_is_let_in(settings, body, secret, status):
    settings.MOTCUA_NPSP_INBOX_SECRET = SECRET
    assert knock(body, rules.sign(secret, body)) == status
    assert Arrival.objects.count() == (status == 200)


@pytest.mark.django_db
def test_without_a_secret_nobody_is_let_in(settings):
    settings.MOTCUA_NPSP_INBOX_SECRET = ""
    assert knock(b"{}", rules.sign("", b"{}")) == 401


@pytest.mark.django_db
def test_what_the_portal_says_otherwise_is_found_told_again_and_then_agrees(portal):
    put("H50.1", 1, 2)
    put("H50.2", 1, 2)
    jobs.send_outgoing(AT)
    portal.weather.foretell([Trouble.FINE, Trouble.CONTRADICTORY])
    put("H50.1", 2, 5)
    jobs.send_outgoing(AT)
    assert jobs.compare_with_portal(AT) == 1
    (found,) = queries.find_differences().rows
    assert (found.reference, found.ours, found.theirs) == ("H50.1", 5, 9)
    assert integrations.replay_difference(difference_id=found.pk, at=AT)
    assert jobs.compare_with_portal(AT) == 0, "still to be told: neither settled nor found twice"
    assert queries.count_differences() == "1"
    assert jobs.send_outgoing(AT) == 1
    assert jobs.compare_with_portal(AT + timedelta(hours=1)) == 0
    found.refresh_from_db()
    assert (found.settled_at, found.replayed_at) == (AT + timedelta(hours=1), AT)
    assert not integrations.replay_difference(difference_id=found.pk, at=AT)


@pytest.mark.django_db
def test_a_dossier_the_portal_has_lost_is_a_difference(portal):
    put("H50.1", 1, 2)
    jobs.send_outgoing(AT)
    portal.book = Book()
    assert jobs.compare_with_portal(AT) == 1
    assert Difference.objects.get().theirs is None


@pytest.mark.django_db
def test_a_message_under_way_is_no_difference(portal):
    put("H50.1", 1, 2)
    jobs.send_outgoing(AT)
    put("H50.1", 2, 4)
    assert jobs.compare_with_portal(AT) == 0


def test_what_follows_what_is_marked_where_it_does_not(portal):
    at = datetime.now(UTC)
    for sequence, status in enumerate((2, 10), 1):
        row = {"MaThongDiep": str(sequence), "MaHoSo": "x", "ThuTu": sequence, "TrangThaiHoSo": str(status)}
        assert portal.book.tell(row, at) == "00"
    assert portal.book.find_standing("x")["warning"] == "2 → 10: trái thứ tự"
    assert portal.book.tell({"MaThongDiep": "0", "MaHoSo": "x", "ThuTu": 0, "TrangThaiHoSo": "1"}, at) == "04"
    assert (
        portal.book.tell({"MaThongDiep": "9", "MaHoSo": "x", "ThuTu": 9, "TrangThaiHoSo": "11"}, at) == "02"
    )
