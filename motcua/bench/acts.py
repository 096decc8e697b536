"""What each act costs by itself: officers of the demonstration play every turn, and the CPU of both sides is read."""

import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from random import Random
from statistics import mean
from typing import Any

from django.db import connection
from django.utils import timezone

from motcua.bench.figures import Target, Verdict
from motcua.bench.yardstick import Yardstick, yardstick
from motcua.catalogue import queries as catalogue
from motcua.catalogue.queries import IntakeSheet, get_intake_sheet
from motcua.commands.speech import say
from motcua.demo.applicants import make_applicant
from motcua.demo.dossiers import BUSIEST, HANDLERS, Plan, Stage
from motcua.documents import actions as documents
from motcua.dossiers import actions
from motcua.dossiers.actions import Intake, JointIntake, PartFacts
from motcua.dossiers.models import Dossier, Joint, JointPart, Task
from motcua.dossiers.queries.competence import find_near
from motcua.dossiers.rules.route import TaskKind
from motcua.organisations.models import Assignment
from motcua.organisations.queries import get_actor
from motcua.organisations.rules import Actor, Post
from motcua.worktime import queries as worktime
from motcua.worktime.rules import add_working_days, end_of_office_hours, next_working_moment

COPY, GROUP = "1.004873", "2.000986"
"""A procedure of a commune in several working days (marital status); birth, residence and card under one form."""
PLAYED, WARM = 25, 4
ACT = Target("mỗi việc / each act", 6.0, is_paced=True)


@dataclass(slots=True)
class Meter:
    """CPU of one act after the other: of this process, and of the database's session that serves it."""

    spent: dict[str, list[tuple[float, float]]] = field(default_factory=lambda: defaultdict(list))
    session: Path | None = None

    def attach(self) -> None:
        """Find the session of the database; elsewhere than on this machine it is not counted."""
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_backend_pid()")
            path = Path("/proc") / str(cursor.fetchone()[0]) / "schedstat"
        self.session = path if path.exists() else None

    @contextmanager
    def reading(self, name: str) -> Iterator[None]:
        """Around one act and its commit."""
        before = time.thread_time(), self._read_session()
        yield
        self.spent[name].append((time.thread_time() - before[0], self._read_session() - before[1]))

    def _read_session(self) -> float:
        return int(self.session.read_text().split()[0]) / 1e9 if self.session else 0.0


@dataclass(slots=True)
class Play:
    """One dossier on its way; each act is done by whoever holds its open task, unless said otherwise."""

    company: "Company"
    code: str = ""

    def do(self, name: str, *, by: Actor | None = None, **facts: Any) -> None:
        """One act, measured."""
        company = self.company
        actor = by or company.stage.find_holder(self.find_task(), company.now)
        company.carry_out(name, actor=actor, dossier_code=self.code, **facts)

    def find_task(self) -> Task:
        """The task that is next; a question asked beside it is not it."""
        open_ones = Task.objects.filter(dossier__code=self.code, done_at=None).exclude(kind=TaskKind.OPINION)
        return open_ones.order_by("due_at", "pk")[0]

    def begin(self, until: Callable[[Task], bool] = lambda task: task.post in HANDLERS) -> None:
        """Received and brought to the first desk that handles it, started there."""
        self.code = self.company.receive().code
        while not until(self.find_task()):
            self.do("hand_over")
        self.do("start")

    def propose(self) -> None:
        """With a proposal as far as the leader's desk."""
        self.begin()
        self.do("propose", outcome="approved", note="Đủ điều kiện.")
        while self.find_task().kind not in (TaskKind.DECIDE, TaskKind.SIGN):
            self.do("hand_over")

    def sign(self) -> None:
        """Decided and numbered."""
        self.propose()
        self.do("decide", outcome="approved")
        self.number(self.company.stage.find_holder(self.find_task(), self.company.now))

    def number(self, actor: Actor, called: str = "") -> None:
        """The decided result gets its number and file."""
        self.do(
            "sign_result", by=actor, signed_on=timezone.localdate(self.company.now), signer_name="Lãnh đạo (mẫu)",
            title="Giấy xác nhận", file_id=self.company.keep_result(actor), called=called,
        )  # fmt: skip


class Company:
    """The officers of one commune, its clock and the meter."""

    def __init__(self, at: datetime) -> None:
        self.calendar = worktime.get_calendar()
        self.now = next_working_moment(at, self.calendar)
        self.stage = Stage(self.now)
        receiver = self.stage.find_receiver(BUSIEST)
        assert receiver is not None
        self.receiver, self.head = receiver, self._find_head(receiver)
        self.sheet: IntakeSheet = get_intake_sheet(COPY, timezone.localdate(self.now))
        self.random, self.serial, self.meter = Random(5), 700_000, Meter()  # noqa: S311 - made-up people

    def _find_head(self, receiver: Actor) -> Actor:
        on = timezone.localdate(self.now)
        held = Assignment.objects.on(on).filter(post=Post.APPROVER, unit_id=receiver.agency_id)
        posting = held.select_related("user")[0]
        head = get_actor(posting.user, posting.pk, on)
        assert head is not None
        return head

    def carry_out(self, name: str, *, called: str = "", **facts: Any) -> Any:
        """One act of `dossiers.actions` a moment later, measured; under a name of its own where it does more."""
        self.now += timedelta(seconds=1)
        with self.meter.reading(called or name):
            return getattr(actions, name)(**facts, at=self.now)

    def receive(self) -> Dossier:
        """A new application at the counter."""
        dossier: Dossier = self.carry_out("receive", actor=self.receiver, intake=self.make_intake())
        return dossier

    def receive_whole(self) -> Joint:
        """One form for a birth, a residence and a card, by somebody new."""
        on = timezone.localdate(self.now)
        bundle = catalogue.get_bundle(GROUP, on)
        sheets = {part.no: get_intake_sheet(part.procedure_code, on) for part in bundle.parts}
        cases = [catalogue.find_part_case(sheets[part.no], part.papers) for part in bundle.parts]
        near = {no: find_near(self.receiver, sheet, on) for no, sheet in sheets.items()}
        self.serial += 1
        intake = JointIntake(
            bundle_code=GROUP,
            applicant=make_applicant(self.random, self.serial, self.receiver.agency_name),
            agencies={no: agency for no, agency in near.items() if agency},
            parts=tuple(
                PartFacts(c.id, originals=max(c.originals, 1))
                for case in cases
                if case
                for c in case.components
            ),
        )
        joint: Joint = self.carry_out("receive_joint", actor=self.receiver, intake=intake)
        return joint

    def find_part_task(self, joint: Joint) -> Task | None:
        """What is next in any part that has no result yet."""
        open_ones = Task.objects.filter(dossier__joint=joint, done_at=None).exclude(kind=TaskKind.RETURN)
        return open_ones.select_related("dossier").order_by("dossier_id", "pk").first()

    def make_intake(self) -> Intake:
        """An application by somebody new with every paper."""
        self.serial += 1
        components = self.sheet.cases[0].components
        return Intake(
            procedure_code=COPY,
            case_id=self.sheet.cases[0].id,
            applicant=make_applicant(self.random, self.serial, self.receiver.agency_name),
            parts=tuple(PartFacts(c.id, originals=max(c.originals, 1), copies=c.copies) for c in components),
        )

    def keep_result(self, actor: Actor) -> int:
        """The signed paper."""
        kept = documents.keep_file(
            stream=self.stage.file_bytes, name="ket-qua-mau.pdf", user_id=actor.user_id, at=self.now
        )
        return int(kept.pk)

    def find_day(self, days: int) -> datetime:
        """The end of office hours so many working days from now."""
        return end_of_office_hours(add_working_days(self.now.date(), days, self.calendar), self.calendar)


def _play_road(play: Play) -> None:
    play.sign()
    play.do("return_result", collector_name="Người nhận (mẫu)")


def _play_redo(play: Play) -> None:
    play.propose()
    play.do("return_for_redo", note="Làm rõ căn cứ.")
    play.do("propose", outcome="approved", note="Đã làm rõ.")


def _play_voiding(play: Play) -> None:
    play.sign()
    play.do("void_number", by=play.company.head, reason="Sai tên người ký.")


def _play_supplement(play: Play) -> None:
    play.begin()
    play.do("request_supplement", items=["Bản chính"], reason="Bản chụp mờ.", basis="Điều 17")
    play.do("accept_supplement", by=play.company.receiver)


def _play_payment(play: Play) -> None:
    play.begin()
    play.do("request_payment", paper="Thông báo 15 (mẫu)", review_at=play.company.find_day(20))
    play.do("confirm_payment", proof="Chứng từ 20 (mẫu)")


def _play_pause(play: Play) -> None:
    play.begin()
    head = play.company.head
    play.do(
        "suspend", by=head, basis="Luật chuyên ngành (mẫu)", review_at=play.company.find_day(7), note="Chờ."
    )
    play.do("resume", by=head, proof="Văn bản trả lời (mẫu)")


def _play_promises(play: Play) -> None:
    play.begin()
    company = play.company
    play.do("extend", by=company.head, new_due_at=company.find_day(20), reason="Xác minh.", basis="Điều 10")
    play.do(
        "apologise", by=company.head, new_due_at=company.find_day(25), cause="verification", reason="Chờ sổ gốc.",
        explanation="Công văn gửi muộn.",
    )  # fmt: skip


def _play_opinion(play: Play) -> None:
    play.begin()
    stage, dossier = play.company.stage, Dossier.objects.get(code=play.code)
    asked = stage.find_other_agency(play.company.head, dossier)
    play.do("ask_opinion", unit_id=asked, question="Đề nghị cho ý kiến.", due_at=play.company.find_day(2))
    task = Task.objects.get(dossier=dossier, done_at=None, kind=TaskKind.OPINION)
    play.do(
        "answer_opinion", by=stage.find_holder(task, play.company.now), task_id=task.pk, answer="Thống nhất."
    )


def _play_withdrawal(play: Play) -> None:
    play.begin()
    play.do("withdraw", by=play.company.receiver, reason="Người nộp đề nghị.")


def _play_stop(play: Play) -> None:
    play.begin()
    play.do("stop", by=play.company.receiver, reason="Người nộp đề nghị.")
    play.do("reopen", by=play.company.head, reason="Có căn cứ giải quyết tiếp.", basis="QĐ 10 (mẫu)")


def _play_refusal(play: Play) -> None:
    company = play.company
    company.carry_out(
        "refuse_intake", actor=company.receiver, intake=company.make_intake(), reason="Không đúng thẩm quyền."
    )


def _play_whole_back(play: Play) -> None:
    """One form for a group taken back before any of its parts ended."""
    company = play.company
    _take_back(company, company.receive_whole(), "withdraw_whole")


def _play_rest_back(play: Play) -> None:
    """The same once the first result let the two other parts begin: both end at once."""
    company = play.company
    joint = company.receive_whole()
    while (task := company.find_part_task(joint)) is not None and not _is_transfer(task):
        _do_part(Play(company, task.dossier.code), task)
    _take_back(company, joint, "withdraw_whole, two")


def _take_back(company: Company, joint: Joint, called: str) -> None:
    facts = {"actor": company.receiver, "joint_code": joint.code, "reason": "Người nộp đề nghị."}
    company.carry_out("withdraw_whole", called=called, **facts)


def _is_transfer(task: Task) -> bool:
    return task.kind == TaskKind.TRANSFER


def _play_whole(play: Play) -> None:
    """One form for a group, each part by whoever holds it, everything given back at once."""
    company = play.company
    joint = company.receive_whole()
    while (task := company.find_part_task(joint)) is not None:
        _do_part(Play(company, task.dossier.code), task)
    company.carry_out(
        "return_whole", actor=company.receiver, joint_code=joint.code, collector_name="Người nhận (mẫu)"
    )


def _do_part(part: Play, task: Task) -> None:
    """The next act of a part; only what a group alone does is measured apart."""
    stage, dossier = part.company.stage, task.dossier
    actor = stage.find_holder(task, part.company.now)
    if _is_transfer(task):
        part.do("take_over", by=actor, judged="on_time")
        return
    if task.kind == TaskKind.SIGN:
        opens = JointPart.objects.filter(joint=dossier.joint_id, dossier=None).count()
        part.number(actor, called=f"sign_result, opens {opens}" if opens else "")
        return
    part.company.now += timedelta(seconds=1)
    plan = Plan(part.company.now, 1, "through", ("", "", ""), part.company.receiver, 0.1)
    stage.work(plan, dossier, task, actor)


TURNS = (
    _play_road, _play_redo, _play_voiding, _play_supplement, _play_payment, _play_pause, _play_promises,
    _play_opinion, _play_withdrawal, _play_stop, _play_refusal, _play_whole, _play_whole_back, _play_rest_back,
)  # fmt: skip


def measure_acts(count: int, port: int) -> int:
    """Every turn so often on a filled database of `count` dossiers, which keeps what was played; 0 also when not met."""
    say(f"{count} hồ sơ / dossiers")
    with yardstick(port) as plain:
        _play_all(plain)
    return 0


def _play_all(plain: Yardstick) -> None:
    company = Company(timezone.now())
    for turn in TURNS:
        turn(Play(company))
    company.meter.attach()
    company.meter.spent.clear()
    for time_ in range(PLAYED + WARM):
        for turn in TURNS:
            turn(Play(company))
        if time_ >= WARM:
            plain.read()
    _tell(company.meter, plain.pace)


def _tell(meter: Meter, pace: float) -> None:
    say(
        f"  {'':<20} {'lần / n':>8} {'Python':>8} {'CSDL / db':>10} {'ms':>8} {f'÷ {pace:.2f}':>8}   {ACT.words}: ≤ {ACT.limit:.0f} ms"
    )
    costs = {name: _sum_up(spent) for name, spent in meter.spent.items()}
    for name, (python, database) in sorted(costs.items(), key=lambda row: -sum(row[1])):
        verdict = Verdict(name, ACT, python + database, pace)
        met = "  ĐẠT / met" if verdict.is_met else "  KHÔNG / no"
        times = len(meter.spent[name])
        say(
            f"  {name:<20} {times:8} {python:8.2f} {database:10.2f} {verdict.figure:8.2f} {verdict.paced:8.2f}{met}"
        )


def _sum_up(spent: list[tuple[float, float]]) -> tuple[float, float]:
    """Milliseconds of both sides for one act; the first ones warm what is kept ready."""
    counted = spent[WARM:] or spent
    return mean(python for python, _db in counted) * 1000, mean(db for _python, db in counted) * 1000
