"""The score of the house itself: counted, typed where it cannot count, explained down to the dossier."""

import csv
import io
import re
from datetime import timedelta
from decimal import Decimal
from html import unescape

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from motcua.accounts.models import User
from motcua.audit.queries import find_entries
from motcua.core.refusal import Refused
from motcua.dossiers.models import Dossier, Filing, FilingWish, SupplementRequest
from motcua.dossiers.tests.factories import NOON, World, make_dossier, make_world
from motcua.figures.models import store as figures
from motcua.figures.rules import PeriodKind, make_period
from motcua.indices import actions, queries, sets
from motcua.indices.rules import Figure
from motcua.indices.rules.gaining import find_steps, imagine
from motcua.integrations.models import Dispatch
from motcua.legal import actions as legal
from motcua.payments import actions as payments
from motcua.payments.models import Charge
from tests.ground import begins_with, give

pytestmark = pytest.mark.django_db
PERIOD = make_period(PeriodKind.QUARTER, 2026, 2)  # from 15/3
START = NOON + timedelta(days=7)


@pytest.fixture
@begins_with(make_world)
def world(db: None) -> World:
    world = give(make_world)
    legal.load_parameters()
    made = [make_dossier(world, "result_ready", at=START) for _n in range(3)]
    made.append(make_dossier(world, at=START))  # due the same day: late by the end of the period
    figures.retell([dossier.pk for dossier in made], 2**62)
    world.done, world.late = made[0], made[-1]  # type: ignore[attr-defined]
    return world


def _line(world: World, code: str, unit: str = "A"):
    return next(
        one
        for one in queries.get_score(PERIOD, world.units[unit], PERIOD.last_on).lines
        if one.indicator.code == code
    )


def test_dossiers_are_counted_in_time_and_late(world: World) -> None:
    line = _line(world, "2.1")
    assert line.figure == Figure("2.1", Decimal(3), Decimal(4)) and line.points == 15
    assert _line(world, "2.1", "P").figure == line.figure
    assert _line(world, "4.1").figure == Figure("4.1", Decimal(3), Decimal(3))
    assert _line(world, "4.2").figure == Figure("4.2", Decimal(0), Decimal(3))


def test_a_lost_point_leads_to_the_dossier(world: World) -> None:
    loss = queries.find_loss(world.actors["p.control"], "2.1", PERIOD, world.units["P"])
    assert loss and [d.pk for d in loss.dossiers] == [world.late.pk] and loss.count == 1  # type: ignore[attr-defined]
    assert loss.procedures[0][2] == 1
    unseen = queries.find_loss(world.actors["b.intake"], "2.1", PERIOD, world.units["A"])
    assert unseen and unseen.dossiers == () and unseen.count == 1
    lacking = queries.find_loss(world.actors["p.control"], "4.2", PERIOD, world.units["A"])
    assert (
        lacking
        and lacking.count == 3
        and queries.find_loss(world.actors["p.control"], "5.2", PERIOD, 1) is None
    )


def test_asked_for_twice_costs_as_late_does_and_once_only(world: World) -> None:
    told = {
        "stage": "processing",
        "asker": "agency",
        "agency_id": world.units["A"],
        "unit_id": world.units["A"],
        "reason": "x",
    }
    days = {"asked_at": START, "due_at": START, "answered_at": START}
    done, late = world.done, world.late  # type: ignore[attr-defined]
    for dossier, rounds in ((done, (1, 2, 3)), (late, (1, 2))):
        for no in rounds:
            SupplementRequest.objects.create(dossier=dossier, no=no, **told, **days)
    assert _line(world, "2.1").figure == Figure("2.1", Decimal(2), Decimal(4)), (
        "the late one is not told twice"
    )
    assert _line(world, "5.4").figure == Figure("5.4", Decimal(2), Decimal(4))
    loss = queries.find_loss(world.actors["p.control"], "2.1", PERIOD, world.units["A"])
    assert loss and loss.count == 2 and {d.pk for d in loss.dossiers} == {done.pk, late.pk}


def test_procedures_done_online_as_a_whole_are_told_apart(world: World) -> None:
    line = _line(world, "3.x")
    assert line.is_out and line.lost == 0, (
        "none of them is done online as a whole: nothing to count, nothing lost"
    )
    with (
        connection.cursor() as cursor
    ):  # a trigger keeps published versions; the world of the tests has but these
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE catalogue_procedureversion DISABLE TRIGGER USER")
        cursor.execute("UPDATE catalogue_procedureversion SET is_full_online = true")
        cursor.execute("ALTER TABLE catalogue_procedureversion ENABLE TRIGGER USER")
    queries.live._keep_known.cache_clear()
    queries.published._keep.cache_clear()
    assert _line(world, "3.x").figure == Figure("3.x", Decimal(0), Decimal(4))
    loss = queries.find_loss(world.actors["p.control"], "3.x", PERIOD, world.units["A"])
    assert loss and loss.count == 4 and len(loss.dossiers) == 4


def test_what_the_portal_has_not_taken_costs_and_is_listed(world: World) -> None:
    assert _line(world, "1.4").figure is None, "nothing was ever told to the portal"
    rows = Dispatch.objects.filter(destination="npsp")
    rows.update(state="sent")
    assert _line(world, "1.4").figure == Figure("1.4", Decimal(4), Decimal(4))
    late = world.late  # type: ignore[attr-defined]
    assert rows.filter(reference=late.code).update(state="failed")
    assert _line(world, "1.4").figure == Figure("1.4", Decimal(3), Decimal(4))
    loss = queries.find_loss(world.actors["p.control"], "1.4", PERIOD, world.units["P"])
    assert loss and loss.count == 1 and [d.pk for d in loss.dossiers] == [late.pk]  # type: ignore[attr-defined]


def test_points_of_what_does_not_apply_are_spread(world: World) -> None:
    made = queries.get_score(PERIOD, world.units["A"], PERIOD.last_on)
    assert [line.indicator.code for line in made.out] == ["3.x", "3.5b", "3.6"] and made.applying_most == 80
    assert made.given == 2 + 15 + 6 + 5 and made.total == Decimal("35.00")
    page = Client()
    page.force_login(User.objects.get(username="p.control"))
    told = page.get(
        reverse("indices:index"), {"ky": "quarter", "so": 2, "nam": 2026, "donvi": world.units["P"]}
    )
    assert "28 điểm trên 80 được quy về 35 điểm trên 100" in told.content.decode()
    assert "chưa đối chiếu" in told.content.decode()


def test_procedures_are_counted_with_what_their_pages_lack(world: World) -> None:
    offered = _line(world, "1.3").figure
    assert offered and offered.numerator == offered.denominator > 0
    loss = queries.find_loss(world.actors["p.control"], "3.2", PERIOD, world.units["A"])
    services = _line(world, "3.2").figure
    assert loss and loss.is_of_procedures and services
    assert loss.count == services.denominator - services.numerator == len(loss.procedures)


def test_what_is_mended_gains_its_points(world: World) -> None:
    line = _line(world, "4.2")
    assert [(step.count, step.difference) for step in find_steps(line.indicator, line.figure)] == [
        (1, Decimal("1.67")), (3, Decimal("4.00")),
    ]  # fmt: skip
    assert imagine(line.indicator, line.figure, -5).difference == 0


def test_typed_figures_count_with_their_evidence(world: World) -> None:
    control, at = world.actors["p.control"], NOON
    told = {"unit_id": world.units["P"], "period": PERIOD, "code": "5.2"}
    before = queries.get_score(PERIOD, world.units["P"], PERIOD.last_on).given
    with pytest.raises(Refused) as no:
        actions.type_figure(
            actor=control, **told, numerator=Decimal(3), denominator=Decimal(2), evidence="x", at=at
        )
    assert no.value.code == "not_a_share"
    with pytest.raises(Refused) as no:
        actions.type_figure(
            actor=control, **told, numerator=Decimal(1), denominator=Decimal(2), evidence=" ", at=at
        )
    assert no.value.code == "no_evidence"
    for numerator in (1, 2):
        actions.type_figure(
            actor=control,
            **told,
            numerator=Decimal(numerator),
            denominator=Decimal(2),
            evidence="Cổng quốc gia",
            at=at,
        )
    assert queries.get_score(PERIOD, world.units["P"], PERIOD.last_on).given == before + 6
    with pytest.raises(Refused) as no:
        actions.type_figure(
            actor=world.actors["b.leader"],
            **told,
            numerator=Decimal(1),
            denominator=Decimal(2),
            evidence="x",
            at=at,
        )
    assert no.value.code == "forbidden"


def test_units_are_placed_among_their_kind(world: World) -> None:
    ids = [world.units[code] for code in ("A", "B", "XD")]
    ranks = queries.find_ranks(PERIOD, ids, PERIOD.last_on)
    assert ranks[world.units["A"]][:2] == (1, 1) and world.units["B"] not in ranks
    told = {"unit_id": world.units["B"], "period": PERIOD, "code": "5.2", "evidence": "Cổng quốc gia"}
    actions.type_figure(
        actor=world.actors["p.control"], **told, numerator=Decimal(5), denominator=Decimal(5), at=NOON
    )
    ranks = queries.find_ranks(PERIOD, ids, PERIOD.last_on)
    assert ranks[world.units["A"]][:2] == (1, 2) and ranks[world.units["B"]][:2] == (2, 2)


def _client(name: str) -> Client:
    client = Client()
    client.force_login(User.objects.get(username=name))
    return client


def test_pages_explain(world: World) -> None:
    client, query = _client("p.control"), {"ky": "quarter", "so": "2", "nam": "2026"}
    page = client.get(reverse("indices:index"), query).content.decode()
    assert "xã An" in page and "2.1" in page
    page = client.get(reverse("indices:why", args=["2.1"]), query).content.decode()
    assert world.late.code in page  # type: ignore[attr-defined]
    typed = {"code": "5.2", "numerator": "9", "denominator": "10", "evidence": "Cổng"}
    address = f"{reverse('indices:type')}?ky=quarter&so=2&nam=2026"
    assert client.post(address, typed).status_code == 302
    assert client.post(address, {**typed, "numerator": "11"}).status_code == 422
    assert (
        _client("b.intake").get(reverse("indices:index"), {**query, "donvi": world.units["A"]}).status_code
        == 403
    )
    assert _client("b.intake").get(reverse("indices:index"), query).status_code == 200


def test_a_period_that_runs_is_counted_up_to_today(world: World) -> None:
    """What is due later in the quarter is not late yet."""
    score = queries.get_score(PERIOD, world.units["A"], START.date())
    line = next(one for one in score.lines if one.indicator.code == "2.1")
    assert line.figure == Figure("2.1", Decimal(4), Decimal(4))


def test_what_was_paid_on_the_portal_is_counted_and_the_rest_listed(world: World) -> None:
    done, late = world.done, world.late  # type: ignore[attr-defined]
    assert _line(world, "3.6").is_out, "nothing was to be paid"
    lines = [("Lệ phí", 50_000, "charge")]
    for dossier in (done, late):
        payments.charge(
            actor=world.actors["a.intake"], reference=dossier.code, agency_id=dossier.competent_agency_id,
            lines=lines, at=START,
        )  # fmt: skip
    queries.live._keep_owed.cache_clear()
    assert _line(world, "3.6").figure == Figure("3.6", Decimal(0), Decimal(2))
    _pay_online(done)
    queries.live._keep_owed.cache_clear()
    assert _line(world, "3.6").figure == Figure("3.6", Decimal(1), Decimal(2))
    assert _line(world, "3.5b").figure == Figure("3.5b", Decimal(1), Decimal(1)), "both are of one procedure"
    loss = queries.find_loss(world.actors["p.control"], "3.6", PERIOD, world.units["P"])
    assert loss and loss.count == 1 and [d.pk for d in loss.dossiers] == [late.pk]  # type: ignore[attr-defined]
    Charge.objects.filter(reference=late.code).update(waived_at=START, waive_reason="Miễn")
    queries.live._keep_owed.cache_clear()
    assert _line(world, "3.6").figure == Figure("3.6", Decimal(1), Decimal(1)), "what is waived is not owed"


def _pay_online(dossier: Dossier) -> None:
    """The portal told of a payment for what was filed there and accepted as this dossier."""
    moments = {"arrived_at": START, "alert_at": START, "answer_by": START}
    filing = Filing.objects.create(
        source="npsp", reference="G01-1", unit_id=dossier.receiving_unit_id, procedure_code=dossier.procedure_code,
        applicant_name="Thử", facts_enc=b"", calendar_code="default", dossier=dossier, **moments,
    )  # fmt: skip
    FilingWish.objects.create(filing=filing, kind="payment", sent_at=START)


def test_an_indicator_that_is_typed_says_why(world: World) -> None:
    told = sets.get_indicators(PERIOD.last_on)
    uncounted = {one.code for one in told} - set(queries.COUNTED)
    assert uncounted == set(sets.WHY_TYPED)
    page = _client("p.control").get(reverse("indices:why", args=["5.2"])).content.decode()
    assert sets.WHY_TYPED["5.2"] in page and "chi-so=5.2" in page


def _fetch_lost(who: str, code: str, **query: object) -> list[list[str]]:
    client = Client()
    client.force_login(User.objects.get(username=who))
    asked = {"ky": "quarter", "so": 2, "nam": 2026, "dang": "csv", **query}
    answer = client.get(reverse("indices:export_why", args=[code]), asked)
    assert answer.status_code == 200 and "ho-so-mat-diem-" in answer["Content-Disposition"]
    text = b"".join(answer.streaming_content).decode("utf-8-sig")  # type: ignore[attr-defined]
    return list(csv.reader(io.StringIO(text)))


def test_dossiers_that_lost_points_are_a_file(world: World) -> None:
    late, unit = world.late, world.units["P"]  # type: ignore[attr-defined]
    head, *lines = _fetch_lost("p.control", "2.1", donvi=unit)
    assert head == ["Mã hồ sơ", "Thủ tục", "Hẹn trả", "Xong", "Trạng thái"]
    due = f"{timezone.localtime(late.due_at):%Y-%m-%d %H:%M}"
    assert lines == [[late.code, late.procedure_name, due, "chưa xong", late.state_label]]
    entry = next(one for one in find_entries().rows if one.what == "indices.why_exported")
    assert entry.ids == [late.pk]
    loss = queries.find_loss(world.actors["a.leader"], "4.2", PERIOD, world.units["A"])
    assert loss and [line[0] for line in _fetch_lost("a.leader", "4.2")[1:]] == [
        d.code for d in loss.dossiers
    ]  # type: ignore[attr-defined]
    assert len(loss.dossiers) == 3 and _fetch_lost("b.leader", "2.1")[1:] == []


@pytest.mark.parametrize(
    ("code", "query", "status", "said"),
    [
        ("9.9", {}, 404, "Không có chỉ số này."),
        ("1.3", {}, 404, "Chỉ số này không có danh sách hồ sơ."),
        ("5.2", {}, 404, "Chỉ số này không có danh sách hồ sơ."),
        ("2.1", {"dang": "exe"}, 409, "Chọn tệp Excel"),
    ],
)
def test_no_file_of_what_is_not_listed(
    world: World, code: str, query: dict[str, str], status: int, said: str
) -> None:
    client = Client()
    client.force_login(User.objects.get(username="p.control"))
    address = reverse("indices:export_why", args=[code])
    answer = client.get(address, {"ky": "quarter", "so": 2, "nam": 2026, "donvi": world.units["P"], **query})
    assert answer.status_code == status and said in answer.content.decode()


def test_the_page_of_an_indicator_leads_to_its_file(world: World) -> None:
    client = Client()
    client.force_login(User.objects.get(username="a.leader"))
    query = {"ky": "quarter", "so": 2, "nam": 2026}
    told = {
        code: client.get(reverse("indices:why", args=[code]), query).content.decode()
        for code in ("2.1", "1.3")
    }
    link = re.search(r'href="([^"]+/2\.1/tep/[^"]+)"', told["2.1"])
    assert link and client.get(unescape(link[1])).status_code == 200 and "/tep/" not in told["1.3"]
