"""What the pages of drafts share: an act tried on a form, rows with their doubts, the one that is open."""

from collections.abc import Callable
from datetime import date
from typing import Any

from django import forms as django_forms

from motcua.core.refusal import Refused
from motcua.core.refusing import say_refusal
from motcua.core.text import read_count
from motcua.organisations.requests import OfficerRequest
from motcua.programme import forms, queries
from motcua.programme.words import say_doubts


def attempt(form: django_forms.Form, act: Callable[[], object]) -> bool:
    """Run an act on a valid form; a refusal becomes a sentence at its field, with everything typed kept."""
    if not form.is_valid():
        return False
    try:
        act()
    except Refused as refusal:
        if refusal.code == "forbidden":
            raise
        say_refusal(form, refusal)
        return False
    return True


def view_rows(reading: Any) -> list[dict[str, Any]]:
    """Rows with their doubts in words; a row somebody looked at keeps none but missing cells."""
    on = date.fromisoformat(reading.read["date"]) if reading.read["date"] else reading.created_at.date()
    views, naming = [], queries.Naming(reading.unit_id, on)
    for place, row in enumerate(reading.read["rows"]):
        doubts = [] if row.get("is_reviewed") else say_doubts(row["unsure"])
        leaders = naming.name(row["lead"])
        views.append(
            {"place": place, "row": row, "doubts": doubts, "leaders": leaders, "fields": _doubtful(row)}
        )
    return views


def list_unknown(rows: list[dict[str, Any]]) -> list[str]:
    """Leaders named in the rows that are no unit known on the plan's day, each once."""
    named = (one for view in rows for one in view["leaders"])
    return list(dict.fromkeys(one.words for one in named if not one.units and not one.is_open))


def _doubtful(row: dict[str, Any]) -> set[str]:
    return set() if row.get("is_reviewed") else {doubt.partition(":")[0] for doubt in row["unsure"]}


def choose(request: OfficerRequest, rows: list[dict[str, Any]], place: int | None) -> int | None:
    """The row that is open: the one just refused, or the one asked for by `sua=`."""
    asked = str(place) if place is not None else request.GET.get("sua", "")
    return read_count(asked, len(rows) - 1) if rows else None


def row_form(row: dict[str, Any]) -> forms.RowForm:
    """The form of a row as it stands."""
    return forms.RowForm(initial={**row, "path": forms.write_path(row.get("path", []))})


def letter_form(reading: Any) -> forms.LetterForm:
    """The form of the head as it stands."""
    read = reading.read
    day = date.fromisoformat(read["date"]) if read["date"] else None
    return forms.LetterForm(initial={**read, "date": day, "year": reading.year})


def read_key(request: OfficerRequest) -> str:
    """The key under which the page asks for something to be made once."""
    return request.POST.get("idempotency_key", "")[:40]


def revision(request: OfficerRequest) -> int:
    """The revision of the draft the page was made from."""
    given = request.POST.get("revision", "")
    number = read_count(given)
    return -1 if number is None else number
