"""The dossiers behind a figure of satisfaction: who was asked, who answered, and how."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from motcua.audit import actions as audit
from motcua.core.pages import render
from motcua.core.refusal import Refused
from motcua.core.text import read_count
from motcua.feedback import access, queries
from motcua.feedback.queries import Wanted
from motcua.feedback.rules import CONTENTS, LEVELS, WAYS, Level, Way, get_words
from motcua.feedback.views.reading import read_days
from motcua.organisations import queries as organisations
from motcua.organisations.requests import OfficerRequest, today

ASKED = "hoi"


@dataclass(frozen=True, slots=True)
class Line:
    """A dossier of the list: what was answered of it, if anything was."""

    dossier: Any
    on: date
    level: str
    way: str


@require_GET
def answers(request: OfficerRequest) -> HttpResponse:
    """The dossiers a figure of satisfaction counts, within what the reader may see."""
    agencies = access.get_agencies(access.require_reader(request.actor))
    wanted = _read(request, agencies)
    shown, count = _find_lines(request, wanted)
    audit.record_reading(
        "feedback.listed", actor=request.actor, ids=[one.dossier.pk for one in shown], at=request.at
    )
    unit = organisations.get_unit(wanted.agencies[0], today(request)) if request.GET.get("donvi") and wanted.agencies else None  # fmt: skip
    context = {"lines": shown, "count": count, "title": _name(wanted), "unit": unit, "wanted": wanted}
    return render(request, "feedback/answers.html", context)


def _read(request: OfficerRequest, agencies: list[int] | None) -> Wanted:
    """What the address asks for. :raises Refused: a unit whose answers are not the reader's."""
    first, last = read_days(request)
    unit, level = read_count(request.GET.get("donvi", "")), request.GET.get("muc", "")
    if unit is not None:
        if agencies is not None and unit not in agencies:
            raise Refused("forbidden", _("Đánh giá của đơn vị này ngoài phạm vi của anh/chị."))
        agencies = [unit]
    return Wanted(
        first,
        last,
        tuple(agencies) if agencies is not None else None,
        request.GET.get("linhvuc"),
        int(level) if level in ("1", "2", "3") else None,
        request.GET.get("noidung", "") if request.GET.get("noidung") in CONTENTS else "",
        is_asked=level == ASKED,
    )


def _find_lines(request: OfficerRequest, wanted: Wanted) -> tuple[list[Line], int]:
    rows, count = queries.find_answered(request.actor, wanted)
    if wanted.is_asked:
        return [Line(row.dossier, row.invited_on, "", "") for row in rows], count
    return [
        Line(row.dossier, row.rated_on, _(_say_level(row, wanted)), _(WAYS[Way(row.way)])) for row in rows
    ], count


def _say_level(row: Any, wanted: Wanted) -> str:
    """The level of the whole, or of the content that was asked for."""
    if not wanted.content:
        return LEVELS[Level(row.level)]
    return get_words(wanted.content)[Level(row.contents[wanted.content])]


def _name(wanted: Wanted) -> str:
    if wanted.is_asked:
        return _("Đã hỏi")
    words = get_words(wanted.content)[Level(wanted.level)] if wanted.level else ""
    parts = [_(CONTENTS[wanted.content])] if wanted.content else []
    return " · ".join([*parts, _(words) if words else _("Trả lời")])
