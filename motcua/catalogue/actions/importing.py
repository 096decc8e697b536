"""Taking procedures in: what is new is added, what differs becomes a new dated version, nothing in use is edited."""

from collections.abc import Callable, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from motcua.audit import actions as audit
from motcua.catalogue import access
from motcua.catalogue.actions.stamping import touch
from motcua.catalogue.actions.writing import write_children
from motcua.catalogue.exchange.difference import Difference, ProcedureChange, compare
from motcua.catalogue.exchange.facts import ProcedureFacts, fingerprint
from motcua.catalogue.models import Field, Procedure, ProcedureVersion
from motcua.catalogue.queries.held import Key, get_fingerprints, read_facts
from motcua.catalogue.rules import LimitUnit
from motcua.core.text import fold
from motcua.organisations.rules import Actor

# The source holds no older texts: the first version known stands in for those before it, from the first day
# of Decree 61/2018/NĐ-CP on.
FIRST_KNOWN_FROM = date(2018, 6, 21)
CHUNK = 400
Progress = Callable[[int, int], None]


@transaction.atomic
def import_catalogue(
    *,
    actor: Actor,
    procedures: Sequence[ProcedureFacts],
    closes_missing: bool = False,
    is_dry_run: bool = False,
    progress: Progress = lambda done, total: None,
    at: datetime,
) -> Difference:
    """Bring the catalogue to the facts of a file; a dry run only tells the difference.

    :raises Refused: the actor may not keep the catalogue.
    """
    access.require_curator(actor)
    held = get_fingerprints()
    fresh = {facts.key: fingerprint(facts) for facts in procedures}
    added = [facts for facts in procedures if facts.key not in held]
    differing = [facts for facts in procedures if held.get(facts.key, fresh[facts.key]) != fresh[facts.key]]
    missing = tuple(sorted(set(held) - set(fresh)))
    difference = Difference(
        added=tuple(facts.key for facts in added),
        changed=_changes(differing),
        missing=missing,
        unchanged=len(procedures) - len(added) - len(differing),
        closed=len(missing) if closes_missing else 0,
    )
    if is_dry_run or difference.is_empty:
        return difference
    _write([*added, *differing], fresh, on=timezone.localdate(at), at=at, progress=progress)
    if closes_missing:
        _close(missing, timezone.localdate(at))
    touch()
    audit.record("catalogue.imported", actor=actor, note=_note(difference), at=at)
    return difference


def _changes(differing: Sequence[ProcedureFacts]) -> tuple[ProcedureChange, ...]:
    before = (
        {facts.key: facts for facts in read_facts([facts.key for facts in differing])} if differing else {}
    )
    return tuple(
        ProcedureChange(facts.code, facts.portal_id, facts.name, compare(before[facts.key], facts))
        for facts in differing
    )


def _note(difference: Difference) -> str:
    return f"+{len(difference.added)} ~{len(difference.changed)} -{difference.closed}"


def _write(
    procedures: Sequence[ProcedureFacts],
    prints: dict[Key, str],
    *,
    on: date,
    at: datetime,
    progress: Progress,
) -> None:
    fields = _keep_fields(procedures)
    done = 0
    for first in range(0, len(procedures), CHUNK):
        chunk = procedures[first : first + CHUNK]
        kept = _keep_procedures(chunk, fields)
        versions = _open_versions(chunk, kept, fields, prints, on=on, at=at)
        write_children(list(zip(versions, chunk, strict=True)))
        done += len(chunk)
        progress(done, len(procedures))


def _keep_fields(procedures: Sequence[ProcedureFacts]) -> dict[str, int]:
    names = {facts.field_code: facts.field_name for facts in procedures}
    Field.objects.bulk_create(
        [Field(code=code, name=name) for code, name in names.items()], ignore_conflicts=True
    )
    return dict(Field.objects.filter(code__in=names).values_list("code", "pk"))


def _keep_procedures(chunk: Sequence[ProcedureFacts], fields: dict[str, int]) -> dict[Key, int]:
    rows = [
        Procedure(
            code=facts.code,
            portal_id=facts.portal_id,
            name=facts.name,
            name_folded=fold(facts.name),
            field_id=fields[facts.field_code],
            kind=facts.kind,
            levels=list(facts.levels),
            has_limit=any(channel.limit_unit != LimitUnit.NONE for channel in facts.channels),
        )
        for facts in chunk
    ]
    kept = Procedure.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["code", "portal_id"],
        update_fields=["name", "name_folded", "field", "kind", "levels", "has_limit"],
    )
    return {(row.code, row.portal_id): row.pk for row in kept}


def _open_versions(
    chunk: Sequence[ProcedureFacts],
    kept: dict[Key, int],
    fields: dict[str, int],
    prints: dict[Key, str],
    *,
    on: date,
    at: datetime,
) -> list[ProcedureVersion]:
    last = {
        version.procedure_id: version
        for version in ProcedureVersion.objects.filter(procedure__in=kept.values()).order_by("number")
    }
    rows = []
    for facts in chunk:
        procedure_id = kept[facts.key]
        number, first_day = _follow(last.get(procedure_id), on)
        rows.append(
            _version(
                facts,
                procedure_id,
                fields,
                fingerprint=prints[facts.key],
                number=number,
                valid_from=first_day,
                recorded_at=at,
            )
        )
    return ProcedureVersion.objects.bulk_create(rows)


def _follow(last: ProcedureVersion | None, on: date) -> tuple[int, date]:
    """The number and first day of the next version; one that began today is followed tomorrow."""
    if last is None:
        return 1, FIRST_KNOWN_FROM
    first_day = max(on, last.valid_from + timedelta(days=1), last.valid_to or on)
    if last.valid_to is None:
        ProcedureVersion.objects.filter(pk=last.pk).update(valid_to=first_day)
    return last.number + 1, first_day


def _version(
    facts: ProcedureFacts, procedure_id: int, fields: dict[str, int], **rest: Any
) -> ProcedureVersion:
    return ProcedureVersion(
        procedure_id=procedure_id,
        name=facts.name,
        decision_number=facts.decision_number,
        decided_on=facts.decided_on,
        published_on=facts.published_on,
        field_id=fields[facts.field_code],
        field_name=facts.field_name,
        promulgator_code=facts.promulgator_code,
        promulgator=facts.promulgator,
        kind=facts.kind,
        levels=list(facts.levels),
        agencies=list(facts.agencies),
        legal_basis=list(facts.legal_basis),
        is_full_online=facts.is_full_online,
        is_non_territorial=facts.is_non_territorial,
        **rest,
    )


def _close(missing: Sequence[Key], on: date) -> None:
    """Procedures no longer in a full file stop being in force (bị bãi bỏ)."""
    wanted = set(missing)
    rows = ProcedureVersion.objects.filter(
        valid_to=None, procedure__code__in=[code for code, _portal_id in wanted]
    )
    for version in rows.select_related("procedure"):
        if (version.procedure.code, version.procedure.portal_id) in wanted:
            last_day = max(on, version.valid_from + timedelta(days=1))
            ProcedureVersion.objects.filter(pk=version.pk).update(valid_to=last_day)
