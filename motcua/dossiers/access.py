"""The only door to dossiers: who sees which, and who may do what to one."""

from collections.abc import Collection, Iterable, Sequence

from django.db.models import Exists, OuterRef, Q, QuerySet

from motcua.core.reading import AMONG, read_row, read_rows
from motcua.core.refusal import Refused
from motcua.core.wording import gettext as _
from motcua.dossiers.models import Dossier, Explanation, Filing, Involvement, Joint, Task
from motcua.dossiers.rules.powers import (
    COUNTER,
    HANDLERS,
    LEADERS,
    POWERS,
    Relation,
    get_task_posts,
    is_power,
)
from motcua.dossiers.rules.states import MOVES, Act, State, get_allowed, why_not
from motcua.organisations.rules import Actor, Kind, Post
from motcua.payments import access as payments
from motcua.worktime.rules import LimitUnit

INTAKE_KINDS = frozenset({Kind.CENTRE, Kind.BRANCH, Kind.POSTAL_PARTNER})
AT_ONCE = frozenset({LimitUnit.SAME_DAY.value, LimitUnit.WORKING_HOUR.value})
HEADS = frozenset({Post.ONE_STOP_HEAD, Post.SECTION_HEAD, Post.UNIT_HEAD, Post.APPROVER})


def visible_to(actor: Actor | None) -> QuerySet[Dossier]:
    """The dossiers an officer sees: those that concern the unit, one below it, or one these took over from.

    Lists, files and exports start here.
    """
    if actor is None:
        return Dossier.objects.none()
    if actor.sees_all:
        return Dossier.objects.all()
    concern = Involvement.objects.filter(dossier=OuterRef("pk"), unit_id__in=list(actor.reads))
    return Dossier.objects.filter(Exists(concern))


def require_visible(actor: Actor | None, code: str) -> Dossier:
    """The dossier with this code, if it may be seen.

    :raises Refused: there is none, or it does not concern the actor's unit; the answer is the same.
    """
    dossier = _read_visible(actor, code) if actor is not None else None
    if dossier is None:
        raise not_found(code)
    return dossier


# The same as `visible_to`, on the one row.
_CONCERNED = (
    "EXISTS (SELECT 1 FROM dossiers_involvement i"  # noqa: S608 - no value stands in it
    f' WHERE i.dossier_id = "dossiers_dossier".id AND i.unit_id {AMONG})'
)


def _read_visible(actor: Actor, code: str) -> Dossier | None:
    if "\0" in code:
        return None
    if actor.sees_all:
        return read_row(Dossier, "code = %s", [code])
    return read_row(Dossier, f"code = %s AND {_CONCERNED}", [code, list(actor.reads)])


_OF_WHOLE = 'code = %s AND EXISTS (SELECT 1 FROM dossiers_dossier WHERE joint_id = "dossiers_joint".id'


def find_joint(actor: Actor | None, code: str) -> Joint | None:
    """The whole with this code, if one of its parts may be seen; else nothing."""
    if actor is None or "\0" in code:
        return None
    if actor.sees_all:
        return read_row(Joint, f"{_OF_WHOLE})", [code])
    return read_row(Joint, f"{_OF_WHOLE} AND {_CONCERNED})", [code, list(actor.reads)])


def lock(actor: Actor, code: str) -> tuple[Dossier, list[Task]]:
    """The dossier locked for an act, with all its tasks, if it may be seen.

    Most acts come from a unit the row itself names; the index of involvements is asked only for the others.

    :raises Refused: there is none, or it does not concern the actor's unit.
    """
    dossier = read_row(Dossier, "code = %s FOR UPDATE", [code]) if "\0" not in code else None
    if dossier is None:
        raise not_found(code)
    return _take_tasks(actor, [dossier])[0]


def lock_parts(
    actor: Actor, joint: Joint, states: Collection[State], *, is_undecided: bool
) -> list[tuple[Dossier, list[Task]]]:
    """As `lock`, every part of a whole that is in one of these states, in the one order in which all lock them.

    :raises Refused: one of them does not concern the actor's unit.
    """
    wanted = "joint_id = %s AND state = ANY(%s)" + (" AND outcome = ''" if is_undecided else "")
    names = [state.value for state in states]
    return _take_tasks(actor, read_rows(Dossier, f"{wanted} ORDER BY id FOR UPDATE", [joint.pk, names]))


def _take_tasks(actor: Actor, dossiers: Sequence[Dossier]) -> list[tuple[Dossier, list[Task]]]:
    """Dossiers locked for an act, each with its tasks: one statement, none for none."""
    if not dossiers:
        return []
    tasks: dict[int, list[Task]] = {dossier.pk: [] for dossier in dossiers}
    places = ", ".join(["%s"] * len(tasks))
    for task in read_rows(Task, f"dossier_id IN ({places}) ORDER BY due_at, id", list(tasks)):
        tasks[task.dossier_id].append(task)
    for dossier in dossiers:
        _require_concern(actor, dossier, tasks[dossier.pk])
    return [(dossier, tasks[dossier.pk]) for dossier in dossiers]


def _require_concern(actor: Actor, dossier: Dossier, tasks: Sequence[Task]) -> None:
    named = {
        dossier.receiving_unit_id,
        dossier.competent_agency_id,
        dossier.returning_unit_id,
        *(t.unit_id for t in tasks),
    }
    if (
        not actor.sees_all
        and not named & actor.scope
        and not visible_to(actor).filter(pk=dossier.pk).exists()
    ):
        raise not_found(dossier.code)


def not_found(code: str) -> Refused:
    """The same words whether it does not exist or may not be seen."""
    return Refused(
        "not_found", _("Không tìm thấy hồ sơ %(code)s trong phạm vi của anh/chị.") % {"code": code[:60]}
    )


def erased() -> Refused:
    """Of a dossier whose personal data were destroyed nothing is done or printed any more."""
    return Refused(
        "erased",
        _("Dữ liệu cá nhân của hồ sơ đã hủy theo quyết định; không còn việc gì làm được với hồ sơ này."),
    )


def require_intake_post(actor: Actor | None) -> Actor:
    """An officer at a place where dossiers are received.

    :raises Refused: another post, or a unit that receives nothing.
    """
    if actor is None or actor.post not in COUNTER:
        raise Refused("forbidden", _("Chỉ cán bộ tiếp nhận của Bộ phận Một cửa được dùng trang này."))
    if actor.unit_kind not in INTAKE_KINDS:
        raise Refused("forbidden", _("%(unit)s không phải nơi tiếp nhận hồ sơ.") % {"unit": actor.unit_name})
    return actor


def may_receive(actor: Actor | None) -> bool:
    """Whether the intake desk is open to this officer."""
    return actor is not None and actor.post in COUNTER and actor.unit_kind in INTAKE_KINDS


def filings_visible_to(actor: Actor | None) -> QuerySet[Filing]:
    """What was filed online at the actor's place or one below it; administrators see none."""
    if actor is None or actor.has(Post.ADMINISTRATOR):
        return Filing.objects.none()
    return Filing.objects.all() if actor.sees_all else Filing.objects.filter(unit_id__in=list(actor.reads))


def require_filing(actor: Actor | None, reference: str, *, to_act: bool = False) -> Filing:
    """The filing with this code of the portal, if it may be seen; locked and of one's own counter to be acted on.

    :raises Refused: there is none here, or another counter answers it.
    """
    found = filings_visible_to(actor).filter(reference=reference.replace("\0", ""))
    filing = (found.select_for_update() if to_act else found).first()
    if filing is None:
        raise not_found(reference)
    if to_act and not may_answer(actor, filing):
        raise Refused("not_yours", _("Hồ sơ này do bộ phận một cửa nơi nhận trả lời."))
    return filing


def may_answer(actor: Actor | None, filing: Filing) -> bool:
    """Whether the officer answers this filing: a counter's post at the place it was sent to."""
    return actor is not None and may_receive(actor) and actor.unit_id == filing.unit_id


def explanations_visible_to(actor: Actor | None) -> QuerySet[Explanation]:
    """Explanations owed or given by the actor's agency or part of it, and by those it took over from."""
    if actor is None:
        return Explanation.objects.none()
    if actor.sees_all:
        return Explanation.objects.all()
    units = list(actor.reads)
    return Explanation.objects.filter(Q(agency_id__in=units) | Q(unit_id__in=units))


def may_explain(actor: Actor | None, row: Explanation) -> bool:
    """Whether the officer writes it: somebody who handles or leads in the agency that owes it."""
    return (
        actor is not None
        and row.explained_at is None
        and actor.post in LEADERS | HANDLERS
        and actor.agency_id == row.agency_id
    )


def require_explanation(actor: Actor | None, explanation_id: int, *, to_act: bool = False) -> Explanation:
    """One explanation, locked to be written.

    :raises Refused: there is none, or it is another agency's to write.
    """
    found = explanations_visible_to(actor).filter(pk=explanation_id)
    row = found.select_related("dossier").first()
    if row is None:
        raise Refused("not_found", _("Không có giải trình này trong phạm vi của anh/chị."))
    if to_act and row.explained_at is None and not may_explain(actor, row):
        raise Refused("forbidden", _("Chỉ người giải quyết và lãnh đạo của cơ quan được giải trình."))
    return row


def may_take_back(actor: Actor | None, joint: Joint) -> bool:
    """Whether the officer withdraws a whole: a counter's post at the place that received or returns it."""
    is_here = actor is not None and actor.unit_id in (joint.receiving_unit_id, joint.returning_unit_id)
    return is_here and may_receive(actor)


def may_collect(actor: Actor, dossier: Dossier) -> bool:
    """Whether the officer takes the money of this dossier: a counter's post at the place that received or returns it."""
    own = actor.unit_id in (dossier.receiving_unit_id, dossier.returning_unit_id)
    return own and dossier.state != State.NOT_ACCEPTED and payments.may_collect(actor)


def require_collecting(actor: Actor, dossier: Dossier) -> None:
    """Stop whoever does not take the money of this dossier.

    :raises Refused: another post, another counter, or a dossier that was not accepted.
    """
    payments.require_collector(actor)
    if not may_collect(actor, dossier):
        raise Refused("not_yours", _("Phí của hồ sơ này do nơi tiếp nhận hoặc nơi trả kết quả thu."))


def require_series_reader(actor: Actor | None) -> Actor:
    """The clerk keeps the books of the agency (Decree 30/2020 art. 22); the administrator those looked after.

    :raises Refused: anybody else.
    """
    if actor is None or not actor.has(Post.CLERK, Post.ADMINISTRATOR):
        raise Refused("forbidden", _("Chỉ văn thư và quản trị xem sổ cấp số."))
    return actor


def require_series_keeper(actor: Actor | None, agency_id: int) -> Actor:
    """Who opens and closes the books of this agency.

    :raises Refused: another post, or another agency.
    """
    actor = require_series_reader(actor)
    is_own_clerk = actor.has(Post.CLERK) and agency_id == actor.agency_id
    if not (is_own_clerk or actor.may_administer(agency_id)):
        raise Refused("forbidden", _("Sổ cấp số của cơ quan này không do anh/chị giữ."))
    return actor


def may_archive(actor: Actor | None) -> bool:
    """Whether the officer keeps the agency's papers: its clerk, or one of its leaders."""
    return actor is not None and actor.post in LEADERS | {Post.CLERK}


def require_archivist(actor: Actor | None) -> Actor:
    """Who sees what need not be kept any longer, and records that it was handed to an archive.

    :raises Refused: anybody else.
    """
    if actor is None or not may_archive(actor):
        raise Refused("forbidden", _("Chỉ văn thư và lãnh đạo cơ quan xem hồ sơ hết thời hạn lưu."))
    return actor


def require_destroyer(actor: Actor | None) -> Actor:
    """Personal data are destroyed by the hand of a leader of the agency that decided, and of nobody else.

    :raises Refused: anybody else.
    """
    actor = require_archivist(actor)
    if actor.post not in LEADERS:
        raise Refused("forbidden", _("Chỉ lãnh đạo cơ quan được hủy dữ liệu cá nhân của hồ sơ."))
    return actor


def find_held(actor: Actor, tasks: Iterable[Task], act: Act) -> list[Task]:
    """Open tasks this act may be done on: the actor's own, and those of the pool of the unit and post."""
    kinds, posts = POWERS[act].kinds, get_task_posts(actor.post)
    return [
        task
        for task in tasks
        if task.done_at is None
        and task.kind in kinds
        and task.unit_id == actor.unit_id
        and (task.post in posts or task.kind == "opinion")
        and _is_mine(actor, task, act)
    ]


def _is_mine(actor: Actor, task: Task, act: Act) -> bool:
    if act == Act.TAKE:
        return task.assignee_id is None or (task.assignee_id != actor.user_id and actor.post in HEADS)
    return task.assignee_id in (None, actor.user_id)


def find_allowed(actor: Actor, dossier: Dossier, tasks: Sequence[Task]) -> tuple[Act, ...]:
    """The acts this officer may do now: the law's table, the post's power and the tie, all three."""
    state = State(dossier.state)
    by_law = () if dossier.is_erased else get_allowed(state, is_decided=dossier.is_decided)
    return tuple(act for act in by_law if is_power(actor.post, act) and _is_tied(actor, dossier, tasks, act))


def require_act(actor: Actor, dossier: Dossier, tasks: Sequence[Task], act: Act) -> list[Task]:
    """The tasks the act may be done on (none for acts that need no task).

    :raises Refused: the state, the post or the tie does not allow it; the refusal names what is possible.
    """
    if dossier.is_erased:
        raise erased()
    allowed = find_allowed(actor, dossier, tasks)
    if act in allowed:
        return find_held(actor, tasks, act)
    if act not in get_allowed(State(dossier.state), is_decided=dossier.is_decided):
        raise Refused("not_possible_now", why_not(State(dossier.state), act, say=_), possible=allowed)
    if not is_power(actor.post, act):
        message = _("Chức danh của anh/chị không có quyền “%(act)s”.") % {"act": _(MOVES[act].label)}
        raise Refused("forbidden", message, possible=allowed)
    message = _("Hồ sơ này không chờ anh/chị “%(act)s”.") % {"act": _(MOVES[act].label)}
    raise Refused("not_yours", message, possible=allowed)


def _is_tied(actor: Actor, dossier: Dossier, tasks: Sequence[Task], act: Act) -> bool:
    match POWERS[act].relation:
        case Relation.TASK | Relation.OPINION:
            is_leader = POWERS[act].leaders_may and _decides(actor, dossier)
            return is_leader or (bool(find_held(actor, tasks, act)) and _is_ready(actor, dossier, act))
        case Relation.ONE_STOP:
            return actor.unit_id in (dossier.receiving_unit_id, dossier.returning_unit_id) or _leads(
                actor, dossier
            )
        case Relation.NUMBER | Relation.AGENCY:
            return dossier.competent_agency_id == actor.agency_id
        case Relation.HEIR:
            return dossier.competent_agency_id in actor.inherits | {actor.agency_id}
        case _:
            return may_receive(actor)


def _leads(actor: Actor, dossier: Dossier) -> bool:
    return actor.post in HEADS and actor.unit_id == dossier.competent_agency_id


def _decides(actor: Actor, dossier: Dossier) -> bool:
    return actor.post in LEADERS and actor.agency_id == dossier.competent_agency_id


def _is_ready(actor: Actor, dossier: Dossier, act: Act) -> bool:
    """Only the counter hands over a dossier nobody has started; whoever handles it starts it first.

    On the spot is settled what is due within the day, decided by the own agency and given back here.
    """
    if act == Act.SETTLE_ON_SPOT:
        is_here = dossier.competent_agency_id == actor.agency_id
        return is_here and dossier.returning_unit_id == actor.unit_id and dossier.limit_unit in AT_ONCE
    return not (act == Act.HAND_OVER and dossier.state == State.RECEIVED and actor.post not in COUNTER)
