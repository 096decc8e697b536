"""A late result owes the head an explanation, apologised for or not: owed, written once, missed after its time."""

from datetime import timedelta

import pytest
from django.urls import reverse

from motcua.accounts.models import User
from motcua.core.refusal import Refused
from motcua.dossiers import actions, queries
from motcua.dossiers.actions.explaining import explain, remind_of_explanations
from motcua.dossiers.models import Dossier, Explanation
from motcua.dossiers.rules.states import State
from motcua.dossiers.tests.factories import NOON, World, make_dossier
from motcua.legal.actions import load_parameters
from motcua.notifications.models import Message
from motcua.worktime.tests.factories import moment

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@pytest.fixture(autouse=True)
def numbers(db: None) -> None:
    load_parameters()


def sign(world: World, dossier: Dossier, at: object) -> Dossier:
    case, leader, clerk = (world.actors[name] for name in ("a.case", "a.leader", "a.clerk"))
    actions.propose(actor=case, dossier_code=dossier.code, outcome="approved", at=at)
    actions.decide(actor=leader, dossier_code=dossier.code, outcome="approved", at=at)
    return actions.sign_result(
        actor=clerk, dossier_code=dossier.code, signed_on=at.date(), signer_name="N", title="Kết quả",  # type: ignore[attr-defined]
        file_id=world.make_file(clerk), at=at,
    )  # fmt: skip


def late(world: World) -> tuple[Dossier, Explanation]:
    dossier = make_dossier(world, State.PROCESSING)
    assert dossier.due_at is not None
    dossier = sign(world, dossier, dossier.due_at + 3 * DAY)
    return dossier, Explanation.objects.get(dossier=dossier)


def test_a_promise_that_was_kept_owes_nothing_and_a_broken_one_does(world: World) -> None:
    sign(world, make_dossier(world, State.PROCESSING), NOON + HOUR)
    assert not Explanation.objects.exists()
    dossier, row = late(world)
    assert (row.agency_id, row.unit_id) == (dossier.competent_agency_id, world.actors["a.case"].unit_id)
    assert row.due_at == dossier.due_at and row.wake_at > row.finished_at
    for who in ("a.case", "a.leader"):
        assert [one.pk for one in queries.find_missing(world.actors[who]).rows] == [row.pk], who
    assert queries.find_missing(world.actors["b.leader"]).rows == []


def test_a_promise_moved_by_an_apology_and_broken_again_is_explained_again(world: World) -> None:
    dossier = make_dossier(world, State.PROCESSING)
    assert dossier.due_at is not None
    moved = actions.apologise(
        actor=world.actors["a.leader"], dossier_code=dossier.code, new_due_at=dossier.due_at + 2 * DAY, cause="workload",
        reason="Đông", explanation="Ốm", at=NOON + HOUR,
    )  # fmt: skip
    assert moved.due_at is not None
    sign(world, moved, moved.due_at + 3 * DAY)
    assert Explanation.objects.get().due_at == moved.due_at


def test_it_is_written_once_by_the_agency_and_read_by_its_head(world: World) -> None:
    _dossier, row = late(world)
    given = {
        "explanation_id": row.pk,
        "cause": "workload",
        "text": "Hai người nghỉ ốm",
        "at": row.finished_at,
    }
    for who, code in (("a.clerk", "forbidden"), ("b.leader", "not_found")):
        with pytest.raises(Refused) as no:
            explain(actor=world.actors[who], **given)
        assert no.value.code == code, who
    for wrong in ({"cause": "x"}, {"text": " "}):
        with pytest.raises(Refused):
            explain(actor=world.actors["a.case"], **given | wrong)
    explain(actor=world.actors["a.case"], **given)
    with pytest.raises(Refused):
        explain(actor=world.actors["a.leader"], **given)
    assert queries.find_missing(world.actors["a.leader"]).rows == []
    assert [one.text for one in queries.find_given(world.actors["a.leader"])] == ["Hai người nghỉ ốm"]


def test_the_head_is_told_once_of_what_is_missing_after_its_time(world: World) -> None:
    _dossier, row = late(world)
    User.objects.filter(username="a.leader").update(email="lanhdao@example.vn")
    assert remind_of_explanations(at=row.wake_at - HOUR) == 0
    after = moment(f"{(row.wake_at + DAY):%Y-%m-%d} 09:00")
    while after.weekday() > 4:
        after += DAY
    assert [remind_of_explanations(at=after) for _time in range(2)] == [1, 0]
    told = Message.objects.get(template="dossiers/explanations_missing")
    assert told.params["number"] == 1
    assert told.params["user_id"] == world.actors["a.leader"].user_id


def test_the_page_lists_what_is_missing_and_takes_what_is_written(world: World, client) -> None:  # type: ignore[no-untyped-def]
    dossier, row = late(world)
    client.force_login(User.objects.get(username="a.leader"))
    page = client.get(reverse("dossiers:explanations")).content.decode()
    address = reverse("dossiers:explain", args=[row.pk])
    assert dossier.code in page and address in page
    reader, handler = world.actors["a.leader"].unit_name, world.actors["a.case"].unit_name
    form = client.get(address).content.decode()
    assert f'"mark-unit">{reader}<' in form and f"<dd>{handler}" in form, (
        "the head of the page is the reader's"
    )
    assert client.post(address, {"cause": "workload"}).status_code == 422
    assert client.post(address, {"cause": "workload", "text": "Hai người nghỉ ốm"}).status_code == 302
    page = client.get(reverse("dossiers:explanations")).content.decode()
    assert "Hai người nghỉ ốm" in page and address not in page
