"""After its time a dossier is handed to an archive, or what it says of people is destroyed: by decision, never by itself.

Destroyed are names, numbers, addresses, words officers and applicants wrote, and every file. What stays is the law's own
record: code, procedure, units, days, result number, and the events, which hold references only.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from motcua.audit import actions as audit
from motcua.core import secret
from motcua.core.refusal import Refused
from motcua.core.text import clean_line
from motcua.documents import actions as documents
from motcua.dossiers import access
from motcua.dossiers.models import (
    ConsignmentItem,
    Disposal,
    DisposedDossier,
    Dossier,
    Explanation,
    Filing,
    FilingPaper,
    FilingRequest,
    FilingWish,
    Involvement,
    Joint,
    JointPart,
    Note,
    Opinion,
    Part,
    PartFile,
    Party,
    PromiseChange,
    Result,
    SlipReturn,
    SupplementRequest,
    Suspension,
    Transfer,
)
from motcua.dossiers.queries.retention import EndedRow, find_ended
from motcua.dossiers.rules.retention import ERASED, Fate
from motcua.organisations.rules import Actor
from motcua.people import actions as people

MOST_AT_ONCE = 500
SUBJECT_LENGTH = 100


@dataclass(frozen=True, slots=True)
class Decision:
    """What a leader signed: number, day, who signed, and to which archive."""

    fate: Fate
    number: str
    decided_on: date
    signer: str
    place: str = ""


@transaction.atomic
def dispose(*, actor: Actor, decision: Decision, dossier_ids: Sequence[int], at: datetime) -> Disposal:
    """Record what a decision says of these dossiers, and destroy what it says is to be destroyed.

    :raises Refused: not the actor's to do, no number, a day to come, nothing chosen, or one whose time is not over.
    """
    is_end = decision.fate == Fate.DESTROYED
    actor = access.require_destroyer(actor) if is_end else access.require_archivist(actor)
    rows = _lock(actor, dossier_ids, at)
    disposal = Disposal.objects.create(**_facts(actor, decision, at))
    DisposedDossier.objects.bulk_create(
        DisposedDossier(
            disposal=disposal, dossier_id=row.id, kept_until=row.kept_until, basis=row.basis[:300]
        )
        for row in rows
    )
    ids = [row.id for row in rows]
    if is_end:
        _destroy(ids, at)
    audit.record(
        f"dossiers.{decision.fate.value}",
        actor=actor,
        subject=f"dossiers.disposal:{disposal.decision_number}"[:SUBJECT_LENGTH],
        ids=ids,
        note=disposal.decision_number,
        at=at,
    )
    return disposal


def _facts(actor: Actor, decision: Decision, at: datetime) -> dict[str, Any]:
    number, signer, place = (clean_line(w) for w in (decision.number, decision.signer, decision.place))
    if not number:
        raise Refused("no_decision", _("Hãy ghi số quyết định."), field="decision_number")
    if not signer:
        raise Refused("no_signer", _("Hãy ghi người ký quyết định."), field="signer")
    if decision.decided_on > timezone.localdate(at):
        raise Refused("too_early", _("Ngày ký quyết định chưa đến."), field="decided_on")
    if decision.fate == Fate.ARCHIVED and not place:
        raise Refused("no_place", _("Hãy ghi nơi nhận lưu trữ."), field="place")
    return {
        "agency_id": actor.agency_id,
        "fate": decision.fate.value,
        "decision_number": number[:100],
        "decided_on": decision.decided_on,
        "signer": signer[:200],
        "place": place[:300],
        "done_at": at,
        "done_by": f"{actor.person_name} – {actor.unit_name}"[:240],
    }


def _lock(actor: Actor, dossier_ids: Sequence[int], at: datetime) -> list[EndedRow]:
    ids = list(dict.fromkeys(dossier_ids))
    if not ids:
        raise Refused("nothing_chosen", _("Hãy đánh dấu ít nhất một hồ sơ."))
    if len(ids) > MOST_AT_ONCE:
        raise Refused("too_many", _("Mỗi lần nhiều nhất %(n)d hồ sơ.") % {"n": MOST_AT_ONCE})
    list(Dossier.objects.select_for_update().filter(pk__in=ids).order_by("pk").values_list("pk"))
    rows = find_ended(actor, ids=ids, most=len(ids), at=at)
    if len(rows) != len(ids):
        raise Refused(
            "not_ended",
            _(
                "Có hồ sơ chưa hết thời hạn lưu, đã xử lý, hoặc không do cơ quan anh/chị giải quyết. Hãy xem lại danh sách."
            ),
        )
    return rows


def _destroy(ids: list[int], at: datetime) -> None:
    """Everything said of people in these dossiers, and the people of whom nothing else is kept."""
    filings = list(Filing.objects.filter(dossier__in=ids).values_list("pk", flat=True))
    persons = _find_persons(ids, filings)
    nobody = people.get_nobody(at=at)
    _forget_words(ids)
    _forget_files(ids, filings)
    _forget_filings(filings)
    Party.objects.filter(dossier__in=ids).update(
        person=nobody, full_name=ERASED, birth_text="", sex="", address="", id_kind="", id_enc=None,
        phone_enc=None, email="", authorisation="",
    )  # fmt: skip
    Involvement.objects.filter(dossier__in=ids).update(applicant_folded="", initials=0)
    wholes = _find_wholes(ids)
    _forget_wholes(wholes, ids)
    Dossier.objects.filter(pk__in=ids).update(
        applicant=nobody,
        applicant_name=ERASED,
        applicant_folded="",
        name=nobody.name_id,
        initials=0,
        return_place="",
        site_place="",
    )
    # Its parts end at different times; of the whole nothing is left to say once of no part there is.
    Joint.objects.filter(pk__in=wholes).exclude(parts__dossier__in=_named(wholes)).update(
        applicant=nobody, applicant_name=ERASED, return_place=""
    )
    people.forget_people(person_ids=persons - _find_persons_left(persons))


def _find_persons(ids: list[int], filings: list[int]) -> set[int]:
    found = set(Dossier.objects.filter(pk__in=ids).values_list("applicant_id", flat=True))
    found |= set(Party.objects.filter(dossier__in=ids).values_list("person_id", flat=True))
    found |= set(Filing.objects.filter(pk__in=filings).values_list("applicant_id", flat=True))
    return {pk for pk in found if pk}


def _find_persons_left(persons: set[int]) -> set[int]:
    """Those whom another dossier or filing still concerns."""
    left: set[int] = set()
    for rows, column in (
        (Dossier.objects.filter(applicant__in=persons), "applicant_id"),
        (Party.objects.filter(person__in=persons), "person_id"),
        (Joint.objects.filter(applicant__in=persons), "applicant_id"),
        (Filing.objects.filter(applicant__in=persons), "applicant_id"),
    ):
        left |= set(rows.values_list(column, flat=True))
    return left


def _find_wholes(ids: list[int]) -> list[int]:
    """The interlinked dossiers these are parts of."""
    rows = Dossier.objects.filter(pk__in=ids, joint__isnull=False)
    return sorted(set(rows.values_list("joint_id", flat=True)))


def _named(wholes: list[int]) -> QuerySet[Dossier]:
    """Parts of these wholes that still name somebody."""
    return Dossier.objects.filter(joint__in=wholes).exclude(applicant_name=ERASED)


def _forget_wholes(wholes: list[int], ids: list[int]) -> None:
    """What the form and the slips say beside the dossiers: notes on papers, notes on taking over."""
    Transfer.objects.filter(part__dossier__in=ids).update(note="")
    SlipReturn.objects.filter(transfer__part__dossier__in=ids).update(reason="", answer="")
    never_begun = JointPart.objects.filter(joint__in=wholes, dossier=None)
    files = {file_id for row in never_begun for _component, file_id in row.papers.get("files", [])}
    JointPart.objects.filter(Q(dossier__in=ids) | Q(pk__in=never_begun)).update(papers={})
    documents.destroy_files(file_ids=files)


def _forget_words(ids: list[int]) -> None:
    Note.objects.filter(dossier__in=ids).delete()
    Part.objects.filter(dossier__in=ids).update(note="")
    Opinion.objects.filter(dossier__in=ids).update(question="", answer="")
    Suspension.objects.filter(dossier__in=ids).update(paper="", proof="")
    PromiseChange.objects.filter(dossier__in=ids).update(reason="", explanation="")
    SupplementRequest.objects.filter(dossier__in=ids).update(items=[], reason="", override_reason="")
    ConsignmentItem.objects.filter(dossier__in=ids).update(words="")
    Explanation.objects.filter(dossier__in=ids).update(text="")


def _forget_files(ids: list[int], filings: list[int]) -> None:
    parts = PartFile.objects.filter(part__dossier__in=ids)
    results = Result.objects.filter(dossier__in=ids)
    papers = FilingPaper.objects.filter(filing__in=filings)
    files = _ids(parts, results, papers)
    parts.delete()
    results.update(file=None, title="", collector_name="", collector_relation="", collector_id_enc=None)
    papers.delete()
    documents.destroy_files(file_ids=files)


def _ids(*found: Any) -> set[int]:
    return {pk for rows in found for pk in rows.values_list("file_id", flat=True) if pk}


def _forget_filings(filings: Iterable[int]) -> None:
    rows = list(filings)
    FilingRequest.objects.filter(filing__in=rows).update(items=[], reason="", override_reason="")
    FilingWish.objects.filter(filing__in=rows).update(words_enc=None)
    Filing.objects.filter(pk__in=rows).update(
        applicant=None, applicant_name=ERASED, facts_enc=secret.encrypt("{}"), end_reason=""
    )
