"""The step table of an internal process (quy trình nội bộ): which step comes next, and whether a table is sound.

A process is published by decision with its steps, who does each, and its share of the time (Decree 61/2018
art. 8, Decree 118/2025). `runs_after` makes serial, parallel and joining steps one idea.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

HOURS_PER_DAY = Decimal(8)

# Posts as stored by `organisations`; a step may name none of them only when another agency is asked for its opinion.
POSTS = (
    "intake_officer",
    "case_officer",
    "section_head",
    "approver",
    "clerk",
    "one_stop_head",
    "unit_head",
)
UNIT_ROLES = ("one_stop", "competent", "leader", "section", "opinion")


@dataclass(frozen=True, slots=True)
class StepView:
    """One row of the table."""

    no: int
    name: str
    post: str
    unit_role: str
    hours: Decimal
    product: str = ""
    runs_after: tuple[int, ...] = ()

    @property
    def role(self) -> str:
        """The role without the code of the section or agency after the colon."""
        return self.unit_role.partition(":")[0]

    @property
    def unit_code(self) -> str:
        """The code of the section or agency named after the colon, or nothing."""
        return self.unit_role.partition(":")[2]


class Problem(NamedTuple):
    """Something wrong in a table; `detail` fills the message of the code."""

    code: str
    step_no: int | None = None
    detail: str = ""


def next_steps(steps: Iterable[StepView], done: Collection[int]) -> tuple[int, ...]:
    """The steps that may run: not done, and everything they run after is done (a join waits for all).

    With nothing done these are the first steps. Steps already open are among them: the caller keeps those.
    """
    finished = set(done)
    return tuple(s.no for s in steps if s.no not in finished and finished.issuperset(s.runs_after))


def last_steps(steps: Sequence[StepView]) -> tuple[int, ...]:
    """Steps that nothing runs after."""
    before = {no for s in steps for no in s.runs_after}
    return tuple(s.no for s in steps if s.no not in before)


def longest_hours(steps: Sequence[StepView]) -> Decimal:
    """Hours of the longest way through the table; parallel steps count once. The table must have no circle."""
    by_no = {s.no: s for s in steps}
    reached: dict[int, Decimal] = {}
    for no in ordered(steps):
        step = by_no[no]
        reached[no] = step.hours + max(
            (reached[b] for b in step.runs_after if b in reached), default=Decimal(0)
        )
    return max(reached.values(), default=Decimal(0))


def ordered(steps: Sequence[StepView]) -> tuple[int, ...]:
    """Numbers in an order in which each comes after what it runs after; those in a circle are left out."""
    known = {s.no for s in steps}
    done: list[int] = []
    while ready := [
        s.no for s in steps if s.no not in done and known.intersection(s.runs_after).issubset(done)
    ]:
        done.extend(dict.fromkeys(ready))
    return tuple(done)


def check_table(steps: Sequence[StepView], total_hours: Decimal | None = None) -> list[Problem]:
    """Everything that keeps a table from being published; an empty list means it is sound."""
    if not steps:
        return [Problem("empty")]
    problems = [p for step in steps for p in _check_step(step)]
    problems += _check_numbers(steps)
    if not problems:
        problems += _check_ends(steps)
    if not problems and total_hours is not None and (hours := longest_hours(steps)) != total_hours:
        problems.append(Problem("hours_differ", None, f"{hours.normalize():f} / {total_hours.normalize():f}"))
    return problems


def _check_step(step: StepView) -> list[Problem]:
    problems = []
    if not step.name.strip():
        problems.append(Problem("no_name", step.no))
    if step.post not in POSTS:
        problems.append(Problem("unknown_post", step.no, step.post))
    if step.role not in UNIT_ROLES:
        problems.append(Problem("unknown_unit", step.no, step.unit_role))
    if step.role == "opinion" and not step.unit_code:
        problems.append(Problem("opinion_of_whom", step.no))
    if step.hours < 0:
        problems.append(Problem("negative_hours", step.no))
    return problems


def _check_numbers(steps: Sequence[StepView]) -> list[Problem]:
    numbers = [s.no for s in steps]
    problems = [Problem("number_twice", no) for no in sorted({n for n in numbers if numbers.count(n) > 1})]
    problems += [
        Problem("runs_after_unknown", s.no, str(before))
        for s in steps
        for before in s.runs_after
        if before not in numbers
    ]
    circle = sorted(set(numbers) - set(ordered(steps)))
    if circle:
        problems.append(Problem("circle", circle[0], ", ".join(map(str, circle))))
    return problems


def _check_ends(steps: Sequence[StepView]) -> list[Problem]:
    """A process starts with the one-stop unit taking the dossier in and ends with one step there."""
    by_no = {s.no: s for s in steps}
    problems = [
        Problem("first_not_intake", no) for no in next_steps(steps, ()) if by_no[no].role != "one_stop"
    ]
    ends = last_steps(steps)
    if len(ends) > 1:
        problems.append(Problem("several_ends", ends[0], ", ".join(map(str, ends))))
    elif by_no[ends[0]].role != "one_stop":
        problems.append(Problem("last_not_return", ends[0]))
    if not any(s.post == "approver" for s in steps):
        problems.append(Problem("nobody_decides"))
    return problems
