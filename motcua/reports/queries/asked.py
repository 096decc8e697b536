"""Requests beside the regular reports, and their answers."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Count, Q, QuerySet

from motcua.figures import queries as figures
from motcua.figures.rules import Counts, Period, add_up
from motcua.organisations.rules import Actor
from motcua.reports import access
from motcua.reports.models import DataAnswer, DataRequest
from motcua.reports.rules.asking import AskedColumn, read_columns
from motcua.reports.rules.reading import write_figure


@dataclass(frozen=True, slots=True)
class Table:
    """A request with the answers side by side: columns, a row for each unit, and sums of the figures that were sent."""

    columns: tuple[AskedColumn, ...]
    rows: tuple[tuple[DataAnswer, tuple[str, ...]], ...]
    sums: tuple[Decimal | None, ...]


def find_requests(actor: Actor) -> QuerySet[DataRequest]:
    """What the actor's agency asked and was asked, the latest first; with how many answered."""
    told = Count("answers"), Count("answers", filter=Q(answers__sent_at__isnull=False))
    return access.requests_visible_to(actor).annotate(asked=told[0], sent=told[1]).order_by("-asked_at")


def find_answer(request: DataRequest, unit_id: int) -> DataAnswer | None:
    """The answer of a unit, begun or not; None: it was not asked."""
    return DataAnswer.objects.filter(request=request, unit_id=unit_id).first()


def find_open_answers(actor: Actor) -> QuerySet[DataAnswer]:
    """What the actor's agency was asked and has not sent, the earliest day first."""
    mine = DataAnswer.objects.filter(unit_id=actor.agency_id, sent_at=None, request__closed_at=None)
    return mine.select_related("request").order_by("request__due_on", "request_id")


def count_for(request: DataRequest, unit_id: int) -> Counts:
    """The figures of a unit with all below it for the days of the request; zeros when it names none."""
    if request.first_on is None or request.last_on is None:
        return Counts()
    period = Period(request.first_on, request.last_on)
    agencies = figures.find_agencies(unit_id, period.last_on)
    return add_up(row.counts for row in figures.get_rows(period, agencies, by=()))


def fill(request: DataRequest, answer: DataAnswer) -> dict[str, str]:
    """What stands in each column of an answer, as it is typed: what was kept, else what the figures give."""
    columns = read_columns(request.lines)
    counts = count_for(request, answer.unit_id) if any(column.source for column in columns) else Counts()
    told: dict[str, str] = {}
    for column in columns:
        automatic = column.fill(counts)
        kept = answer.values.get(column.no, "" if automatic is None else automatic)
        told[column.no] = str(kept) if column.is_text else write_figure(kept)
    return told


def get_table(request: DataRequest) -> Table:
    """Every answer side by side."""
    columns = read_columns(request.lines)
    answers = list(request.answers.select_related("unit").order_by("unit_id"))
    rows = tuple((one, tuple(str(one.values.get(c.no, "")) for c in columns)) for one in answers)
    sent = [one.values for one in answers if one.sent_at]
    return Table(columns, rows, tuple(_sum(column, sent) for column in columns))


def _sum(column: AskedColumn, answers: list[Mapping[str, str]]) -> Decimal | None:
    if column.is_text:
        return None
    return sum((Decimal(str(values[column.no])) for values in answers if values.get(column.no)), Decimal(0))
