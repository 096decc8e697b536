"""The plan of the year in the demonstration province: handed down, carried out here and there, with its registers."""

from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils import timezone

from motcua.accounts import queries as accounts
from motcua.demo.registers import keep_registers
from motcua.organisations import queries as organisations
from motcua.organisations.rules import Actor
from motcua.programme.actions import (
    cascade,
    importing,
    keeping,
    products,
    registers,
    reporting,
    telling,
    writing,
)
from motcua.programme.actions import targets as targets_acts
from motcua.programme.actions.reporting import Shown
from motcua.programme.actions.targets import TargetFacts
from motcua.programme.models import Occurrence, Plan
from motcua.programme.queries.cascade import find_callable
from motcua.programme.rules.measures import suggest
from motcua.programme.rules.products import suggest_product

TEXT = Path(__file__).parent / "data" / "ke_hoach_tinh.txt"
CONTROL, HEAD, CLERK = "tinh.kiemsoat1", "huongphung.lanhdao", "huongphung.vanthu"
OTHER_HEAD, OBSERVER = "laobao.lanhdao", "tinh.giamsat"
_STAFF = (
    {"name": "Giám đốc Trung tâm (mẫu)", "position": "Giám đốc", "headship": "head", "field": "Chung", "phone": "0233000001"},
    {"name": "Cán bộ Tiếp nhận 01 (mẫu)", "position": "Viên chức", "headship": "officer", "field": "Hộ tịch, chứng thực", "phone": "0233000002"},
)  # fmt: skip
_FOCAL = {"name": "Chuyên viên vp 01 (mẫu)", "position": "Công chức Văn phòng", "phone": "0233000003"}


@transaction.atomic
def load(at: datetime) -> int:
    """The province's plan and what became of it; how many plans there are then. Doing it again changes nothing."""
    on = timezone.localdate(at)
    province = organisations.find_unit_by_code("2025-T44", on)
    if province is None or Plan.objects.filter(unit_id=province.id).exists():
        return Plan.objects.count()
    plan = _import_plan(at, on)
    _hand_down(plan, at, on)
    _set_up(plan, at)
    _keep_registers(at, on)
    keep_registers(control=_act_as(CONTROL, on), head=_act_as(HEAD, on), on=on, at=at)
    own = _write_own(plan, at, on)
    _carry_out(plan, at, on)
    _carry_out(own, at, on)
    _say_things(plan, at)
    return Plan.objects.count()


def _act_as(username: str, on: date) -> Actor:
    user = accounts.find_user(username)
    actor = organisations.get_actor(user, None, on) if user else None
    assert actor is not None, username
    return actor


def _import_plan(at: datetime, on: date) -> Plan:
    text = TEXT.read_text(encoding="utf-8").replace("{year}", str(on.year))
    actor = _act_as(CONTROL, on)
    read = importing.read_file(actor=actor, content=text.encode(), name="ke-hoach-tinh.txt", at=at)
    return keeping.confirm(actor=actor, reading_id=read.pk, revision=read.revision, at=at)


def _hand_down(plan: Plan, at: datetime, on: date) -> None:
    units = [unit.id for unit in find_callable(plan) if unit.kind in {"commune", "department"}]
    cascade.hand_down(
        actor=_act_as(CONTROL, on), plan_id=plan.pk, unit_ids=units, due_on=on + timedelta(days=20), at=at
    )


def _set_up(plan: Plan, at: datetime) -> None:
    """Targets counted by what their words propose, tasks closed by the products they ask for."""
    actor = _act_as(CONTROL, timezone.localdate(at))
    for target in plan.targets.all():
        facts = TargetFacts(
            formula=suggest(target.text),
            numerator_words="",
            denominator_words="",
            scope="commune" if "đúng hạn" in target.text else "",
            period_kind="year",
            period_number=1,
            excluded=(),
            exclusion_reason="",
        )
        targets_acts.set_formula(actor=actor, target_id=target.pk, facts=facts, at=at)
    for task in plan.tasks.all():
        if product := suggest_product(task.content, task.product):
            products.set_product(actor=actor, task_id=task.pk, product=product, at=at)


def _write_own(plan: Plan, at: datetime, on: date) -> Plan:
    """The plan of a commune, from the province's."""
    clerk, head = _act_as(CLERK, on), _act_as(HEAD, on)
    draft = writing.begin(actor=clerk, year=plan.year, from_id=plan.pk, at=at)
    draft = writing.renumber(actor=clerk, reading_id=draft.pk, revision=draft.revision, at=at)
    draft = writing.submit(actor=clerk, reading_id=draft.pk, revision=draft.revision, at=at)
    draft = writing.sign_draft(actor=head, reading_id=draft.pk, revision=draft.revision, at=at)
    made = writing.issue(
        actor=clerk, reading_id=draft.pk, number="03/KH-UBND", dated=on, revision=draft.revision, at=at
    )
    writing.begin(actor=_act_as("laobao.vanthu", on), year=plan.year, from_id=plan.pk, at=at)
    return made


def _carry_out(plan: Plan, at: datetime, on: date) -> None:
    """What is past is done, but for one unit that is late and one report that waits to be accepted."""
    past = Occurrence.objects.filter(task__plan=plan, due_on__lt=on).select_related("task")
    head, other = _act_as(HEAD, on), _act_as(OTHER_HEAD, on)
    accepter = head if plan.unit_id == head.agency_id else _act_as(CONTROL, on)
    shown = [Shown("Sổ theo dõi hồ sơ", address="/ho-so/so-theo-doi/")]
    for occurrence in past:
        leaders = set(occurrence.task.responsibilities.filter(role="lead").values_list("unit_id", flat=True))
        for actor in (head, other) if plan.unit_id != head.agency_id else (head,):
            unit = actor.agency_id if actor.agency_id in leaders else _own_office(leaders, actor)
            if unit is None or (actor is other and occurrence.due_on and occurrence.due_on.month > 6):
                continue
            facts: dict[str, Any] = {"occurrence_id": occurrence.pk, "unit_id": unit, "evidence": shown}
            written = reporting.report(
                actor=actor, text="Đã thực hiện đúng nội dung, thời hạn.", at=at, **facts
            )
            if occurrence.due_on and occurrence.due_on.month < 9:
                reporting.accept(actor=accepter, report_id=written.pk, answer="", at=at)


def _own_office(leaders: set[int], actor: Actor) -> int | None:
    return next((unit for unit in leaders if actor.covers(unit)), None)


def _say_things(plan: Plan, at: datetime) -> None:
    on = timezone.localdate(at)
    task = plan.tasks.filter(content__startswith="Niêm yết").first()
    assert task is not None
    reporting.raise_difficulty(
        actor=_act_as(HEAD, on),
        task_id=task.pk,
        text="Màn hình tra cứu tại Trung tâm đang hỏng, chờ thay.",
        at=at,
    )
    telling.comment(
        actor=_act_as(OBSERVER, on),
        plan_id=plan.pk,
        task_id=task.pk,
        text="Đề nghị niêm yết thêm tại nhà văn hóa thôn.",
        at=at,
    )


def _keep_registers(at: datetime, on: date) -> None:
    """A list of each kind, and an entry of some other registers."""
    head = _act_as(HEAD, on)
    for values in _STAFF:
        registers.add_entry(actor=head, code="bo-phan-mot-cua", values=values, at=at)
    registers.add_entry(actor=head, code="can-bo-dau-moi", values=_FOCAL, at=at)
    for code in ("bo-phan-mot-cua", "can-bo-dau-moi"):
        registers.publish_list(actor=head, code=code, decision_number="15/QĐ-UBND", published_on=on, at=at)
    idea = {"title": "Trả kết quả tại nhà văn hóa thôn vào phiên chợ", "author": "Trung tâm Phục vụ hành chính công", "summary": "Một buổi mỗi tháng, cùng bưu chính công ích."}  # fmt: skip
    entry = registers.add_entry(actor=head, code="sang-kien", values=idea, at=at)
    registers.move_entry(actor=head, entry_id=entry.pk, state="scoring", revision=entry.revision, at=at)
    registers.add_line(
        actor=head, entry_id=entry.pk, values={"judge": "Hội đồng 01 (mẫu)", "score": "8.5"}, at=at
    )
