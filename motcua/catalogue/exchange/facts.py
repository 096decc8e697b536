"""The facts of a procedure in one shape, whatever file they come from; equal facts have equal fingerprints."""

import hashlib
import json
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple


class FeeFacts(NamedTuple):
    kind: str
    name: str
    amount: int | None
    currency: str


class ChannelFacts(NamedTuple):
    kind: str
    limit_amount: Decimal
    limit_unit: str
    fees: tuple[FeeFacts, ...]


class ComponentFacts(NamedTuple):
    code: str
    name: str
    originals: int
    copies: int


class BlockFacts(NamedTuple):
    name: str
    kind: str
    components: tuple[ComponentFacts, ...]


class ResultFacts(NamedTuple):
    code: str
    name: str


class ProcedureFacts(NamedTuple):
    """Everything kept of one procedure as published."""

    code: str
    portal_id: str
    name: str
    decision_number: str
    decided_on: date | None
    published_on: date | None
    field_code: str
    field_name: str
    promulgator_code: str
    promulgator: str
    kind: str
    levels: tuple[str, ...]
    agencies: tuple[str, ...]
    legal_basis: tuple[str, ...]
    is_full_online: bool
    is_non_territorial: bool
    blocks: tuple[BlockFacts, ...]
    channels: tuple[ChannelFacts, ...]
    results: tuple[ResultFacts, ...]

    @property
    def key(self) -> tuple[str, str]:
        """One code may stand for two procedures: the portal's id tells them apart."""
        return self.code, self.portal_id


class Rejection(NamedTuple):
    """A row that cannot be taken, and why, in words."""

    row: int
    column: str
    value: str
    reason: str
    sheet: str = ""


class Reading(NamedTuple):
    """What a file holds: procedures, rejected rows, and rows taken with a doubt."""

    procedures: list[ProcedureFacts]
    rejections: list[Rejection]
    warnings: list[Rejection]


def plain(value: Decimal) -> str:
    """A number without needless zeros: 2.50 → 2.5."""
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def fingerprint(facts: ProcedureFacts) -> str:
    """Equal for equal facts, whatever order they were read in."""
    text = json.dumps(facts, ensure_ascii=False, separators=(",", ":"), default=_say)
    return hashlib.sha256(text.encode()).hexdigest()


def _say(value: Any) -> str:
    return plain(value) if isinstance(value, Decimal) else str(value)


def to_row(facts: Any) -> Any:
    """Facts as plain JSON with names, for our own file."""
    if isinstance(facts, tuple) and hasattr(facts, "_fields"):
        pairs = zip(facts._fields, map(to_row, facts), strict=True)
        return {name: value for name, value in pairs if not (value in ("", None, []) or value is False)}
    if isinstance(facts, tuple):
        return [to_row(one) for one in facts]
    if isinstance(facts, Decimal):
        return plain(facts)
    return facts.isoformat() if isinstance(facts, date) else facts


def flatten(facts: ProcedureFacts) -> Iterator[tuple[str, str]]:
    """Each single fact with its path (`blocks.2.components.1.originals`), to show what differs."""
    for name, value in zip(facts._fields, facts, strict=True):
        yield from _walk(name, value)


def _walk(path: str, value: Any) -> Iterator[tuple[str, str]]:
    if isinstance(value, tuple) and hasattr(value, "_fields"):
        for name, inner in zip(value._fields, value, strict=True):
            yield from _walk(f"{path}.{name}", inner)
    elif isinstance(value, tuple) and value and not isinstance(value[0], str):
        for no, inner in enumerate(value, 1):
            yield from _walk(f"{path}.{no}", inner)
    elif isinstance(value, tuple):
        yield path, "; ".join(value)
    else:
        yield path, "" if value is None else _say(value)
