"""Leader and those who take part named in one cell: `Chủ trì: A; Phối hợp: B`, `A chủ trì, phối hợp với B`."""

import re

from motcua.core.text import clean_line
from motcua.programme.rules.actors import looks_like_actor
from motcua.programme.rules.words import flatten

_ROLE = r"(?:(?:co quan|don vi|bo phan|nguoi|phong)\s+)?"
_JOINT = r"[\s;.,\-–+•]*"
_SHAPES = (
    re.compile(
        rf"^\W*{_ROLE}chu tri(?: thuc hien| tham muu)?\s*:\s*(.+?){_JOINT}{_ROLE}phoi hop(?: thuc hien| voi)?\s*:\s*(.+)$"
    ),
    re.compile(rf"^\W*{_ROLE}chu tri(?: thuc hien| tham muu)?\s*:\s*(.+)()$"),
    re.compile(r"^\W*(?:giao\s+)?(.+?)\s+chu tri\s*(?:thuc hien|tham muu)?\s*[,;]?\s*phoi hop\s*(?:voi|cung)?\s*:?\s*(.+)$"),
    re.compile(r"^(.+?)\s*(?:\(chu tri\)|chu tri)\s*[;,.\-–]\s*(.+?)\s*(?:\(phoi hop\)|phoi hop)\W*$"),
    re.compile(r"^(.+?)\s*\(chu tri\)\s*(?:[;,.\-–]\s*)?(.*)$"),
)  # fmt: skip


def divide_actors(text: str) -> tuple[str, str] | None:
    """The leader's words and those of the others, when one cell names both roles; None for any other cell."""
    whole = clean_line(text)
    flat = flatten(whole)
    for shape in _SHAPES:
        match = shape.match(flat)
        if match and looks_like_actor(whole[slice(*match.span(1))]):
            lead, others = (whole[slice(*match.span(n))].strip(" ;,-–") for n in (1, 2))
            return lead, others
    return None
