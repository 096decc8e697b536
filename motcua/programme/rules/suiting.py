"""How well a text looks like what a column holds."""

from functools import lru_cache

from motcua.programme.rules.actors import looks_like_actor
from motcua.programme.rules.columns import Field
from motcua.programme.rules.deadlines import parse_deadline
from motcua.programme.rules.numerals import read_numeral

_ACTOR_FIELDS = {Field.LEAD, Field.COORDINATING}


@lru_cache(maxsize=20_000)
def suits(name: Field, text: str) -> int:
    """Points, above zero when the text is at home in the column."""
    if not text:
        return -3 if name in {Field.CONTENT, Field.TIME} else 0
    if name is Field.TIME:
        return _suits_time(text)
    if name in _ACTOR_FIELDS:
        return 3 if looks_like_actor(text) else -2
    if name is Field.NUMBER:
        return 4 if read_numeral(text) else -6
    return _suits_words(name, text)


def _suits_time(text: str) -> int:
    read = parse_deadline(text, 2000)
    if read.kind is None:
        return -4
    return 2 if "partly" in read.doubts else 6


def _suits_words(name: Field, text: str) -> int:
    """Content and product are free words, but no deadline and not only a unit."""
    if name is Field.OTHER:
        return 0
    read = parse_deadline(text, 2000)
    if read.kind is not None and not read.doubts and len(text) < 60:
        return -3
    return 1 if name is Field.CONTENT and len(text) > 15 else 0
