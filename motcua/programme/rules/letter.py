"""The letter of a plan: number, day, who issued and signed it, its title, its recipients, the parts of its body."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from motcua.core.text import clean_line
from motcua.programme.rules.blocks import Line
from motcua.programme.rules.headings import ends_table, read_appendix
from motcua.programme.rules.numerals import Level, split_leading_numeral
from motcua.programme.rules.words import flatten, strip_bullet

_NUMBER = re.compile(
    r"\bso\s*:?\s*([^/:;,]{0,14}?(?:/\s*\d{1,4}\s*)?)/\s*((?:20\d\d\s*/\s*)?(?:kh|ctr|ct|qd|tb|pa|nq)\b[-–—]?[^\s,;:)]*)"
)
_DAY = re.compile(r"\bngay\s*([\d.…_]*)\s*thang\s*([\d.…_]*)\s*nam\s*((?:20|19)\d\d)")
_FIGURE_DAY = re.compile(r"\bngay\s*(\d{1,2})\s*[/.-]\s*(\d{1,2})\s*[/.-]\s*((?:20|19)\d\d)")
_HEAD_DAY = re.compile(_DAY.pattern + r"\W*$")
_ATTACHED = re.compile(r"kem\s*theo\s*ke\s*hoach\s*so\s*[:.]?\s*(.*)$")
_OWNER = re.compile(r"\bcua\s+((?:ubnd|uy ban nhan dan|van phong|so|ban|cuc|chi cuc|phong|hdnd)\b[^)]*)")
_ISSUES = re.compile(
    r"(?:^|[;.,]\s*)((?:ubnd|u[yỷ] ban nhan dan|van phong|so|ban quan ly|cuc|chi cuc|phong)\b(?:\s*\(ubnd\))?[^;:.,()]{0,60}?)\s+"
    r"(?:ban hanh|xay dung|lap|trien khai)\s+(?:ke hoach|cac noi dung)"
)
_NATION = re.compile(
    r"cong hoa xa hoi|doc lap\W+tu do|^\W*$|^\W*so\s*:|\bngay\b.*\bthang\b.*\bnam\b|^[_\-–*\s]+$"
)
_BODY_BEGINS = re.compile(
    r"^\W*(?:can cu\b|thuc hien (?:cac )?(?:nghi dinh|quyet dinh|ke hoach|chi thi|thong tu|cong van|nghi quyet|luat|quy dinh)|"
    r"de (?:thuc hien|trien khai|tiep tuc)|nham\b|(?:ubnd|uy ban nhan dan)\b.*(?:ban hanh|xay dung)|[ivx]+\.\s|phan\s)"
)
_POST = re.compile(
    r"^\W*(?:tm\.?|kt\.?|tl\.?|tuq\.?|q\.|t/m|k/t)\s*\w|\b(?:chu tich|giam doc|chanh van phong|truong phong|cuc truong|truong ban|thu truong|chanh thanh tra)\s*$"
)
_WORD = r"[A-ZĐÀÁẢÃẠĂẰẮẲẴẶÂẦẤẨẪẬÈÉẺẼẸÊỀẾỂỄỆÌÍỈĨỊÒÓỎÕỌÔỒỐỔỖỘƠỜỚỞỠỢÙÚỦŨỤƯỪỨỬỮỰỲÝỶỸỴ][a-zđàáảãạăằắẳẵặâầấẩẫậèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵ]*"
_PERSON = re.compile(rf"(?:(?:TS|ThS|BS|GS|PGS)\.?\s*)*{_WORD}(?:\s+{_WORD}){{1,4}}")
_YEAR = re.compile(r"\bnam\s*((?:19|20)\d\d)")
# `Kiểm soát thủ tục hành chính 2025`: a title may leave out the word.
_BARE_YEAR = re.compile(r"(?<![\d/])(20\d\d)\W*$")


@dataclass(frozen=True, slots=True)
class BodyPart:
    """A numbered part of the body: its heading and its paragraphs, with the line where it begins."""

    number: str
    heading: str
    paragraphs: tuple[str, ...]
    line: int


@dataclass(frozen=True, slots=True)
class Letter:
    """What the letter says. Empty where it says nothing: a plan without number or day is a draft."""

    title: str = ""
    number: str = ""
    dated: date | None = None
    issuer: str = ""
    signer: str = ""
    signature: tuple[str, ...] = ()
    year: int | None = None
    recipients: tuple[str, ...] = ()
    parts: tuple[BodyPart, ...] = ()


def read_letter(lines: Sequence[Line]) -> Letter:
    """Read the letter from the lines outside the tables."""
    lines = _skip_appendices(lines)
    texts = [clean_line(line.text) for line in lines]
    end = next((n for n, text in enumerate(texts) if read_appendix(text) is not None), len(texts))
    attached = _find_attached(texts)
    title = _find_title(_part_at_tables(lines[:end])) or _find_appendix_title(texts, end)
    number = _find_number(texts[:end]) or _tidy_number(attached)
    dated = _find_day(texts[:end]) or _find_day([attached])
    return Letter(
        title=title,
        number=number,
        dated=dated,
        issuer=_find_issuer(texts[:end], attached),
        signer=_find_signer(texts[:end]),
        signature=_find_signature(texts[:end]),
        year=_find_year([title, _find_appendix_title(texts, end), *texts[:end][:40], attached], dated),
        recipients=_find_recipients(texts[:end]),
        parts=_find_parts(lines[:end]),
    )


def _skip_appendices(lines: Sequence[Line]) -> Sequence[Line]:
    """The lines from the head of the letter on, where an appendix and its table stand before it."""
    flat = [flatten(clean_line(line.text)).strip(" *") for line in lines]
    title = next((n for n, text in enumerate(flat) if text == "ke hoach"), 0)
    if not any(read_appendix(line.text) is not None for line in lines[:title]):
        return lines
    begins = next((n for n in range(title, 0, -1) if _has_table_above(lines, n)), 0)
    return lines[begins:]


def _has_table_above(lines: Sequence[Line], place: int) -> bool:
    """Rows stand between this line and the one before."""
    return lines[place].at - lines[place - 1].at > 1


def _part_at_tables(lines: Sequence[Line]) -> list[str]:
    """The texts of the lines, an empty one wherever a table stands between two."""
    parted: list[str] = []
    for place, line in enumerate(lines):
        parted += [""] if place and _has_table_above(lines, place) else []
        parted.append(clean_line(line.text))
    return parted


def _find_attached(texts: Sequence[str]) -> str:
    """`(Kèm theo Kế hoạch số 37/KH-UBND ngày … của UBND huyện …)`, perhaps broken over two lines."""
    for place, text in enumerate(texts):
        match = _ATTACHED.search(flatten(text))
        if match:
            whole = text[match.start(1) :]
            follows = texts[place + 1] if place + 1 < len(texts) and ")" not in whole else ""
            return clean_line(f"số {whole} {follows}").rstrip(")")
    return ""


def _find_number(texts: Sequence[str]) -> str:
    for text in texts[:40]:
        if re.match(r"^\W*so\s*(?:[:.]|\d|/)", flatten(text)):
            return _tidy_number(text)
    return ""


def _tidy_number(text: str) -> str:
    """The number without its spaces; empty when the place before the slash is blank."""
    match = _NUMBER.search(flatten(text))
    if not match:
        return ""
    first, second = (text[slice(*match.span(n))] for n in (1, 2))
    digits = re.sub(r"[\s.…_]", "", first)
    kind = re.sub(r"\s", "", second).rstrip(".")
    return f"{digits}/{kind}" if digits else ""


def _find_day(texts: Sequence[str]) -> date | None:
    for text in texts[:40]:
        flat = flatten(text)
        match = (
            _DAY.search(flat) or _FIGURE_DAY.search(flat)
            if text.startswith("số ")
            else _HEAD_DAY.search(flat)
        )
        if match and match[1].isdigit() and match[2].isdigit():
            try:
                return date(int(match[3]), int(match[2]), int(match[1]))
            except ValueError:
                return None
        if match:
            return None
    return None


def _find_title(texts: Sequence[str]) -> str:
    for place, text in enumerate(texts[:80]):
        flat = flatten(text).strip(" *")
        if flat == "ke hoach":
            return _gather_title(texts[place + 1 :])
        if flat.startswith("ke hoach ") and text[:8].isupper():
            return clean_line(" ".join([text[8:], _gather_title(texts[place + 1 :])]))
    return ""


def _gather_title(texts: Sequence[str]) -> str:
    """The lines under `KẾ HOẠCH`: up to an empty line or the first line of the body."""
    gathered: list[str] = []
    for place, text in enumerate(texts[:8]):
        if not text or not text.strip("_-–—*. "):
            if gathered and not _goes_on_below(texts, place):
                break
            continue
        if gathered and ends_table(text):
            break
        is_note = text.startswith("(") and "kem theo" in flatten(text)
        if gathered and (is_note or _BODY_BEGINS.match(flatten(text))) or len(text) > 260:
            break
        gathered.append(text)
        if text[-1:] in ";:.":
            break
    return clean_line(" ".join(gathered))


def _goes_on_below(texts: Sequence[str], place: int) -> bool:
    """An empty line inside a title that a page sets far apart: the next words begin small."""
    below = next((text for text in texts[place + 1 : place + 3] if text), "")
    return below[:1].islower() and not _BODY_BEGINS.match(flatten(below))


def _find_appendix_title(texts: Sequence[str], end: int) -> str:
    """The lines under the first `PHỤ LỤC`, down to the bracket that names the plan."""
    gathered: list[str] = []
    heading = read_appendix(texts[end]) if end < len(texts) else None
    if heading and heading[1]:
        gathered.append(heading[1])
    for text in texts[end + 1 : end + 9]:
        if "kem theo" in flatten(text) or read_appendix(text) is not None:
            break
        numeral, _rest = split_leading_numeral(text)
        if numeral is not None and gathered:
            break
        if text:
            gathered.append(text)
    return clean_line(" ".join(gathered))


def _find_issuer(texts: Sequence[str], attached: str) -> str:
    return _issuer_of_head(texts) or _issuer_in_words(texts) or _issuer_of_bracket(attached)


def _issuer_of_head(texts: Sequence[str]) -> str:
    """`ỦY BAN NHÂN DÂN` / `XÃ THẠCH CHÂU` above the number; an office under a committee speaks for itself."""
    head: list[str] = []
    for text in texts[:14]:
        flat = flatten(text)
        if flat.strip(" *") == "ke hoach" or flat.startswith("can cu"):
            break
        if not _NATION.search(flat) and text.upper() == text and text.strip():
            head.append(text.strip(" *_-"))
    own = [
        n
        for n, text in enumerate(head)
        if re.match(r"(?:so|van phong|phong|ban|cuc|chi cuc)\b", flatten(text))
    ]
    joined = " ".join(head[own[0] :] if own else head)
    return clean_line(joined) if count_letters(joined) > 4 and not joined.lower().startswith("số") else ""


def count_letters(text: str) -> int:
    """How many letters a text has."""
    return sum(letter.isalpha() for letter in text)


def _issuer_in_words(texts: Sequence[str]) -> str:
    for text in texts[:60]:
        match = _ISSUES.search(flatten(text))
        name = clean_line(text[slice(*match.span(1))].replace("(UBND)", "")) if match else ""
        if len(name.split()) > 3 or re.search(r"\b(?:so|van phong|phong)\b", flatten(name)):
            return name
    return ""


def _issuer_of_bracket(attached: str) -> str:
    match = _OWNER.search(flatten(attached))
    return clean_line(attached[slice(*match.span(1))]).rstrip(".") if match else ""


def _find_signer(texts: Sequence[str]) -> str:
    """The last line that is a person's name, below the words of a post or below the recipients."""
    start = next((n for n, t in enumerate(texts) if re.match(r"^\W*noi\s*nhan", flatten(t))), None)
    posts = [n for n, t in enumerate(texts) if _POST.search(flatten(t)) and t.upper() == t]
    first = min([*posts[-3:], *([start] if start is not None else [])], default=None)
    if first is None:
        return ""
    names = [t for t in texts[first:] if _PERSON.fullmatch(t) and not _POST.search(flatten(t))]
    return names[-1] if names else ""


def _find_signature(texts: Sequence[str]) -> tuple[str, ...]:
    """The lines above the signer's name: `TM. ỦY BAN NHÂN DÂN`, `KT. CHỦ TỊCH`, `PHÓ CHỦ TỊCH`; empty without a signer."""
    signer = _find_signer(texts)
    if not signer:
        return ()
    place = max(n for n, text in enumerate(texts) if text == signer)
    above = [t for t in texts[max(0, place - 12) : place] if t.upper() == t and _POST.search(flatten(t))]
    return tuple(text.strip(" *_") for text in above[-3:] if len(text) < 90)


def _find_year(texts: Sequence[str], dated: date | None) -> int | None:
    """The year the title names; a plan that names none is of the year it is dated."""
    for pattern in (_YEAR, _BARE_YEAR):
        for text in texts[:2]:
            if match := pattern.search(flatten(text)):
                return int(match[1])
    if dated:
        return dated.year
    return next((int(m[1]) for t in texts if (m := _YEAR.search(flatten(t)))), None)


def _find_recipients(texts: Sequence[str]) -> tuple[str, ...]:
    start = next((n for n, t in enumerate(texts) if re.match(r"^\W*noi\s*nhan", flatten(t))), None)
    if start is None:
        return ()
    found: list[str] = []
    for text in texts[start + 1 : start + 60]:
        if _POST.search(flatten(text)) and text.upper() == text:
            break
        if not text:
            continue
        if found and text[:1].islower():
            found[-1] = clean_line(f"{found[-1]} {text}")
        else:
            found.append(strip_bullet(text))
        if flatten(found[-1]).startswith("luu"):
            break
    return tuple(name.rstrip(";. ") for name in found if not _PERSON.fullmatch(name) or len(name) > 40)


def _find_parts(lines: Sequence[Line]) -> tuple[BodyPart, ...]:
    """The parts headed by a Roman numeral, with their paragraphs."""
    parts: list[BodyPart] = []
    for line in lines:
        text = clean_line(line.text)
        if re.match(r"^\W*noi\s*nhan", flatten(text)):
            break
        numeral, rest = split_leading_numeral(text)
        if numeral is not None and numeral.level is Level.ROMAN and len(rest) < 160:
            parts.append(BodyPart(numeral.text, rest, (), line.at))
        elif parts and text:
            last = parts[-1]
            parts[-1] = BodyPart(last.number, last.heading, (*last.paragraphs, text), last.line)
    return tuple(parts)
