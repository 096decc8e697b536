"""Opinions: of a body outside the house, what silence means, and who hears that nobody answered."""

from datetime import datetime, timedelta
from io import BytesIO
from typing import Any

import pypdfium2
import pytest
from django.urls import reverse

from motcua.core.refusal import Refused
from motcua.dossiers import actions, jobs, queries
from motcua.dossiers.models import Dossier, Event, Opinion, Task
from motcua.dossiers.tests.conftest import SignIn
from motcua.dossiers.tests.factories import NOON, World, make_dossier
from motcua.legal.actions import load_parameters
from motcua.organisations.rules import SYSTEM
from motcua.organisations.tests.factories import make_unit
from motcua.worktime.rules import ZONE

HOUR = timedelta(hours=1)
DUE, AFTER = datetime(2026, 3, 12, 17, tzinfo=ZONE), datetime(2026, 3, 13, 9, tzinfo=ZONE)


@pytest.fixture(autouse=True)
def numbers(db: None) -> None:
    load_parameters()


def ask(world: World, **more: Any) -> Dossier:
    dossier = make_dossier(world, "processing")
    facts = {"unit_id": world.units["MT"], "question": "Có phù hợp quy hoạch?", "due_at": DUE} | more
    return actions.ask_opinion(
        actor=world.actors["a.case"], dossier_code=dossier.code, at=NOON + HOUR, **facts
    )


def test_a_body_outside_is_asked_on_paper_and_its_answer_written_down(world: World) -> None:
    dossier = ask(world, unit_id=None, outside_name="Bộ Tư pháp")
    opinion = Opinion.objects.get()
    assert opinion.outside_name == "Bộ Tư pháp" and opinion.task.unit_id == world.units["A.VH"]
    assert queries.find_opinions(dossier, world.on)[0].asked_unit_name == "Bộ Tư pháp"  # type: ignore[attr-defined]
    actions.answer_opinion(
        actor=world.actors["a.case"],
        dossier_code=dossier.code,
        answer="Công văn 9: đồng ý",
        at=NOON + 2 * HOUR,
    )
    assert Opinion.objects.get().answered_by_name == "Hoàng Văn Lý"


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"unit_id": None}, "unit_id"),
        ({"outside_name": "Bộ Tư pháp"}, "outside_name"),
        ({"silence": "agrees"}, "silence_basis"),
        ({"silence": "refuses"}, "silence"),
    ],
)
def test_somebody_is_asked_and_silence_is_a_yes_only_by_law(
    world: World, changed: dict[str, Any], field: str
) -> None:
    with pytest.raises(Refused) as no:
        ask(world, **changed)
    assert no.value.field == field and not Opinion.objects.exists()


def test_silence_that_the_law_takes_for_a_yes_ends_the_question(world: World) -> None:
    dossier = ask(world, silence="agrees", silence_basis="Luật Quy hoạch điều 9")
    task = Task.objects.get(kind="opinion")
    assert jobs.lapse_opinions(DUE) == 0
    for actor, at in ((world.actors["a.leader"], AFTER), (SYSTEM, DUE)):
        with pytest.raises(Refused):
            actions.lapse_opinion(actor=actor, dossier_code=dossier.code, task_id=task.pk, at=at)
    assert jobs.lapse_opinions(AFTER) == 1 and jobs.lapse_opinions(AFTER) == 0
    task.refresh_from_db()
    assert task.done_at == AFTER and "coi là đồng ý" in Opinion.objects.get().answer
    assert Event.objects.get(act="lapse_opinion").person_name == "Hệ thống"
    assert queries.find_difference(Dossier.objects.get(pk=dossier.pk)) == ""


def test_silence_that_means_nothing_is_told_to_who_asked_and_to_the_one_stop_unit(world: World) -> None:
    dossier = ask(world)
    assert jobs.lapse_opinions(AFTER) == 0
    jobs.remind(AFTER)

    def late(who: str) -> list[str]:
        return [
            r.reference for r in queries.find_reminders(world.actors[who]).rows if r.kind == "opinion_late"
        ]

    assert late("a.case") == late("a.head") == [dossier.code] and late("m.case") == []
    assert jobs.remind(AFTER) == 0
    actions.answer_opinion(
        actor=world.actors["m.case"], dossier_code=dossier.code, answer="Phù hợp", at=AFTER + HOUR
    )
    assert late("a.case") == []


def test_the_page_asks_a_body_outside_and_says_what_silence_means(
    world: World, as_: SignIn, morning: None
) -> None:
    dossier = make_dossier(world, "processing")
    address = reverse("dossiers:act", args=[dossier.code, "xin-y-kien"])
    sent = {
        "revision": dossier.revision, "idempotency_key": "k", "unit_id": "", "outside_name": "Bộ Tư pháp", "question": "?",
        "due_on": "12/03/2026", "silence": "agrees",
    }  # fmt: skip
    client = as_("a.case")
    refused = client.post(address, sent)
    assert refused.status_code == 409 and "im lặng là đồng ý" in refused.content.decode()
    assert client.post(address, sent | {"silence_basis": "Luật X điều 1"}).status_code == 302
    page = client.get(reverse("dossiers:detail", args=[dossier.code])).content.decode()
    assert "Bộ Tư pháp" in page and "Không trả lời là đồng ý" in page and "Luật X điều 1" in page


def test_only_agencies_somebody_works_in_are_offered(world: World, as_: SignIn, morning: None) -> None:
    """A commune of the country known by its name alone has no desk: whoever is asked there never hears of it."""
    make_unit("XA", "commune", "P", "Xã Chỉ Có Tên", first_day=world.on)
    dossier = make_dossier(world, "processing")
    page = as_("a.case").get(reverse("dossiers:act", args=[dossier.code, "xin-y-kien"])).content.decode()
    assert "Sở Nông nghiệp và Môi trường" in page and "xã Bình" in page
    assert "Chỉ Có Tên" not in page


def test_of_two_fields_one_is_needed_and_neither_is_called_optional(
    world: World, as_: SignIn, morning: None
) -> None:
    dossier = make_dossier(world, "processing")
    page = as_("a.case").get(reverse("dossiers:act", args=[dossier.code, "xin-y-kien"])).content.decode()
    asked, after = page[page.index("<form class") :].split("Nội dung xin ý kiến", 1)
    assert "một trong hai" in asked and "(không bắt buộc)" not in asked
    assert "(không bắt buộc)" in after


def test_whoever_is_asked_reads_the_question_where_it_is_answered(
    world: World, as_: SignIn, morning: None
) -> None:
    dossier = ask(world)
    page = as_("m.case").get(reverse("dossiers:act", args=[dossier.code, "tra-loi-y-kien"])).content.decode()
    assert "Có phù hợp quy hoạch?" in page and "17:00 12/03/2026" in page


def test_a_question_nobody_answered_before_the_decision_is_urged_no_longer(
    world: World, as_: SignIn, morning: None
) -> None:
    dossier = ask(world)
    address = reverse("dossiers:detail", args=[dossier.code])
    assert "tiếp tục đôn đốc" in as_("a.case").get(address).content.decode()
    acts = (("a.case", actions.propose, "trinh"), ("a.leader", actions.decide, "quyet-dinh"))
    for who, act, slug in acts:
        before = as_(who).get(reverse("dossiers:act", args=[dossier.code, slug])).content.decode()
        assert "Phòng Đất đai" in before and "chưa trả lời ý kiến (hạn 17:00 12/03/2026)" in before
        act(actor=world.actors[who], dossier_code=dossier.code, outcome="approved", at=NOON + 2 * HOUR)
    page = as_("a.case").get(address).content.decode()
    assert "không còn cần trả lời" in page and "đôn đốc" not in page
    late = as_("m.case").get(reverse("dossiers:act", args=[dossier.code, "tra-loi-y-kien"]))
    assert late.status_code == 200 and 'name="answer"' not in late.content.decode()
    assert "hồ sơ đã có quyết định" in late.content.decode()


def test_who_asked_a_body_outside_is_still_here_for_a_step_and_reads_who_is_waited_for(
    world: World, as_: SignIn, morning: None
) -> None:
    dossier = ask(world, unit_id=None, outside_name="Bộ Tư pháp")
    main = [view.act for view in queries.allowed_acts(world.actors["a.case"], dossier) if view.is_primary]
    assert main == ["propose"]
    page = as_("a.case").get(reverse("dossiers:detail", args=[dossier.code])).content.decode()
    assert "Bộ Tư pháp (Phòng Văn hóa" in page


def test_a_question_to_a_body_outside_waits_once(world: World) -> None:
    """It lies with the unit that asked, which is thus both who is asked and who asks."""
    ask(world, unit_id=None, outside_name="Bộ Tư pháp")
    actor = world.actors["a.case"]
    assert len(queries.find_inbox(actor, "waiting_opinion", at=NOON + 2 * HOUR).rows) == 1
    assert queries.count_tabs(actor, at=NOON + 2 * HOUR)["waiting_opinion"] == 1
    ask(world)
    assert queries.count_tabs(actor, at=NOON + 2 * HOUR)["waiting_opinion"] == 2
    assert queries.count_tabs(world.actors["m.case"], at=NOON + 2 * HOUR)["waiting_opinion"] == 1


def test_the_control_slip_names_the_body_outside_that_was_asked(
    world: World, as_: SignIn, morning: None
) -> None:
    """Not the unit the question waits at, whose officer writes the answer down."""
    dossier = ask(world, unit_id=None, outside_name="Bộ Tư pháp")
    answer = as_("a.case").get(reverse("dossiers:print", args=[dossier.code, "control_slip"]))
    pages = pypdfium2.PdfDocument(BytesIO(answer.content))
    text = " ".join(page.get_textpage().get_text_range() for page in pages)
    assert "2. Nhận: Bộ Tư pháp" in " ".join(text.split())
