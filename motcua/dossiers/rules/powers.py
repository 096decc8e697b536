"""Which post may do which act, and what ties the person to the dossier (Decree 61 arts. 15-20, Decree 118)."""

from dataclasses import dataclass
from enum import StrEnum

from motcua.dossiers.rules.route import TaskKind
from motcua.dossiers.rules.states import Act
from motcua.organisations.rules import Post


class Relation(StrEnum):
    """What ties an officer to a dossier before a post may use its power."""

    INTAKE = "intake"  # works at a place where dossiers are received
    TASK = "task"  # holds an open task, or it waits in the pool of the unit and post
    OPINION = "opinion"  # the unit was asked
    ONE_STOP = "one_stop"  # works at the place that received or will return it
    NUMBER = "number"  # the unit that took the number
    AGENCY = "agency"  # works in the agency that decides
    HEIR = "heir"  # works in the agency that decided, or in the one that took over from it
    NOBODY = "nobody"  # a job of the house does it, no officer


@dataclass(frozen=True, slots=True)
class Power:
    """One row: the posts that may, the tie they need and, for a task, the kinds of task."""

    posts: frozenset[Post]
    relation: Relation
    kinds: frozenset[TaskKind] = frozenset()
    leaders_may: bool = False
    """Whether a leader of the deciding agency needs no task for it."""


P, R = Post, Relation
COUNTER = frozenset({P.INTAKE_OFFICER, P.ONE_STOP_HEAD})
HANDLERS = frozenset({P.CASE_OFFICER, P.SECTION_HEAD})
LEADERS = frozenset({P.APPROVER, P.UNIT_HEAD})
EVERYONE_AT_WORK = COUNTER | HANDLERS | LEADERS | {P.CLERK}

HANDLE = frozenset({TaskKind.HANDLE})
COMPLETE = frozenset({TaskKind.COMPLETE})
ANY_KIND = frozenset(TaskKind)

# fmt: off
POWERS: dict[Act, Power] = {
    # act                        posts                          tie           kinds of task
    Act.RECEIVE:         Power(COUNTER,                        R.INTAKE),
    Act.REFUSE_INTAKE:   Power(COUNTER,                        R.INTAKE),
    Act.TRANSFER:        Power(frozenset(),                    R.NOBODY),
    Act.TAKE_OVER:       Power(EVERYONE_AT_WORK,               R.TASK,       frozenset({TaskKind.TRANSFER})),
    Act.SEND_BACK:       Power(EVERYONE_AT_WORK,               R.TASK,       frozenset({TaskKind.TRANSFER})),
    Act.RESEND:          Power(EVERYONE_AT_WORK,               R.TASK,       frozenset({TaskKind.RESEND})),
    Act.START:           Power(HANDLERS | LEADERS,             R.TASK,       ANY_KIND - {TaskKind.OPINION, TaskKind.TRANSFER, TaskKind.RESEND}),
    Act.SETTLE_ON_SPOT:  Power(COUNTER,                        R.TASK,       HANDLE),
    Act.TAKE:            Power(EVERYONE_AT_WORK,               R.TASK,       ANY_KIND - COMPLETE),
    Act.HAND_OVER:       Power(EVERYONE_AT_WORK,               R.TASK,       HANDLE),
    Act.ASK_OPINION:     Power(HANDLERS | LEADERS,             R.TASK,       HANDLE | {TaskKind.DECIDE}),
    Act.ANSWER_OPINION:  Power(HANDLERS | LEADERS,             R.OPINION,    frozenset({TaskKind.OPINION})),
    Act.LAPSE_OPINION:   Power(frozenset(),                    R.NOBODY),
    Act.PROPOSE:         Power(HANDLERS,                       R.TASK,       HANDLE),
    Act.RETURN_FOR_REDO: Power(LEADERS | {P.SECTION_HEAD},     R.TASK,       HANDLE | {TaskKind.DECIDE}),
    Act.DECIDE:          Power(LEADERS,                        R.TASK,       frozenset({TaskKind.DECIDE})),
    Act.SIGN_RESULT:     Power(LEADERS | {P.CLERK},            R.TASK,       frozenset({TaskKind.SIGN})),
    Act.VOID_NUMBER:     Power(LEADERS | {P.CLERK},            R.NUMBER),
    Act.RETURN_RESULT:   Power(COUNTER,                        R.TASK,       frozenset({TaskKind.RETURN})),
    Act.WITHDRAW:        Power(COUNTER,                        R.ONE_STOP),
    Act.STOP:            Power(COUNTER | LEADERS,              R.ONE_STOP),
    Act.REQUEST_SUPPLEMENT: Power(HANDLERS | LEADERS,          R.TASK,       HANDLE | {TaskKind.DECIDE}),
    Act.ACCEPT_SUPPLEMENT:  Power(COUNTER,                     R.TASK,       COMPLETE),
    Act.CLOSE_UNANSWERED:   Power(COUNTER,                     R.TASK,       COMPLETE),
    Act.REQUEST_PAYMENT:    Power(HANDLERS | LEADERS,          R.TASK,       HANDLE | {TaskKind.DECIDE}),
    Act.CONFIRM_PAYMENT:    Power(COUNTER | HANDLERS,          R.TASK,       COMPLETE | HANDLE),
    Act.SUSPEND:            Power(LEADERS,                     R.AGENCY),
    Act.RESUME:             Power(HANDLERS | LEADERS,          R.TASK,       HANDLE | {TaskKind.DECIDE}, True),
    Act.EXTEND:             Power(LEADERS,                     R.AGENCY),
    Act.APOLOGISE:          Power(LEADERS,                     R.AGENCY),
    Act.REOPEN:             Power(LEADERS,                     R.HEIR),
    Act.RECOUNT:         Power(frozenset(),                    R.NOBODY),
    # Whoever looks after the unit does these from its pages, for whole desks and whole units.
    Act.REASSIGN:        Power(frozenset(),                    R.NOBODY),
    Act.RELOCATE:        Power(frozenset(),                    R.NOBODY),
    Act.CONSIGN:         Power(frozenset(),                    R.NOBODY),
}

# A head may do the work of the people of the unit when it waits in the pool or must be handed on.
STANDS_IN: dict[Post, frozenset[Post]] = {
    P.ONE_STOP_HEAD: frozenset({P.INTAKE_OFFICER}),
    P.SECTION_HEAD:  frozenset({P.CASE_OFFICER}),
    P.UNIT_HEAD:     frozenset({P.APPROVER}),
    P.APPROVER:      frozenset({P.UNIT_HEAD}),
}
# fmt: on


def is_power(post: Post, act: Act) -> bool:
    """Whether the post has this power at all."""
    return post in POWERS[act].posts


def get_task_posts(post: Post) -> frozenset[Post]:
    """The posts whose tasks a holder of this post may do: the own one and those stood in for."""
    return STANDS_IN.get(post, frozenset()) | {post}
