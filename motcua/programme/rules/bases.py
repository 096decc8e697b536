"""The legal bases a plan names before its first part."""

import re
from collections.abc import Sequence

from motcua.core.text import clean_line
from motcua.programme.rules.words import flatten, strip_bullet

_DOCUMENT = (
    r"(?:bo luat|luat|nghi dinh|nghi quyet|quyet dinh|thong tu|chi thi|cong van|ke hoach|van ban|thong bao|"
    r"chuong trinh|de an|ket luan|quy che|huong dan)"
)
_BEGINS = re.compile(r"^\W*(?:can cu|thuc hien|theo|xet|trien khai)\b")
_NAMED = re.compile(rf"{_DOCUMENT}\b[^;]*?(?:\bso\s*:?\s*)?\d+[\d/]*[/-]?[a-z]|\b(?:bo luat|luat)\s+\w")
_NEXT = re.compile(
    rf"(?:;|,|\bva\b)\s*(?:can cu\s+|theo\s+)?(?={_DOCUMENT}\s+(?:lien tich\s+)?(?:so\b|\d))|;"
)
_LEAD = re.compile(r"^\W*(?:can cu(?: vao)?|thuc hien|theo|xet|trien khai(?: thuc hien)?)\s+(?:cac\s+)?")
# `…, UBND tỉnh ban hành Kế hoạch như sau` is no part of the document named before it.
_ISSUED = re.compile(
    r"[,;.]\s*(?:ubnd|uy ban nhan dan|so|van phong|cuc|chi cuc|phong|ban quan ly)\b[^;,]{0,80}?"
    r"\b(?:ban hanh|xay dung)\s+(?:cac\s+)?ke hoach\b.*$"
)
_OVER = re.compile(r"^\W*(?:i|1|a)\.\s|^\W*phan\s+(?:i|1|thu)\b|^\W*[ivx]+[.)]\s")


def read_bases(texts: Sequence[str]) -> list[str]:
    """Each document named, in the plan's words, without `Căn cứ` and the last sign."""
    found: list[str] = []
    for text in texts:
        line = clean_line(text)
        flat = flatten(line)
        if _OVER.match(flat):
            break
        if _BEGINS.match(flat) or (found and re.match(rf"^\W*{_DOCUMENT}\b", flat)):
            found += [base for base in _split(line) if _NAMED.search(flatten(base))]
    return found


def _split(line: str) -> list[str]:
    """The parts of a sentence, cut where the next document begins; brackets are kept whole."""
    flat = flatten(line)
    cuts = [0]
    for match in _NEXT.finditer(flat):
        if flat.count("(", 0, match.start()) == flat.count(")", 0, match.start()):
            cuts += [match.start(), match.end()]
    cuts.append(len(line))
    pieces = [line[a:b] for a, b in zip(cuts[::2], cuts[1::2], strict=True)]
    return [_trim(piece) for piece in pieces]


def _trim(piece: str) -> str:
    """Without the words that lead in and the sign at the end."""
    text = strip_bullet(piece)
    match = _LEAD.match(flatten(text))
    told = text[match.end() :] if match else text
    issued = _ISSUED.search(flatten(told))
    return (told[: issued.start()] if issued else told).strip(" ;.,")
