"""What runs by itself over plans: reminders each morning, the week's summary on Mondays, products that close tasks."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from motcua.programme.actions import products, telling, uploads
from motcua.programme.queries import mine
from motcua.programme.queries.plans import Part
from motcua.programme.queries.products import find_made
from motcua.programme.rules.reminding import Kind, find_kind, find_monday
from motcua.programme.rules.standing import Days, Standing

LOOK_BACK = timedelta(days=400)
"""A product may be older than the plan that asks for it was entered."""


def remind(at: datetime) -> int:
    """Tell units of what is near, due today, late or without proof; each once for each kind. How many parts."""
    today = timezone.localdate(at)
    parts = mine.find_open_parts(list(mine.find_running(today)), today)
    told = mine.find_told(parts)
    by_unit: dict[int, list[tuple[Part, Kind]]] = {}
    for part in parts:
        days = Days(part.occurrence.first_on, part.occurrence.due_on, part.occurrence.review_on)
        kind = find_kind(days, part.standing, today)
        if kind is not None and (part.occurrence.pk, part.unit_id, kind) not in told:
            by_unit.setdefault(part.unit_id, []).append((part, kind))
    present = mine.find_present(by_unit, today)
    return sum(
        telling.remind(unit_id=unit, told_unit_id=present[unit], parts=found, at=at)
        for unit, found in by_unit.items()
    )


def send_digests(at: datetime) -> int:
    """Tell every head how the tasks of the unit stand; once for a week, however often it is run. How many units."""
    today = timezone.localdate(at)
    counts = mine.count_parts(list(mine.find_running(today)), today)
    present = mine.find_present(counts, today)
    return sum(
        telling.send_digest(
            unit_id=unit,
            told_unit_id=present[unit],
            monday=find_monday(today),
            counts={standing.value: found[standing] for standing in Standing},
            at=at,
        )
        for unit, found in counts.items()
    )


def close_on_products(at: datetime) -> int:
    """Close tasks whose product came into being in this house; how many periods. What was closed stays closed."""
    today = timezone.localdate(at)
    return sum(
        products.prove(
            product=made.product,
            unit_id=made.unit_id,
            on=made.on,
            words=made.words,
            address=made.address,
            at=at,
        )
        for made in find_made(today - LOOK_BACK, today)
    )


def read_uploads(at: datetime) -> int:
    """Read the files that wait, one after the other; how many."""
    read = 0
    while uploads.read_next(at=timezone.now() if read else at) is not None:
        read += 1
    return read


def call_reader(at: datetime) -> None:
    """Have `read_uploads` run now instead of at the next minute. When it waits already, that is enough."""
    name = "programme.read_uploads"
    task = app.configure_task(name, queueing_lock=name, lock=name)
    try:
        with transaction.atomic():
            task.defer(timestamp=int(at.timestamp()))
    except AlreadyEnqueued:
        return
