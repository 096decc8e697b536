"""A small province for tests, and dossiers in any state made by the real acts."""

from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from motcua.accounts.models import User
from motcua.catalogue import queries as catalogue
from motcua.catalogue.tests.factories import make_procedure
from motcua.core.text import fold
from motcua.documents.models import StoredFile
from motcua.dossiers import actions
from motcua.dossiers.actions import Intake, PartFacts, PersonFacts
from motcua.dossiers.models import Dossier, Series
from motcua.dossiers.rules.states import State
from motcua.legal.actions import load_parameters
from motcua.organisations import queries as organisations
from motcua.organisations.models import Assignment, TreeStamp, Unit, UnitVersion
from motcua.organisations.rules import Actor
from motcua.processes import queries as processes
from motcua.processes.rules import StepView
from motcua.processes.tests.factories import COMMUNE_STEPS, make_process
from motcua.worktime import queries as worktime
from motcua.worktime.actions import loading
from motcua.worktime.models import OfficeHours, WorkCalendar
from motcua.worktime.rules import ZONE

FIRST = date(2018, 1, 1)
NOON = datetime(2026, 3, 10, 9, 0, tzinfo=ZONE)
TODAY = NOON.date()
SEGMENTS = [["07:30", "11:30"], ["13:00", "17:00"]]

# code, kind, name, parent, agency code
UNITS = (
    ("P", "province", "Tỉnh Thử", "", "H50"),
    ("P.VP", "office", "Văn phòng Ủy ban nhân dân tỉnh", "P", ""),
    ("P.TT", "centre", "Trung tâm Phục vụ hành chính công tỉnh", "P.VP", ""),
    ("XD", "department", "Sở Xây dựng", "P", "H50.05"),
    ("XD.QH", "section", "Phòng Quy hoạch", "XD", ""),
    ("MT", "department", "Sở Nông nghiệp và Môi trường", "P", "H50.06"),
    ("MT.DD", "section", "Phòng Đất đai", "MT", ""),
    ("A", "commune", "Xã An", "P", "H50.12"),
    ("A.TT", "centre", "Trung tâm Phục vụ hành chính công xã An", "A", ""),
    ("A.VH", "section", "Phòng Văn hóa - Xã hội", "A", ""),
    ("B", "commune", "Xã Bình", "P", "H50.13"),
    ("B.TT", "centre", "Trung tâm Phục vụ hành chính công xã Bình", "B", ""),
)
# user name, full name, unit, post
PEOPLE = (
    ("a.intake", "Lê Thị Tiếp", "A.TT", "intake_officer"),
    ("a.intake2", "Trần Thị Nhận", "A.TT", "intake_officer"),
    ("a.head", "Phạm Văn Trưởng", "A.TT", "one_stop_head"),
    ("a.case", "Hoàng Văn Lý", "A.VH", "case_officer"),
    ("a.case2", "Đỗ Văn Thụ", "A.VH", "case_officer"),
    ("a.section", "Ngô Thị Phòng", "A.VH", "section_head"),
    ("a.leader", "Nguyễn Văn Duyệt", "A", "approver"),
    ("a.clerk", "Vũ Thị Thư", "A", "clerk"),
    ("b.intake", "Bùi Thị Bình", "B.TT", "intake_officer"),
    ("b.leader", "Đinh Văn Bình", "B", "approver"),
    ("p.intake", "Cao Thị Tỉnh", "P.TT", "intake_officer"),
    ("p.control", "Mai Văn Soát", "P.VP", "control_officer"),
    ("x.case", "Lý Văn Xây", "XD.QH", "case_officer"),
    ("x.section", "Tô Văn Quy", "XD.QH", "section_head"),
    ("x.leader", "Hà Văn Sở", "XD", "approver"),
    ("x.clerk", "Lâm Thị Dấu", "XD", "clerk"),
    ("m.case", "Chu Văn Đất", "MT.DD", "case_officer"),
    ("p.admin", "Quản trị", "P", "administrator"),
)
PROVINCE_STEPS = (
    StepView(1, "Tiếp nhận, chuyển hồ sơ", "intake_officer", "one_stop", Decimal(4)),
    StepView(2, "Thẩm định", "case_officer", "competent", Decimal(40), "", (1,)),
    StepView(3, "Cho ý kiến về đất đai", "case_officer", "opinion:MT", Decimal(40), "", (1,)),
    StepView(4, "Tổng hợp, trình", "section_head", "competent", Decimal(16), "", (2, 3)),
    StepView(5, "Ký duyệt", "approver", "leader", Decimal(16), "", (4,)),
    StepView(6, "Trả kết quả", "intake_officer", "one_stop", Decimal(4), "", (5,)),
)
BIRTH, FEE, BUILD, OPEN_ENDED = "1.001193", "2.000635", "1.013234", "1.009999"


@dataclass
class World:
    """The province: units by code, actors by user name, sheets by procedure code."""

    units: dict[str, int]
    actors: dict[str, Actor]
    on: date
    serial: int = 0
    files: dict[int, int] = field(default_factory=dict)

    def sheet(self, code: str = BIRTH) -> catalogue.IntakeSheet:
        return catalogue.get_intake_sheet(code, self.on)

    def make_file(self, actor: Actor) -> int:
        """A stored file put in by the actor."""
        row = StoredFile.objects.create(
            sha256="0" * 64, size=1, media_type="application/pdf", original_name="ket-qua.pdf", stored_at=NOON,
            uploaded_by_id=actor.user_id,
        )  # fmt: skip
        return row.pk


def make_world(on: date = TODAY) -> World:
    """Units, people, calendars, four procedures with their processes, and series."""
    load_parameters()
    calendar = _make_calendar()
    units = {
        code: Unit.objects.create(code=code, kind=kind, province_code="45").pk for code, kind, *_rest in UNITS
    }
    for code, _kind, name, parent, agency_code in UNITS:
        UnitVersion.objects.create(
            unit_id=units[code], name=name, name_folded=fold(name), parent_id=units.get(parent), agency_code=agency_code,
            calendar=calendar, valid_from=FIRST,
        )  # fmt: skip
    TreeStamp.objects.all().delete()
    # Another stamp for each world: what was kept of an earlier one is not believed.
    TreeStamp.objects.create(value=f"test {units['P']}")
    organisations.forget_trees()
    actors = {
        name: _make_actor(name, full_name, units[unit], post, on) for name, full_name, unit, post in PEOPLE
    }
    _make_procedures()
    for agency in ("A", "B", "XD"):
        Series.objects.create(
            agency_id=units[agency], code="KQ", name="Sổ kết quả", pattern="{n}/{year}/KQ", valid_from=FIRST
        )
    world = World(units, actors, on)
    _read_what_every_counter_reads(world)
    return world


def _read_what_every_counter_reads(world: World) -> None:
    """Tests that begin with one world need not read it again (:mod:`tests.kept`)."""
    world.sheet()
    processes.get_process(BIRTH, world.units["A"], world.on)
    worktime.get_calendar()


def _make_calendar() -> WorkCalendar:
    calendar, is_new = WorkCalendar.objects.get_or_create(code="default", defaults={"name": "Lịch chung"})
    if is_new or not calendar.office_hours.exists():
        OfficeHours.objects.bulk_create(
            OfficeHours(calendar=calendar, weekday=day, segments=SEGMENTS, basis="thử", valid_from=FIRST)
            for day in range(5)
        )
    loading.load_holidays()
    worktime.forget_calendars()
    return calendar


def _make_actor(username: str, full_name: str, unit_id: int, post: str, on: date) -> Actor:
    user, _new = User.objects.get_or_create(username=username, defaults={"full_name": full_name})
    Assignment.objects.create(user=user, unit_id=unit_id, post=post, decision_number="1/QĐ", valid_from=FIRST)
    actor = organisations.get_actor(user, None, on)
    assert actor is not None
    return actor


def _make_procedures() -> None:
    make_procedure(BIRTH)
    make_process(BIRTH, steps=COMMUNE_STEPS)
    make_procedure(FEE, name="Cấp bản sao trích lục hộ tịch", limit=(1, "working_day"), fees=(("Phí cấp bản sao", 8000),),
                   start_rule="default", components=(("Tờ khai", True),))  # fmt: skip
    make_process(FEE, steps=COMMUNE_STEPS)
    make_procedure(BUILD, name="Cấp giấy phép xây dựng", level="province", limit=(20, "working_day"), start_rule="default",
                   components=(("Đơn đề nghị", True), ("Bản vẽ thiết kế", False)))  # fmt: skip
    make_process(BUILD, steps=PROVINCE_STEPS)
    make_procedure(
        OPEN_ENDED, name="Thủ tục chưa có thời hạn", limit=(0, "none"), components=(("Đơn", True),)
    )
    make_process(OPEN_ENDED, steps=COMMUNE_STEPS)


def make_intake(world: World, code: str = BIRTH, **changes: Any) -> Intake:
    """An application with every paper, by somebody new each time."""
    world.serial += 1
    components = world.sheet(code).cases[0].components
    intake = Intake(
        procedure_code=code,
        applicant=PersonFacts(
            full_name=f"Nguyễn Văn Thử {world.serial}", id_number=f"0450900{world.serial:05}", id_kind="citizen_id",
            phone=f"09{world.serial:08}", email="nguoi.dan@example.vn",
        ),
        parts=tuple(PartFacts(component.id, originals=1) for component in components),
        competent_agency_id=world.units["XD"] if code == BUILD else None,
    )  # fmt: skip
    return replace(intake, **changes)


def make_dossier(
    world: World, state: str = State.RECEIVED, code: str = BIRTH, at: datetime = NOON, **changes: Any
) -> Dossier:
    """A dossier of commune An (or, for BUILD, of the department) brought to a state by the real acts."""
    state = State(state)
    receiver = world.actors["p.intake" if code == BUILD else "a.intake"]
    intake = make_intake(world, code, **changes)
    if state == State.NOT_ACCEPTED:
        return actions.refuse_intake(actor=receiver, intake=intake, reason="Không đúng thẩm quyền", at=at)
    dossier = actions.receive(actor=receiver, intake=intake, at=at)
    later = at + timedelta(minutes=10)
    if state == State.WITHDRAWN:
        return actions.withdraw(
            actor=receiver, dossier_code=dossier.code, reason="Người nộp xin rút", at=later
        )
    if state == State.STOPPED:
        return actions.stop(actor=receiver, dossier_code=dossier.code, reason="Theo đề nghị", at=later)
    if state == State.RECEIVED:
        return dossier
    return _bring(world, dossier, receiver, state, later)


def _bring(world: World, dossier: Dossier, receiver: Actor, state: State, at: datetime) -> Dossier:
    actor, code = world.actors, dossier.code
    actions.hand_over(actor=receiver, dossier_code=code, at=at)
    dossier = actions.start(actor=actor["a.case"], dossier_code=code, at=at)
    if state == State.PROCESSING:
        return dossier
    actions.propose(actor=actor["a.case"], dossier_code=code, outcome="approved", at=at)
    actions.decide(actor=actor["a.leader"], dossier_code=code, outcome="approved", at=at)
    dossier = actions.sign_result(
        actor=actor["a.clerk"], dossier_code=code, signed_on=at.astimezone(ZONE).date(), signer_name="Nguyễn Văn Duyệt",
        title="Giấy khai sinh", file_id=world.make_file(actor["a.clerk"]), at=at,
    )  # fmt: skip
    if state == State.RESULT_READY:
        return dossier
    return actions.return_result(
        actor=actor["a.intake"], dossier_code=code, collector_name="Nguyễn Văn Thử", at=at
    )
