"""The life of a report: generated, adjusted with a reason, signed, sent up, accepted or returned, locked, amended."""

import hashlib
import json
from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from motcua.audit import actions as audit
from motcua.core.refusal import Refused
from motcua.core.text import clean_line, nfc
from motcua.core.writing import day
from motcua.figures.rules import Period
from motcua.organisations import queries as organisations
from motcua.organisations.queries import UnitView
from motcua.organisations.rules import Actor
from motcua.programme.actions import products
from motcua.programme.rules.products import Product
from motcua.reports import access, queries
from motcua.reports.models import Report, ReportStep, Sheet
from motcua.reports.rules import narrative
from motcua.reports.rules.readiness import Hindrance
from motcua.reports.rules.reading import ReadRow
from motcua.reports.rules.sheet import Line, Typed
from motcua.reports.rules.states import Act, State, move
from motcua.reports.rules.storing import read_lines, write_line
from motcua.reports.rules.taking_in import take_in, type_over


@transaction.atomic
def generate(*, actor: Actor, unit_id: int, period: Period, at: datetime) -> Report:
    """Fill the forms of a unit and period from the figures; what was typed over a value stays where the row still is.

    :raises Refused: another unit's report, or one that was signed already.
    """
    access.require_reader(actor)
    unit = organisations.get_unit(unit_id, period.last_on)
    report = _lock(unit_id, period)
    if report is None:
        report = _begin(actor, unit, period, at)
    else:
        access.require_act(actor, report, Act.GENERATE)
        report.state = move(State(report.state), Act.GENERATE, _)
    sheets, missing, counts = queries.fill_sheets(unit, period, timezone.localdate(at))
    kept = {sheet.form.code: read_lines(sheet.lines) for sheet in report.sheets.select_related("form")}
    report.sheets.all().delete()
    Sheet.objects.bulk_create(
        Sheet(
            report=report, form=form, lines=[write_line(one) for one in _keep(lines, kept.get(form.code, []))]
        )
        for form, lines in sheets
    )
    report.missing_units = missing
    if not report.narrative:
        report.narrative = narrative.draft(unit.agency_name, counts, _)
    report.save()
    return _step(actor, report, Act.GENERATE, "", at)


def _lock(unit_id: int, period: Period) -> Report | None:
    found = Report.objects.select_for_update().filter(
        unit_id=unit_id, first_on=period.first_on, last_on=period.last_on
    )
    return found.exclude(state=State.AMENDED).first()


def _begin(actor: Actor, unit: UnitView, period: Period, at: datetime) -> Report:
    parent = queries.find_parent(unit.id, period.last_on)
    is_own = access.may_prepare(actor, unit.id)
    if not is_own and not access.may_enter(actor, parent.id if parent else None):
        raise Refused(
            "forbidden", _("Chỉ người của đơn vị, hoặc nơi nhận báo cáo của đơn vị, được lập báo cáo này.")
        )
    return Report.objects.create(
        unit_id=unit.id,
        parent_unit_id=parent.id if parent else None,
        kind=period.kind,
        year=period.year,
        number=period.number,
        first_on=period.first_on,
        last_on=period.last_on,
        due_on=queries.get_due(unit, period),
        state=State.DRAFT,
        made_at=at,
        is_entered_above=not is_own,
    )


def _keep(lines: list[Line], old: list[Line]) -> list[Line]:
    """New automatic values under what people had typed; a typed row the figures do not know stays too."""
    typed = {line.key: line for line in old}
    new = [
        Line(one.key, one.label, one.level, one.auto, typed[one.key].typed if one.key in typed else {})
        for one in lines
    ]
    known = {one.key for one in lines}
    return new + [Line(o.key, o.label, o.level, {}, o.typed) for o in old if o.key not in known and o.typed]


@transaction.atomic
def adjust(
    *,
    actor: Actor,
    report_id: int,
    form_code: str,
    row_key: str,
    column: str,
    value: Decimal | None,
    reason: str,
    at: datetime,
) -> Report:
    """Write a value over the automatic one, with the reason or the evidence; without a value the automatic one is back.

    :raises Refused: no reason, no such cell, or the report was signed.
    """
    report = _take(actor, report_id, Act.ADJUST)
    reason = clean_line(reason)[:500]
    if value is not None and not reason:
        raise Refused("reason_needed", _("Ghi lý do hoặc nguồn chứng minh của số được nhập."), field="reason")
    if value is not None and value < 0:
        raise Refused("negative", _("Số được báo cáo không thể âm."), field="value")
    sheet = _find_sheet(report, form_code)
    if column not in {one.no for one in sheet.form.layout.numbers}:
        raise Refused("not_found", _("Biểu không có cột này."), field="column")
    lines = read_lines(sheet.lines)
    if row_key not in {line.key for line in lines}:
        raise Refused("not_found", _("Biểu không có dòng này."), field="row")
    by = f"{actor.person_name}, {actor.unit_name}"[:240]
    sheet.lines = [
        write_line(type_over(line, column, Typed(value, reason, by) if value is not None else None))
        if line.key == row_key
        else write_line(line)
        for line in lines
    ]
    sheet.save(update_fields=["lines"])
    note = f"{form_code} · {row_key} · ({column}): {'' if value is None else value} {reason}"
    return _finish(actor, report, Act.ADJUST, note, at)


@transaction.atomic
def import_sheet(
    *, actor: Actor, report_id: int, form_code: str, rows: Sequence[ReadRow], source: str, at: datetime
) -> Report:
    """Take the values of a sheet filled elsewhere, row by its name and heading: each is typed over, with the file as evidence.

    A row the form does not have is added; what the file leaves out stays as it was.

    :raises Refused: the report was signed, or is not the actor's to fill.
    """
    report = _take(actor, report_id, Act.ADJUST)
    sheet = _find_sheet(report, form_code)
    by = f"{actor.person_name}, {actor.unit_name}"[:240]
    reason = _("Theo tệp %(name)s") % {"name": clean_line(source)[:200]}
    lines = take_in(sheet.form.layout, read_lines(sheet.lines), rows, reason, by)
    sheet.lines = [write_line(line) for line in lines]
    sheet.save(update_fields=["lines"])
    return _finish(actor, report, Act.ADJUST, f"{form_code}: {reason}", at)


@transaction.atomic
def write_narrative(*, actor: Actor, report_id: int, text: str, at: datetime) -> Report:
    """Replace the words of the report. :raises Refused: it was signed, or is not the actor's."""
    report = _take(actor, report_id, Act.ADJUST)
    report.narrative = nfc(text).replace("\0", "").replace("\r\n", "\n").strip()[:100_000]
    return _finish(actor, report, Act.ADJUST, _("Phần lời"), at)


@transaction.atomic
def sign(*, actor: Actor, report_id: int, with_missing: bool = False, seen: str = "", at: datetime) -> Report:
    """Sign the report as it stands; its fingerprint tells any later change.

    :param seen: the fingerprint of what the signer was shown; empty: not asked
    :raises Refused: the period still runs or its figures are older than its end, somebody changed it meanwhile, a check
        does not hold, units are missing and it was not said so, or not the actor's to sign.
    """
    report = _take(actor, report_id, Act.SIGN)
    _require_ready(report, at)
    if seen and seen != make_fingerprint(report):
        raise Refused("stale", _("Báo cáo đã được sửa từ khi anh/chị mở trang. Xem lại rồi ký."))
    _require_checks(report)
    if report.missing_units and not with_missing:
        message = _("Còn %(count)s đơn vị chưa gửi báo cáo; muốn ký thì xác nhận là còn thiếu.")
        raise Refused("units_missing", message % {"count": len(report.missing_units)}, field="with_missing")
    report.fingerprint = make_fingerprint(report)
    report.signed_by, report.signed_at = f"{actor.person_name}, {actor.unit_name}"[:240], at
    return _finish(actor, report, Act.SIGN, report.fingerprint, at)


@transaction.atomic
def record(*, actor: Actor, report_id: int, evidence: str, at: datetime) -> Report:
    """Take the report of a unit that works elsewhere as its signed paper says: entered here, it counts as received.

    :param evidence: number and day of the paper, or where its file is kept
    :raises Refused: no evidence, a check does not hold, the period still runs, or not the receiving agency's to enter
    """
    report = _take(actor, report_id, Act.RECORD)
    _require_ready(report, at)
    _require_checks(report)
    evidence = clean_line(evidence)[:200]
    if not evidence:
        raise Refused("reason_needed", _("Ghi số, ngày văn bản đã ký của đơn vị."), field="reason")
    report.fingerprint = make_fingerprint(report)
    report.signed_by, report.signed_at, report.sent_at = _("Theo %(paper)s") % {"paper": evidence}, at, at
    return _finish(actor, report, Act.RECORD, evidence, at)


def _require_ready(report: Report, at: datetime) -> None:
    hindrance = queries.find_hindrance_of(report, timezone.localdate(at))
    if hindrance is not None:
        raise Refused(hindrance.code, say_hindrance(hindrance))


def _require_checks(report: Report) -> None:
    for view in queries.get_sheet_views(report):
        if view.errors:
            first = view.errors[0]
            facts = {"form": view.form.code, "row": first.label, "told": _(first.check.sentence)}
            raise Refused("check_fails", _("Biểu %(form)s, dòng “%(row)s”: %(told)s") % facts)


def say_hindrance(hindrance: Hindrance) -> str:
    """What stands in the way of a signature, as a sentence."""
    told = {name: day(fact) if isinstance(fact, date) else fact for name, fact in hindrance.facts.items()}
    return _(hindrance.sentence) % told


def make_fingerprint(report: Report) -> str:
    """The hash of everything a signature stands for."""
    sheets = [
        [sheet.form.code, sheet.lines]
        for sheet in report.sheets.select_related("form").order_by("form__code")
    ]
    told = [
        report.unit_id,
        str(report.first_on),
        str(report.last_on),
        report.version,
        report.narrative,
        sheets,
    ]
    return hashlib.sha256(json.dumps(told, ensure_ascii=False, sort_keys=True).encode()).hexdigest()


@transaction.atomic
def send(*, actor: Actor, report_id: int, at: datetime) -> Report:
    """Send the signed report to the unit above. :raises Refused: not signed, or changed since."""
    report = _take(actor, report_id, Act.SEND)
    if report.fingerprint != make_fingerprint(report):
        raise Refused("changed", _("Nội dung báo cáo đã đổi sau khi ký."))
    report.sent_at = at
    if report.version == 1:
        _prove(report, at)
    return _finish(actor, report, Act.SEND, "", at)


def _prove(report: Report, at: datetime) -> None:
    """The tasks of plans that ask for this report are done with it; a later version proves nothing new."""
    days = {"first": f"{report.first_on:%d/%m/%Y}", "last": f"{report.last_on:%d/%m/%Y}"}
    products.prove(
        product=Product.STATUTORY_REPORT,
        unit_id=report.unit_id,
        on=report.last_on,
        words=_("Báo cáo định kỳ từ %(first)s đến %(last)s") % days,
        address=reverse("reports:report", args=[report.pk]),
        at=at,
    )


@transaction.atomic
def accept(*, actor: Actor, report_id: int, at: datetime) -> Report:
    """Take a report that was sent. :raises Refused: not sent to the actor's unit."""
    return _finish(actor, _take(actor, report_id, Act.ACCEPT), Act.ACCEPT, "", at)


@transaction.atomic
def return_report(*, actor: Actor, report_id: int, reason: str, at: datetime) -> Report:
    """Send a report back with what is to be mended. :raises Refused: no reason, or not sent to the actor's unit."""
    report = _take(actor, report_id, Act.RETURN)
    reason = clean_line(reason)[:1000]
    if not reason:
        raise Refused("reason_needed", _("Ghi rõ nội dung cần sửa."), field="reason")
    return _finish(actor, report, Act.RETURN, reason, at)


@transaction.atomic
def lock(*, actor: Actor, report_id: int, at: datetime) -> Report:
    """Close the report: from now on only a new version changes it. :raises Refused: not the actor's to lock."""
    return _finish(actor, _take(actor, report_id, Act.LOCK), Act.LOCK, "", at)


@transaction.atomic
def amend(*, actor: Actor, report_id: int, reason: str, at: datetime) -> Report:
    """Begin a new version of an accepted report; the old one stays as it was. The new version.

    :raises Refused: no reason, or nothing to amend yet.
    """
    report = _take(actor, report_id, Act.AMEND)
    reason = clean_line(reason)[:1000]
    if not reason:
        raise Refused("reason_needed", _("Ghi lý do lập bản thay thế."), field="reason")
    _finish(actor, report, Act.AMEND, reason, at)
    sheets = list(report.sheets.all())
    report.pk, report.version, report.state = None, report.version + 1, State.DRAFT
    report.fingerprint, report.signed_by, report.signed_at, report.sent_at = "", "", None, None
    report.made_at = at
    report._state.adding = True
    report.save()
    Sheet.objects.bulk_create(
        Sheet(report=report, form_id=sheet.form_id, lines=sheet.lines) for sheet in sheets
    )
    return report


def _take(actor: Actor, report_id: int, act: Act) -> Report:
    """The report locked for an act, which the table and the tie allow."""
    access.require_visible(actor, report_id)
    report = Report.objects.select_for_update(of=("self",)).get(pk=report_id)
    access.require_act(actor, report, act)
    report.state = move(State(report.state), act, _)
    return report


def _finish(actor: Actor, report: Report, act: Act, note: str, at: datetime) -> Report:
    report.save()
    return _step(actor, report, act, note, at)


def _step(actor: Actor, report: Report, act: Act, note: str, at: datetime) -> Report:
    by = f"{actor.person_name}, {actor.unit_name}"[:240]
    ReportStep.objects.create(report=report, act=act, at=at, by=by, note=note)
    audit.record(f"reports.{act}", actor=actor, subject=f"reports.report:{report.pk}", at=at)
    return report


def _find_sheet(report: Report, form_code: str) -> Sheet:
    sheet = Sheet.objects.select_related("form").filter(report=report, form__code=form_code).first()
    if sheet is None:
        raise Refused("not_found", _("Báo cáo không có biểu này."), field="form")
    return sheet
