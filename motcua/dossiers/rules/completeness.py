"""Which papers must be there, which are asked about, and what does not belong (Decree 61 art. 17)."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from motcua.core.marking import _
from motcua.core.refusal import Refused

Say = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class PartFacts:
    """What the officer ticked for one component."""

    component_id: int
    originals: int = 0
    copies: int = 0
    is_present: bool = True
    note: str = ""


@dataclass(frozen=True, slots=True)
class Need:
    """One component of the chosen case; `is_required` only where a source says so."""

    component_id: int
    name: str
    is_required: bool
    basis: str = ""


def find_missing(needs: Iterable[Need], given: Iterable[PartFacts]) -> list[Need]:
    """Components a source requires and that were not handed in."""
    present = {part.component_id for part in given if part.is_present}
    return [need for need in needs if need.is_required and need.component_id not in present]


def find_to_ask(needs: Iterable[Need], given: Iterable[PartFacts]) -> list[Need]:
    """Components the source is silent about and that were not handed in: the officer says why."""
    present = {part.component_id for part in given if part.is_present}
    return [need for need in needs if not need.is_required and need.component_id not in present]


def require_known(needs: Sequence[Need], given: Iterable[PartFacts], say: Say = str) -> None:
    """No paper outside the published list may be demanded or kept as a component.

    :raises Refused: a component that is not of this procedure and case.
    """
    known = {need.component_id for need in needs}
    if any(part.component_id not in known for part in given):
        raise Refused(
            "unknown_component",
            say(_("Có thành phần không thuộc thủ tục và trường hợp đã chọn.")),
            field="parts",
        )


def require_complete(
    needs: Sequence[Need], given: Sequence[PartFacts], missing_reason: str, say: Say = str
) -> None:
    """Refuse an intake that lacks a required paper; ask for a word where the source is silent.

    :raises Refused: with the names of the papers and the basis of the first.
    """
    if missing := find_missing(needs, given):
        sentence = say(
            _(
                "Còn thiếu giấy tờ bắt buộc: {names}. Ghi lý do không thay được: bổ sung cho đủ, hoặc từ chối tiếp nhận."
            )
        ).format(names=_name_all(missing))
        raise Refused("missing_component", sentence, field="parts", basis=missing[0].basis or None)
    if not missing_reason.strip() and (asked := find_to_ask(needs, given)):
        sentence = say(_("Nêu lý do không có: {names}.")).format(names=_name_all(asked))
        raise Refused("reason_needed", sentence, field="missing_reason")


def _name_all(needs: Iterable[Need]) -> str:
    return "; ".join(need.name.rstrip(" .;") for need in needs)


def require_counts(needs: Iterable[Need], given: Iterable[PartFacts], say: Say = str) -> None:
    """Counted papers are whole numbers from 0 to 999, and a present paper is at least one sheet set.

    :raises Refused: a count outside the range or a present component without any copy, with the name of the paper.
    """
    names = {need.component_id: need.name.rstrip(" .;") for need in needs}
    for part in given:
        name = names.get(part.component_id, "")
        if not (0 <= part.originals <= 999 and 0 <= part.copies <= 999):
            sentence = say(_("{name}: số bản là số từ 0 đến 999.")).format(name=name)
            raise Refused("bad_count", sentence, field="parts")
        if part.is_present and part.originals + part.copies == 0:
            sentence = say(_("{name}: giấy tờ đã nộp phải có ít nhất một bản.")).format(name=name)
            raise Refused("bad_count", sentence, field="parts")
