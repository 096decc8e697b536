"""Interlinked dossiers at the desk: one form for several procedures, the whole with its parts, the results given at once."""

from datetime import datetime
from secrets import token_urlsafe
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from motcua.audit import actions as audit
from motcua.catalogue import queries as catalogue
from motcua.catalogue.queries import BundleView, Case, IntakeSheet
from motcua.core.middleware import status_of
from motcua.core.pages import render
from motcua.core.refusal import Refused
from motcua.core.refusing import say_refusal
from motcua.dossiers import access, queries
from motcua.dossiers.actions import joining as actions
from motcua.dossiers.actions.facts import PartFacts
from motcua.dossiers.actions.joint_ending import withdraw_whole
from motcua.dossiers.forms_joint import ReceiveJoint, ReturnWhole, WithdrawWhole
from motcua.dossiers.forms_papers import PaperRow, read_papers
from motcua.dossiers.models import Joint
from motcua.dossiers.queries.competence import find_near
from motcua.dossiers.queries.joints import find_working_days, make_group
from motcua.dossiers.rules import interlinked
from motcua.dossiers.rules.states import ALIVE, State
from motcua.dossiers.views.intake import (
    LOOK,
    know_person,
    read_applicant,
    read_hour,
    read_submitter,
    say_at_field,
)
from motcua.dossiers.views.scans import keep_scans, name_files
from motcua.organisations.requests import OfficerRequest, today
from motcua.worktime import queries as worktime

Asked = list[tuple[Any, IntakeSheet, Case | None]]


@require_http_methods(["GET", "POST"])
def receive(request: OfficerRequest, bundle_code: str) -> HttpResponse:
    """The form of a group; a POST receives it and opens the whole with its one receipt."""
    access.require_intake_post(request.actor)
    bundle = catalogue.get_bundle(bundle_code, today(request))
    asked = find_asked(bundle, request)
    if request.method != "POST":
        return _desk(
            request, bundle, asked, _form(request, bundle, asked, initial=_initial(request, asked)), []
        )
    ids = [c.id for _part, _sheet, case in asked if case for c in case.components]
    papers, not_taken = keep_scans(request, read_papers(request.POST, ids))
    if LOOK & request.POST.keys():
        typed = dict(request.POST.items())
        return _desk(request, bundle, asked, _form(request, bundle, asked, initial=typed), papers)
    form = _form(request, bundle, asked, data=request.POST)
    if not form.is_valid() or not_taken:
        for sentence in not_taken:
            form.add_error(None, sentence)
        return _desk(request, bundle, asked, form, papers, status=422)
    try:
        joint = actions.receive_joint(
            actor=request.actor, intake=_read(bundle, form, papers, request.at), key=form.cleaned_data["idempotency_key"], at=request.at
        )  # fmt: skip
    except Refused as no:
        say_at_field(form, no)
        return _desk(request, bundle, asked, form, papers, status=409)
    return redirect("dossiers:joint", joint.code)


@require_GET
def joints(request: OfficerRequest) -> HttpResponse:
    """Wholes of this place: those that are open, then those that ended last."""
    access.require_intake_post(request.actor)
    open_ = queries.find_joints(request.actor, is_open=True)
    ended = queries.find_joints(request.actor, is_open=False, size=20)
    audit.record_reading(
        "dossiers.joints", actor=request.actor, ids=[one.pk for one in (*open_, *ended)], at=request.at
    )
    context = {"open": open_, "ended": ended, "now": request.at}
    return render(request, "dossiers/joints.html", context)


@require_GET
def show(request: OfficerRequest, code: str) -> HttpResponse:
    """The whole: its promise and reasons, every part with its own clock, slips and judgement."""
    joint = queries.require_joint(request.actor, code)
    bundle = catalogue.get_bundle_version(joint.bundle_id)
    audit.record_reading(
        "dossiers.joint_read", actor=request.actor, subject=joint.code, ids=[joint.pk], at=request.at
    )
    lines = queries.find_part_lines(joint, today(request), request.at)
    seen = set(access.visible_to(request.actor).filter(joint=joint).values_list("pk", flat=True))
    context = {
        "joint": joint,
        "bundle": bundle,
        "clock": queries.explain_whole(joint, bundle, request.at),
        "lines": lines,
        "seen": seen,
        "receiving_name": queries.name_unit(joint.receiving_unit_id, today(request)),
        "returning_name": queries.name_unit(joint.returning_unit_id, today(request)),
        "may_return": _may_return(request, joint, lines),
        "may_withdraw": _may_withdraw(request, joint, lines),
        "press": token_urlsafe(12),
    }
    return render(request, "dossiers/joint.html", context)


@require_http_methods(["GET", "POST"])
def give_back(request: OfficerRequest, code: str) -> HttpResponse:
    """Give every result that lies here to the applicant, in one act."""
    joint = queries.require_joint(request.actor, code)
    if request.method != "POST":
        start = {
            "idempotency_key": token_urlsafe(16),
            "collector_name": joint.applicant_name,
            "method": joint.result_delivery,
        }
        return _return_page(request, joint, ReturnWhole(initial=start))
    form = ReturnWhole(request.POST)
    if not form.is_valid():
        return _return_page(request, joint, form, status=422)
    names = ("collector_name", "collector_id_number", "collector_relation", "method", "has_receipt")
    typed = {name: form.cleaned_data[name] for name in names}
    try:
        actions.return_whole(
            actor=request.actor,
            joint_code=code,
            **typed,
            key=form.cleaned_data["idempotency_key"],
            at=request.at,
        )
    except Refused as no:
        say_refusal(form, no)
        return _return_page(request, joint, form, status=status_of(no))
    messages.success(request, _("Đã trả kết quả của cả bộ hồ sơ."))
    return redirect("dossiers:joint", code)


@require_http_methods(["GET", "POST"])
def take_back(request: OfficerRequest, code: str) -> HttpResponse:
    """Withdraw the whole: every part that is not decided, in one act."""
    joint = queries.require_joint(request.actor, code)
    if request.method != "POST":
        start = {"idempotency_key": token_urlsafe(16), "requested_on": today(request)}
        return _withdraw_page(request, joint, WithdrawWhole(initial=start))
    form = WithdrawWhole(request.POST)
    if not form.is_valid():
        return _withdraw_page(request, joint, form, status=422)
    typed = form.cleaned_data
    try:
        withdraw_whole(
            actor=request.actor,
            joint_code=code,
            reason=typed["reason"],
            request_channel=typed["request_channel"],
            requested_on=typed["requested_on"],
            key=typed["idempotency_key"],
            at=request.at,
        )
    except Refused as no:
        say_refusal(form, no)
        return _withdraw_page(request, joint, form, status=status_of(no))
    messages.success(request, _("Đã rút cả bộ hồ sơ."))
    return redirect("dossiers:joint", code)


def _withdraw_page(
    request: OfficerRequest, joint: Joint, form: WithdrawWhole, status: int = 200
) -> HttpResponse:
    lines = queries.find_part_lines(joint, today(request), request.at, is_full=False)
    context = {"joint": joint, "form": form, "lines": lines}
    return render(request, "dossiers/joint_withdraw.html", context, status=status)


def _return_page(request: OfficerRequest, joint: Joint, form: ReturnWhole, status: int = 200) -> HttpResponse:
    lines = queries.find_part_lines(joint, today(request), request.at, is_full=False)
    ready = [line for line in lines if line.dossier and line.dossier.state == State.RESULT_READY]
    context = {"joint": joint, "form": form, "ready": ready}
    return render(request, "dossiers/joint_return.html", context, status=status)


def _may_return(request: OfficerRequest, joint: Joint, lines: list[queries.PartLine]) -> bool:
    is_here = access.may_receive(request.actor) and request.actor.unit_id == joint.returning_unit_id
    return is_here and any(line.dossier and line.dossier.state == State.RESULT_READY for line in lines)


def _may_withdraw(request: OfficerRequest, joint: Joint, lines: list[queries.PartLine]) -> bool:
    """Whether a part is left that the counter of this place may withdraw."""
    begun = (line.dossier for line in lines if line.dossier and State(line.dossier.state) in ALIVE)
    is_left = any(not one.is_decided for one in begun)
    is_left = is_left or any(not line.is_begun and not line.is_dropped for line in lines)
    return is_left and access.may_take_back(request.actor, joint)


def find_asked(bundle: BundleView, request: OfficerRequest) -> Asked:
    """Each part with its procedure and the papers the one form asks for it."""
    found: Asked = []
    for part in bundle.parts:
        sheet = catalogue.get_intake_sheet(part.procedure_code, today(request))
        found.append((part, sheet, catalogue.find_part_case(sheet, part.papers)))
    return found


def _form(request: OfficerRequest, bundle: BundleView, asked: Asked, **given: Any) -> ReceiveJoint:
    on = today(request)
    agencies = [
        (part.no, part.name, queries.find_agency_choices(sheet, on=on)) for part, sheet, _case in asked
    ]
    return ReceiveJoint(
        given.get("data"),
        initial=given.get("initial"),
        part_agencies=agencies,
        may_verify=bundle.verified_days is not None,
        places=queries.find_places(on),
        on=on,
    )


def _initial(request: OfficerRequest, asked: Asked) -> dict[str, object]:
    """The agency of each part as it follows from the place: a vertical agency bears the territory's name."""
    near = {
        f"agency_{part.no}": find_near(request.actor, sheet, today(request)) for part, sheet, _case in asked
    }
    return {"idempotency_key": token_urlsafe(16), **near}


def plan_now(
    request: OfficerRequest, bundle: BundleView, asked: Asked, group: interlinked.Group
) -> interlinked.Plan:
    """What would be promised if it were received now, by the agencies that follow from the place."""
    on = today(request)
    near = {part.no: find_near(request.actor, sheet, on) for part, sheet, _case in asked}
    code, own = find_working_days(near, request.actor.calendar_code, on)
    calendar = worktime.get_calendar(code)
    return interlinked.make_plan(group, interlinked.Order(bundle.order), request.at, calendar, say=_, own=own)


def _desk(
    request: OfficerRequest, bundle: BundleView, asked: Asked, form: ReceiveJoint, papers: list[PaperRow], status: int = 200
) -> HttpResponse:  # fmt: skip
    group = make_group(bundle, is_verified=False)
    plan = plan_now(request, bundle, asked, group)
    dues = {one.no: one.due_at for one in plan.parts}
    context = {
        "bundle": bundle,
        "sheet": bundle,
        "asked": [(part, sheet, case, dues[part.no]) for part, sheet, case in asked],
        "plan": plan,
        "form": form,
        "papers": {row.component_id: row for row in papers},
        "file_names": name_files(request, papers),
        "known": know_person(request, bundle.code) if request.method == "POST" else None,
    }
    return render(request, "dossiers/joint_receive.html", context, status=status)


def _read(
    bundle: BundleView, form: ReceiveJoint, papers: list[PaperRow], at: datetime
) -> actions.JointIntake:
    typed = form.cleaned_data
    other = read_submitter(typed) if typed["submitter_differs"] else None
    return actions.JointIntake(
        bundle_code=bundle.code,
        applicant=read_applicant(typed),
        submitter=other if not typed["authorisation_paper"] else None,
        authorised=other if typed["authorisation_paper"] else None,
        authorisation=typed["authorisation_paper"],
        agencies=form.get_agencies(),
        parts=tuple(PartFacts(p.component_id, p.originals, p.copies, p.is_present, p.note) for p in papers),
        part_files=tuple((p.component_id, f) for p in papers for f in p.file_ids),
        missing_reason=typed["missing_reason"],
        is_verified=bool(typed.get("is_verified")),
        channel=typed["channel"],
        site=typed["site"] or "counter",
        site_place=typed["site_place"],
        received_at=read_hour(typed["site_time"], at),
        returning_unit_id=typed["returning_unit_id"],
        result_delivery=typed["result_delivery"],
        return_place=typed["return_place"],
        note=typed["note"],
    )
