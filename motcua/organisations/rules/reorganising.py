"""What a decision does to units, and where what lay in one goes."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from motcua.core.marking import _


class ReorganisationKind(StrEnum):
    """What a decision does to units (Law 72/2025/QH15; Decree 150/2025)."""

    RENAME = "rename"
    MERGE = "merge"
    SPLIT = "split"
    ABOLISH = "abolish"
    TRANSFER = "transfer"


REORGANISATION_LABELS: Mapping[ReorganisationKind, str] = {
    ReorganisationKind.RENAME: _("Đổi tên"),
    ReorganisationKind.MERGE: _("Sáp nhập, hợp nhất"),
    ReorganisationKind.SPLIT: _("Chia, tách"),
    ReorganisationKind.ABOLISH: _("Giải thể, chuyển việc"),
    ReorganisationKind.TRANSFER: _("Chuyển lĩnh vực"),
}


@dataclass(frozen=True, slots=True)
class MoveLine:
    """What goes where: everything of a unit, or with `fields` only what is of these fields."""

    from_id: int
    to_id: int
    fields: tuple[str, ...] = ()


def find_new_place(lines: Iterable[MoveLine], unit_id: int, field_code: str) -> int | None:
    """Where what lies in a unit goes: by its field, else with the unit; None when it stays."""
    mine = [line for line in lines if line.from_id == unit_id]
    named = (line.to_id for line in mine if field_code in line.fields)
    whole = (line.to_id for line in mine if not line.fields)
    return next(named, None) or next(whole, None)


def may_follow(from_kind: str, to_kind: str) -> int:
    """How well a unit takes over another by its kind: the same kind best, then places that work alike."""
    alike = (
        {"centre", "branch"},
        {"section", "office"},
        {"district", "commune"},
        {"department", "vertical_agency"},
    )
    if from_kind == to_kind:
        return 2
    return 1 if any({from_kind, to_kind} <= group for group in alike) else 0
