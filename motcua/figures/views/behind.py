"""The dossiers behind a number, as a page and as a file."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse, HttpResponseBase
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from motcua.audit import actions as audit
from motcua.core.marking import _ as _mark
from motcua.core.pages import render
from motcua.core.paging import Page
from motcua.core.refusal import Refused
from motcua.dossiers.views import exports
from motcua.figures import queries
from motcua.figures.asking import Asked, name_period
from motcua.figures.queries import Cell
from motcua.figures.rules import Measure
from motcua.figures.rules.counts import LABELS
from motcua.figures.views import reading
from motcua.organisations import queries as organisations
from motcua.organisations.requests import OfficerRequest, today

# What stands beside the code of a dossier, on the page and in the file.
COLUMNS = (
    (_mark("Thủ tục"), "procedure_name"),
    (_mark("Người nộp"), "applicant_name"),
    (_mark("Nhận"), "received_at"),
    (_mark("Hẹn trả"), "due_at"),
    (_mark("Xong"), "finished_at"),
    (_mark("Trạng thái"), "state_label"),
)
BEHALF = {"co": True, "khong": False}


@dataclass(frozen=True, slots=True)
class Sought:
    """A figure as an address asks for it, and how many each of its measures counts."""

    asked: Asked
    cell: Cell
    level: str
    counted: Mapping[Measure, int]

    @property
    def title(self) -> str:
        """Its measures in words."""
        return " + ".join(_(LABELS[measure]) for measure in self.cell.measures)

    @property
    def narrowed(self) -> str:
        """What else it is narrowed to, in words."""
        way = reading.name_way(self.cell.channel, self.cell.is_behalf)
        words = (self.cell.procedure_code, way, reading.name_level(self.level))
        return " · ".join(word for word in words if word)

    def make_query(self) -> str:
        """The query of its list and of its file."""
        behalf = {is_behalf: word for word, is_behalf in BEHALF.items()}
        told = {
            "so-lieu": ",".join(self.cell.measures),
            "thutuc": self.cell.procedure_code,
            "kenh": self.cell.channel,
            "cap": self.level,
            "thay": "" if self.cell.is_behalf is None else behalf[self.cell.is_behalf],
        }
        return self.asked.make_query(**told)


@require_GET
def behind(request: OfficerRequest) -> HttpResponse:
    """The dossiers behind a figure, within what the reader may see.

    :raises Refused: there is no such figure, or the unit is not the reader's.
    """
    sought = _read(request)
    asked = sought.asked
    page = queries.find_behind(
        request.actor, sought.cell, counted=sought.counted, cursor=request.GET.get("cursor")
    )
    audit.record_reading("figures.behind", actor=request.actor, ids=[d.pk for d in page.rows], at=request.at)
    context = {
        "asked": asked,
        "unit": organisations.get_unit(asked.unit_id or 0, today(request)),
        "period_name": name_period(asked.period),
        "title": sought.title,
        "field_name": reading.name_field(asked.field_code, reading.name_fields()),
        "narrowed": sought.narrowed,
        "count": sum(sought.counted.values()),
        "heads": [_("Hồ sơ"), *(_(label) for label, _name in COLUMNS)],
        "page": page,
        "keep": sought.make_query(),
    }
    return render(request, "figures/behind.html", context)


@require_GET
def export(request: OfficerRequest) -> HttpResponseBase:
    """The same list from its first dossier to its last as a file.

    :raises Refused: as the page, or the kind of file is none of ours.
    """
    sought = _read(request)

    def read(cursor: str | None) -> Page:
        return queries.find_behind(
            request.actor, sought.cell, counted=sought.counted, cursor=cursor, size=exports.AT_ONCE
        )

    def line(row: Any) -> list[object]:
        return [row.code, *(getattr(row, name) for _label, name in COLUMNS)]

    table = ([_("Mã hồ sơ"), *(_(label) for label, _name in COLUMNS)], line)
    names = ("figures.behind_exported", "ho-so-theo-so-lieu")
    return exports.send_table(request, read, table, sought.title, names, lambda row: row.pk)


def _read(request: OfficerRequest) -> Sought:
    asked = reading.read_request(request)
    measures = _read_measures(request.GET.get("so-lieu", ""))
    agencies = queries.find_agencies(asked.unit_id or 0, asked.counted.last_on)
    procedure, channel = request.GET.get("thutuc", "")[:40], request.GET.get("kenh", "")[:16]
    level = request.GET.get("cap", "")[:10]
    owners = frozenset(agencies) if agencies is not None else None
    if level:
        owners = queries.find_owners_of_level(asked.counted, agencies, level)
    behalf = BEHALF.get(request.GET.get("thay", ""))
    cell = Cell(asked.counted, measures, owners, asked.field_code, procedure, channel, behalf)
    return Sought(asked, cell, level, queries.count_each(cell))


def _read_measures(text: str) -> tuple[Measure, ...]:
    try:
        found = tuple(dict.fromkeys(Measure(name) for name in text.split(",") if name))
    except ValueError as fault:
        raise Refused("not_found", _("Không có số liệu này.")) from fault
    if not found:
        raise Refused("not_found", _("Không có số liệu này."))
    return found
