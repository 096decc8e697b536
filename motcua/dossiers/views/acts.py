"""Each act as a page: what it needs, one button, and the refusal with what is possible instead."""

from collections.abc import Iterable
from datetime import datetime, time
from secrets import token_urlsafe
from typing import Any

from django import forms as django_forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import SimpleLazyObject
from django.views.decorators.http import require_http_methods

from motcua.core.middleware import status_of
from motcua.core.pages import render
from motcua.core.refusal import Refused
from motcua.core.refusing import say_refusal
from motcua.core.wording import gettext as _
from motcua.core.writing import moment
from motcua.documents.rules import SCANS
from motcua.dossiers import forms, forms_joint, forms_turns, queries
from motcua.dossiers.actions import closing, handling, opinions, sending_back, taking_over
from motcua.dossiers.models import Dossier, Transfer
from motcua.dossiers.queries import ActView, counter
from motcua.dossiers.rules.opinion import Silence
from motcua.dossiers.rules.states import MOVES, Act
from motcua.dossiers.views.act_page import ActPage, Typed, keep_given, plain
from motcua.dossiers.views.turning import TURN_PAGES, before_end, offer_end
from motcua.organisations import queries as organisations
from motcua.organisations.requests import OfficerRequest, today


def _read_opinion(request: OfficerRequest, typed: Typed) -> Typed:
    due_at = timezone.make_aware(datetime.combine(typed["due_on"], time(17)))
    more = plain("unit_id", "outside_name", "question", "silence_basis")(request, typed)
    return more | {"due_at": due_at, "silence": typed["silence"] or Silence.WAITS}


def _read_result(request: OfficerRequest, typed: Typed) -> Typed:
    names = ("signed_on", "signer_name", "signer_position", "title")
    return {name: typed[name] for name in names} | {
        "file_id": keep_given(request, typed, "result_file", SCANS)
    }


def _next_officers(request: OfficerRequest, dossier: Dossier) -> Typed:
    """Asked only when the list is shown or a name was chosen from it."""
    return {"officers": lambda: counter.find_next_officers(request.actor, dossier, on=today(request))}


def _steps_back(request: OfficerRequest, dossier: Dossier) -> Typed:
    """The done steps before this one, the nearest first, which is the one chosen where nobody chooses."""
    return {"steps": [(step.no, step.name) for step in queries.find_steps_back(request.actor, dossier)]}


def _judging(request: OfficerRequest, dossier: Dossier) -> Typed:
    return {"initial": {"judged": queries.propose_judgement(dossier)}}


def _before_taking_over(request: OfficerRequest, dossier: Dossier) -> list[str]:
    """What the slip says: who hands over, what is to be done, and until when."""
    slip = queries.find_slip_of(dossier)
    if slip is None:
        return []
    facts = {
        "number": slip.number,
        "giver": slip.giver_name,
        "at": moment(slip.handed_at),
        "by": moment(slip.take_over_by),
    }
    return [
        _("Phiếu %(number)s: %(giver)s giao lúc %(at)s; phải nhận trước %(by)s.") % facts,
        _("Việc: %(work)s. Thời hạn của phần này: %(due)s.")
        % {"work": slip.work, "due": moment(slip.due_at)},
        *_sent_again(slip),
    ]


def _sent_again(slip: Transfer) -> list[str]:
    """Why the slip went back last and what was mended, for whoever has it before them again."""
    back = queries.find_last_return(slip)
    if back is None or back.answered_at is None:
        return []
    facts = {
        "reason": back.reason,
        "who": back.answered_by,
        "at": moment(back.answered_at),
        "answer": back.answer,
    }
    return [_("Đã trả lại vì: %(reason)s. %(who)s chuyển lại lúc %(at)s: %(answer)s") % facts]


def _before_resending(request: OfficerRequest, dossier: Dossier) -> list[str]:
    """Why the slip came back, in the receiving side's words."""
    back = queries.find_open_return(dossier)
    if back is None:
        return []
    facts = {"who": back.sent_back_by, "at": moment(back.sent_back_at), "reason": back.reason}
    return [
        _("%(who)s trả lại lúc %(at)s: %(reason)s") % facts,
        _("Ngày hẹn với người nộp không đổi."),
    ]


def _opinion_units(request: OfficerRequest, dossier: Dossier) -> Typed:
    """Agencies somebody works in here. A commune known by name only would never see the question; it is written as outside."""
    tree = organisations.get_tree(today(request))
    kinds = {"department", "commune", "vertical_agency"}
    asked = (u for u in organisations.find_units(on=today(request)) if u.kind in kinds)
    at_work = (u for u in asked if u.id != request.actor.agency_id and tree.get_children(u.id))
    return {"units": sorted(((u.id, u.agency_name) for u in at_work), key=lambda choice: choice[1])}


def _before_answering(request: OfficerRequest, dossier: Dossier) -> list[str]:
    """The question as it was asked, and until when: of several the one that is due first, which is answered first."""
    unit, user = request.actor.unit_id, request.actor.user_id
    asked = [
        one
        for one in queries.find_opinions(dossier, today(request))
        if one.task.done_at is None and one.task.unit_id == unit and one.task.assignee_id in (None, user)
    ]
    if not asked:
        return []
    one = min(asked, key=lambda one: (one.task.due_at, one.task_id))
    facts = {
        "who": queries.name_unit(one.asking_unit_id, today(request)),
        "at": moment(one.asked_at),
        "by": moment(one.due_at),
    }
    said = _("%(who)s hỏi lúc %(at)s, trả lời trước %(by)s:") % facts
    if one.outside_name:
        said = _("Đã hỏi %(who)s lúc %(at)s, trả lời trước %(by)s:") % (facts | {"who": one.outside_name})
    return [said, one.question]


def _name_unanswered(request: OfficerRequest, dossier: Dossier) -> list[str]:
    """Questions asked besides the steps that nobody answered yet: with the decision they are waited for no longer."""
    waiting = [
        one
        for one in queries.find_opinions(dossier, today(request))
        if one.task.done_at is None and one.task.step_no is None
    ]
    said = _("%(who)s chưa trả lời ý kiến (hạn %(by)s). Có quyết định rồi thì không chờ ý kiến này nữa.")
    named = [getattr(one, "asked_unit_name", "") for one in waiting]
    return [said % {"who": who, "by": moment(one.due_at)} for who, one in zip(named, waiting, strict=True)]


def _signing(request: OfficerRequest, dossier: Dossier) -> Typed:
    facts = {"signed_on": today(request), "title": dossier.procedure_name[:500]}
    name, title = counter.find_signer(request.actor, dossier, today(request))
    return {"initial": facts | {"signer_name": name, "signer_position": title}}


def _collecting(request: OfficerRequest, dossier: Dossier) -> Typed:
    return {"initial": {"collector_name": dossier.applicant_name, "method": dossier.result_delivery}}


# After these the file lies with somebody else; the page says with whom before it is sent.
MOVING_ON = frozenset({Act.HAND_OVER, Act.PROPOSE, Act.DECIDE, Act.SIGN_RESULT})
MOST_NAMED = 3


def _name_next(request: OfficerRequest, dossier: Dossier, act: Act) -> list[tuple[str, str, str]]:
    """The steps that open then: name, unit, and the people who hold the post (none named when they are many)."""
    if act not in MOVING_ON:
        return []
    steps = queries.find_next_steps(request.actor, dossier, today(request), act)
    return [
        (step.name, step.unit_name, ", ".join(step.here) if len(step.here) <= MOST_NAMED else "")
        for step in steps
    ]


def _name_beside(
    request: OfficerRequest, dossier: Dossier, act: Act, onward: list[tuple[str, str, str]]
) -> list[tuple[str, str]]:
    """What a join waits for besides, where nothing opens by this act alone."""
    if onward or act not in MOVING_ON:
        return []
    return queries.find_branches_beside(request.actor, dossier, today(request), act)


# Whoever decides on another's work reads its last words first, and who does it again what is to be better.
HANDED = (Act.RETURN_FOR_REDO, Act.PROPOSE, Act.HAND_OVER)
UPON = {
    Act.PROPOSE: HANDED,
    Act.HAND_OVER: HANDED,
    Act.DECIDE: (Act.PROPOSE, Act.HAND_OVER),
    Act.RETURN_FOR_REDO: (Act.PROPOSE, Act.HAND_OVER),
    Act.SIGN_RESULT: (Act.DECIDE,),
}


def _last_words(dossier: Dossier, act: Act) -> list[str]:
    lines = [line for line in queries.get_history(dossier) if line.act in UPON[act]] if act in UPON else []
    if lines and UPON[act] is HANDED and not lines[-1].note:
        return []
    return [
        " ".join(part for part in (moment(line.at), line.sentence, line.note) if part) for line in lines[-1:]
    ]


PAGES: dict[str, ActPage] = {
    "nhan-viec": ActPage(Act.TAKE, forms.Act, handling.take, plain()),
    "nhan-chuyen": ActPage(
        Act.TAKE_OVER,
        forms_joint.TakeOver,
        taking_over.take_over,
        plain("judged", "note"),
        _judging,
        explain=_before_taking_over,
    ),
    "tra-phieu": ActPage(
        Act.SEND_BACK,
        forms_joint.SendBack,
        sending_back.send_back,
        plain("reason"),
        is_danger=True,
        explain=_before_taking_over,
    ),
    "chuyen-lai": ActPage(
        Act.RESEND, forms_joint.Resend, sending_back.resend, plain("answer"), explain=_before_resending
    ),
    "bat-dau": ActPage(Act.START, forms.Act, handling.start, plain()),
    "chuyen": ActPage(
        Act.HAND_OVER, forms.HandOver, handling.hand_over, plain("note", "assignee_id"), _next_officers
    ),
    "xin-y-kien": ActPage(
        Act.ASK_OPINION, forms.AskOpinion, opinions.ask_opinion, _read_opinion, _opinion_units
    ),
    "tra-loi-y-kien": ActPage(
        Act.ANSWER_OPINION,
        forms.AnswerOpinion,
        opinions.answer_opinion,
        plain("answer"),
        explain=_before_answering,
    ),
    "trinh": ActPage(
        Act.PROPOSE,
        forms.Outcome,
        handling.propose,
        plain("outcome", "note"),
        explain=_name_unanswered,
    ),
    "tra-lai": ActPage(
        Act.RETURN_FOR_REDO,
        forms_turns.Redo,
        handling.return_for_redo,
        plain("to_step", "note"),
        _steps_back,
    ),
    "quyet-dinh": ActPage(
        Act.DECIDE,
        forms.Outcome,
        handling.decide,
        plain("outcome", "note"),
        explain=_name_unanswered,
    ),
    "ky-ket-qua": ActPage(Act.SIGN_RESULT, forms.SignResult, closing.sign_result, _read_result, _signing),
    "huy-so": ActPage(
        Act.VOID_NUMBER, forms.VoidNumber, closing.void_number, plain("reason"), is_danger=True
    ),
    "tra-ket-qua": ActPage(
        Act.RETURN_RESULT,
        forms.ReturnResult,
        closing.return_result,
        plain("collector_name", "collector_id_number", "collector_relation", "method", "has_receipt"),
        _collecting,
    ),
    "rut": ActPage(
        Act.WITHDRAW,
        forms_turns.Withdraw,
        closing.withdraw,
        plain("reason", "request_channel", "requested_on"),
        offer_end,
        is_danger=True,
        explain=before_end,
    ),
    "dung": ActPage(
        Act.STOP,
        forms_turns.Stop,
        closing.stop,
        plain("reason", "basis", "request_channel", "requested_on"),
        is_danger=True,
        explain=before_end,
    ),
    **TURN_PAGES,
}
SLUGS: dict[Act, str] = {page.act: slug for slug, page in PAGES.items()}


def links(dossier: Dossier, acts: Iterable[ActView]) -> list[tuple[str, str, bool]]:
    """The allowed acts as the page shows them: label, address, and whether it is the one to do next."""
    return [
        (view.label, reverse("dossiers:act", args=[dossier.code, SLUGS[view.act]]), view.is_primary)
        for view in acts
        if view.act in SLUGS
    ]


@require_http_methods(["GET", "POST"])
def act(request: OfficerRequest, code: str, act: str) -> HttpResponse:
    """Show what the act needs, or why it is not possible now; a POST does it and leads back to the dossier."""
    if (page := PAGES.get(act)) is None:
        raise Http404
    if request.method == "POST":
        # The act itself looks the dossier up, locks it and asks whose it is; the page reads it only to show a refusal.
        later: Any = SimpleLazyObject(lambda: queries.get_dossier(request.actor, code))
        return _do(request, page, code, later, page.furnish(request, later))
    dossier = queries.get_dossier(request.actor, code)
    if refusal := queries.find_obstacle(request.actor, dossier, page.act):
        return _show(request, page, dossier, None, refusal)
    furnished = page.furnish(request, dossier)
    start = {"idempotency_key": token_urlsafe(16), "revision": dossier.revision}
    form = page.form(**furnished | {"initial": furnished.get("initial", {}) | start})
    return _show(request, page, dossier, form)


def _do(
    request: OfficerRequest, page: ActPage, code: str, dossier: Dossier, furnished: Typed
) -> HttpResponse:
    options = {name: value for name, value in furnished.items() if name != "initial"}
    form = page.form(request.POST, request.FILES, **options)
    if not form.is_valid():
        return _show(request, page, dossier, form, status=422)
    typed = form.cleaned_data
    try:
        page.run(
            actor=request.actor,
            dossier_code=code,
            **page.read(request, typed),
            revision=typed["revision"],
            key=typed["idempotency_key"],
            at=request.at,
        )
    except Refused as no:
        say_refusal(form, no)
        # What is wrong in one field is said there; only a refusal of the act itself asks what else is possible.
        refusal = None if no.field in form.fields else no
        return _show(request, page, dossier, form, refusal=refusal, status=status_of(no))
    messages.success(request, _("%(act)s: xong.") % {"act": _(MOVES[page.act].label)})
    return redirect("dossiers:detail", code)


def _show(
    request: OfficerRequest,
    page: ActPage,
    dossier: Dossier,
    form: django_forms.Form | None,
    refusal: Refused | None = None,
    status: int = 200,
) -> HttpResponse:
    onward = [] if refusal else _name_next(request, dossier, page.act)
    context = {
        "dossier": dossier,
        "form": form,
        "act": page.act,
        "act_label": _(MOVES[page.act].label),
        "is_danger": page.is_danger,
        "said": [] if refusal else [*page.explain(request, dossier), *_last_words(dossier, page.act)],
        "refusal": refusal,
        "onward": onward,
        "beside": [] if refusal else _name_beside(request, dossier, page.act, onward),
        "clock": queries.brief_clock(dossier, request.at),
        "possible": links(dossier, queries.allowed_acts(request.actor, dossier)) if refusal else [],
    }
    return render(request, "dossiers/act.html", context, status=status)
