"""Processes for tests."""

from datetime import UTC, date, datetime
from decimal import Decimal

from motcua.catalogue.stamps import new_stamp
from motcua.processes import queries
from motcua.processes.models import Process, ProcessStamp, ProcessVersion, Step
from motcua.processes.rules import StepView

COMMUNE_STEPS = (
    StepView(1, "Tiếp nhận hồ sơ", "intake_officer", "one_stop", Decimal(1), "Giấy tiếp nhận"),
    StepView(2, "Thẩm tra hồ sơ", "case_officer", "competent", Decimal(4), "Dự thảo kết quả", (1,)),
    StepView(3, "Ký duyệt", "approver", "leader", Decimal(2), "Kết quả đã ký", (2,)),
    StepView(4, "Vào sổ, đóng dấu", "clerk", "competent", Decimal("0.5"), "Kết quả", (3,)),
    StepView(5, "Trả kết quả", "intake_officer", "one_stop", Decimal("0.5"), "", (4,)),
)
PARALLEL_STEPS = (
    StepView(1, "Tiếp nhận hồ sơ", "intake_officer", "one_stop", Decimal(4)),
    StepView(2, "Thẩm định", "case_officer", "competent", Decimal(40), "", (1,)),
    StepView(3, "Lấy ý kiến", "case_officer", "opinion:H50.05", Decimal(40), "", (1,)),
    StepView(4, "Tổng hợp, trình", "section_head", "competent", Decimal(16), "", (2, 3)),
    StepView(5, "Ký duyệt", "approver", "leader", Decimal(16), "", (4,)),
    StepView(6, "Trả kết quả", "intake_officer", "one_stop", Decimal(4), "", (5,)),
)


def make_process(
    code: str = "1.001193",
    *,
    agency_id: int | None = None,
    steps: tuple[StepView, ...] = COMMUNE_STEPS,
    published_on: date | None = date(2018, 6, 21),
    number: int = 1,
    decision_number: str = "100/QĐ-UBND",
    total_hours: Decimal | None = None,
    is_demonstration: bool = True,
) -> ProcessVersion:
    """A process with one version, published unless `published_on` is None; returns the version."""
    process, _new = Process.objects.get_or_create(procedure_code=code, agency_id=agency_id)
    version = ProcessVersion.objects.create(
        process=process,
        number=number,
        decision_number=decision_number,
        is_demonstration=is_demonstration,
        total_hours=total_hours,
        changed_at=datetime(2018, 6, 21, tzinfo=UTC),
    )
    Step.objects.bulk_create(
        Step(
            version=version,
            no=s.no,
            name=s.name,
            post=s.post,
            unit_role=s.unit_role,
            hours=s.hours,
            product=s.product,
            runs_after=list(s.runs_after),
        )
        for s in steps
    )
    if published_on:
        ProcessVersion.objects.filter(pk=version.pk).update(state="published", published_on=published_on)
        version.refresh_from_db()
    ProcessStamp.objects.update_or_create(name="processes", defaults={"value": new_stamp()})
    queries.forget()
    return version
