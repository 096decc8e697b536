"""What a citizen may see by the receipt: with the token the clock and its reasons, by the code alone how far it is."""

import hmac
from dataclasses import dataclass
from datetime import datetime

from motcua.catalogue import queries as catalogue
from motcua.core.clock import ClockView
from motcua.core.marking import _ as _mark
from motcua.core.reading import read_row
from motcua.core.wording import gettext as _
from motcua.core.wording import speak
from motcua.core.writing import day, find_day, moment
from motcua.dossiers.models import Dossier, Filing, Joint, SupplementRequest
from motcua.dossiers.queries.clock import explain_clock
from motcua.dossiers.queries.joints import PartLine, explain_whole, find_joint_code, find_part_lines
from motcua.dossiers.queries.reading import name_unit
from motcua.dossiers.rules.states import State
from motcua.integrations import npsp

DONE, NOW, LATER = "done", "now", "later"
STEPS = (_mark("Tiếp nhận"), _mark("Giải quyết"), _mark("Có kết quả"), _mark("Trả kết quả"))
Step = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class Tracking:
    """A dossier as its applicant sees it; without the token only `steps` are filled."""

    dossier_id: int
    code: str
    steps: tuple[Step, ...]
    is_full: bool
    procedure_name: str = ""
    state_label: str = ""
    tone: str = "plain"
    explanation: str = ""
    clock: ClockView | None = None
    receiving_name: str = ""
    competent_name: str = ""
    return_place: str = ""
    is_posted: bool = False
    asked: "Asked | None" = None
    parts: tuple[PartLine, ...] = ()
    whole_code: str = ""

    @property
    def is_awaited(self) -> bool:
        """Whether there is still something to come for: whoever has it in hand, or gave up, needs not be told to come."""
        return self.clock is None or not self.clock.is_broken_off and any(s[1] != DONE for s in self.steps)

    @property
    def is_rateable(self) -> bool:
        """Whether there is a result to speak of: no more than one step is left."""
        return sum(mark != DONE for _name, mark, _note in self.steps) <= 1


@dataclass(frozen=True, slots=True)
class Asked:
    """What the applicant is asked to complete now, until when, and who helps."""

    items: tuple[str, ...]
    reason: str
    due_at: datetime
    contact: str


def get_tracking(code: str, token: str | None, *, at: datetime) -> Tracking | None:
    """What the receipt opens: one statement, two more when something happened to its clock. Nothing for an unknown code and for a wrong token alike."""
    dossier = None if "\0" in code else read_row(Dossier, "code = %s", [code.strip().upper()])
    if dossier is None:
        return _track_whole(code, token, at)
    if not token:
        return Tracking(dossier.pk, dossier.code, _steps(dossier, is_full=False), is_full=False)
    if not hmac.compare_digest(dossier.token.encode(), token.strip().lower().encode()):
        return None
    on = find_day(at)
    return Tracking(
        dossier_id=dossier.pk,
        code=dossier.code,
        steps=_steps(dossier, is_full=True),
        is_full=True,
        procedure_name=dossier.procedure_name,
        state_label=dossier.state_label,
        tone=dossier.tone,
        explanation=_(dossier.meaning.explanation),
        clock=explain_clock(dossier, at),
        receiving_name=name_unit(dossier.receiving_unit_id, on),
        competent_name=name_unit(dossier.competent_agency_id, on),
        return_place=dossier.return_place or name_unit(dossier.returning_unit_id, on),
        is_posted=dossier.result_delivery == "postal",
        asked=_find_asked(dossier) if dossier.state == State.AWAITING_SUPPLEMENT else None,
        whole_code=find_joint_code(dossier),
    )


def _track_whole(code: str, token: str | None, at: datetime) -> Tracking | None:
    """The one receipt of an interlinked dossier: the whole, and with the token every part in the applicant's words."""
    joint = None if "\0" in code else Joint.objects.filter(code=code.strip().upper()).first()
    if joint is None:
        return None if token else _track_filing(code)
    if not token:
        return Tracking(0, joint.code, _whole_steps(joint, is_full=False), is_full=False)
    if not hmac.compare_digest(joint.token.encode(), token.strip().lower().encode()):
        return None
    on = find_day(at)
    bundle = catalogue.get_bundle_version(joint.bundle_id)
    lines = find_part_lines(joint, on, at)
    return Tracking(
        dossier_id=next((line.dossier.pk for line in lines if line.dossier), 0),
        code=joint.code,
        steps=_whole_steps(joint, is_full=True),
        is_full=True,
        procedure_name=joint.name,
        state_label=joint.state_label,
        tone=joint.tone,
        explanation=joint.outcome_label or _(joint.meaning.explanation),
        clock=explain_whole(joint, bundle, at),
        receiving_name=name_unit(joint.receiving_unit_id, on),
        return_place=joint.return_place or name_unit(joint.returning_unit_id, on),
        is_posted=joint.result_delivery == "postal",
        asked=next(
            (found for line in lines if line.dossier and (found := _find_open_request(line.dossier))), None
        ),
        parts=tuple(lines),
    )


def _track_filing(code: str) -> Tracking | None:
    """How far it is by the code the national portal gave it: what was filed, until it is a dossier with steps of its own."""
    asked = code.strip()
    found = Filing.objects.select_related("dossier", "joint").filter(
        source=npsp.SOURCE, reference__in=(asked, asked.upper())
    )
    filing = None if "\0" in code else found.first()
    if filing is None:
        return None
    if filing.dossier is not None:
        return Tracking(
            filing.dossier.pk, filing.dossier.code, _steps(filing.dossier, is_full=False), is_full=False
        )
    if filing.joint is not None:
        return Tracking(0, filing.joint.code, _whole_steps(filing.joint, is_full=False), is_full=False)
    stands = (filing.state_label, NOW if filing.is_open else DONE, "")
    return Tracking(0, filing.reference, ((_("Đã nộp trực tuyến"), DONE, ""), stands), is_full=False)


def _find_open_request(dossier: Dossier) -> Asked | None:
    return _find_asked(dossier) if dossier.state == State.AWAITING_SUPPLEMENT else None


def _find_asked(dossier: Dossier) -> Asked | None:
    row = SupplementRequest.objects.filter(dossier=dossier, answered_at=None, ended_at=None).first()
    if row is None:
        return None
    contact = ", ".join(word for word in (row.contact_name, row.contact_phone) if word)
    return Asked(tuple(row.items), row.reason, row.due_at, contact)


def _steps(dossier: Dossier, *, is_full: bool) -> tuple[Step, ...]:
    """Four steps of any dossier; the days beside them only with the token."""
    return _draw_steps(
        State(dossier.state), dossier.state_label, dossier.received_at, dossier.due_at, dossier.finished_at,
        dossier.returned_at, is_full=is_full,
    )  # fmt: skip


def _whole_steps(joint: Joint, *, is_full: bool) -> tuple[Step, ...]:
    """The same four steps for the whole: it has its result when its last part has."""
    return _draw_steps(
        State(joint.state), joint.state_label, joint.received_at, joint.due_at, joint.finished_at, None, is_full=is_full
    )  # fmt: skip


def _draw_steps(
    state: State, label: str, received_at: datetime, due_at: datetime | None, finished_at: datetime | None,
    returned_at: datetime | None, *, is_full: bool,
) -> tuple[Step, ...]:  # fmt: skip
    reached = _reached(state)
    names = tuple(map(speak(), STEPS))
    notes = (
        moment(received_at),
        _("hẹn trả %(day)s") % {"day": day(due_at)} if due_at else "",
        moment(finished_at) if reached >= 2 else "",
        moment(returned_at),
    )
    if state in ENDED_EARLY:
        return ((names[0], DONE, notes[0] if is_full else ""), (label, DONE, ""))
    return tuple(
        (name, DONE if n < reached else NOW if n == reached else LATER, note if is_full else "")
        for n, (name, note) in enumerate(zip(names, notes, strict=True))
    )


ENDED_EARLY = frozenset({State.NOT_ACCEPTED, State.WITHDRAWN, State.STOPPED})


def _reached(state: State) -> int:
    """How many of the four steps are behind."""
    if state == State.RETURNED:
        return 4
    if state == State.RESULT_READY:
        return 3
    return 0 if state in (State.DRAFT, State.SUBMITTED, State.RETURNED_FOR_FIX) else 1
