"""What every act leaves beside the dossier: its event, a message, a word to the portal, an audit row, the caller's key."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from motcua.audit import actions as audit
from motcua.core import idempotency
from motcua.core.drafts import Draft, write
from motcua.core.reading import read_row
from motcua.core.refusal import Refused
from motcua.core.text import nfc
from motcua.core.wording import gettext as _
from motcua.dossiers.models import Dossier, Joint, JointPart
from motcua.dossiers.rules import national
from motcua.dossiers.rules.states import Act, State
from motcua.integrations import actions as integrations
from motcua.notifications import actions as notifications
from motcua.organisations.rules import Actor
from motcua.payments import actions as payments

# What the applicant is told of; the other acts are inner steps.
NOTICES = {
    Act.RECEIVE: "dossiers/received",
    Act.REFUSE_INTAKE: "dossiers/not_accepted",
    Act.START: "dossiers/started",
    Act.SIGN_RESULT: "dossiers/result_ready",
    Act.RETURN_RESULT: "dossiers/returned",
    Act.WITHDRAW: "dossiers/withdrawn",
    Act.STOP: "dossiers/stopped",
    Act.REQUEST_SUPPLEMENT: "dossiers/supplement_requested",
    Act.ACCEPT_SUPPLEMENT: "dossiers/supplement_accepted",
    Act.CLOSE_UNANSWERED: "dossiers/stopped",
    Act.REQUEST_PAYMENT: "dossiers/payment_requested",
    Act.CONFIRM_PAYMENT: "dossiers/resumed",
    Act.SUSPEND: "dossiers/suspended",
    Act.RESUME: "dossiers/resumed",
    Act.EXTEND: "dossiers/extended",
    Act.APOLOGISE: "dossiers/apologised",
    Act.REOPEN: "dossiers/reopened",
    Act.RECOUNT: "dossiers/due_moved",
}
# Of a part of a whole the applicant hears these for the whole, once: one receipt, one result place, no two dates.
TOLD_BY_THE_WHOLE = frozenset({Act.START, Act.SIGN_RESULT, Act.RETURN_RESULT})
LONGEST_NOTE = 10_000
# What the portal is told of a filing before it is a dossier is numbered below this, the dossier's own words above it.
AFTER_FILING = 1000


def repeat_of(*, actor: Actor, act: Act, key: str, content: dict[str, object]) -> str | None:
    """The code the same call left before, or None the first time."""
    return idempotency.remember(
        key, f"user:{actor.user_id}", act, idempotency.fingerprint({**content, "act": act})
    )


def make_event(
    *, actor: Actor, act: Act, from_state: str, data: dict[str, Any], at: datetime
) -> dict[str, Any]:
    """The columns of an event: who, in which post of which unit, did what."""
    return {
        "at": at,
        "act": str(act),
        "user_id": actor.user_id,
        "person_name": actor.person_name[:120],
        "post": str(actor.post),
        "unit_id": actor.unit_id,
        "unit_name": actor.unit_name[:200],
        "from_state": str(from_state),
        "event_data": data,
    }


@dataclass(slots=True)
class Account:
    """What an act leaves beside the dossiers it changes, gathered while it goes on and written in one statement at its end.

    `rows` are the act's own drafts; every other list is drafted by the package that keeps it.
    """

    actor: Actor
    act: Act
    at: datetime
    key: str = ""
    rows: list[Draft] = field(default_factory=list)
    owed: list[payments.Owed] = field(default_factory=list)
    notices: list[notifications.Message] = field(default_factory=list)
    said: list[integrations.Said] = field(default_factory=list)
    done: list[audit.Done] = field(default_factory=list)

    def report(self, dossier: Dossier, *, act: Act | None = None, whole: str = "") -> None:
        """The national portal and the audit learn of an act on a dossier, this one or what it brought about.

        `whole` is the code under which the portal knows the form a part belongs to; told when the part begins.
        """
        act = act or self.act
        self.said.append(_say(act, dossier, whole, self.at))
        self.done.append(audit.Done(f"dossiers.{act}", f"dossiers.dossier:{dossier.pk}"))

    def tell_applicant(self, dossier: Dossier, said: Mapping[str, Any] | None = None) -> None:
        """A message to the applicant, of an act that is more than an inner step."""
        if (template := NOTICES.get(self.act)) is None:
            return
        params = {"code": dossier.code, "due_at": dossier.due_at, "outcome": dossier.outcome, **(said or {})}
        agency_id, person_id = dossier.competent_agency_id, dossier.applicant_id
        self.notices.append(notifications.Message(template, dossier.code, agency_id, person_id, params))

    def charge(self, dossier: Dossier, lines: Iterable[tuple[str, int | None, str]]) -> None:
        """What is to be paid for a dossier; a line of nothing is none."""
        kept = [(name, int(amount), kind) for name, amount, kind in lines if amount]
        if kept:
            self.owed.append(payments.Owed(dossier.code, dossier.competent_agency_id, kept))

    def keep(self, reference: str, *, words: str = "") -> None:
        """Write everything, and under the caller's key what came of it. `words` go to the portal alone."""
        at, drafts = self.at, list(self.rows)
        drafts += payments.draft_charges(actor=self.actor, owed=self.owed, at=at)
        if self.notices:
            drafts.append(notifications.draft_all(self.notices, at=at))
        drafts += idempotency.draft_completion(self.key, f"user:{self.actor.user_id}", reference)
        if self.said:
            drafts.append(integrations.draft_all("npsp", "dossier.status", self.said, words=words, at=at))
        write([*drafts, audit.draft_all(actor=self.actor, done=self.done, at=at)])


def _say(act: Act, dossier: Dossier, whole: str, at: datetime) -> integrations.Said:
    payload = {
        "code": dossier.code,
        "act": str(act),
        "status": national.get_code(State(dossier.state)),
        "channel": national.get_channel_code(dossier.channel),
        "procedure_code": dossier.procedure_code,
        "due_at": dossier.due_at.isoformat() if dossier.due_at else None,
        "at": at.isoformat(),
    }
    if whole:
        payload["whole"] = whole
    sequence = dossier.revision + (AFTER_FILING if dossier.filed_as else 0)
    return integrations.Said(dossier.competent_agency_id, dossier.filed_as or dossier.code, payload, sequence)


def is_told_by_the_whole(act: Act, dossier: Dossier) -> bool:
    """Whether the whole says it; a part whose result is needed at once (the notice of what to pay) speaks for itself.

    Asked where the whole is not at hand (`following.speaks_for`).
    """
    if dossier.joint_id is None:
        return False
    if act is Act.WITHDRAW:
        return read_row(Joint, "id = %s AND withdrawn_at IS NOT NULL", [dossier.joint_id]) is not None
    if act not in TOLD_BY_THE_WHOLE:
        return False
    return read_row(JointPart, "dossier_id = %s AND tells_at_once", [dossier.pk]) is None


def clean_text(text: str) -> str:
    """What people wrote, composed and without NUL; refused when longer than the column of a letter.

    :raises Refused: longer than ten thousand characters.
    """
    cleaned = nfc(text).replace("\0", "").strip()
    if len(cleaned) > LONGEST_NOTE:
        raise Refused("too_long", _("Nội dung dài quá 10.000 ký tự."), field="note")
    return cleaned


def require_text(text: str, *, field_name: str, message: str) -> str:
    """The cleaned text; :raises Refused: nothing was written where a reason is due."""
    cleaned = clean_text(text)
    if not cleaned:
        raise Refused("reason_needed", message, field=field_name)
    return cleaned
