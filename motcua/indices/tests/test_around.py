"""What stands around the score: low answers cost, what-if, the risk of a week, notes, nine indicators, the public page."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from motcua.accounts.models import User
from motcua.core.refusal import Refused
from motcua.dossiers.tests.factories import NOON, World, make_dossier, make_world
from motcua.feedback import actions as feedback
from motcua.figures.models import store
from motcua.figures.rules import PeriodKind, make_period
from motcua.indices import actions, queries, sets
from motcua.indices.models import WeeklyNote
from motcua.indices.rules import Figure
from motcua.indices.rules.gaining import imagine_all
from motcua.indices.rules.nine import sum_up, sum_up_groups
from motcua.indices.rules.noting import draft
from motcua.legal import actions as legal
from motcua.worktime.rules import ZONE
from tests.ground import begins_with, give

pytestmark = pytest.mark.django_db
QUARTER = make_period(PeriodKind.QUARTER, 2026, 2)
ON = NOON.date() + timedelta(days=8)
AT = NOON + timedelta(days=8)
QUERY = {"ky": "quarter", "so": "2", "nam": "2026"}


@pytest.fixture
@begins_with(make_world)
def world(db: None) -> Iterator[World]:
    world = give(make_world)
    legal.load_parameters()
    at = NOON + timedelta(days=6)  # the second quarter has begun
    world.done = make_dossier(world, "result_ready", at=at)  # type: ignore[attr-defined]
    world.running = make_dossier(world, "processing", at=at, code="2.000635")  # type: ignore[attr-defined]
    store.retell([world.done.pk, world.running.pk], 2**62)  # type: ignore[attr-defined]
    with time_machine.travel(AT, tick=False):
        yield world


def _client(name: str = "") -> Client:
    client = Client()
    if name:
        client.force_login(User.objects.get(username=name))
    return client


def _figure(world: World, code: str) -> Figure:
    return queries.get_figures(QUARTER, world.units["A"], ON)[code]


def test_a_low_answer_about_a_dossier_in_time_costs_a_point_of_satisfaction(world: World) -> None:
    before = _figure(world, "5.4")
    done = world.done  # type: ignore[attr-defined]
    feedback.rate(code=done.code, key=done.token, level=1, contents={}, at=AT)
    after = _figure(world, "5.4")
    assert (after.numerator, after.denominator) == (before.numerator - 1, before.denominator)
    scores = queries.find_scores(QUARTER, [world.units["A"]], ON)[world.units["A"]]
    line = next(line for line in scores.lines if line.indicator.code == "5.4")
    assert line.figure == after
    loss = queries.find_loss(world.actors["a.leader"], "5.4", QUARTER.until(ON), world.units["A"])
    assert loss and {d.pk for d in loss.dossiers} == {done.pk, world.running.pk} and loss.count == 2  # type: ignore[attr-defined]
    assert _figure(world, "2.1").numerator == _figure(world, "2.1").denominator - 1, "one is overdue by now"


def test_what_if_moves_the_total_within_nothing_and_all() -> None:
    indicators, bands = sets.get_indicators(ON), sets.get_bands(ON)
    told = {"2.1": Figure("2.1", Decimal(90), Decimal(100))}
    now = imagine_all(indicators, told, {}, bands).total
    assert imagine_all(indicators, told, {"2.1": 5}, bands).total - now == 1
    assert imagine_all(indicators, told, {"2.1": 999}, bands).total == 20
    assert imagine_all(indicators, told, {"2.1": -999}, bands).total == 0


def test_the_page_of_what_if_says_the_difference(world: World) -> None:
    address = reverse("indices:what_if")
    page = _client("a.leader").get(address, {**QUERY, "them-2.1": "1"}).content.decode()
    assert "(+10)" in page
    assert _client("a.leader").get(address, {**QUERY, "them-2.1": "x"}).status_code == 422
    assert _client("b.leader").get(address, {**QUERY, "donvi": world.units["A"]}).status_code == 403


def test_what_falls_due_within_a_week_threatens_points(world: World) -> None:
    early = queries.find_risk(QUARTER, world.units["A"], NOON.date() + timedelta(days=6))
    assert early.count == 1 and early.points > 0
    assert queries.find_risk(QUARTER, world.units["A"], ON).count == 0, "it is late already"


def test_a_week_is_drafted_written_and_read(world: World) -> None:
    address = reverse("indices:week")
    leader = _client("a.leader")
    page = leader.get(address, QUERY).content.decode()
    assert "Điểm chỉ số phục vụ" in page and "Việc cần làm tuần này" in page
    assert leader.post(address, {"text": " "}).status_code == 422
    assert leader.post(address, {"text": "Gọi hồ sơ quá hạn"}).status_code == 302
    note = WeeklyNote.objects.get()
    assert note.week_on == date(2026, 3, 16) and note.week_on.weekday() == 0
    assert "Gọi hồ sơ quá hạn" in _client("a.case").get(address).content.decode()
    assert _client("a.case").post(address, {"text": "x"}).status_code in (403, 422)
    assert WeeklyNote.objects.get().text == "Gọi hồ sơ quá hạn"
    assert _client("b.leader").get(address, {"donvi": world.units["A"]}).status_code == 403


def test_only_mondays_that_have_come_are_weeks(world: World) -> None:
    for day in (ON + timedelta(days=365), date(2026, 3, 17)):
        with pytest.raises(Refused) as no:
            actions.write_note(
                actor=world.actors["a.leader"], unit_id=world.units["A"], week_on=day, text="x", at=AT
            )
        assert no.value.code == "not_a_week"


def test_a_week_begins_with_the_office_s_own_monday(world: World) -> None:
    early = datetime(2026, 3, 16, 1, 0, tzinfo=ZONE).astimezone(UTC)  # still Sunday in London
    actions.write_note(
        actor=world.actors["a.leader"],
        unit_id=world.units["A"],
        week_on=date(2026, 3, 16),
        text="x",
        at=early,
    )
    assert WeeklyNote.objects.get().week_on == date(2026, 3, 16)


def test_the_draft_leaves_out_what_is_not_known() -> None:
    made = imagine_all(sets.get_indicators(ON), {"2.1": Figure("2.1", Decimal(9), Decimal(10))}, {}, ())
    text = draft(made, change=Decimal("-1.5"), place=None, overdue=3, risk=(12, Decimal("1.4")))
    assert "18/20" in text and "−1,5" in text and "12 hồ sơ" in text and "Thứ hạng" not in text


def test_nine_indicators_of_the_agency_and_its_officers(world: World) -> None:
    unit = world.units["A"]
    actions.type_figure(
        actor=world.actors["a.leader"], unit_id=unit, period=QUARTER, code="9c6a", numerator=Decimal(1),
        denominator=Decimal(1), evidence="Bảng niêm yết", at=AT,
    )  # fmt: skip
    _indicators, made = queries.get_nine(QUARTER, unit, ON)
    assert made.dossiers == 1 and made.sums["3"] == 2 and made.sums["6"] == 2 and "8" not in made.sums
    told = {fact.code: (fact.numerator, fact.denominator) for fact in made.facts}
    assert told["9c5a"] == (0, 1) and told["9c5b"] == (1, 1), (
        "received and given back at the one-stop shop, done elsewhere"
    )
    assert told["9c6b"] == (1, 1) and made.sums["5"] == 1 and made.sums["4"] == 2
    assert made.sums["9"] == 0, "nothing was filed online"
    assert made.most == 2 * len(made.sums)
    names = [name for name, _unit, _score in queries.find_officers(QUARTER, unit, ON)]
    assert "Hoàng Văn Lý" in names
    page = _client("a.leader").get(reverse("indices:nine"), QUERY).content.decode()
    assert "Lê Thị Tiếp" in page
    assert "Lê Thị Tiếp" not in _client("a.case").get(reverse("indices:nine"), QUERY).content.decode()


def test_a_complaint_that_was_right_takes_the_points_of_attitude(world: World) -> None:
    done = world.done  # type: ignore[attr-defined]
    _indicators, before = queries.get_nine(QUARTER, world.units["A"], ON)
    rating = feedback.rate(code=done.code, key=done.token, level=1, contents={}, at=AT)
    _indicators, open_ = queries.get_nine(QUARTER, world.units["A"], ON)
    feedback.close(
        actor=world.actors["a.leader"], follow_up_id=rating.follow_up.pk, is_upheld=True, found="Đúng", at=AT
    )
    _indicators, after = queries.get_nine(QUARTER, world.units["A"], ON)
    assert before.sums["7"] == open_.sums["7"] > after.sums["7"] == 0


def test_groups_add_up_as_single_dossiers_do() -> None:
    groups = [({"1": 2, "3": 1}, 3), ({"1": 0}, 2)]
    single = [told for told, size in groups for _n in range(size)]
    assert sum_up_groups(groups) == sum_up(single) == {"1": Decimal("1.2"), "3": Decimal("1.0")}


def test_everybody_reads_the_places_of_the_last_period(world: World) -> None:
    with time_machine.travel(NOON + timedelta(days=110), tick=False):
        page = _client().get(reverse("indices:public")).content.decode()
    assert "Quý 2/2026" in page and "UBND xã An" in page
    assert world.done.code not in page  # type: ignore[attr-defined]


def test_the_trend_is_told_oldest_first(world: World) -> None:
    points = queries.find_trend(QUARTER, world.units["A"], ON, 15)
    assert [point.period for point in points] == [QUARTER]


def test_an_applicant_says_how_many_bodies_it_took(world: World) -> None:
    done = world.done  # type: ignore[attr-defined]
    _indicators, before = queries.get_nine(QUARTER, world.units["A"], ON)
    feedback.rate(code=done.code, key=done.token, level=3, contents={"bodies": 1}, at=AT)
    _indicators, after = queries.get_nine(QUARTER, world.units["A"], ON)
    assert (before.sums["4"], after.sums["4"]) == (2, 0)
    page = _client("a.leader").get(reverse("indices:nine"), QUERY).content.decode()
    assert "1/1 thủ tục tiếp nhận và trả kết quả" in page


def test_without_petitions_all_of_them_were_answered(world: World) -> None:
    zero = {"numerator": Decimal(0), "denominator": Decimal(0), "evidence": "Sổ tiếp nhận phản ánh"}
    unit, who = world.units["A"], world.actors["a.leader"]
    actions.type_figure(actor=who, unit_id=unit, period=QUARTER, code="9c8", **zero, at=AT)
    _indicators, made = queries.get_nine(QUARTER, unit, ON)
    assert made.sums["8"] == 2


def test_the_province_reads_the_units_beside_each_other(world: World) -> None:
    province = world.units["P"]
    rows = queries.find_units(QUARTER, province, ON)
    whole = queries.get_nine(QUARTER, province, ON)[1]
    own = {unit: queries.get_nine(QUARTER, unit, ON)[1] for unit, _name, _score in rows}
    assert world.units["A"] in own and {unit: score for unit, _name, score in rows} == own
    assert whole.dossiers == sum(score.dossiers for score in own.values()) > 0
    page = _client("p.control").get(reverse("indices:nine"), QUERY).content.decode()
    assert "Từng đơn vị" in page and "Lê Thị Tiếp" not in page
