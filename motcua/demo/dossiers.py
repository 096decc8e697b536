"""Some months of work at the counters: dossiers received and handled by the real acts, each at a plausible moment."""

import heapq
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from random import Random
from typing import Any

from django.utils import timezone

from motcua.catalogue.models import Operation
from motcua.catalogue.queries import IntakeSheet, get_intake_sheet
from motcua.core.refusal import Refused
from motcua.demo.applicants import make_applicant
from motcua.demo.books import open_series
from motcua.demo.papers import make_sample
from motcua.demo.scenes import SCENES, get_share_of_companies, list_moments
from motcua.demo.turns import TURNS
from motcua.documents import actions as documents
from motcua.dossiers import actions
from motcua.dossiers.actions import Intake, PartFacts
from motcua.dossiers.models import Dossier, Task
from motcua.dossiers.rules.powers import COUNTER
from motcua.dossiers.rules.route import TaskKind
from motcua.dossiers.rules.states import State
from motcua.organisations import queries as organisations
from motcua.organisations.models import Assignment
from motcua.organisations.rules import Actor, Kind, Post
from motcua.worktime import queries as worktime
from motcua.worktime.rules import Calendar, add_working_hours

SEED = 20250701
# Longer than a quarter, so that there is always one that is over and has work in it.
MONTHS = timedelta(days=110)
# What becomes of a dossier, and how often: most go through, a few stop on the way for good or until somebody acts.
FATES = {
    "through": 58, "uncollected": 8, "left_new": 5, "left_working": 7, "left_unsigned": 4, "asks": 6, "redone": 4,
    "refused": 3, "withdrawn": 3, "stopped": 3, "not_accepted": 4,
}  # fmt: skip
HANDLERS = (Post.CASE_OFFICER, Post.SECTION_HEAD)
# The commune whose officers are printed to sign in with: it has the most work, and some of every kind.
BUSIEST = "huongphung.tiepnhan1"
# Played under their group, with the other parts of the one form.
IN_GROUPS_ONLY = frozenset({"1.013831"})
SHOWN = frozenset({"uncollected", "left_new", "left_working", "left_unsigned", "asks", "redone"})


@dataclass(order=True, slots=True)
class Plan:
    """One dossier to be: when its next act is due, and what is to become of it."""

    at: datetime
    number: int
    fate: str = field(compare=False)
    procedure: tuple[str, str, str] = field(compare=False)
    receiver: Actor = field(compare=False)
    pace: float = field(compare=False)
    code: str = field(compare=False, default="")
    acts: int = field(compare=False, default=0)
    asked_unit: str = field(compare=False, default="")
    competent_unit: str = field(compare=False, default="")


def load(at: datetime, count: int = 300, tell: Callable[[str], None] = lambda line: None) -> int:
    """Let some months of work happen before `at`; nothing when there are dossiers already. How many there are then."""
    if Dossier.objects.exists():
        return 0
    open_series(at)
    stage = Stage(at)
    plans = [*stage.make_plans(count), *stage.make_scenes(count + 1)]
    heapq.heapify(plans)
    while plans:
        plan = heapq.heappop(plans)
        if plan.at > at:
            continue
        if (following := stage.act(plan)) is not None:
            plan.at = following
            heapq.heappush(plans, plan)
    for code, times in stage.refusals.items():
        tell(f"{code}: {times}")
    return Dossier.objects.count()


class Stage:
    """The officers and the clock of the play."""

    def __init__(self, at: datetime) -> None:
        self.at = at
        self.random = Random(SEED)
        self.refusals: Counter[str] = Counter()
        self.calendar: Calendar = worktime.get_calendar()
        self.actors: dict[tuple[int, date], Actor | None] = {}
        self.postings = list(Assignment.objects.select_related("user").order_by("is_reserve", "pk"))
        self.file_bytes = make_sample("KẾT QUẢ GIẢI QUYẾT", "Bản trình diễn, không có giá trị pháp lý.")
        self.scan_bytes = make_sample("GIẤY TỜ CỦA NGƯỜI NỘP", "Bản trình diễn, không có giá trị pháp lý.")

    def make_plans(self, count: int) -> list[Plan]:
        """Receptions spread over the months, a tenth of them today, at every counter."""
        counters, busiest = self._find_counters(), self.find_receiver(BUSIEST)
        operated = self._find_operated()
        fates = [fate for fate, weight in FATES.items() for _n in range(weight)]
        plans = []
        for number in range(1, count + 1):
            fate = self.random.choice(fates)
            is_shown = busiest is not None and self.random.random() < (0.5 if fate in SHOWN else 0.12)
            receiver = busiest if is_shown and busiest else self.random.choice(counters)
            wanted = (
                "commune" if receiver.unit_kind == Kind.CENTRE and self._is_commune(receiver) else "province"
            )
            procedure = self.random.choice([p for p in operated if p[2] == wanted] or operated)
            pace = 2.0 if self.random.random() < 0.05 else self.random.uniform(0.15, 0.7)
            plans.append(Plan(self._draw_moment(number, fate), number, fate, procedure, receiver, pace))
        return plans

    def make_scenes(self, first: int) -> list[Plan]:
        """What lies on the desks of the officers one signs in as."""
        operated = {row[0]: row for row in self._find_operated()}
        plans: list[Plan] = []
        for scene in SCENES:
            receiver = self.find_receiver(scene.receiver)
            procedure = operated.get(scene.procedure_code)
            if receiver is None or procedure is None:
                continue
            for moment in list_moments(scene, self.at, self.calendar):
                number = first + len(plans)
                plan = Plan(moment, number, scene.fate, procedure, receiver, scene.pace)
                plan.asked_unit, plan.competent_unit = scene.asked_unit, scene.competent_unit
                plans.append(plan)
        return plans

    def _find_counters(self) -> list[Actor]:
        on = timezone.localdate(self.at)
        rows = [
            r for r in self.postings if r.post == Post.INTAKE_OFFICER and not r.is_reserve and r.holds_on(on)
        ]
        actors = [self._get_actor(row, on) for row in rows]
        centres = [a for a in actors if a is not None and a.unit_kind == Kind.CENTRE]
        province = [a for a in centres if not self._is_commune(a)]
        return centres + province * 2

    def find_receiver(self, username: str) -> Actor | None:
        """The counter's officer of this name."""
        on = timezone.localdate(self.at)
        held = (r for r in self.postings if r.user.username == username and r.holds_on(on))
        return next((self._get_actor(row, on) for row in held if row.post == Post.INTAKE_OFFICER), None)

    def _find_operated(self) -> list[tuple[str, str, str]]:
        rows = Operation.objects.filter(valid_to=None).exclude(limit_unit="none").order_by("pk")
        rows = rows.exclude(agency_level="vertical").exclude(procedure__code__in=IN_GROUPS_ONLY)
        found = []
        for row in rows.select_related("procedure"):
            level = "commune" if row.agency_level == "commune" else "province"
            found.append((row.procedure.code, row.procedure.portal_id, level))
        return found

    def _is_commune(self, actor: Actor) -> bool:
        return organisations.get_agency_of(actor.unit_id, timezone.localdate(self.at)).kind == Kind.COMMUNE

    def _draw_moment(self, number: int, fate: str) -> datetime:
        """Within office hours; every tenth on the last working day there was, what lies still mostly of late."""
        most = 6 if fate.startswith("left") and number % 4 else MONTHS.days
        back = (
            timedelta(days=self.random.triangular(0, most, most / 3))
            if number % 10
            else timedelta(hours=self.random.uniform(0, 6))
        )
        moment = add_working_hours(self.at - back, self.random.uniform(0.1, 6), self.calendar)
        while moment > self.at:
            back += timedelta(hours=12)
            moment = add_working_hours(self.at - back, 0.1, self.calendar)
        return moment

    def act(self, plan: Plan) -> datetime | None:
        """Do what is next; when the one after that is due, or None when nothing more happens."""
        try:
            hours = self._receive(plan) if not plan.code else self._carry_on(plan)
        except Refused as no:
            if no.code == "no_process" and not plan.code:  # its table begins later than this day
                plan.procedure = self._draw_other(plan.procedure)
                return plan.at
            self.refusals[f"{no.code} · {no.message}"] += 1
            return None
        if hours is None:
            return None
        plan.acts += 1
        return add_working_hours(plan.at, max(hours * plan.pace, 0.05), self.calendar)

    def _draw_other(self, procedure: tuple[str, str, str]) -> tuple[str, str, str]:
        others = [p for p in self._find_operated() if p[2] == procedure[2] and p != procedure]
        return self.random.choice(others or [procedure])

    def _receive(self, plan: Plan) -> float | None:
        on = timezone.localdate(plan.at)
        code, portal_id, level = plan.procedure
        sheet = get_intake_sheet(code, on, portal_id)
        actor = self._on(plan.receiver, on)
        intake = self._make_intake(plan, sheet, actor, has_scan=plan.fate != "not_accepted")
        if plan.fate == "not_accepted":
            reason = "Không thuộc thẩm quyền giải quyết của cơ quan; đã hướng dẫn nơi nộp."
            actions.refuse_intake(actor=actor, intake=intake, reason=reason, at=plan.at)
            return None
        plan.code = actions.receive(actor=actor, intake=intake, at=plan.at).code
        return None if plan.fate == "left_new" else 1.0

    def _make_intake(self, plan: Plan, sheet: IntakeSheet, actor: Actor, *, has_scan: bool) -> Intake:
        case = sheet.cases[0] if sheet.cases else None
        components = case.components if case else ()
        present = [c for n, c in enumerate(components) if c.is_required or n < 4]
        files: tuple[tuple[int, int], ...] = ()
        if has_scan and present and plan.number % 2:
            kept = documents.keep_file(
                stream=self.scan_bytes, name="giay-to-mau.pdf", user_id=actor.user_id, at=plan.at
            )
            files = ((present[0].id, kept.pk),)
        competent = organisations.find_unit_by_code(plan.competent_unit, timezone.localdate(plan.at))
        return Intake(
            competent_agency_id=competent.id if competent else None,
            procedure_code=sheet.code,
            portal_id=sheet.portal_id,
            case_id=case.id if case else None,
            applicant=make_applicant(
                self.random,
                plan.number,
                actor.agency_name,
                get_share_of_companies(sheet.code, sheet.field_name),
            ),
            **self._find_who_files(plan, actor),
            parts=tuple(PartFacts(c.id, originals=max(c.originals, 1), copies=c.copies) for c in present),
            part_files=files,
            missing_reason="Không thuộc trường hợp phải nộp.",
            channel=self.random.choice(("counter", "counter", "counter", "online_assisted", "postal")),
            result_delivery=self.random.choice(("counter", "counter", "postal", "electronic")),
        )

    def _find_who_files(self, plan: Plan, actor: Actor) -> dict[str, Any]:
        """Every ninth is brought by somebody else: with a paper of authorisation, or as a relative."""
        if plan.number % 9 != 4:
            return {}
        other = make_applicant(Random(plan.number), plan.number + 5000, actor.agency_name, 0)
        if plan.number % 2:
            return {"submitter": other}
        return {"authorised": other, "authorisation": "Giấy ủy quyền có chứng thực (mẫu)"}

    def _carry_on(self, plan: Plan) -> float | None:
        dossier = Dossier.objects.get(code=plan.code)
        tasks = list(Task.objects.filter(dossier=dossier, done_at=None).order_by("due_at", "pk"))
        if not tasks:
            return None
        if plan.fate in ("withdrawn", "stopped") and plan.acts == 3 and not dossier.outcome:
            self._end(plan, dossier)
            return None
        task = next((t for t in tasks if t.kind != TaskKind.OPINION or plan.fate != "asks"), None)
        if task is None or self._is_left(plan, dossier, task) or self._has_turned(plan, dossier, task):
            return None
        actor = self._holder(task, timezone.localdate(plan.at))
        if actor is None:
            self.refusals[f"nobody · {task.post}"] += 1
            return None
        self.work(plan, dossier, task, actor)
        return float(task.hours) or 2.0

    def _is_left(self, plan: Plan, dossier: Dossier, task: Task) -> bool:
        """Where the play leaves a dossier lying for the officers who will look at it."""
        if plan.fate == "left_working":
            return dossier.state == State.PROCESSING and task.post in HANDLERS
        if plan.fate == "left_unstarted":
            return dossier.state == State.RECEIVED and task.post not in COUNTER
        if plan.fate == "left_at_head":
            return task.post == Post.SECTION_HEAD
        if plan.fate in ("left_to_decide", "left_to_sign"):
            return task.kind == (TaskKind.DECIDE if plan.fate == "left_to_decide" else TaskKind.SIGN)
        if plan.fate == "left_unsigned":
            return task.kind in (TaskKind.DECIDE, TaskKind.SIGN) and plan.number % 2 == (
                task.kind == TaskKind.SIGN
            )
        if plan.fate == "asks":
            return (bool(plan.asked_unit) or plan.number % 2 == 0) and dossier.opinions.exists()
        return plan.fate == "uncollected" and task.kind == TaskKind.RETURN

    def _has_turned(self, plan: Plan, dossier: Dossier, task: Task) -> bool:
        """Whether the dossier took the turn it is to be left in."""
        if plan.fate not in TURNS or dossier.state != State.PROCESSING or task.post not in HANDLERS:
            return False
        on = timezone.localdate(plan.at)
        heads = (r for r in self.postings if r.post == Post.APPROVER and r.holds_on(on))
        head = next((r for r in heads if r.unit_id == dossier.competent_agency_id), None)
        leader, handler = self._get_actor(head, on) if head else None, self._holder(task, on)
        if leader is not None and handler is not None:
            TURNS[plan.fate](dossier, handler, leader, plan.at, self.calendar)
        return True

    def _end(self, plan: Plan, dossier: Dossier) -> None:
        on = timezone.localdate(plan.at)
        carry_out = actions.withdraw if plan.fate == "withdrawn" else actions.stop
        carry_out(
            actor=self._on(plan.receiver, on),
            dossier_code=dossier.code,
            reason="Người nộp đề nghị bằng văn bản.",
            request_channel="written",
            requested_on=on,
            at=plan.at,
        )

    def work(self, plan: Plan, dossier: Dossier, task: Task, actor: Actor) -> None:
        """The one act that is next for this task."""
        do: dict[str, Any] = {"actor": actor, "dossier_code": dossier.code, "task_id": task.pk, "at": plan.at}
        if task.kind == TaskKind.OPINION:
            actions.answer_opinion(**do, answer="Thống nhất với nội dung thẩm định.")
        elif task.kind == TaskKind.RETURN:
            actions.return_result(**do, collector_name=dossier.applicant_name, method=dossier.result_delivery)
        elif dossier.state == State.RECEIVED and task.post not in COUNTER:
            actions.start(**do)
        elif task.kind == TaskKind.SIGN:
            self._sign(plan, dossier, actor, do)
        elif task.kind == TaskKind.DECIDE:
            self._decide(plan, do)
        elif task.post in HANDLERS and not dossier.outcome:
            self._propose(plan, dossier, actor, do)
        else:
            actions.hand_over(**do)

    def _propose(self, plan: Plan, dossier: Dossier, actor: Actor, do: dict[str, Any]) -> None:
        if plan.fate == "asks" and not dossier.opinions.exists():
            named = organisations.find_unit_by_code(plan.asked_unit, timezone.localdate(self.at))
            asked = named.id if named else self.find_other_agency(actor, dossier)
            question = "Đề nghị cho ý kiến về nội dung thuộc lĩnh vực quản lý."
            actions.ask_opinion(**do, unit_id=asked, question=question, due_at=plan.at + timedelta(days=3))
            return
        refused = plan.fate == "refused"
        note = "Không đủ điều kiện theo quy định." if refused else "Đã thẩm định, đủ điều kiện."
        actions.propose(**do, outcome="refused" if refused else "approved", note=note)

    def _decide(self, plan: Plan, do: dict[str, Any]) -> None:
        if plan.fate == "redone":
            plan.fate = "through"
            actions.return_for_redo(**do, note="Làm rõ căn cứ pháp lý trước khi trình lại.")
            return
        refused = plan.fate == "refused"
        actions.decide(
            **do, outcome="refused" if refused else "approved", note="Không đủ điều kiện." if refused else ""
        )

    def _sign(self, plan: Plan, dossier: Dossier, actor: Actor, do: dict[str, Any]) -> None:
        kept = documents.keep_file(
            stream=self.file_bytes, name="ket-qua-mau.pdf", user_id=actor.user_id, at=plan.at
        )
        actions.sign_result(
            **do,
            signed_on=timezone.localdate(plan.at),
            signer_name=f"Lãnh đạo {actor.agency_name} (mẫu)"[:120],
            title=dossier.procedure_name[:300],
            file_id=kept.pk,
        )

    def find_other_agency(self, actor: Actor, dossier: Dossier) -> int:
        """A department that neither works on the dossier nor decides it."""
        on = timezone.localdate(self.at)
        departments = organisations.find_units(kind=Kind.DEPARTMENT, on=on)
        others = [u.id for u in departments if u.id not in (actor.agency_id, dossier.competent_agency_id)]
        return others[dossier.pk % len(others)]

    def find_holder(self, task: Task, at: datetime) -> Actor:
        """Whoever does this task at a moment.

        :raises Refused: nobody holds its post there.
        """
        actor = self._holder(task, timezone.localdate(at))
        if actor is None:
            raise Refused("nobody", f"{task.post} {task.unit_id}")
        return actor

    def _holder(self, task: Task, on: date) -> Actor | None:
        """Whoever has the task, or the first who holds its post in its unit."""
        posts = HANDLERS if task.kind == TaskKind.OPINION else (task.post,)
        for row in self.postings:
            fits = row.unit_id == task.unit_id and row.post in posts and row.holds_on(on)
            if fits and task.assignee_id in (None, row.user_id):
                return self._get_actor(row, on)
        return None

    def _on(self, actor: Actor, on: date) -> Actor:
        return next(
            (a for row in self.postings if row.pk == actor.assignment_id and (a := self._get_actor(row, on))),
            actor,
        )

    def _get_actor(self, row: Assignment, on: date) -> Actor | None:
        key = (row.pk, on)
        if key not in self.actors:
            self.actors[key] = organisations.get_actor(row.user, row.pk, on)
        return self.actors[key]
