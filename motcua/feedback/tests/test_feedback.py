"""Asked once, answered once, by link, device or slip; a low answer is followed up; whose it is to see."""

import re
from collections.abc import Iterator
from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.urls import reverse

from motcua.accounts.models import User
from motcua.core.refusal import Refused
from motcua.dossiers.models import Dossier
from motcua.dossiers.tests.factories import NOON, World, make_dossier, make_world
from motcua.feedback import actions, queries
from motcua.feedback.models import FollowUp, Invitation, Rating, store
from motcua.feedback.rules import Tally
from motcua.notifications import letters
from motcua.notifications.models import Message
from tests.ground import begins_with, give

pytestmark = pytest.mark.django_db
AT = NOON + timedelta(hours=3)


@pytest.fixture
@begins_with(make_world)
def world(db: None) -> Iterator[World]:
    world = give(make_world)
    with time_machine.travel(AT, tick=False):
        yield world


@pytest.fixture
def given(world: World) -> Dossier:
    """A dossier whose result was given at the counter of commune An a moment ago."""
    return make_dossier(world, "returned", at=NOON)


def _client(name: str = "") -> Client:
    client = Client()
    if name:
        client.force_login(User.objects.get(username=name))
    return client


def _below_horizon(monkeypatch: pytest.MonkeyPatch) -> None:
    """Within a test's own transaction nothing is below the horizon."""
    monkeypatch.setattr(store, "get_horizon", lambda: 2**62)


def test_who_got_a_result_is_asked_once_and_written_to(
    world: World, given: Dossier, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_dossier(world, "processing", at=NOON)
    _below_horizon(monkeypatch)
    assert actions.invite(at=AT) == 1
    [invitation] = Invitation.objects.all()
    message = Message.objects.get(template="feedback/ask")
    assert message.params == {"code": given.code, "key": invitation.key}
    with connection.cursor() as cursor:
        cursor.execute("UPDATE feedback_reading SET xact_id = 0")
    assert actions.invite(at=AT) == 0


def test_the_words_of_the_message_hold_the_link(settings: object) -> None:
    settings.MOTCUA_PUBLIC_URL = "https://motcua.tinh.gov.vn"  # type: ignore[attr-defined]
    letter = letters.write("feedback/ask", NOON.date(), {"code": "H50-1", "key": "abc"})
    assert "https://motcua.tinh.gov.vn/danh-gia/H50-1/abc/" in letter.text
    assert "danh-gia/H50-1/abc/" in letters.write_text(
        "feedback/ask", NOON.date(), {"code": "H50-1", "key": "abc"}, way="sms"
    )


@pytest.mark.parametrize("by", ["key", "token"])
def test_a_link_answers_once(world: World, given: Dossier, by: str, monkeypatch: pytest.MonkeyPatch) -> None:
    _below_horizon(monkeypatch)
    actions.invite(at=AT)
    key = Invitation.objects.get().key if by == "key" else given.token
    address = reverse("feedback:rate", args=[given.code, key])
    visitor = _client()
    assert "Rất hài lòng" in visitor.get(address).content.decode()
    assert visitor.post(address, {"comment": "x"}).status_code == 422
    answer = visitor.post(address, {"level": "3", "attitude": "2", "time": "9", "comment": "Cảm ơn"})
    assert answer.status_code == 422, "a level that does not exist is refused"
    assert (
        "Cảm ơn" in visitor.post(address, {"level": "3", "attitude": "2", "comment": "Tốt"}).content.decode()
    )
    rating = Rating.objects.get()
    assert (rating.level, rating.contents, rating.way) == (3, {"attitude": 2}, "link")
    assert bytes(rating.comment_enc) and b"T\xe1\xbb\x91t" not in bytes(rating.comment_enc)
    assert not FollowUp.objects.exists()
    assert "một lần" in visitor.post(address, {"level": "1"}).content.decode()
    assert Rating.objects.get().level == 3


def test_a_wrong_link_and_an_unfinished_dossier_are_not_answered(world: World, given: Dossier) -> None:
    assert _client().get(reverse("feedback:rate", args=[given.code, "x" * 20])).status_code == 404
    running = make_dossier(world, "processing", at=NOON)
    address = reverse("feedback:rate", args=[running.code, running.token])
    assert "chưa có kết quả" in _client().get(address).content.decode()
    with pytest.raises(Refused) as no:
        actions.rate(code=running.code, key=running.token, level=3, contents={}, at=AT)
    assert no.value.code == "not_ended"


def test_the_device_shows_what_the_counter_gave_back_and_takes_one_touch(
    world: World, given: Dossier
) -> None:
    address, counter = reverse("feedback:device"), _client("a.intake")
    given_at = store.find_at_counter(world.units["A.TT"], NOON - timedelta(days=1))[0][1]
    with time_machine.travel(given_at + timedelta(minutes=2), tick=False):
        page = counter.get(address).content.decode()
        assert given.code in page and page.count('class="face ') == 3
        assert given.code not in _client("b.intake").get(address).content.decode()
        assert _client("b.intake").post(address, {"code": given.code, "level": "1"}).status_code == 302
        assert not Rating.objects.exists()
        assert counter.post(address, {"code": given.code, "level": "x"}).status_code == 302
        assert not Rating.objects.exists()
        assert counter.post(address, {"code": given.code, "level": "1"}).url.endswith("cam-on=1")  # type: ignore[attr-defined]
        assert given.code not in counter.get(address).content.decode()
    assert Rating.objects.get().way == "device" and FollowUp.objects.count() == 1
    with time_machine.travel(given_at + timedelta(minutes=30), tick=False):
        assert queries.find_at_counter(world.actors["a.intake"], given_at + timedelta(minutes=30)) == []
    assert _client("a.case").get(address).status_code == 403


def test_a_slip_is_typed_for_dossiers_of_the_unit(world: World, given: Dossier) -> None:
    address = reverse("feedback:slip")
    told = {"code": given.code.lower(), "level": "2"}
    assert _client("b.intake").post(address, told).status_code == 422
    assert _client("a.leader").post(address, told).status_code == 403
    assert _client("a.intake").post(address, told).status_code == 302
    assert Rating.objects.get().recorded_by.startswith("Lê Thị Tiếp")
    assert _client("a.intake").post(address, told).status_code == 422


def test_a_low_answer_is_followed_up_by_those_who_answer_for_it(world: World, given: Dossier) -> None:
    actions.rate(code=given.code, key=given.token, level=1, contents={}, comment="Phải chờ lâu", at=AT)
    row = FollowUp.objects.get()
    address = reverse("feedback:follow_up", args=[row.pk])
    assert _client("b.leader").get(address).status_code == 404
    assert _client("a.intake").get(address).status_code == 403
    leader = _client("a.leader")
    assert "Phải chờ lâu" in leader.get(address).content.decode()
    assert leader.post(reverse("feedback:take", args=[row.pk])).status_code == 302
    assert leader.post(address, {"found": " ", "is_upheld": "1"}).status_code == 422
    assert leader.post(address, {"found": "Đã xin lỗi", "is_upheld": "1"}).status_code == 302
    row.refresh_from_db()
    assert row.is_upheld and row.closed_at and row.owner_name.startswith("Nguyễn Văn Duyệt")
    assert leader.post(reverse("feedback:take", args=[row.pk])).status_code == 409


def test_the_response_stands_beside_every_score(
    world: World, given: Dossier, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = make_dossier(world, "returned", at=NOON)
    _below_horizon(monkeypatch)
    actions.invite(at=AT)
    actions.rate(code=given.code, key=given.token, level=2, contents={}, at=AT)
    told = queries.tally(AT.date(), AT.date(), None)
    assert told == Tally(asked=2, satisfied=1) and told.rate == 100 and told.response == 50
    assert queries.tally_agencies(AT.date(), AT.date(), [world.units["B"]]) == {}
    assert queries.find_disliked(AT.date(), AT.date(), None) == []
    page = _client("a.leader").get(reverse("feedback:results")).content.decode()
    assert "50%" in page and "100%" in page
    assert _client("a.intake").get(reverse("feedback:results")).status_code == 403
    actions.rate(code=other.code, key=other.token, level=1, contents={}, at=AT)
    assert queries.find_disliked(AT.date(), AT.date(), None) == [(other.pk, world.units["A"])]


def test_a_figure_of_satisfaction_opens_the_dossiers_behind_it(
    world: World, given: Dossier, monkeypatch: pytest.MonkeyPatch
) -> None:
    _below_horizon(monkeypatch)
    actions.invite(at=AT)
    key = Invitation.objects.get().key
    actions.rate(code=given.code, key=key, level=1, contents={"attitude": 1}, comment="", at=AT)
    page = _client("a.leader").get(reverse("feedback:results")).content.decode()
    doors = {door.replace("&amp;", "&") for door in re.findall(r'href="(/danh-gia/cau-tra-loi/[^"]+)"', page)}
    assert {door.partition("muc=")[2] for door in doors} == {"", "1", "hoi"}
    for door in doors:
        assert given.code in _client("a.leader").get(door).content.decode(), door
        other = _client("b.leader").get(door)
        assert given.code not in other.content.decode() and (other.status_code == 403) == ("donvi=" in door)
    happy = _client("a.leader").get(f"{reverse('feedback:answers')}?muc=3")
    assert given.code not in happy.content.decode()
