"""A quarter from communes to the province: one returned, one late, consolidated, sent with a gap, locked, amended."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from io import BytesIO

import pytest
from python_calamine import CalamineWorkbook

from motcua.core.refusal import Refused
from motcua.dossiers.models import Dossier
from motcua.dossiers.tests.factories import NOON, World, make_dossier, make_world
from motcua.figures import actions as figures
from motcua.figures.rules import PeriodKind, make_period
from motcua.figures.tests.lives import FIRST_DAY, Life, put_dossier, put_event
from motcua.legal import actions as legal
from motcua.organisations import queries as organisations
from motcua.organisations.rules import Actor, Post
from motcua.programme.actions import importing, keeping, products
from motcua.programme.models import TaskReport
from motcua.reports import actions, queries
from motcua.reports.models import Report
from motcua.reports.rules.reading import ReadRow
from motcua.reports.workbook import read_workbook, write_workbook
from tests.ground import begins_with, give

pytestmark = pytest.mark.django_db
QUARTER = make_period(PeriodKind.QUARTER, 2026, 1)
AT = NOON + timedelta(days=7)  # 17/3/2026: after the communes' day


def make_lived_in() -> World:
    """The small province with four lives to report and the forms to report them on."""
    world = make_world()
    legal.load_parameters()
    actions.load_forms()
    like = make_dossier(world)
    agencies = [world.units[name] for name in ("A", "B", "XD")]
    lives = [
        Life(0, FIRST_DAY, 5, "working_day", "online", True, False, [(3, "finish", 0)]),
        Life(0, FIRST_DAY, 5, "working_day", "counter", True, False, [(9, "finish", 0)]),
        Life(1, FIRST_DAY, 90, "working_day", "postal", True, False, []),
        Life(2, FIRST_DAY, 90, "working_day", "counter", True, False, [(4, "withdraw", 0)]),
    ]
    for serial, life in enumerate(lives):
        pk = put_dossier(like, life, agencies)
        for revision, (fact, data) in enumerate(life.tell(agencies), start=1):
            put_event(pk, revision, fact, data, 10 * serial + revision)
    figures.recount_all(at=AT)
    return world


@pytest.fixture
@begins_with(make_lived_in)
def world(db: None) -> World:
    return give(make_lived_in)


def _generate(world: World, who: str, unit: str) -> Report:
    return actions.generate(actor=world.actors[who], unit_id=world.units[unit], period=QUARTER, at=AT)


def _head(world: World) -> Actor:
    """The head of the province's office, who signs what the control officer has made."""
    return replace(world.actors["p.control"], post=Post.UNIT_HEAD)


def _send(world: World, who: str, report: Report, **options: bool) -> Report:
    signer = _head(world) if who == "p.control" else world.actors[who]
    actions.sign(actor=signer, report_id=report.pk, **options, at=AT)
    return actions.send(actor=world.actors[who], report_id=report.pk, at=AT)


def _view(report: Report, code: str):
    return next(view for view in queries.get_sheet_views(report) if view.form.code == code)


def test_a_quarter_is_closed_from_commune_to_province(world: World) -> None:
    a, control = world.actors["a.leader"], world.actors["p.control"]
    report = _generate(world, "a.leader", "A")
    view = _view(report, "II.06a")
    assert {no: int(value) for no, value in view.total.items() if value is not None} == {
        "3": 2, "4": 1, "5": 1, "6": 0, "7": 2, "8": 1, "9": 0, "10": 1, "11": 0, "12": 0, "13": 0,
    }  # fmt: skip
    assert report.due_on == QUARTER.last_on.replace(day=16) and "2 hồ sơ" in report.narrative
    _send(world, "a.leader", report)
    with pytest.raises(Refused):
        actions.sign(actor=a, report_id=report.pk, at=AT)
    actions.return_report(actor=control, report_id=report.pk, reason="Xem lại số quá hạn", at=AT)
    key = view.groups[0].rows[0].line.key
    with pytest.raises(Refused, match="lý do"):
        actions.adjust(
            actor=a,
            report_id=report.pk,
            form_code="II.06a",
            row_key=key,
            column="9",
            value=Decimal(1),
            reason=" ",
            at=AT,
        )
    actions.adjust(
        actor=a,
        report_id=report.pk,
        form_code="II.06a",
        row_key=key,
        column="9",
        value=Decimal(1),
        reason="Sổ giấy",
        at=AT,
    )
    with pytest.raises(Refused, match="Biểu II.06a"):
        actions.sign(actor=a, report_id=report.pk, at=AT)
    actions.adjust(
        actor=a,
        report_id=report.pk,
        form_code="II.06a",
        row_key=key,
        column="5",
        value=Decimal(2),
        reason="Sổ giấy",
        at=AT,
    )
    row = _view(Report.objects.get(pk=report.pk), "II.06a").groups[0].rows[0]
    assert row.values["3"] == 3 and row.automatic["3"] == 2
    _send(world, "a.leader", report)
    actions.accept(actor=control, report_id=report.pk, at=AT)
    b = _generate(world, "b.leader", "B")
    late = _send(world, "b.leader", b)
    assert late.sent_at.date() > late.due_on
    up = _generate(world, "p.control", "P")
    total = _view(up, "II.06b").total
    assert (total["3"], total["9"], total["12"]) == (4, 1, 1)
    assert [g.title for g in _view(up, "II.06b").groups] == ["Xã, phường, đặc khu"]
    assert set(up.missing_units) == {world.units["XD"], world.units["MT"]}
    with pytest.raises(Refused, match="2 đơn vị"):
        actions.sign(actor=_head(world), report_id=up.pk, at=AT)
    _send(world, "p.control", up, with_missing=True)
    actions.lock(actor=control, report_id=up.pk, at=AT)
    new = actions.amend(actor=control, report_id=up.pk, reason="Sở Xây dựng gửi sau", at=AT)
    assert (new.version, new.state) == (2, "draft") and Report.objects.get(pk=up.pk).state == "amended"
    _send(world, "x.leader", _generate(world, "x.leader", "XD"))
    again = _generate(world, "p.control", "P")
    assert _view(again, "II.06b").total["9"] == 2 and again.missing_units == [world.units["MT"]]


def test_others_may_not(world: World) -> None:
    report = _generate(world, "a.leader", "A")
    for who, code in (("b.leader", "not_found"), ("a.case", "forbidden"), ("p.admin", "forbidden")):
        with pytest.raises(Refused) as no:
            actions.sign(actor=world.actors[who], report_id=report.pk, at=AT)
        assert no.value.code == code, who
    with pytest.raises(Refused) as no:
        _generate(world, "b.leader", "A")
    assert no.value.code == "forbidden"


def test_what_was_changed_after_signing_is_not_sent(world: World) -> None:
    report = _generate(world, "a.leader", "A")
    actions.sign(actor=world.actors["a.leader"], report_id=report.pk, at=AT)
    report.sheets.filter(form__code="II.06a").update(lines=[])
    with pytest.raises(Refused, match="đã đổi sau khi ký"):
        actions.send(actor=world.actors["a.leader"], report_id=report.pk, at=AT)


def test_a_sent_report_closes_the_task_of_the_plan_that_asks_for_it(world: World) -> None:
    control = world.actors["p.control"]
    text = "TT\tNội dung\tChủ trì\tThời gian\n1\tBáo cáo định kỳ\tUBND các xã, phường\tHàng quý"
    read = importing.read_file(
        actor=control, content=text.encode(), name="a.txt", year=QUARTER.last_on.year, at=AT
    )
    plan = keeping.confirm(actor=control, reading_id=read.pk, revision=0, at=AT)
    task = plan.tasks.get()
    products.set_product(actor=control, task_id=task.pk, product="statutory_report", at=AT)
    sent = _send(world, "a.leader", _generate(world, "a.leader", "A"))
    done = TaskReport.objects.get()
    assert (done.unit_id, done.state) == (world.units["A"], "accepted")
    assert done.evidence.get().address == f"/bao-cao/{sent.pk}/"
    assert done.occurrence.first_on <= QUARTER.last_on <= done.occurrence.due_on


def test_the_workbook_comes_back_as_it_went(world: World) -> None:
    report = _generate(world, "a.leader", "A")
    unit = organisations.get_unit(world.units["A"], QUARTER.last_on)
    views = queries.get_sheet_views(report)
    content = write_workbook(report, unit, None, views)
    assert set(CalamineWorkbook.from_filelike(BytesIO(content)).sheet_names) >= {"II.06a", "II.07b", "II.08"}
    layout = _view(report, "II.06a").layout
    rows, faults, head = read_workbook(content, layout, "II.06a")
    assert (head.reporter, head.days) == (unit.agency_name, ("15/12/2025", "14/03/2026"))
    assert not faults and [row.label for row in rows] == [
        r.line.label for r in _view(report, "II.06a").groups[0].rows
    ]
    assert rows[0].values == {
        no: value
        for no, value in _view(report, "II.06a").groups[0].rows[0].values.items()
        if value is not None
    }


def test_rows_of_a_file_are_typed_over_with_the_file_as_evidence(world: World) -> None:
    report = _generate(world, "a.leader", "A")
    rows = [
        ReadRow(12, "Đất đai", {"4": Decimal(3), "8": Decimal(3), "3": Decimal(3)}, "Xã, phường, đặc khu")
    ]
    actions.import_sheet(
        actor=world.actors["a.leader"],
        report_id=report.pk,
        form_code="II.06a",
        rows=rows,
        source="so-lieu.xlsx",
        at=AT,
    )
    row = next(r for r in _view(report, "II.06a").groups[0].rows if r.line.label == "Đất đai")
    assert (
        row.values["3"] == 3
        and row.line.typed["4"].reason == "Theo tệp so-lieu.xlsx"
        and "3" not in row.line.typed
    )


def test_a_new_layout_holds_from_its_day_and_old_periods_keep_the_old(world: World) -> None:
    form = queries.find_forms_of_all().get(code="II.06a")
    lines = form.lines.replace("Trước hạn", "Trước hạn (mới)")
    day = QUARTER.last_on + timedelta(days=1)
    admin = world.actors["p.admin"]
    new = actions.change_form(
        actor=admin, form_id=form.pk, title="", lines=lines, valid_from=day, basis="Thông tư thử", at=AT
    )
    told = {f.code: f for f in queries.find_forms(QUARTER.last_on, is_parent=False)}
    assert told["II.06a"].pk == form.pk
    assert {f.code: f for f in queries.find_forms(day, is_parent=False)}["II.06a"].pk == new.pk
    with pytest.raises(Refused, match="Dòng 1"):
        actions.change_form(
            actor=admin,
            form_id=new.pk,
            title="",
            lines="1\n",
            valid_from=day + timedelta(1),
            basis="x",
            at=AT,
        )
    assert Dossier.objects.exists()


def test_a_report_is_signed_after_its_period_with_figures_taken_then(world: World) -> None:
    a = world.actors["a.leader"]
    runs = make_period(PeriodKind.QUARTER, 2026, 2)
    evening = NOON.replace(month=6, day=14)
    report = actions.generate(actor=a, unit_id=world.units["A"], period=runs, at=evening)
    with pytest.raises(Refused, match="14/06/2026.*15/06/2026"):
        actions.sign(actor=a, report_id=report.pk, at=evening)
    with pytest.raises(Refused, match="Số liệu lấy ngày 14/06/2026"):
        actions.sign(actor=a, report_id=report.pk, at=evening + timedelta(days=1))
    morning = evening + timedelta(days=2)
    report = actions.generate(actor=a, unit_id=world.units["A"], period=runs, at=morning)
    assert actions.sign(actor=a, report_id=report.pk, at=morning).state == "signed"


def test_what_came_back_from_below_is_not_signed_above(world: World) -> None:
    control = world.actors["p.control"]
    below = _generate(world, "a.leader", "A")
    _send(world, "a.leader", below)
    up = _generate(world, "p.control", "P")
    assert queries.count_sent_since(up) == 0
    actions.return_report(actor=control, report_id=below.pk, reason="Sai", at=AT)
    with pytest.raises(Refused, match="1 báo cáo"):
        actions.sign(actor=_head(world), report_id=up.pk, with_missing=True, at=AT)
    _send(world, "a.leader", below)
    assert queries.count_sent_since(up) == 1
    up = _generate(world, "p.control", "P")
    with pytest.raises(Refused, match="không thuộc phần"):
        actions.sign(actor=control, report_id=up.pk, with_missing=True, at=AT)
    assert actions.sign(actor=_head(world), report_id=up.pk, with_missing=True, at=AT).state == "signed"


def test_a_count_is_never_negative(world: World) -> None:
    report = _generate(world, "a.leader", "A")
    key = _view(report, "II.06a").groups[0].rows[0].line.key
    with pytest.raises(Refused, match="không thể âm"):
        actions.adjust(
            actor=world.actors["a.leader"], report_id=report.pk, form_code="II.06a", row_key=key, column="4",
            value=Decimal(-1), reason="Sổ", at=AT,
        )  # fmt: skip


def test_what_the_signer_saw_is_what_is_signed(world: World) -> None:
    a = world.actors["a.leader"]
    report = _generate(world, "a.leader", "A")
    seen = actions.make_fingerprint(report)
    actions.write_narrative(actor=a, report_id=report.pk, text="Khác", at=AT)
    with pytest.raises(Refused) as no:
        actions.sign(actor=a, report_id=report.pk, seen=seen, at=AT)
    assert no.value.code == "stale"
    seen = actions.make_fingerprint(Report.objects.get(pk=report.pk))
    assert actions.sign(actor=a, report_id=report.pk, seen=seen, at=AT).state == "signed"


def test_the_agency_above_enters_the_report_of_a_unit_that_works_elsewhere(world: World) -> None:
    control, unit = world.actors["p.control"], world.units["XD"]
    with pytest.raises(Refused, match="nơi nhận báo cáo"):
        actions.generate(actor=world.actors["a.leader"], unit_id=unit, period=QUARTER, at=AT)
    report = actions.generate(actor=control, unit_id=unit, period=QUARTER, at=AT)
    assert report.is_entered_above
    row = ReadRow(9, "Hoạt động xây dựng", {no: Decimal(7) for no in ("4", "8", "3", "7")}, "Sở, ban, ngành")
    actions.import_sheet(
        actor=control, report_id=report.pk, form_code="II.06a", rows=[row], source="so.xlsx", at=AT
    )
    with pytest.raises(Refused, match="văn bản đã ký"):
        actions.record(actor=control, report_id=report.pk, evidence=" ", at=AT)
    with pytest.raises(Refused, match="Không tìm thấy"):
        actions.record(actor=world.actors["a.leader"], report_id=report.pk, evidence="12/BC", at=AT)
    done = actions.record(actor=control, report_id=report.pk, evidence="12/BC-SXD ngày 16/3/2026", at=AT)
    assert done.state == "accepted" and done.signed_by == "Theo 12/BC-SXD ngày 16/3/2026"
    up = _generate(world, "p.control", "P")
    assert unit not in up.missing_units and _view(up, "II.06b").total["4"] == 7


def test_a_report_its_own_unit_began_is_not_the_agency_aboves_to_enter(world: World) -> None:
    report = _generate(world, "a.leader", "A")
    with pytest.raises(Refused):
        actions.record(actor=world.actors["p.control"], report_id=report.pk, evidence="1/BC", at=AT)
    with pytest.raises(Refused):
        actions.generate(actor=world.actors["p.control"], unit_id=world.units["A"], period=QUARTER, at=AT)
