"""Interlinked dossiers left at different places of their way: births with residence and card, land with its two dates."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random

from django.utils import timezone

from motcua.catalogue import queries as catalogue
from motcua.core.refusal import Refused
from motcua.demo.applicants import make_applicant
from motcua.demo.dossiers import Plan, Stage
from motcua.demo.scenes import Scene, list_moments
from motcua.dossiers import actions
from motcua.dossiers.actions import JointIntake, PartFacts
from motcua.dossiers.models import Dossier, Joint, JointPart, Task
from motcua.dossiers.queries.competence import find_near
from motcua.dossiers.queries.joints import propose_judgement
from motcua.dossiers.rules.powers import HANDLERS
from motcua.dossiers.rules.route import TaskKind
from motcua.dossiers.rules.states import State
from motcua.worktime import queries as worktime
from motcua.worktime.rules import add_working_days, add_working_hours, end_of_office_hours

BIRTH, LAND = "2.000986", "LT-DATDAI"
SEED = 20240701


@dataclass(frozen=True, slots=True)
class Play:
    """One whole: the group, who received it, how many working hours ago, and how far each part came."""

    bundle_code: str
    receiver: str
    hours_ago: float
    parts: tuple[str, ...]


# What becomes of the parts in their order; a part that is not named lies where it begins.
PLAYS = (
    Play(BIRTH, "huongphung.tiepnhan1", 0.7, ()),
    Play(BIRTH, "huongphung.tiepnhan1", 5, ("started",)),
    Play(BIRTH, "huongphung.tiepnhan1", 7, ("approved",)),
    Play(BIRTH, "huongphung.tiepnhan1", 12, ("approved", "taken_over")),
    Play(BIRTH, "huongphung.tiepnhan1", 16, ("approved", "asks", "approved")),
    Play(BIRTH, "huongphung.tiepnhan1", 22, ("approved", "approved", "approved")),
    Play(BIRTH, "huongphung.tiepnhan1", 30, ("refused",)),
    Play(BIRTH, "laobao.tiepnhan1", 40, ("approved", "refused", "approved")),
    Play(LAND, "trungtam.tiepnhan1", 6, ("started",)),
    Play(LAND, "trungtam.tiepnhan1", 30, ("awaits_payment",)),
    Play(LAND, "trungtam.tiepnhan1", 60, ("paid", "approved")),
)


def load(at: datetime) -> int:
    """The plays, once; how many wholes there are then."""
    if Joint.objects.exists() or not catalogue.find_bundles(timezone.localdate(at)):
        return Joint.objects.count()
    stage, random = Stage(at), Random(SEED)
    for number, play in enumerate(PLAYS, 9001):
        receiver = stage.find_receiver(play.receiver)
        if receiver is None:
            continue
        scene = Scene(play.receiver, "", "", (play.hours_ago,))
        moment = next(list_moments(scene, at, worktime.get_calendar()))
        _Run(stage, play, number, moment, at, random).go()
    return Joint.objects.count()


@dataclass(slots=True)
class _Run:
    """One whole being played, an act after the other."""

    stage: Stage
    play: Play
    number: int
    now: datetime
    end: datetime
    random: Random

    def go(self) -> None:
        joint = self._receive()
        for no, fate in enumerate(self.play.parts, 1):
            try:
                _FATES[fate](self, joint, no)
            except (Refused, JointPart.DoesNotExist) as no_way:
                self.stage.refusals[f"{self.play.bundle_code} {no}: {no_way}"] += 1
                return

    def _receive(self) -> Joint:
        on = timezone.localdate(self.now)
        actor = self.stage.find_receiver(self.play.receiver)
        assert actor is not None
        bundle = catalogue.get_bundle(self.play.bundle_code, on)
        sheets = [(part, catalogue.get_intake_sheet(part.procedure_code, on)) for part in bundle.parts]
        cases = [catalogue.find_part_case(sheet, part.papers) for part, sheet in sheets]
        near = {part.no: find_near(actor, sheet, on) for part, sheet in sheets}
        intake = JointIntake(
            bundle_code=bundle.code,
            applicant=make_applicant(self.random, self.number, actor.agency_name, 0.0),
            agencies={no: agency_id for no, agency_id in near.items() if agency_id},
            parts=tuple(
                PartFacts(c.id, originals=max(c.originals, 1), copies=c.copies)
                for case in cases
                if case
                for c in case.components
                if c.is_required
            ),
            missing_reason="Không thuộc trường hợp phải nộp.",
        )
        return actions.receive_joint(actor=actor, intake=intake, at=self.now)

    def start(self, joint: Joint, no: int) -> None:
        """To the desk of the officer, started."""
        self.until(
            joint, no, lambda dossier, task: dossier.state == State.PROCESSING and task.post in HANDLERS
        )

    def take_over(self, joint: Joint, no: int) -> None:
        """Taken over by the receiving agency, not started."""
        self.until(joint, no, lambda dossier, task: task.kind != TaskKind.TRANSFER)

    def approve(self, joint: Joint, no: int) -> None:
        """To its numbered result."""
        self.until(joint, no, lambda dossier, task: task.kind == TaskKind.RETURN)

    def refuse(self, joint: Joint, no: int) -> None:
        """To its numbered refusal."""
        self.until(joint, no, lambda dossier, task: task.kind == TaskKind.RETURN, fate="refused")

    def ask(self, joint: Joint, no: int) -> None:
        """Its officer asks the applicant."""
        self.start(joint, no)
        dossier, task = self.find(joint, no)
        actions.request_supplement(
            actor=self.stage.find_holder(task, self.now), dossier_code=dossier.code, items=["Văn bản đồng ý của chủ hộ"],
            reason="Trẻ đăng ký theo hộ khác hộ của cha, mẹ.", at=self.tick(),
        )  # fmt: skip

    def await_payment(self, joint: Joint, no: int) -> None:
        """The slip went to the tax office: the first appointment is kept."""
        self.start(joint, no)
        dossier, task = self.find(joint, no)
        calendar = worktime.get_calendar()
        review = end_of_office_hours(add_working_days(self.now.date(), 20, calendar), calendar)
        actions.request_payment(
            actor=self.stage.find_holder(task, self.now), dossier_code=dossier.code, paper="Phiếu chuyển thông tin số 15 (mẫu)",
            review_at=review, at=self.tick(),
        )  # fmt: skip

    def pay(self, joint: Joint, no: int) -> None:
        """Paid after the notice of the tax office: the second appointment runs."""
        self.await_payment(joint, no)
        self.approve(joint, 2)
        dossier, _task = self.find(joint, no)
        self.now = add_working_hours(self.now, 8, worktime.get_calendar())
        receiver = self.stage.find_receiver(self.play.receiver)
        assert receiver is not None
        actions.confirm_payment(
            actor=receiver, dossier_code=dossier.code, proof="Giấy nộp tiền số 77 (mẫu)", at=self.tick()
        )

    def until(
        self, joint: Joint, no: int, is_there: Callable[[Dossier, Task], bool], fate: str = "through"
    ) -> None:
        """One act after another until it lies where the play leaves it."""
        plan = Plan(self.now, self.number, fate, ("", "", ""), None, 0.1)  # type: ignore[arg-type]
        for _step in range(12):
            dossier, task = self.find(joint, no)
            if is_there(dossier, task):
                return
            actor = self.stage.find_holder(task, self.now)
            plan.at = self.tick()
            if task.kind == TaskKind.TRANSFER:
                actions.take_over(
                    actor=actor, dossier_code=dossier.code, judged=propose_judgement(dossier), at=plan.at
                )
            else:
                self.stage.work(plan, dossier, task, actor)

    def find(self, joint: Joint, no: int) -> tuple[Dossier, Task]:
        """The part's dossier and what it waits for."""
        row = JointPart.objects.select_related("dossier").get(joint=joint, no=no, dossier__isnull=False)
        assert row.dossier is not None
        open_ = Task.objects.filter(dossier=row.dossier, done_at=None).exclude(kind=TaskKind.COMPLETE)
        task = open_.order_by("due_at", "pk").first()
        assert task is not None, (joint.code, no)
        return row.dossier, task

    def tick(self) -> datetime:
        """A quarter of an hour of work later, never after the present."""
        self.now = min(
            add_working_hours(self.now, 0.25, worktime.get_calendar()), self.end - timedelta(seconds=1)
        )
        return self.now


_FATES: dict[str, Callable[[_Run, Joint, int], None]] = {
    "started": _Run.start,
    "taken_over": _Run.take_over,
    "approved": _Run.approve,
    "refused": _Run.refuse,
    "asks": _Run.ask,
    "awaits_payment": _Run.await_payment,
    "paid": lambda run, joint, no: run.pay(joint, no),
}
