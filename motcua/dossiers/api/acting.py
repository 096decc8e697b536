"""Acting on dossiers: one address per act, the same actions as the pages, one effect per key."""

from collections.abc import Callable, Mapping
from datetime import timedelta
from hashlib import sha256
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from ninja import File, Form, Router, Status
from ninja import UploadedFile as SentFile

from motcua.core import idempotency
from motcua.core.refusal import Refused
from motcua.documents import actions as documents
from motcua.dossiers import access, actions, queries
from motcua.dossiers.api import bodies
from motcua.dossiers.api.shapes import DossierStanding, FileRow
from motcua.dossiers.api.words import DossierCode, Key, Match, Sent, revision_of, tag_of
from motcua.dossiers.models import Dossier
from motcua.dossiers.rules.states import Act
from motcua.organisations import queries as organisations
from motcua.organisations.api import WRITE, ApiRequest
from motcua.organisations.requests import today

router = Router(tags=["acts"])
LONGEST_WAIT = timedelta(days=3 * 366)

ACTS: tuple[tuple[str, Act, Callable[..., Dossier], type[Sent]], ...] = (
    ("start", Act.START, actions.start, bodies.StartIn),
    ("take", Act.TAKE, actions.take, bodies.TakeIn),
    ("hand-over", Act.HAND_OVER, actions.hand_over, bodies.HandOverIn),
    ("propose", Act.PROPOSE, actions.propose, bodies.ProposeIn),
    ("decide", Act.DECIDE, actions.decide, bodies.DecideIn),
    ("return-for-redo", Act.RETURN_FOR_REDO, actions.return_for_redo, bodies.RedoIn),
    ("ask-opinion", Act.ASK_OPINION, actions.ask_opinion, bodies.AskIn),
    ("answer-opinion", Act.ANSWER_OPINION, actions.answer_opinion, bodies.AnswerIn),
    ("return-result", Act.RETURN_RESULT, actions.return_result, bodies.ReturnIn),
    ("withdraw", Act.WITHDRAW, actions.withdraw, bodies.WithdrawIn),
    ("stop", Act.STOP, actions.stop, bodies.StopIn),
    ("void-number", Act.VOID_NUMBER, actions.void_number, bodies.VoidIn),
    ("settle-on-spot", Act.SETTLE_ON_SPOT, actions.settle_on_spot, bodies.OnSpotIn),
    ("request-supplement", Act.REQUEST_SUPPLEMENT, actions.request_supplement, bodies.RequestSupplementIn),
    ("accept-supplement", Act.ACCEPT_SUPPLEMENT, actions.accept_supplement, bodies.AcceptSupplementIn),
    ("close-unanswered", Act.CLOSE_UNANSWERED, actions.close_unanswered, bodies.CloseUnansweredIn),
    ("request-payment", Act.REQUEST_PAYMENT, actions.request_payment, bodies.RequestPaymentIn),
    ("confirm-payment", Act.CONFIRM_PAYMENT, actions.confirm_payment, bodies.ProofIn),
    ("suspend", Act.SUSPEND, actions.suspend, bodies.SuspendIn),
    ("resume", Act.RESUME, actions.resume, bodies.ProofIn),
    ("extend", Act.EXTEND, actions.extend, bodies.ExtendIn),
    ("apologise", Act.APOLOGISE, actions.apologise, bodies.ApologiseIn),
    ("reopen", Act.REOPEN, actions.reopen, bodies.ReopenIn),
)


@router.post(
    "/dossiers:receive", auth=WRITE, response={201: DossierStanding}, summary="Receive an application"
)
def receive(request: ApiRequest, response: HttpResponse, key: Key, body: bodies.ReceiveIn) -> Status:
    """Receive at the counter of the caller's unit; the papers are those of the procedure's sheet."""
    _require_unit(request, body.supported_unit_id)
    content = {"body": body.model_dump(mode="json")}

    def run() -> Dossier:
        return actions.receive(actor=request.actor, intake=body.to_intake(), at=request.at)

    dossier = _once(request, Act.RECEIVE, key, content, run)
    response["Location"] = reverse("api:read_dossier", args=[dossier.code])
    return Status(201, _stand(request, response, dossier))


@router.post(
    "/dossiers:refuse-intake",
    auth=WRITE,
    response={201: DossierStanding},
    summary="Refuse an application at the counter",
)
def refuse_intake(request: ApiRequest, response: HttpResponse, key: Key, body: bodies.RefuseIn) -> Status:
    """Refuse in writing, with the reason; the slip keeps its own code."""
    _require_unit(request, body.supported_unit_id)
    content = {"body": body.model_dump(mode="json")}

    def run() -> Dossier:
        return actions.refuse_intake(
            actor=request.actor, intake=body.to_intake(), reason=body.reason, basis=body.basis, at=request.at
        )

    dossier = _once(request, Act.REFUSE_INTAKE, key, content, run)
    response["Location"] = reverse("api:read_dossier", args=[dossier.code])
    return Status(201, _stand(request, response, dossier))


@router.post(
    "/files", auth=WRITE, response={201: FileRow}, summary="Keep a scan before receiving", tags=["files"]
)
def keep_file(request: ApiRequest, file: File[SentFile]) -> Status:
    """Keep one file unaltered; its kind is read from the content, whatever name and type it came under.

    Name it in `part_files` when receiving; only the system that sent it can attach it.
    """
    access.require_intake_post(request.actor)
    kept = documents.keep_file(
        stream=file, name=file.name or "", user_id=request.actor.user_id, at=request.at
    )
    return Status(201, kept)


def _add(slug: str, act: Act, action: Callable[..., Dossier], shape: type[Sent]) -> None:
    """One address for one act."""

    def perform(
        request: ApiRequest,
        response: HttpResponse,
        code: DossierCode,
        key: Key,
        body: Any,
        match: Match = None,
    ) -> dict[str, Any]:
        for name in ("due_at", "review_at", "new_due_at"):
            _require_near(request, getattr(body, name, None), name)
        sent = body.model_dump()
        content = {"code": code, "match": match, "body": body.model_dump(mode="json")}

        def run() -> Dossier:
            return action(
                actor=request.actor, dossier_code=code, **sent, revision=revision_of(match), at=request.at
            )

        return _stand(request, response, _once(request, act, key, content, run))

    perform.__annotations__["body"] = shape
    perform.__name__ = str(act)
    perform.__doc__ = (action.__doc__ or "").split("\n\n")[0]
    router.post(
        f"/dossiers/{{code}}:{slug}",
        auth=WRITE,
        response=DossierStanding,
        operation_id=str(act),
        url_name=str(act),
        summary=str(act).replace("_", " ").capitalize(),
    )(perform)


for _slug, _act, _action, _shape in ACTS:
    _add(_slug, _act, _action, _shape)


@router.post(
    "/dossiers/{code}:sign-result",
    auth=WRITE,
    response=DossierStanding,
    summary="Number and sign off the result",
)
def sign_result(
    request: ApiRequest,
    response: HttpResponse,
    code: DossierCode,
    key: Key,
    facts: Form[bodies.SignIn],
    file: File[SentFile],
    match: Match = None,
) -> dict[str, Any]:
    """Take the next number of the series and attach the signed paper; the file is read for what it is."""
    content = {"code": code, "match": match, "facts": facts.model_dump(mode="json"), "file": _digest(file)}

    def run() -> Dossier:
        kept = documents.keep_file(
            stream=file, name=file.name or "", user_id=request.actor.user_id, at=request.at
        )
        return actions.sign_result(
            actor=request.actor,
            dossier_code=code,
            **facts.model_dump(),
            file_id=kept.pk,
            revision=revision_of(match),
            at=request.at,
        )

    return _stand(request, response, _once(request, Act.SIGN_RESULT, key, content, run))


def _once(
    request: ApiRequest, act: Act, key: str, content: Mapping[str, Any], run: Callable[[], Dossier]
) -> Dossier:
    """Run the act, or find what the same call left before; a refused call leaves its key free."""
    owner = f"token:{request.caller.token_id}"
    with transaction.atomic():
        reference = idempotency.remember(key, owner, str(act), idempotency.fingerprint(content))
        if reference:
            return queries.get_dossier(request.actor, reference)
        dossier = run()
        idempotency.complete(key, owner, dossier.code)
    return dossier


def _stand(request: ApiRequest, response: HttpResponse, dossier: Dossier) -> dict[str, Any]:
    response["ETag"] = tag_of(dossier.revision)
    names = ("code", "revision", "state", "state_label", "outcome", "due_at")
    return {name: getattr(dossier, name) for name in names} | {
        "allowed_acts": queries.allowed_acts(request.actor, dossier)
    }


def _digest(file: UploadedFile) -> str:
    digest = sha256()
    for chunk in file.chunks():
        digest.update(chunk)
    file.seek(0)
    return digest.hexdigest()


def _require_unit(request: ApiRequest, unit_id: int | None) -> None:
    if unit_id is None:
        return
    try:
        organisations.get_unit(unit_id, today(request))
    except Refused as no:
        raise Refused("unknown_unit", no.message, field="supported_unit_id") from no


def _require_near(request: ApiRequest, moment: Any, field: str) -> None:
    if moment is not None and moment > request.at + LONGEST_WAIT:
        raise Refused("bad_due", _("Thời điểm phải trong vòng ba năm."), field=field)
