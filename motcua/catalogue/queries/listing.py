"""Finding procedures: by three unaccented letters at the counter, by list in the administration and in public."""

import sys
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db import models
from django.db.models.functions import Length
from django.utils.translation import gettext as _

from motcua.catalogue.models import Field, Operation, Procedure
from motcua.catalogue.queries.kept import answers
from motcua.core.paging import Page, page
from motcua.core.refusal import Refused
from motcua.core.text import fold

AGENCY_LEVELS = {"commune": "commune", "province": "province", "department": "province", "office": "province"}


@dataclass(frozen=True, slots=True)
class ProcedureRow:
    """A procedure in a list of suggestions."""

    procedure_id: int
    code: str
    portal_id: str
    name: str
    field_name: str
    levels: tuple[str, ...]
    is_operated: bool
    folded: str = field(repr=False, default="")
    initials: str = field(repr=False, default="")


SHORTEST_CODE = 3
LONGEST_CHOICE = 120


def search(
    text: str, *, agency_kind: str | None = None, operated_only: bool = False, limit: int = 20
) -> list[ProcedureRow]:
    """Procedures for some letters of a code, of the name without accents in any order, or of its initials.

    Answered from memory; operated procedures and matches at the start of words come first.
    """
    words = fold(text).split()
    if not words:
        return []
    level = AGENCY_LEVELS.get(agency_kind or "", agency_kind)
    found = [
        (rank, row)
        for row in _rows(operated_only=operated_only)
        if (level is None or level in row.levels) and (rank := _rank(row, words)) is not None
    ]
    found.sort(key=lambda pair: pair[0])
    return [row for _rank_of, row in found[:limit]]


def _rank(row: ProcedureRow, words: list[str]) -> tuple[bool, int, int, str] | None:
    """Lower is better: code, then the phrase, then word starts, then anywhere; None when it does not match."""
    if row.code.startswith(words[0]) or _is_undotted(row.code, words[0]):
        place = 0
    elif all(word in row.folded for word in words):
        place = _place(row.folded, words)
    elif len(words) == 1 and len(words[0]) > 2 and words[0] in row.initials:
        place = 4
    else:
        return None
    return (not row.is_operated, place, len(row.folded), row.code)


def _is_undotted(code: str, word: str) -> bool:
    """A code typed without its dot, by enough digits to be meant as one."""
    return word.isdecimal() and len(word) > SHORTEST_CODE and code.replace(".", "").startswith(word)


def _place(folded: str, words: list[str]) -> int:
    padded = " " + folded
    if " " + " ".join(words) in padded:
        return 1
    return 2 if all(" " + word in padded for word in words) else 3


def _rows(*, operated_only: bool) -> tuple[ProcedureRow, ...]:
    """What a counter receives is a small part of the catalogue: a process holds the whole only once somebody asks for it."""
    return answers.get("operated", _read_operated) if operated_only else answers.get("rows", _read_all)


def _read_operated() -> tuple[ProcedureRow, ...]:
    operated = _find_operated()
    return _read_rows(Procedure.objects.filter(pk__in=operated), operated)


def _read_all() -> tuple[ProcedureRow, ...]:
    return _read_rows(Procedure.objects.all(), _find_operated())


def _find_operated() -> set[int]:
    return set(Operation.objects.filter(valid_to=None).values_list("procedure_id", flat=True))


def _read_rows(procedures: models.QuerySet[Procedure], operated: set[int]) -> tuple[ProcedureRow, ...]:
    values = procedures.order_by("code", "pk").values_list(
        "pk", "code", "portal_id", "name", "field__name", "levels", "name_folded"
    )
    return tuple(
        ProcedureRow(
            pk,
            code,
            portal_id,
            name,
            sys.intern(field_name),
            tuple(levels),
            pk in operated,
            folded,
            "".join(w[0] for w in folded.split()),
        )
        for pk, code, portal_id, name, field_name, levels, folded in values.iterator()
    )


def search_public(
    text: str = "", field: str = "", level: str = "", cursor: str | None = None, *, operated: bool = False
) -> Page:
    """A page of the public list of procedures: those received here first, the plainest name first, none internal."""
    rows = _filtered(
        _matching(text).exclude(kind="internal"),
        field=field,
        level=level,
        show="operated" if operated else "",
    ).annotate(
        place=models.Case(models.When(is_operated=True, then=0), default=1),
        plainness=Length("name_folded"),
    )
    return page(
        rows.order_by("place", "plainness", "code", "pk"),
        order=("place", "plainness", "code", "pk"),
        cursor=cursor,
        size=30,
    )


def find_procedures(
    text: str = "", field: str = "", level: str = "", show: str = "", cursor: str | None = None
) -> Page:
    """A page of the administration's list; `show`: operated, or no_deadline (operated or not, still to be curated)."""
    return _listed(_filtered(_matching(text), field=field, level=level, show=show), cursor, 50)


def count_procedures() -> dict[str, int]:
    """How many procedures are held, operated, and without a stated limit."""
    return answers.get(
        "counts",
        lambda: {
            "all": Procedure.objects.count(),
            "operated": Operation.objects.filter(valid_to=None).count(),
            "no_deadline": _filtered(Procedure.objects.all(), show="no_deadline").count(),
        },
    )


def find_fields() -> list[tuple[str, str]]:
    """Fields that have procedures, by name."""
    return answers.get(
        "fields",
        lambda: list(
            Field.objects.filter(procedures__isnull=False)
            .distinct()
            .order_by("name")
            .values_list("code", "name")
        ),
    )


def find_operated_choices() -> list[tuple[str, str]]:
    """The procedures received in this province by name, each once, with the code behind: what a list offers."""
    found = sorted((fold(row.name), row.code, row.name) for row in _rows(operated_only=True))
    return list({code: f"{_shorten(name)} ({code})" for _folded, code, name in found}.items())


def _shorten(name: str) -> str:
    return name if len(name) <= LONGEST_CHOICE else f"{name[: LONGEST_CHOICE - 1].rstrip()}…"


def find_missing_codes(codes: Iterable[str]) -> set[str]:
    """Codes no procedure has."""
    wanted = set(codes)
    return wanted - set(Procedure.objects.filter(code__in=wanted).values_list("code", flat=True))


def find_codes_of_fields(fields: Iterable[str]) -> list[str]:
    """Codes of the procedures of these fields."""
    found = Procedure.objects.filter(field__code__in=list(fields)).order_by("code")
    return list(found.values_list("code", flat=True).distinct())


def find_names(codes: Iterable[str]) -> dict[str, str]:
    """Names of procedures by their codes."""
    return dict(Procedure.objects.filter(code__in=set(codes)).values_list("code", "name"))


def get_procedure(code: str, portal_id: str | None = None) -> Procedure:
    """The identity of a procedure.

    :raises Refused: there is none with this code.
    """
    rows = Procedure.objects.filter(code=code).select_related("field").order_by("pk")
    procedure = (rows.filter(portal_id=portal_id) if portal_id else rows).first()
    if procedure is None:
        raise Refused("not_found", _("Không có thủ tục mã %(code)s.") % {"code": code})
    return procedure


def _matching(text: str) -> models.QuerySet[Procedure]:
    """By code or by the words together as typed; where nothing has them together, by each word anywhere."""
    rows = Procedure.objects.select_related("field")
    phrase = fold(text)[:200]
    together = rows.filter(models.Q(name_folded__contains=phrase) | models.Q(code__startswith=phrase))
    if " " not in phrase or together.exists():
        return together if phrase else rows
    for word in phrase.split()[:12]:
        rows = rows.filter(models.Q(name_folded__contains=word) | models.Q(code__startswith=word))
    return rows


def _filtered(
    rows: models.QuerySet[Procedure], *, field: str = "", level: str = "", show: str = ""
) -> models.QuerySet[Procedure]:
    in_force = Operation.objects.filter(procedure=models.OuterRef("pk"), valid_to=None)
    conditions: dict[str, Any] = {}
    if field:
        conditions["field__code"] = field
    if level:
        conditions["levels__contains"] = [level]
    rows = rows.filter(**conditions).annotate(is_operated=models.Exists(in_force))
    if show == "operated":
        return rows.filter(is_operated=True)
    if show == "no_deadline":
        return rows.filter(has_limit=False).exclude(models.Exists(in_force.exclude(limit_unit="none")))
    return rows


def _listed(rows: models.QuerySet[Procedure], cursor: str | None, size: int) -> Page:
    return page(rows.order_by("code", "pk"), order=("code", "pk"), cursor=cursor, size=size)
