"""Taking step tables in from a file as drafts; what is already so stays as it is."""

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from typing import NamedTuple

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from motcua.catalogue.exchange.facts import Rejection, plain
from motcua.core.refusal import Refused
from motcua.core.writing import number
from motcua.organisations import queries as organisations
from motcua.organisations.rules import Actor
from motcua.processes import access
from motcua.processes.actions.drafting import DraftFacts, save_draft
from motcua.processes.exchange.workbook import CODE, Table
from motcua.processes.queries import ProcessView, find_latest, find_missing_codes, find_process
from motcua.processes.rules import StepView, check_table
from motcua.processes.words import post_words, role_words, say


class TableChange(NamedTuple):
    """A table that differs, with its differences in words."""

    procedure_code: str
    agency_code: str
    lines: tuple[str, ...]
    problems: tuple[str, ...]


class ProcessDifference(NamedTuple):
    """The outcome of an import, the same for a dry run and for the real one."""

    added: tuple[TableChange, ...]
    changed: tuple[TableChange, ...]
    unchanged: int
    rejections: tuple[Rejection, ...]


@transaction.atomic
def import_processes(
    *, actor: Actor, tables: Sequence[Table], is_dry_run: bool = False, at: datetime
) -> ProcessDifference:
    """Keep each table that differs from the latest version as a draft; people publish drafts one by one.

    An agency's curator writes tables of that agency; one that repeats what the province has for all changes nothing.

    :raises Refused: the actor may not write processes.
    """
    access.require_curator(actor)
    unknown = find_missing_codes([table.procedure_code for table in tables])
    added: list[TableChange] = []
    changed: list[TableChange] = []
    rejections: list[Rejection] = []
    unchanged = 0
    for table in tables:
        agency_id = _find_agency(table, at)
        if table.procedure_code in unknown and _is_as_kept(table, agency_id):
            unchanged += 1
            continue
        if reason := _why_not(actor, table, agency_id, unknown):
            rejections.append(Rejection(0, CODE, " ".join(table.key), reason))
            continue
        latest = find_latest(table.procedure_code, agency_id)
        if latest is None and access.get_own_agency(actor) is not None:
            latest = _find_repeated(table, at)
        lines = _compare(latest, table)
        if latest is not None and not lines:
            unchanged += 1
            continue
        problems = tuple(say(problem) for problem in check_table(table.steps, table.total_hours))
        (added if latest is None else changed).append(TableChange(*table.key, lines, problems))
        if not is_dry_run:
            _keep(actor, table, agency_id, rejections, at)
    return ProcessDifference(tuple(added), tuple(changed), unchanged, tuple(rejections))


def address_to(agency_code: str, tables: Sequence[Table]) -> list[Table]:
    """Tables of a file in which an agency may leave its own code out."""
    return [t if t.agency_code else t._replace(agency_code=agency_code) for t in tables]


def _why_not(actor: Actor, table: Table, agency_id: int | None, unknown: set[str]) -> str:
    if table.procedure_code in unknown:
        return _("không có thủ tục này")
    if agency_id == -1:
        return _("không có cơ quan mang mã này")
    return "" if access.may_draft(actor, agency_id) else _("chỉ nhập được quy trình của cơ quan mình")


def _is_as_kept(table: Table, agency_id: int | None) -> bool:
    """Work of an agency's own, under a code of no procedure: what was exported may come back as it is."""
    latest = find_latest(table.procedure_code, agency_id)
    return latest is not None and not _compare_steps(latest, table)


def _find_repeated(table: Table, at: datetime) -> ProcessView | None:
    """The province's table, when the file only repeats it: then the agency needs none of its own."""
    common = find_process(table.procedure_code, None, timezone.localdate(at))
    return common if common and not _compare_steps(common, table) else None


def _find_agency(table: Table, at: datetime) -> int | None:
    if not table.agency_code:
        return None
    unit = organisations.find_unit_by_code(table.agency_code, timezone.localdate(at))
    return unit.id if unit else -1


def _keep(
    actor: Actor, table: Table, agency_id: int | None, rejections: list[Rejection], at: datetime
) -> None:
    facts = DraftFacts(
        table.procedure_code, table.steps, table.total_hours, agency_id, table.source, table.is_demonstration
    )
    try:
        save_draft(actor=actor, facts=facts, at=at)
    except Refused as refusal:
        rejections.append(Rejection(0, CODE, table.procedure_code, refusal.message))


def _compare(latest: ProcessView | None, table: Table) -> tuple[str, ...]:
    if latest is None:
        return tuple(f"+ {_describe(step)}" for step in table.steps)
    return _compare_steps(latest, table)


def _compare_steps(latest: ProcessView, table: Table) -> tuple[str, ...]:
    lines = []
    if latest.total_hours != table.total_hours:
        lines.append(f"{_('Tổng giờ')}: {_hours(latest.total_hours)} → {_hours(table.total_hours)}")
    before, after = {_describe(s): s.no for s in latest.steps}, {_describe(s): s.no for s in table.steps}
    lines += [f"− {words}" for words in before if words not in after]
    lines += [f"+ {words}" for words in after if words not in before]
    return tuple(lines)


def _hours(value: Decimal | None) -> str:
    return "" if value is None else plain(value)


def _describe(step: StepView) -> str:
    after = ", ".join(map(str, sorted(step.runs_after)))
    post, place = post_words().get(step.post, step.post), role_words().get(step.unit_role, step.unit_role)
    hours = _("giờ: %(n)s") % {"n": number(step.hours)}
    following = _("sau bước %(nos)s") % {"nos": after} if after else ""
    parts = (f"{step.no}. {step.name}", post, place, hours, step.product, following)
    return " · ".join(part for part in parts if part)
