"""A report on paper: the letterhead, its words and the official tables, as PDF/A."""

import json
from pathlib import Path
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from motcua.core.writing import day, number
from motcua.documents.typesetting import typeset
from motcua.organisations.queries import UnitView
from motcua.organisations.rules import Kind
from motcua.reports.models import Report
from motcua.reports.queries.reading import GroupView, SheetView
from motcua.reports.rules.layout import Rows, draw_header

FORMS = Path(__file__).with_name("print")
PLACES = ("Tỉnh ", "Thành phố ", "Huyện ", "Quận ", "Thị xã ", "Xã ", "Phường ", "Thị trấn ", "Đặc khu ")
ROMAN = ("I", "II", "III", "IV", "V")


def write_pdf(report: Report, unit: UnitView, parent: UnitView | None, views: list[SheetView]) -> bytes:
    """The whole report as PDF/A-2b; texts are data and never read as markup."""
    told = json.dumps(to_plain(report, unit, parent, views), ensure_ascii=False)
    return typeset(FORMS, '#include "/report.typ"', {"data.json": told})


def to_plain(
    report: Report, unit: UnitView, parent: UnitView | None, views: list[SheetView]
) -> dict[str, Any]:
    at = report.signed_at or report.made_at
    return {
        "parent_body": parent.agency_name if parent else "",
        "unit_name": unit.agency_name,
        "parent_lines": _break_name(parent.agency_name) if parent else [],
        "unit_lines": _break_name(unit.agency_name),
        "title": _("BÁO CÁO"),
        "subtitle": _("Tình hình, kết quả kiểm soát thủ tục hành chính"),
        "days": _("Kỳ báo cáo: từ ngày %(first)s đến ngày %(last)s")
        % {"first": day(report.first_on), "last": day(report.last_on)},
        "issued_on": timezone.localdate(at).isoformat(),
        "narrative": report.narrative,
        "signed_by": report.signed_by,
        "fingerprint": report.fingerprint,
        "number_line": _("Số:          /BC-%(mark)s") % {"mark": _mark_of(unit)},
        "place_day": _say_place_and_day(report, unit),
        "addressed": _("Kính gửi: %(name)s") % {"name": name_receiver(parent)},
        "recipients": [_("Nơi nhận:"), _("- Như trên;"), _("- Lưu: VT.")],
        "is_draft": not report.fingerprint,
        "draft_word": _("BẢN CHƯA KÝ"),
        "sheets": [
            _plain_sheet(view, unit, parent) for view in views if any(group.rows for group in view.groups)
        ],
    }


def _break_name(name: str) -> list[str]:
    """A long name of a People's Committee in two lines, as papers write it: the body, then the place."""
    body = "Ủy ban nhân dân "
    return [body.strip(), name.removeprefix(body)] if name.startswith(body) and len(name) > 24 else [name]


def name_receiver(parent: UnitView | None) -> str:
    """To whom the report goes; above the province stands the body that controls procedures for the whole country."""
    return parent.agency_name if parent else _("cơ quan kiểm soát thủ tục hành chính trung ương")


def name_measure(view: SheetView) -> str:
    """What a form counts, where its rows are fields of work: dossiers (Circular 01/2020/TT-VPCP, form II.06)."""
    return _("Đơn vị tính: hồ sơ") if view.form.rows != Rows.UNIT else ""


def _mark_of(unit: UnitView) -> str:
    """What stands after the number of a paper of the unit (Decree 30/2020 annex I)."""
    return "UBND" if unit.kind in (Kind.PROVINCE, Kind.DISTRICT, Kind.COMMUNE) else "…"


def _say_place_and_day(report: Report, unit: UnitView) -> str:
    """`Hướng Phùng, ngày 16 tháng 9 năm 2026`; before it is signed the day is left open."""
    place = unit.name
    for kind in PLACES:
        place = place.removeprefix(kind)
    if unit.kind not in (Kind.PROVINCE, Kind.DISTRICT, Kind.COMMUNE):
        place = "……"
    if report.signed_at is None:
        return _("%(place)s, ngày …… tháng …… năm %(year)s") % {"place": place, "year": report.last_on.year}
    on = timezone.localdate(report.signed_at)
    return _("%(place)s, ngày %(day)s tháng %(month)s năm %(year)s") % {"place": place, "day": f"{on.day:02}", "month": on.month if on.month > 2 else f"{on.month:02}", "year": on.year}  # fmt: skip


def _plain_sheet(view: SheetView, unit: UnitView, parent: UnitView | None) -> dict[str, Any]:
    return {
        "code": view.form.code,
        "number": _("Biểu số: %(code)s/VPCP/KSTT") % {"code": view.form.code},
        "basis": view.form.basis,
        "reporter": _("Đơn vị báo cáo: %(name)s") % {"name": unit.agency_name},
        "receiver": _("Đơn vị nhận báo cáo: %(name)s") % {"name": name_receiver(parent)},
        "measure": name_measure(view),
        "title": view.form.title,
        "columns": len(view.layout.columns),
        "header": [
            {
                "rows": cell.rows,
                "columns": cell.columns,
                "column": cell.column,
                "text": cell.text,
                "row": cell.row,
            }
            for cell in draw_header(view.layout)
        ],
        "captions": [column.caption for column in view.layout.columns],
        "rows": [*_plain_rows(view)],
    }


def _plain_rows(view: SheetView) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = []
    for serial, group in enumerate(view.groups):
        rows += _plain_group(view, serial, group)
    rows.append({"is_sum": True, "cells": ["", _("Tổng cộng"), *_numbers(view, view.total)]})
    return rows


def _plain_group(view: SheetView, serial: int, group: GroupView) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = []
    if group.title:
        rows.append({"is_sum": True, "cells": [ROMAN[serial], group.title, *_numbers(view, group.sums)]})
    for place, row in enumerate(group.rows, start=1):
        rows.append({"is_sum": False, "cells": [str(place), row.line.label, *_numbers(view, row.values)]})
    return rows


def _numbers(view: SheetView, values: dict[str, Any]) -> list[str]:
    return [number(values.get(column.no)) for column in view.layout.numbers]
