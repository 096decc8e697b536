"""One dossier, read through the door; the caller records the reading."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _

from motcua.core.reading import AMONG, follow, read_rows
from motcua.core.refusal import Refused
from motcua.dossiers import access
from motcua.dossiers.models import Dossier, Opinion, Part, PartFile, Party, Printing, Result, Task
from motcua.dossiers.rules.opinion import SILENCE, Silence
from motcua.dossiers.rules.states import MOVES, Act
from motcua.organisations import queries as organisations
from motcua.organisations.rules import Actor
from motcua.people.rules import mask_identifier, mask_phone


@dataclass(frozen=True, slots=True)
class ActView:
    """An act as a button: its code, its words, and whether it is what the officer is here for."""

    act: Act
    label: str
    is_primary: bool


# The first of these that is allowed is the main button. Whoever asked a body outside may write down its answer, and is
# still here for a step of their own; whoever was asked has nothing else to do.
PRIMARY = (
    Act.RETURN_RESULT,
    Act.SIGN_RESULT,
    Act.DECIDE,
    Act.ACCEPT_SUPPLEMENT,
    Act.CONFIRM_PAYMENT,
    Act.RESUME,
    Act.TAKE_OVER,
    Act.RESEND,
    Act.START,
    Act.PROPOSE,
    Act.HAND_OVER,
    Act.ANSWER_OPINION,
    Act.TAKE,
)


def get_dossier(actor: Actor | None, code: str) -> Dossier:
    """The dossier with this code, if it may be seen: one statement.

    :raises Refused: not found, or not the actor's to see.
    """
    return access.require_visible(actor, code)


def name_dossiers(ids: Collection[int]) -> dict[int, str]:
    """The codes of these dossiers, for evidence that keeps their ids; a code says nothing of a person."""
    return dict(Dossier.objects.filter(pk__in=list(ids)).values_list("pk", "code")) if ids else {}


def find_number(code: str) -> int | None:
    """The number evidence keeps of the dossier with this code."""
    if "\0" in code:
        return None
    return Dossier.objects.filter(code=code.strip().upper()).values_list("pk", flat=True).first()


def get_tasks(dossier: Dossier) -> list[Task]:
    """Every task of the dossier, open ones first, with the names of those who hold them."""
    rows = read_rows(Task, "dossier_id = %s", [dossier.pk])
    follow(rows, "assignee")
    return sorted(rows, key=lambda t: (t.done_at is not None, t.opened_at, t.pk))


def allowed_acts(actor: Actor, dossier: Dossier, tasks: Sequence[Task] | None = None) -> list[ActView]:
    """What this officer may do now; pages and the API show exactly this."""
    held = get_tasks(dossier) if tasks is None else tasks
    acts = access.find_allowed(actor, dossier, held)
    main = next((act for act in PRIMARY if act in acts), None)
    return [ActView(act, _(MOVES[act].label), act == main) for act in acts]


def find_obstacle(actor: Actor, dossier: Dossier, act: Act) -> Refused | None:
    """Why this officer cannot do the act now, as the act itself would say it; None where it can be done."""
    try:
        access.require_act(actor, dossier, get_tasks(dossier), act)
    except Refused as no:
        return no
    return None


def get_parts(dossier: Dossier) -> list[Part]:
    """The papers handed in, each with `shown_files`: three statements."""
    parts = read_rows(Part, "dossier_id = %s ORDER BY id", [dossier.pk])
    kept = read_rows(PartFile, f"part_id {AMONG} ORDER BY id", [[part.pk for part in parts]])
    follow(kept, "file")
    for part in parts:
        part.shown_files = [one.file for one in kept if one.part_id == part.pk]  # type: ignore[attr-defined]
    return parts


def get_parties(dossier: Dossier) -> list[Party]:
    """The persons of the dossier with their numbers masked (`masked_id`, `masked_phone`)."""
    order = {"applicant": 0, "submitter": 1, "authorised": 2}
    parties = sorted(read_rows(Party, "dossier_id = %s", [dossier.pk]), key=lambda p: order[p.role])
    for party in parties:
        party.masked_id = mask_identifier(party.id_number)  # type: ignore[attr-defined]
        party.masked_phone = mask_phone(party.phone)  # type: ignore[attr-defined]
    return parties


def find_results(dossier: Dossier) -> list[Result]:
    """Numbered results, the one in force first, voided ones after."""
    rows = read_rows(Result, "dossier_id = %s", [dossier.pk])
    follow(rows, "file")
    return sorted(rows, key=lambda r: (r.voided_at is not None, r.pk))


def find_opinions(dossier: Dossier, on: date) -> list[Opinion]:
    """What was asked and answered, each with `asked_unit_name` as of the day and `silence_label`.

    `closed_at` is when a question nobody answered was waited for no longer: decided, withdrawn or stopped meanwhile.
    """
    opinions = read_rows(Opinion, "dossier_id = %s ORDER BY asked_at, id", [dossier.pk])
    follow(opinions, "task")
    for opinion in opinions:
        opinion.closed_at = None if opinion.answered_at else opinion.task.done_at  # type: ignore[attr-defined]
        named = opinion.outside_name or name_unit(opinion.asked_unit_id, on)
        opinion.asked_unit_name = named  # type: ignore[attr-defined]
        opinion.silence_label = _(SILENCE[Silence(opinion.silence)])  # type: ignore[attr-defined]
    return opinions


def find_lapsed_opinions(at: datetime) -> list[tuple[str, int]]:
    """Questions whose day has passed and whose silence is a yes: the dossier's code and the task that waits."""
    silent = Opinion.objects.filter(
        answered_at=None, due_at__lt=at, silence=Silence.AGREES.value, task__done_at=None
    ).filter(dossier__finished_at=None, dossier__outcome="")
    return list(silent.order_by("due_at", "pk").values_list("dossier__code", "task_id"))


def get_file(actor: Actor | None, code: str, file_id: int) -> Any:
    """A stored file of this dossier: a scan of a part or the file of a result.

    :raises Refused: the dossier may not be seen, or the file is not of it.
    """
    dossier = access.require_visible(actor, code)
    part = PartFile.objects.filter(part__dossier=dossier, file=file_id).select_related("file").first()
    if part is not None:
        return part.file
    result = Result.objects.filter(dossier=dossier, file=file_id).select_related("file").first()
    if result is None or result.file is None:
        raise Refused("not_found", _("Hồ sơ này không có tệp đó."))
    return result.file


def find_printings(dossier: Dossier) -> dict[str, list[Printing]]:
    """Printings of each form, the first first."""
    found: dict[str, list[Printing]] = {}
    for printing in read_rows(Printing, "dossier_id = %s ORDER BY form, at, id", [dossier.pk]):
        found.setdefault(printing.form, []).append(printing)
    return found


def name_unit(unit_id: int | None, on: date) -> str:
    """The unit's name with its agency's on a day; empty when it is not there that day."""
    unit = organisations.get_tree(on).units.get(unit_id or 0)
    if unit is None:
        return ""
    agency = organisations.get_tree(on).get_agency_of(unit.id)
    own = unit.agency_name
    return own if agency is None or agency.id == unit.id else f"{own}, {agency.short_agency_name}"
