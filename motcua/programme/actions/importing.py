"""Reading a plan's file: what was read waits for a person; nothing of it is a plan yet."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from motcua.audit import actions as audit
from motcua.core.refusal import Refused
from motcua.documents import actions as documents
from motcua.organisations.rules import Actor
from motcua.programme.access import require_keeper, sign
from motcua.programme.actions.holding import judge_row, lock_draft, save_draft
from motcua.programme.models import PlanReading
from motcua.programme.reading import open_source
from motcua.programme.reading.faults import name_no_rows, refuse
from motcua.programme.reading.recognising import Heed
from motcua.programme.rules.blocks import Source
from motcua.programme.rules.plan import ReadPlan, as_kept, read_plan

# How files other than plain text begin.
_SIGNED = (b"PK", b"%PDF-", b"\x89PNG", b"\xff\xd8\xff", b"II*\x00", b"MM\x00*")


_GROUP = ("section_no", "section", "path")


@dataclass(frozen=True, slots=True)
class RowFacts:
    """A row as a person corrected it. `path` holds the groups around its own, numeral and title, the outermost first;
    None leaves them as they are.
    """

    appendix: str
    section_no: str
    section: str
    no: str
    content: str
    lead: str
    coordinating: str
    time: str
    product: str
    note: str
    path: list[list[str]] | None = None


@dataclass(frozen=True, slots=True)
class Opened:
    """A file with what it says; nothing of it is kept yet."""

    content: bytes
    name: str
    source: Source
    plan: ReadPlan


def open_file(content: bytes, name: str, heed: Heed | None = None) -> Opened:
    """Read a plan's file; `heed` is told of each scanned page.

    :raises Refused: the file cannot be read, or there is no table of tasks in it.
    """
    source = open_source(content, name, heed)
    plan = read_plan(source)
    if not plan.tasks:
        raise refuse(name_no_rows(source.doubts))
    return Opened(content, name, source, plan)


def read_file(
    *,
    actor: Actor,
    content: bytes,
    name: str,
    year: int | None = None,
    unit_id: int | None = None,
    at: datetime,
) -> PlanReading:
    """Read a plan's file for a unit and keep the reading, as `keep_reading` does.

    :raises Refused: no right to, the file cannot be read, or there is no table of tasks in it.
    """
    require_keeper(actor, unit_id or actor.agency_id)
    return keep_reading(actor=actor, opened=open_file(content, name), year=year, unit_id=unit_id, at=at)


@transaction.atomic
def keep_reading(
    *,
    actor: Actor,
    opened: Opened,
    year: int | None = None,
    unit_id: int | None = None,
    file_id: int | None = None,
    at: datetime,
) -> PlanReading:
    """Keep what a file says until somebody confirms it. The file is kept as it came.

    :param file_id: the file, when it is kept already

    :raises Refused: no right to.
    """
    owner = unit_id or actor.agency_id
    require_keeper(actor, owner)
    plan, source = opened.plan, opened.source
    read = as_kept(plan)
    reading = PlanReading.objects.create(
        unit_id=owner,
        year=year or plan.letter.year,
        file_id=file_id or keep_source(actor=actor, content=opened.content, name=opened.name, at=at),
        read=read,
        lines="\n".join(source.lines),
        created_at=at,
        created_by=sign(actor),
    )
    audit.record("programme.read", actor=actor, subject=str(reading.pk), note=opened.name[:200], at=at)
    return reading


def keep_source(*, actor: Actor, content: bytes, name: str, at: datetime) -> int:
    """The file unaltered, under its own hash."""
    if content.startswith(_SIGNED):
        kept = documents.keep_file(stream=content, name=name, user_id=actor.user_id or None, at=at)
    else:
        kept = documents.keep_text(content=content, name=name, user_id=actor.user_id or None, at=at)
    return int(kept.pk)


@transaction.atomic
def correct_row(
    *,
    actor: Actor,
    reading_id: int,
    place: int,
    facts: RowFacts,
    whole_group: bool = False,
    revision: int,
    at: datetime,
) -> PlanReading:
    """Put a person's words in the place of what was read; the row counts as looked at.

    :param whole_group: numeral and title of the group, and the groups around it, hold for every row of the same group

    :raises Refused: somebody else changed the reading meanwhile, or it no longer waits.
    """
    reading = lock_draft(actor=actor, reading_id=reading_id, revision=revision)
    rows = reading.read["rows"]
    if not 0 <= place < len(rows):
        raise Refused("not_found", _("Không có dòng này."))
    given = {name: getattr(facts, name) for name in RowFacts.__slots__}
    changed = rows[place] | {name: value for name, value in given.items() if value is not None}
    for other in _find_group(rows, place) if whole_group else ():
        rows[other] |= {name: changed[name] for name in _GROUP}
    rows[place] = judge_row(changed, reading.year) | {"is_reviewed": True}
    return save_draft(reading)


def _find_group(rows: list[dict[str, Any]], place: int) -> list[int]:
    """The other rows of the group of a row."""
    held = [[row.get(name) or "" for name in ("appendix", *_GROUP)] for row in rows]
    return [n for n, group in enumerate(held) if group == held[place] and n != place]


@transaction.atomic
def add_row(*, actor: Actor, reading_id: int, after: int, revision: int, at: datetime) -> PlanReading:
    """An empty row below another, for one that was not read."""
    reading = lock_draft(actor=actor, reading_id=reading_id, revision=revision)
    rows = reading.read["rows"]
    above = rows[after] if 0 <= after < len(rows) else {}
    blank: dict[str, Any] = dict.fromkeys(RowFacts.__slots__, "") | {
        name: above.get(name, "") for name in ("appendix", "section_no", "section")
    }
    blank["path"] = above.get("path", [])
    rows.insert(after + 1, judge_row(blank | {"line": above.get("line", 0)}, reading.year))
    return save_draft(reading)


@transaction.atomic
def remove_row(*, actor: Actor, reading_id: int, place: int, revision: int, at: datetime) -> PlanReading:
    """Take out a row that is no task.

    :raises Refused: no such row, or the reading changed meanwhile.
    """
    reading = lock_draft(actor=actor, reading_id=reading_id, revision=revision)
    rows = reading.read["rows"]
    if not 0 <= place < len(rows):
        raise Refused("not_found", _("Không có dòng này."))
    del rows[place]
    return save_draft(reading)


@transaction.atomic
def correct_letter(
    *, actor: Actor, reading_id: int, letter: dict[str, Any], revision: int, at: datetime
) -> PlanReading:
    """Put a person's words in the place of title, number, day, issuer, signer and year."""
    reading = lock_draft(actor=actor, reading_id=reading_id, revision=revision)
    reading.read |= {name: letter[name] for name in ("title", "number", "date", "issuer", "signer", "year")}
    reading.year = letter["year"]
    reading.read["rows"] = [judge_row(row, reading.year) for row in reading.read["rows"]]
    return save_draft(reading)


@transaction.atomic
def discard(*, actor: Actor, reading_id: int, at: datetime) -> None:
    """Let go of a reading; its file stays, as every file does."""
    reading = PlanReading.objects.select_for_update().filter(pk=reading_id).first()
    if reading is None or reading.state != PlanReading.State.WAITING:
        raise Refused("stale", _("Bản này không còn chờ xác nhận."))
    require_keeper(actor, reading.unit_id)
    reading.state = PlanReading.State.DISCARDED
    reading.save(update_fields=["state"])
    audit.record("programme.discarded", actor=actor, subject=str(reading.pk), at=at)
