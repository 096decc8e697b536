"""Whom a cell names: single units, sets of units, and words that name nobody in particular.

`Các phòng, ban, ngành huyện và UBND các xã, thị trấn` is two sets; `Sở Nội vụ; Thanh tra tỉnh` is two units.
"""

import re
from dataclasses import dataclass
from enum import StrEnum

from motcua.core.text import clean_line
from motcua.programme.rules.actors import looks_like_actor
from motcua.programme.rules.words import Choices, flatten, strip_bullet


class Group(StrEnum):
    """A set of units that plans name together."""

    DEPARTMENTS = "departments"
    DISTRICTS = "districts"
    COMMUNES = "communes"
    SECTIONS = "sections"
    CENTRES = "centres"
    OFFICE = "office"
    OWNER = "owner"
    PROVINCE = "province"
    PROVINCE_OFFICE = "province_office"
    CONCERNED = "concerned"


@dataclass(frozen=True, slots=True)
class Phrase:
    """One actor of a cell: its words, and the set it means; a name of its own has no group."""

    words: str
    group: Group | None = None


# The first that fits decides; compared without marks.
_GROUPS = Choices(
    (Group.CONCERNED, r"(?:cac\s*)?(?:co quan|don vi|to chuc|ca nhan|phong|ban|nganh|so|dia phuong)(?:\s*,?\s*(?:co quan|don vi|to chuc|ca nhan|ban|nganh|so|dia phuong|doan the))*\s*(?:co\s*)?(?:lien quan|truc thuoc|khac)"),
    (Group.PROVINCE_OFFICE, r"(?:vp|van phong)\s*(?:doan dbqh\W*hdnd\W*(?:va)?\W*)?(?:hdnd\W*(?:va\W*)?)?(?:ubnd|uy ban nhan dan)\s*(?:cap\s*)?(?:tinh|thanh pho)(?:\s*chu tri)?"),
    (Group.CENTRES, r"(?:cac\s*)?(?:bo phan (?:mot cua|tiep nhan|tn)|trung tam (?:phuc vu )?hanh chinh cong|tt\s*pvhcc|bpmc)(?:(?!\bvan phong\b|\bso\b).)*"),
    (Group.OFFICE, r"(?:vp|van phong)\s*(?:(?:hdnd|hoi dong nhan dan)\W*(?:va|&)?\W*)?(?:ubnd|uy ban nhan dan|\W*thong ke|so)?\s*(?:huyen|xa|phuong)?"),
    (Group.DISTRICTS, r"(?:ubnd|uy ban nhan dan)\s*(?:cac\s*|cap\s*)*(?:huyen|quan|thi xa|thanh pho)(?:\s*(?:,|va)\s*(?:huyen|quan|thi xa|thanh pho|tp))*"),
    (Group.COMMUNES, r"(?:ubnd|uy ban nhan dan)\s*(?:cac\s*|cap\s*)*(?:xa|phuong|thi tran|dac khu)(?:\s*(?:,|va)\s*(?:xa|phuong|thi tran|dac khu))*|(?:cac\s*)?xa\s*,\s*(?:phuong|thi tran)(?:\s*,\s*(?:thi tran|dac khu))*"),
    (Group.DEPARTMENTS, r"(?:cac\s*)?(?:so|co quan chuyen mon|co quan thuoc ubnd tinh)(?:\s*,?\s*(?:so|ban|nganh|don vi|co quan(?: thuoc| chuyen mon)?))*(?:\s*(?:cap\s*)?(?:thuoc\s*)?(?:ubnd\s*)?tinh)?(?:\s*duoc giao chu tri.*)?"),
    (Group.SECTIONS, r"(?:cac\s*)?(?:phong|nganh|cong chuc|bo phan|ban|co quan|don vi)(?:\s*,?\s*(?:phong|ban|nganh|don vi|bo phan|co quan))*(?:\s*chuyen mon)?(?:\s*(?:thuoc\s*)?(?:cap\s*)?(?:ubnd\s*)?(?:huyen|xa|phuong))?"),
    (Group.PROVINCE, r"(?:ubnd|uy ban nhan dan|chu tich ubnd)\s*tinh"),
    (Group.OWNER, r"(?:ubnd|uy ban nhan dan)\s*(?:xa|phuong|huyen|thi tran)"),
)  # fmt: skip
_TWO_LEVELS = re.compile(r"(?:ubnd|uy ban nhan dan)\s*(?:cac\s*)?cap huyen\s*(?:,|va)\s*(?:ubnd\s*)?cap xa")
_PARTS = re.compile(r";|\n|\.\s+(?=[A-ZĐÀ-Ỹ])")
_BULLETS = re.compile(r";|\n|(?:(?<=\s)|^)[-–+•]\s+|\.\s+(?=[A-ZĐÀ-Ỹ])")
_JOINT = re.compile(r",\s*|\s+và\s+")
_BRACKET = re.compile(r"\([^)]*\)")


def read_phrases(text: str) -> list[Phrase]:
    """The actors a cell names, in order, each with its own words."""
    is_list = text.lstrip()[:1] in "-–+•" and bool(text.strip())
    parts = [strip_bullet(part).strip(" .,") for part in (_BULLETS if is_list else _PARTS).split(text)]
    found = [phrase for part in parts if part for phrase in _read_part(part)]
    return list(dict.fromkeys(found))


def _read_part(part: str) -> list[Phrase]:
    """One actor, or several joined by commas and `và`; the longest beginning that is a set is taken whole."""
    if _TWO_LEVELS.fullmatch(flatten(part)):
        return [Phrase(part, Group.DISTRICTS), Phrase(part, Group.COMMUNES)]
    whole = _read_one(part)
    joints = list(_JOINT.finditer(part))
    if whole.group is not None or not joints:
        return [whole]
    for joint in reversed(joints):
        first = _read_one(part[: joint.start()])
        if first.group is not None:
            return [first, *_read_part(part[joint.end() :])]
    for joint in joints:
        first, second = _read_one(part[: joint.start()]), part[joint.end() :]
        if _stands_alone(first.words) and looks_like_actor(second):
            return [first, *_read_part(second)]
    return [whole]


def _stands_alone(words: str) -> bool:
    """Whether words before `và` or a comma are an actor and not the beginning of a longer name."""
    return looks_like_actor(words) and len(words.split()) >= 3


def _read_one(words: str) -> Phrase:
    return Phrase(clean_line(words), _find_group(words))


def _find_group(words: str) -> Group | None:
    flat = flatten(clean_line(_BRACKET.sub("", words))).strip(" .,;")
    return _GROUPS.find(flat)
