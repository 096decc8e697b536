"""What is kept beside the stays, read as it is kept, and told anew from the rows it is made of."""

from collections import Counter
from datetime import date, timedelta

from motcua.dossiers.models import Event, SupplementRequest, Task
from motcua.figures.models import (
    Category,
    DayCount,
    FieldCount,
    MarkCount,
    MonthCount,
    OfficerCount,
    QuarterCount,
    Stay,
    UnitCount,
    WholeCount,
)
from motcua.figures.rules import find_current
from motcua.figures.tests.lives import WRITER
from motcua.worktime.rules import ZONE

FIGURES = [
    f.name for f in DayCount._meta.concrete_fields if f.name not in ("id", "day", "agency_id", "category_id")
]


def read_sums() -> Counter[tuple[object, ...]]:
    """What the kept sums say, month by month, whether a month is compacted or not."""
    told: Counter[tuple[object, ...]] = Counter()
    for model in (DayCount, FieldCount, UnitCount, WholeCount):
        for row in model.objects.all():
            for name in FIGURES:
                told[model, month_end(row.day), row.agency_id, row.category_id, name] += getattr(row, name)
    return Counter({key: value for key, value in told.items() if value})


def read_beside() -> dict[str, Counter[tuple[object, ...]]]:
    """What the sums beside the figures say, month by month: procedures, marks of units and officers, acts."""
    told: dict[str, Counter[tuple[object, ...]]] = {
        "procedure": Counter(),
        "mark": Counter(),
        "officer": Counter(),
    }
    for model in (MonthCount, QuarterCount):
        for row in model.objects.all():
            for name in ("received", "online", "resolved", "received_there", "done_there"):
                told["procedure"][model, row.last_on, row.agency_id, row.procedure_id, name] += getattr(
                    row, name
                )
    for one in MarkCount.objects.all():
        key = (month_end(one.day), one.agency_id, one.user_id, one.leave, one.mark, one.contacts)
        told["mark"][key] += one.count
    for each in OfficerCount.objects.filter(user_id=WRITER):
        for name in ("received", "acts", "dossiers"):
            told["officer"][month_end(each.day), each.agency_id, each.user_id, name] += getattr(each, name)
    return {name: Counter({key: n for key, n in counts.items() if n}) for name, counts in told.items()}


def differ(
    one: dict[str, Counter[tuple[object, ...]]], other: dict[str, Counter[tuple[object, ...]]]
) -> dict[tuple[object, ...], tuple[int, int]]:
    """Each figure that two ways of counting tell differently, with both."""
    return {
        (kind, *key): (one[kind][key], other[kind][key])
        for kind in one
        for key in one[kind] | other[kind]
        if one[kind][key] != other[kind][key]
    }


def tell_beside() -> dict[str, Counter[tuple[object, ...]]]:
    """The same from days by procedure, from the steps of each finished dossier, and from the events, one by one."""
    told: dict[str, Counter[tuple[object, ...]]] = {
        "procedure": Counter(),
        "mark": Counter(),
        "officer": Counter(),
    }
    online = set(Category.objects.filter(channel__startswith="online").values_list("pk", flat=True))
    procedures = dict(Category.objects.values_list("pk", "procedure_id"))
    for row in DayCount.objects.all():
        sums = {"received": row.received, "online": row.received if row.category_id in online else 0,
                "resolved": row.early + row.on_time + row.late, "received_there": row.received_there,
                "done_there": row.done_there}  # fmt: skip
        for name, n in sums.items():
            for model, last_on in ((MonthCount, month_end(row.day)), (QuarterCount, _quarter_end(row.day))):
                told["procedure"][model, last_on, row.agency_id, procedures[row.category_id], name] += n
    told["mark"] = _tell_marks()
    begun: set[tuple[int, int, int]] = set()
    for event in Event.objects.filter(user_id=WRITER).order_by("dossier_id", "revision"):
        key = (month_end(event.at.astimezone(ZONE).date()), event.agency_id, event.user_id)
        first = (event.dossier_id, event.agency_id, event.user_id)
        told["officer"][*key, "acts"] += 1
        told["officer"][*key, "received"] += event.act == "receive"
        told["officer"][*key, "dossiers"] += first not in begun
        begun.add(first)
    return {name: Counter({key: n for key, n in counts.items() if n}) for name, counts in told.items()}


def _tell_marks() -> Counter[tuple[object, ...]]:
    told: Counter[tuple[object, ...]] = Counter()
    for stay in Stay.objects.filter(leave__in=(1, 2, 3)):
        marks: dict[int, int] = {}
        for task in Task.objects.filter(dossier_id=stay.dossier_id, outcome__in=("done", "redo")):
            early = task.done_at.astimezone(ZONE).date() < task.due_at.astimezone(ZONE).date()
            mark = 0 if task.done_at > task.due_at else 2 if early else 1
            for user in (0, task.done_by_id):
                marks[user] = min(marks.get(user, 3), mark)
        contacts = min(SupplementRequest.objects.filter(dossier_id=stay.dossier_id).count(), 2)
        for user, mark in ({0: 3} | marks).items():
            told[month_end(stay.left_on), stay.agency_id, user, stay.leave, mark, contacts] += 1
    return told


def month_end(day: date) -> date:
    following = (day - timedelta(days=14)).replace(day=1) + timedelta(days=31)
    return following.replace(day=14)


def _quarter_end(day: date) -> date:
    return find_current(day, "quarter").last_on
