"""What a file would change: added, changed fact by fact, missing from the file."""

from dataclasses import dataclass, field
from typing import NamedTuple

from motcua.catalogue.exchange.facts import ProcedureFacts, flatten
from motcua.catalogue.exchange.wording import say_path, say_value


class FieldChange(NamedTuple):
    """One fact before and after, by its path."""

    path: str
    before: str
    after: str

    @property
    def words(self) -> str:
        """The path as people read it."""
        return say_path(self.path)

    @property
    def said(self) -> tuple[str, str]:
        """Before and after as people write them."""
        return say_value(self.path, self.before), say_value(self.path, self.after)


class ProcedureChange(NamedTuple):
    """A procedure whose facts differ."""

    code: str
    portal_id: str
    name: str
    fields: tuple[FieldChange, ...]


@dataclass(frozen=True, slots=True)
class Difference:
    """The outcome of an import, the same for a dry run and for the real one."""

    added: tuple[tuple[str, str], ...] = ()
    changed: tuple[ProcedureChange, ...] = ()
    missing: tuple[tuple[str, str], ...] = ()
    unchanged: int = 0
    closed: int = field(default=0)

    @property
    def is_empty(self) -> bool:
        """Nothing would be written."""
        return not (self.added or self.changed or self.closed)


def compare(before: ProcedureFacts, after: ProcedureFacts) -> tuple[FieldChange, ...]:
    """Every fact that differs, in the order of the paths."""
    old, new = dict(flatten(before)), dict(flatten(after))
    paths = dict.fromkeys([*old, *new])
    return tuple(
        FieldChange(path, old.get(path, ""), new.get(path, ""))
        for path in paths
        if old.get(path, "") != new.get(path, "")
    )
