"""Receiving an interlinked dossier: one form, several procedures and agencies, one receipt and one result place."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db import transaction

from motcua.audit import actions as audit
from motcua.catalogue import queries as catalogue
from motcua.catalogue.queries import BundlePartView, BundleView, Case, IntakeSheet
from motcua.core import idempotency, secret
from motcua.core.keeping import draft_rows, make_row
from motcua.core.refusal import Refused
from motcua.core.text import clean_line
from motcua.core.wording import gettext as _
from motcua.core.writing import find_day
from motcua.dossiers import access
from motcua.dossiers.actions.closing import Collector, hand_out
from motcua.dossiers.actions.facts import Application, Intake, PartFacts, choose_return_place
from motcua.dossiers.actions.following import lock_whole, settle, sum_up, tell_portal, tell_whole
from motcua.dossiers.actions.opening import (
    MISSING,
    KeptPeople,
    bear_people,
    begin_part,
    bind_part,
    find_units,
    first_tasks,
    keep_people,
    list_papers,
    make_dossier,
    require_papers,
    say_intake,
    write_notes,
)
from motcua.dossiers.actions.telling import Account, make_event
from motcua.dossiers.actions.turn import begin_parts
from motcua.dossiers.models import Joint, JointPart, serials, store
from motcua.dossiers.queries.competence import find_competent, find_returning
from motcua.dossiers.queries.joints import find_working_days, make_group, require_joint
from motcua.dossiers.queries.numbers import require_own_file
from motcua.dossiers.rules import interlinked, numbering
from motcua.dossiers.rules.completeness import Need
from motcua.dossiers.rules.interlinked import Group, Order, Plan, Standing
from motcua.dossiers.rules.outside import Site, require_site
from motcua.dossiers.rules.states import Act, State
from motcua.organisations.rules import Actor
from motcua.processes import queries as processes
from motcua.worktime import queries as worktime

RECEIVE_JOINT, RETURN_WHOLE = "receive_joint", "return_whole"


@dataclass(frozen=True, slots=True, kw_only=True)
class JointIntake(Application):
    """One application under a group of procedures as it lies on the desk.

    `agencies` names the deciding agency of a part by its number; a part left out takes the one that follows from its
    procedure. `parts` are the papers of all parts together. `is_verified` takes the longer limit of the group.
    `filed_as` is the national portal's code of the form. Received outside the office (`site`), `received_at` is the moment
    the papers were taken there.
    """

    bundle_code: str
    agencies: Mapping[int, int] = field(default_factory=dict)
    parts: tuple[PartFacts, ...] = ()
    part_files: tuple[tuple[int, int], ...] = ()
    missing_reason: str = ""
    is_verified: bool = False
    channel: str = "counter"
    site: str = "counter"
    site_place: str = ""
    received_at: datetime | None = None
    filed_as: str = ""
    returning_unit_id: int | None = None
    result_delivery: str = "counter"
    return_place: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class _Prepared:
    """A part looked through before anything is written: its sheet, papers and agency."""

    part: BundlePartView
    sheet: IntakeSheet
    case: Case | None
    agency_id: int
    intake: Intake
    needs: list[Need]


@transaction.atomic
def receive_joint(*, actor: Actor, intake: JointIntake, key: str = "", at: datetime) -> Joint:
    """Receive one form for several procedures: the parts that need nothing begin here, the others when their turn comes.

    :raises Refused: the post or unit may not, a required paper of any part is missing, or an agency has no process
    """
    if key and (code := _repeat(actor, RECEIVE_JOINT, key, {"bundle": intake.bundle_code})):
        return require_joint(actor, code)
    access.require_intake_post(actor)
    on = find_day(at)
    bundle = catalogue.get_bundle(intake.bundle_code, on)
    taken_at = require_site(intake.site, intake.site_place, intake.received_at, at=at, say=_)
    group = make_group(bundle, is_verified=intake.is_verified)
    prepared = {part.no: _prepare(actor, intake, part, on) for part in bundle.parts}
    _require_known(intake, prepared)
    agencies = {no: one.agency_id for no, one in prepared.items()}
    calendar_code, own = find_working_days(agencies, actor.calendar_code, on)
    calendar = worktime.get_calendar(calendar_code)
    plan = interlinked.make_plan(group, Order(bundle.order), taken_at, calendar, say=_, own=own)
    opened = _Opened(Account(actor, Act.RECEIVE, at, key), bundle, keep_people(intake, at), prepared)
    joint = _open(opened, intake, group, plan, calendar_code, taken_at)
    opened.account.done.append(audit.Done("dossiers.joint_received", f"dossiers.joint:{joint.pk}"))
    if joint.filed_as:
        tell_portal(opened.account, joint)
    opened.account.rows.insert(0, draft_rows([joint]))
    tell_whole(opened.account, joint, "dossiers/received")
    opened.account.keep(joint.code)
    return joint


@transaction.atomic
def return_whole(
    *, actor: Actor, joint_code: str, collector_name: str, collector_relation: str = "applicant",
    collector_id_number: str = "", method: str = "counter", has_receipt: bool = False, key: str = "", at: datetime,
) -> Joint:  # fmt: skip
    """Give every result that lies at the one result place in one act (Decree 61 art. 19.7b).

    :raises Refused: no result of it waits here, or nobody is named.
    """
    if key and (code := _repeat(actor, RETURN_WHOLE, key, {"code": joint_code})):
        return require_joint(actor, code)
    account = Account(actor, Act.RETURN_RESULT, at, key)
    joint = require_joint(actor, joint_code)
    collector = Collector(collector_name, collector_relation, collector_id_number, method, has_receipt)
    joint = _give(account, joint, collector)
    account.keep(joint.code)
    return joint


def _give(account: Account, joint: Joint, collector: Collector) -> Joint:
    """Parts before the whole, in one order: two officers never wait for each other."""
    actor, at = account.actor, account.at
    parts = begin_parts(actor=actor, act=Act.RETURN_RESULT, joint=joint, states=(State.RESULT_READY,), at=at)
    if not parts.turns:
        raise Refused("nothing_to_return", _("Chưa có kết quả nào của bộ hồ sơ này chờ trả."))
    joint, rows = lock_whole(joint.pk, parts.dossiers)
    account.rows.append(hand_out(parts.turns, collector))
    parts.write(account, speaking={row.dossier_id for row in rows if row.dossier_id and row.tells_at_once})
    account.done.append(audit.Done("dossiers.joint_returned", f"dossiers.joint:{joint.pk}"))
    settle(account, joint, rows)
    return joint


def _repeat(actor: Actor, act: str, key: str, content: dict[str, object]) -> str | None:
    return idempotency.remember(
        key, f"user:{actor.user_id}", act, idempotency.fingerprint({**content, "act": act})
    )


def _prepare(actor: Actor, intake: JointIntake, part: BundlePartView, on: date) -> _Prepared:
    sheet = catalogue.get_intake_sheet(part.procedure_code, on)
    case = catalogue.find_part_case(sheet, part.papers)
    try:
        agency_id = find_competent(actor, sheet, intake.agencies.get(part.no), on).id
    except Refused as no:
        message = _("Phần “%(part)s”: %(why)s") % {"part": part.name, "why": no.message}
        raise Refused(no.code, message, field=f"agency_{part.no}") from no
    processes.get_process(sheet.code, agency_id, on)
    own = {component.id for component in case.components} if case else set()
    for component_id, file_id in intake.part_files:
        if component_id in own:  # a number typed by hand opens nobody's file
            require_own_file(file_id, actor.user_id)
    one = Intake(
        procedure_code=sheet.code, portal_id=sheet.portal_id, case_id=case.id if case else None,
        applicant=intake.applicant, submitter=intake.submitter, authorised=intake.authorised,
        authorisation=intake.authorisation, parts=tuple(p for p in intake.parts if p.component_id in own),
        part_files=tuple(pair for pair in intake.part_files if pair[0] in own), missing_reason=intake.missing_reason,
        channel=intake.channel, site=intake.site, site_place=intake.site_place, received_at=intake.received_at, competent_agency_id=agency_id, returning_unit_id=intake.returning_unit_id,
        result_delivery=intake.result_delivery, return_place=intake.return_place, note=intake.note,
    )  # fmt: skip
    return _Prepared(part, sheet, case, agency_id, one, require_papers(one, case))


def _require_known(intake: JointIntake, prepared: Mapping[int, _Prepared]) -> None:
    """:raises Refused: a paper that belongs to no part of the group."""
    known = {need.component_id for one in prepared.values() for need in one.needs}
    if any(part.component_id not in known for part in intake.parts):
        raise Refused(
            "unknown_component", _("Có thành phần không thuộc phần nào của nhóm thủ tục."), field="parts"
        )


@dataclass(frozen=True, slots=True)
class _Opened:
    """A whole being received: its parts as they were looked through, its people, and what the act leaves."""

    account: Account
    bundle: BundleView
    kept: KeptPeople
    prepared: Mapping[int, _Prepared]


def _open(
    opened: _Opened, intake: JointIntake, group: Group, plan: Plan, calendar_code: str, taken_at: datetime
) -> Joint:
    """The whole and the parts that need no other, under numbers taken at once; the caller keeps the whole."""
    account, order = opened.account, Order(opened.bundle.order)
    on, actor = find_day(account.at), account.actor
    ready, _dropped = interlinked.find_next(group, order, {no: Standing() for no in opened.prepared})
    prefix = numbering.make_prefix(actor.agency_code, on, say=_)
    taken = serials.reserve(actor.agency_code, f"{on:%y%m%d}", len(ready), is_whole=True)
    joint = _make_joint(opened, intake, plan, calendar_code, taken_at)
    joint.pk, joint.code = taken.joint_id, f"{prefix}{taken.serial:04}"
    rows = _make_rows(joint, opened.prepared, group, plan)
    begun = [row for row in rows if row.no in ready]
    drafts = [
        _open_here(opened, joint, row, taken.dossier_ids[i], f"{prefix}{taken.serial + 1 + i:04}")
        for i, row in enumerate(begun)
    ]
    if drafts:
        account.rows.append(store.draft_begun(drafts, parties=opened.kept.parties))
    account.rows.append(draft_rows(rows))
    sum_up(joint, rows, account.at)
    return joint


def _make_joint(
    opened: _Opened, intake: JointIntake, plan: Plan, calendar_code: str, taken_at: datetime
) -> Joint:
    account, bundle, kept = opened.account, opened.bundle, opened.kept
    actor, on = account.actor, find_day(account.at)
    return make_row(
        Joint, token=secret.new_token(), bundle_id=bundle.id, name=bundle.name, state=str(State.RECEIVED),
        is_verified=intake.is_verified, channel=intake.channel, filed_as=intake.filed_as, site=intake.site,
        site_place=clean_line(intake.site_place)[:200] if intake.site != Site.COUNTER else "",
        receiving_unit_id=actor.unit_id, returning_unit_id=find_returning(actor, intake.returning_unit_id, on),
        agency_code=actor.agency_code, applicant_id=kept.applicant_id, applicant_name=kept.applicant_name,
        received_at=taken_at, received_by_id=actor.user_id, original_due_at=plan.due_at, due_at=plan.due_at,
        calendar_code=calendar_code, result_delivery=intake.result_delivery,
        return_place=choose_return_place(intake.result_delivery, intake.return_place, intake.applicant),
    )  # fmt: skip


def _make_rows(joint: Joint, prepared: Mapping[int, _Prepared], group: Group, plan: Plan) -> list[JointPart]:
    days = {part.no: part.working_days for part in group.parts}
    planned = {one.no: one for one in plan.parts}
    return [
        make_row(
            JointPart, joint_id=joint.pk, no=no, procedure_code=one.part.procedure_code, name=one.part.name, work=one.part.work,
            competent_agency_id=one.agency_id, days=days[no], second_days=one.part.second_days, needs=list(one.part.needs),
            start=one.part.start, tells_at_once=one.part.tells_at_once, basis=one.part.basis, papers=_keep_papers(one),
            planned_start_at=planned[no].starts_at, planned_due_at=planned[no].due_at,
        )
        for no, one in sorted(prepared.items())
    ]  # fmt: skip


def _keep_papers(one: _Prepared) -> dict[str, Any]:
    """What was handed in for a part, until its dossier begins."""
    return {
        "case_id": one.case.id if one.case else None,
        "parts": list_papers(one.intake, one.needs),
        "files": [list(f) for f in one.intake.part_files],
    }


def _open_here(opened: _Opened, joint: Joint, row: JointPart, dossier_id: int, code: str) -> store.Begun:
    """A part that needs no other begins at the counter as any dossier does, with its own limit."""
    account, one = opened.account, opened.prepared[row.no]
    actor, at, intake = account.actor, account.at, one.intake
    dossier = make_dossier(
        actor=actor, intake=intake, sheet=one.sheet, case=one.case, state=State.RECEIVED, at=at
    )
    dossier.pk, dossier.code = dossier_id, code
    bind_part(dossier, joint, row, start_rule=opened.bundle.part_start_rule, at=joint.received_at)
    bear_people(dossier, opened.kept)
    notes = write_notes((intake.note, ""), (intake.missing_reason, MISSING))
    told = {**say_intake(dossier), "joint": joint.code, "part": row.no}
    event = make_event(actor=actor, act=Act.RECEIVE, from_state=State.SUBMITTED, data=told, at=at)
    tasks = first_tasks(actor=actor, dossier=dossier, at=at)
    account.charge(dossier, one.sheet.fees)
    account.report(dossier, whole=joint.filed_as or joint.code)
    involved = find_units(dossier, find_day(at))
    return begin_part(dossier, row, event, tasks=tasks, involved=involved, notes=notes)
