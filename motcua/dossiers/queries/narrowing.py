"""What a list is narrowed to, as conditions over a dossier `d`."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.utils import timezone

from motcua.catalogue import queries as catalogue
from motcua.core.text import fold

# Of an agency that is no more: what it ended itself, and what went to another with it.
_CONCERNED = "EXISTS (SELECT 1 FROM dossiers_involvement former WHERE former.dossier_id = d.id AND former.unit_id = %(former)s)"
MOST_WORDS, MOST_PROCEDURES = 6, 200


@dataclass(frozen=True, slots=True)
class Narrowing:
    """The filters of a list; empty ones narrow nothing. Days are whole days, both ends counted.

    `former_id` is an agency that is no more: its dossiers wherever they are now.
    """

    q: str = ""
    procedure: str = ""
    field: str = ""
    state: str = ""
    agency_id: int | None = None
    former_id: int | None = None
    since: date | None = None
    until: date | None = None
    due_from: date | None = None
    due_to: date | None = None


def write_conditions(asked: Narrowing, parameters: dict[str, Any], *, due: str = "d.due_at") -> str:
    """The conditions with their leading AND; values go to the parameters. Days become moments, so that an index serves."""
    sql = ""
    for name, condition, value in (
        ("procedures", "d.procedure_code = ANY(%(procedures)s)", find_codes(asked.procedure)),
        ("field", "d.field_code = %(field)s", asked.field),
        ("state", "d.state = %(state)s", asked.state),
        ("agency", "d.competent_agency_id = %(agency)s", asked.agency_id),
        ("former", _CONCERNED, asked.former_id),
        ("since", "d.received_at >= %(since)s", _begin(asked.since)),
        ("until", "d.received_at < %(until)s", _end(asked.until)),
        ("due_from", f"{due} >= %(due_from)s", _begin(asked.due_from)),
        ("due_to", f"{due} < %(due_to)s", _end(asked.due_to)),
    ):
        if value:
            parameters[name] = value
            sql += f" AND {condition}"
    return sql + _write_words(asked.q, parameters)


def _write_words(text: str, parameters: dict[str, Any]) -> str:
    sql = ""
    for n, word in enumerate(text.split()[:MOST_WORDS]):
        parameters |= {f"word{n}": f"%{_escape(fold(word))}%", f"raw{n}": f"%{_escape(word)}%"}
        sql += f" AND (d.applicant_folded LIKE %(word{n})s OR d.code ILIKE %(raw{n})s OR d.procedure_name ILIKE %(raw{n})s)"
    return sql


def find_codes(text: str) -> list[str]:
    """Codes of the procedures meant: the code itself, else those whose name holds the words; nothing for no text."""
    text = text.strip()
    if not text:
        return []
    found = [row.code for row in catalogue.search(text, limit=MOST_PROCEDURES)]
    return [text] if text in found or not found else found


def _escape(word: str) -> str:
    return word.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_").replace("\0", "")


def _begin(day: date | None) -> datetime | None:
    return timezone.make_aware(datetime.combine(day, time.min)) if day else None


def _end(day: date | None) -> datetime | None:
    """The first moment after the day."""
    return _begin(day + timedelta(days=1)) if day else None
