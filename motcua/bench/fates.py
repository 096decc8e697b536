"""What becomes of a dossier, told as the rows of its tasks and events: every chain passes the law's table of moves."""

import json
from collections.abc import Iterator, Sequence
from typing import Any

from motcua.bench.shapes import Person, Shape
from motcua.bench.tables import DECIDING, PROCESSING, READY, RECEIVED, RETURNED, WAITING
from motcua.dossiers.rules.route import TaskKind

# Shares of the way from the receipt (0) to the end of the handling (1); after it stands the return of the result.
HANDED, STARTED, PROPOSED, DECIDED, SIGNED, GIVEN = 0.1, 0.2, 0.6, 0.9, 1.0, 2.0
Task = tuple[Any, ...]
Event = tuple[Any, ...]


def tell_tasks(shape: Shape) -> Iterator[tuple[int, Task]]:
    """(fate, columns of one task) for every fate."""
    steps = shape.steps
    first, last = steps[0], next(s for s in steps if s["kind"] == TaskKind.RETURN)
    handled, decided = _find_handled(steps), next(s for s in steps if s["kind"] == TaskKind.DECIDE)
    intake, handler = shape.officers["intake"].user_id, _get(shape, "handle").user_id
    yield RETURNED, _task(first, intake, 0.0, HANDED)
    yield RETURNED, _task(handled, handler, HANDED, DECIDED)
    yield RETURNED, _task(last, _get(shape, "return").user_id, SIGNED, GIVEN)
    yield from ((READY, task) for task in _until(shape, last, SIGNED))
    yield READY, _task(last, None, SIGNED, None)
    yield from ((PROCESSING, task) for task in _until(shape, handled, HANDED))
    yield PROCESSING, _task(handled, handler, HANDED, None)
    yield from ((DECIDING, task) for task in _until(shape, decided, PROPOSED))
    yield DECIDING, _task(decided, None, PROPOSED, None)
    yield RECEIVED, _task(first, intake, 0.0, None)
    yield from ((WAITING, task) for task in _until(shape, handled, HANDED))
    yield WAITING, _task(handled, None, HANDED, None)


def _until(shape: Shape, step: dict[str, Any], share: float) -> list[Task]:
    """The steps before one, done by whoever does such work."""
    before = [s for s in shape.steps if s["no"] < step["no"]]
    return [
        _task(
            s,
            _get(shape, s["kind"] if n else "intake").user_id,
            share * n / len(before),
            share * (n + 1) / len(before),
        )
        for n, s in enumerate(before)
    ]


def _task(step: dict[str, Any], assignee_id: int | None, share_from: float, share_to: float | None) -> Task:
    return (
        step["kind"], step["no"], step["name"], step["post"], step["unit_id"], assignee_id, step["hours"],
        share_from, share_to,
    )  # fmt: skip


def tell_events(shape: Shape) -> Iterator[tuple[int, Event]]:
    """(fate, columns of one event) for every fate."""
    received = ("receive", "intake", "submitted", "received", 0.0, {"channel": "counter"})
    handed = (
        "hand_over",
        "intake",
        "received",
        "received",
        HANDED,
        _describe(shape, _find_handled(shape.steps)),
    )
    started: tuple[Any, ...] = ("start", "handle", "received", "processing", STARTED, {})
    proposed = ("propose", "handle", "processing", "processing", PROPOSED, {"outcome": "approved"})
    decided = (
        "decide",
        "decide",
        "processing",
        "processing",
        DECIDED,
        {"outcome": "approved", "is_final": True},
    )
    signed = ("sign_result", "sign", "processing", "result_ready", SIGNED, {"number": "1/KQ-TTHC"})
    given = ("return_result", "return", "result_ready", "returned", GIVEN, {"method": "counter"})
    chains: dict[int, Sequence[tuple[Any, ...]]] = {
        RETURNED: (received, started, decided, signed, given),
        READY: (received, handed, started, decided, signed),
        PROCESSING: (received, handed, started),
        DECIDING: (received, handed, started, proposed),
        RECEIVED: (received,),
        WAITING: (received, handed),
    }
    for fate, chain in chains.items():
        for revision, (act, who, before, after, share, data) in enumerate(chain, 1):
            yield fate, _event(shape, revision, act, _get(shape, who), before, after, share, data)


def _event(shape: Shape, revision: int, act: str, who: Person, *rest: Any) -> Event:
    before, after, share, data = rest
    return (
        revision, act, who.user_id, who.name[:120], who.post, who.unit_id, who.unit_name[:200],
        shape.dossier["competent_agency_id"], before, after, share, json.dumps(data, ensure_ascii=False),
    )  # fmt: skip


def _find_handled(steps: list[dict[str, Any]]) -> dict[str, Any]:
    """The step where the file is worked on: the first after the counter."""
    return next((s for s in steps[1:] if s["kind"] == TaskKind.HANDLE), steps[1])


def _describe(shape: Shape, step: dict[str, Any]) -> dict[str, Any]:
    opened = [{"name": step["name"], "unit_id": step["unit_id"]}]
    return {"step": shape.steps[0]["name"], "opened": opened}


def _get(shape: Shape, kind: str) -> Person:
    return shape.officers.get(kind) or shape.officers["intake"]
