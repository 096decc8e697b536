"""A task of a plan above in the words of the unit below: who leads it there, who takes part, whence it comes."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from motcua.organisations.rules import Kind
from motcua.programme.rules.naming import Group, Phrase, read_phrases

MAPPED = "lead: mapped"
NOT_MAPPED = "coordinating: not mapped"
_LEVELS = {Kind.COMMUNE: Group.COMMUNES, Kind.DISTRICT: Group.DISTRICTS, Kind.DEPARTMENT: Group.DEPARTMENTS}


@dataclass(frozen=True, slots=True)
class Below:
    """The unit that draws up its own plan.

    :param name: as its papers name it: `UBND xã An`
    :param office: its office or the first of its sections; empty when it has none
    :param sections: how its sections are named together: `Các phòng, đơn vị thuộc UBND xã An`
    """

    kind: str
    name: str
    office: str
    sections: str


def hand_down(row: Mapping[str, Any], below: Below) -> tuple[dict[str, Any], list[str]]:
    """The row for the plan below, and what a person has to look at. Content, time and product stay as they are."""
    lead = below.office or below.name
    taking_part, lost = _map_all(row["lead"], row["coordinating"], below)
    coordinating = [words for words in taking_part if words != lead]
    doubts = [MAPPED, *([NOT_MAPPED] if lost else [])]
    return dict(row) | {"lead": lead, "coordinating": "; ".join(coordinating)}, doubts


def _map_all(lead: str, coordinating: str, below: Below) -> tuple[list[str], bool]:
    """Everybody named above as the unit below knows them, each once; whether somebody has no counterpart there."""
    mapped = [_map(phrase, below) for text in (lead, coordinating) for phrase in read_phrases(text)]
    return list(dict.fromkeys(words for words in mapped if words)), None in mapped


def _map(phrase: Phrase, below: Below) -> str | None:
    """Empty for the unit itself and for words that name nobody; None for who has no counterpart below."""
    if phrase.group in {Group.CONCERNED, Group.PROVINCE, Group.OWNER, _LEVELS.get(Kind(below.kind))}:
        return ""
    if phrase.group in {Group.OFFICE, Group.PROVINCE_OFFICE}:
        return below.office
    if phrase.group in {Group.DEPARTMENTS, Group.SECTIONS}:
        return below.sections
    if phrase.group is Group.COMMUNES and below.kind == Kind.DISTRICT:
        return phrase.words
    return "" if phrase.group in {Group.COMMUNES, Group.DISTRICTS} else _keep_centre(phrase)


def _keep_centre(phrase: Phrase) -> str | None:
    return phrase.words if phrase.group is Group.CENTRES else None
