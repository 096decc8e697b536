"""A commune with its police, the insurance and the tax office; a birth, residence and card group; land with two dates."""

from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from motcua.catalogue.models import Bundle, BundlePart, Procedure
from motcua.catalogue.tests.factories import make_procedure
from motcua.core.text import fold
from motcua.dossiers import actions
from motcua.dossiers.actions import JointIntake, PartFacts, PersonFacts
from motcua.dossiers.models import Dossier, Joint, JointPart, Series
from motcua.dossiers.tests.factories import BIRTH, FIRST, NOON, TODAY, World, _make_actor, make_world
from motcua.organisations import queries as organisations
from motcua.organisations.models import TreeStamp, Unit, UnitVersion
from motcua.processes.rules import StepView
from motcua.processes.tests.factories import make_process
from motcua.worktime.rules import ZONE

RESIDENCE, CARD, LAND, TAX = "1.004222", "1.014137", "1.013831", "1.007277"
GROUP, LAND_GROUP = "2.000986", "LT-DATDAI"
UNITS = (
    ("CA", "vertical_agency", "Công an xã An", "H50.82"),
    ("BH", "vertical_agency", "Bảo hiểm xã hội tỉnh", "H50.83"),
    ("TH", "vertical_agency", "Thuế tỉnh", "H50.81"),
)
PEOPLE = (
    ("ca.case", "Công Văn An", "CA", "case_officer"), ("ca.leader", "Trưởng Văn Công", "CA", "approver"),
    ("bh.case", "Bảo Thị Hiểm", "BH", "case_officer"), ("bh.leader", "Giám Văn Đốc", "BH", "approver"),
    ("th.case", "Thuế Văn Vụ", "TH", "case_officer"), ("th.leader", "Thuế Thị Trưởng", "TH", "approver"),
    ("m.leader", "Sở Văn Đất", "MT", "approver"),
)  # fmt: skip
STEPS = (
    StepView(1, "Tiếp nhận, chuyển hồ sơ", "intake_officer", "one_stop", Decimal("0.5")),
    StepView(2, "Thẩm định", "case_officer", "competent", Decimal(8), "", (1,)),
    StepView(3, "Ký duyệt", "approver", "leader", Decimal(4), "", (2,)),
    StepView(4, "Trả kết quả", "intake_officer", "one_stop", Decimal(1), "", (3,)),
)
HANDLERS = {BIRTH: ("a.case", "a.leader", "a.clerk"), RESIDENCE: ("ca.case", "ca.leader", "ca.leader"),
            CARD: ("bh.case", "bh.leader", "bh.leader"), TAX: ("th.case", "th.leader", "th.leader"),
            LAND: ("m.case", "m.leader", "m.leader")}  # fmt: skip


def make_joint_world(on: date = TODAY) -> World:
    """The small province with its vertical agencies and two groups in force."""
    world = make_world(on)
    for code, kind, name, agency_code in UNITS:
        world.units[code] = Unit.objects.create(code=code, kind=kind, province_code="45").pk
        UnitVersion.objects.create(
            unit_id=world.units[code], name=name, name_folded=fold(name), parent_id=world.units["P"],
            agency_code=agency_code, calendar=UnitVersion.objects.get(unit_id=world.units["A"]).calendar, valid_from=FIRST,
        )  # fmt: skip
    TreeStamp.objects.all().delete()
    TreeStamp.objects.create(value=f"joint {world.units['CA']}")
    organisations.forget_trees()
    for name, full_name, unit, post in PEOPLE:
        world.actors[name] = _make_actor(name, full_name, world.units[unit], post, on)
    for code in ("CA", "BH", "TH", "MT"):
        Series.objects.create(
            agency_id=world.units[code],
            code="KQ",
            name="Sổ kết quả",
            pattern="{n}/{year}/KQ",
            valid_from=FIRST,
        )
    for code, name, unit, level in ((RESIDENCE, "Đăng ký thường trú", "CA", "vertical"), (CARD, "Cấp thẻ bảo hiểm y tế", "BH", "vertical"),
                                    (TAX, "Khai lệ phí trước bạ nhà, đất", "TH", "vertical"), (LAND, "Đăng ký biến động đất đai", "MT", "province")):  # fmt: skip
        _operate(code, name, unit, level)
    _make_groups()
    return world


def _operate(code: str, name: str, unit: str, level: str) -> None:
    procedure: Procedure = make_procedure(
        code, name=name, level=level, limit=(7, "working_day"), start_rule="default",
        components=((f"Tờ khai {code}", True), (f"Giấy khác {code}", False)),
    )  # fmt: skip
    procedure.operations.update(unit_codes=[unit])
    make_process(code, steps=STEPS)


def _make_groups() -> None:
    birth = Bundle.objects.create(
        code=GROUP, name="Khai sinh, thường trú, thẻ bảo hiểm y tế", valid_from=FIRST, total_days=3, verified_days=5,
        start_rule="next_day_after_15", part_start_rule="next_day_after_15", basis="Nghị định 63/2024/NĐ-CP",
    )  # fmt: skip
    _part(birth, 1, BIRTH, "Khai sinh", 1, may_verify=True)
    _part(birth, 2, RESIDENCE, "Thường trú", 2, needs=[1])
    _part(birth, 3, CARD, "Thẻ bảo hiểm y tế", 2, needs=[1])
    land = Bundle.objects.create(
        code=LAND_GROUP, name="Đất đai, nghĩa vụ tài chính", valid_from=FIRST, basis="Hẹn hai lần"
    )
    _part(land, 1, LAND, "Đăng ký biến động", 5, second_days=3)
    _part(land, 2, TAX, "Thông báo thuế", 5, needs=[1], start="notice", tells_at_once=True)


def _part(bundle: Bundle, no: int, code: str, name: str, days: int, **more: Any) -> None:
    BundlePart.objects.create(
        bundle=bundle,
        no=no,
        procedure_code=code,
        name=name,
        days=days,
        basis="thử",
        work=f"Giải quyết {name}",
        **more,
    )


def make_joint_intake(world: World, code: str = GROUP, **changes: Any) -> JointIntake:
    """Every paper of every part, by somebody new each time."""
    world.serial += 1
    procedures = (BIRTH, RESIDENCE, CARD) if code == GROUP else (LAND, TAX)
    components = [c for one in procedures for c in world.sheet(one).cases[0].components]
    intake = JointIntake(
        bundle_code=code,
        applicant=PersonFacts(
            full_name=f"Trần Thị Mẹ {world.serial}", id_number=f"0451900{world.serial:05}", id_kind="citizen_id",
            phone=f"09{world.serial:08}", email="nguoi.me@example.vn",
        ),
        parts=tuple(PartFacts(component.id, originals=1) for component in components),
    )  # fmt: skip
    return replace(intake, **changes)


def make_joint(world: World, code: str = GROUP, at: datetime = NOON, **changes: Any) -> Joint:
    """Received by commune An's counter."""
    return actions.receive_joint(
        actor=world.actors["a.intake"], intake=make_joint_intake(world, code, **changes), at=at
    )


def find_part(joint: Joint, no: int) -> JointPart:
    """A part with its dossier as it now is."""
    return JointPart.objects.select_related("dossier").get(joint=joint, no=no)


def require_dossier(joint: Joint, no: int) -> Dossier:
    """The dossier of a part that has begun."""
    dossier = find_part(joint, no).dossier
    assert dossier is not None
    return dossier


def bring_in(world: World, joint: Joint, no: int, at: datetime) -> Dossier:
    """The part lies before its officer, started: through the counter, or taken over from another agency."""
    dossier = require_dossier(joint, no)
    case, _leader, _clerk = HANDLERS[dossier.procedure_code]
    if no == 1:
        actions.hand_over(actor=world.actors["a.intake"], dossier_code=dossier.code, at=at)
    else:
        actions.take_over(actor=world.actors[case], dossier_code=dossier.code, judged="on_time", at=at)
    return actions.start(actor=world.actors[case], dossier_code=dossier.code, at=at)


def decide_part(world: World, joint: Joint, no: int, at: datetime, outcome: str = "approved") -> Dossier:
    """From its officer to its numbered result."""
    dossier = require_dossier(joint, no)
    case, leader, clerk = (world.actors[name] for name in HANDLERS[dossier.procedure_code])
    note = "Thiếu căn cứ" if outcome == "refused" else ""
    actions.propose(actor=case, dossier_code=dossier.code, outcome=outcome, note=note, at=at)
    actions.decide(actor=leader, dossier_code=dossier.code, outcome=outcome, note=note, at=at)
    return actions.sign_result(
        actor=clerk, dossier_code=dossier.code, signed_on=at.astimezone(ZONE).date(), signer_name="N", title="Kết quả",
        file_id=world.make_file(clerk), at=at,
    )  # fmt: skip


def finish_part(world: World, joint: Joint, no: int, at: datetime, outcome: str = "approved") -> Dossier:
    """The whole way of one part."""
    bring_in(world, joint, no, at)
    return decide_part(world, joint, no, at, outcome)
