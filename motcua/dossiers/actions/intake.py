"""Receiving at the counter, and refusing there with the reason."""

from datetime import datetime

from django.db import transaction

from motcua.catalogue import queries as catalogue
from motcua.core.wording import gettext as _
from motcua.core.writing import find_day
from motcua.dossiers import access
from motcua.dossiers.actions.facts import Intake
from motcua.dossiers.actions.opening import (
    AGREED,
    MISSING,
    choose_case,
    first_tasks,
    insert,
    keep_people,
    make_dossier,
    require_papers,
    require_sheet,
    set_due,
    write_notes,
)
from motcua.dossiers.actions.telling import Account, clean_text, repeat_of, require_text
from motcua.dossiers.models import Dossier
from motcua.dossiers.rules.states import Act, State
from motcua.organisations.rules import Actor


@transaction.atomic
def receive(*, actor: Actor, intake: Intake, key: str = "", at: datetime) -> Dossier:
    """Receive an application at the counter, start its clock and open the first step.

    :raises Refused: the post or unit may not receive it, a required paper is missing, or a day has no calendar.
    """
    if key and (
        code := repeat_of(actor=actor, act=Act.RECEIVE, key=key, content={"procedure": intake.procedure_code})
    ):
        return access.require_visible(actor, code)
    access.require_intake_post(actor)
    on = find_day(at)
    sheet, case = require_sheet(intake, on)
    needs = require_papers(intake, case)
    dossier = make_dossier(actor=actor, intake=intake, sheet=sheet, case=case, state=State.RECEIVED, at=at)
    set_due(dossier, intake, sheet, at)
    notes = write_notes((intake.note, ""), (intake.missing_reason, MISSING), (intake.agreed_reason, AGREED))
    tasks = first_tasks(actor=actor, dossier=dossier, at=at)
    insert(
        actor=actor,
        act=Act.RECEIVE,
        dossier=dossier,
        intake=intake,
        kept=keep_people(intake, at),
        needs=needs,
        tasks=tasks,
        notes=notes,
        at=at,
    )
    account = Account(actor, Act.RECEIVE, at, key)
    account.charge(dossier, sheet.fees if intake.fees is None else intake.fees)
    account.tell_applicant(dossier)
    account.report(dossier)
    account.keep(dossier.code)
    return dossier


@transaction.atomic
def refuse_intake(
    *, actor: Actor, intake: Intake, reason: str, basis: str = "", key: str = "", at: datetime
) -> Dossier:
    """Refuse at the counter in writing, with the reason (Decree 61/2018 art. 17.1b); the slip keeps its own code.

    :raises Refused: no reason, or the post or unit receives nothing.
    """
    if key and (
        code := repeat_of(
            actor=actor, act=Act.REFUSE_INTAKE, key=key, content={"procedure": intake.procedure_code}
        )
    ):
        return access.require_visible(actor, code)
    access.require_intake_post(actor)
    reason = require_text(reason, field_name="reason", message=_("Phải ghi lý do từ chối tiếp nhận."))
    sheet = catalogue.get_intake_sheet(intake.procedure_code, find_day(at), intake.portal_id)
    dossier = make_dossier(
        actor=actor,
        intake=intake,
        sheet=sheet,
        case=choose_case(sheet, intake.case_id),
        state=State.NOT_ACCEPTED,
        at=at,
    )
    dossier.finished_at = at
    notes = [{"text": reason, "basis": clean_text(basis)[:300]}]
    insert(
        actor=actor,
        act=Act.REFUSE_INTAKE,
        dossier=dossier,
        intake=intake,
        kept=keep_people(intake, at),
        needs=[],
        tasks=[],
        notes=notes,
        at=at,
    )
    # Who filed at the portal reads the reason there; at a counter it stands on the slip alone.
    account = Account(actor, Act.REFUSE_INTAKE, at, key)
    account.tell_applicant(dossier)
    account.report(dossier)
    account.keep(dossier.code, words=reason if dossier.filed_as else "")
    return dossier
