"""What we ask about people."""

from dataclasses import dataclass

from motcua.core import secret
from motcua.core.prepared import open_cursor
from motcua.core.text import fold
from motcua.people.models import Identifier, Name, Person
from motcua.people.rules import (
    clean_identifier,
    clean_phone,
    mask_identifier,
    mask_name,
    mask_phone,
    words_of,
)

__all__ = [
    "NameHits",
    "find_by_identifier",
    "find_by_phone",
    "find_name_conflict",
    "find_common_words",
    "find_name_ids",
    "get_identifiers",
    "get_person",
    "get_phone",
    "mask_identifier",
    "mask_name",
    "mask_phone",
]

# Counting a word stops here: enough to tell the rare word from the common one.
_COMMON = 50_000
_MOST_WORDS = 8


@dataclass(frozen=True, slots=True)
class NameHits:
    """Names that hold every word asked for. When `is_too_common`, `ids` is empty: walk the newest and test `words`."""

    ids: tuple[int, ...]
    words: tuple[str, ...]
    is_too_common: bool = False


def get_person(person_id: int) -> Person:
    """The person; raises Person.DoesNotExist."""
    return Person.objects.select_related("name").get(pk=person_id)


def get_phone(person: Person) -> str:
    """The phone number in the clear; the caller records the reading."""
    return secret.decrypt(bytes(person.phone_enc)) if person.phone_enc else ""


def get_identifiers(person: Person) -> list[tuple[str, str]]:
    """(kind, number in the clear), the citizen's number first; the caller records the reading."""
    rows = Identifier.objects.filter(person=person).order_by("kind", "pk")
    return [(row.kind, secret.decrypt(bytes(row.value_enc))) for row in rows]


def find_by_identifier(value: str) -> list[Person]:
    """Persons known by this number, of whatever kind; usually one."""
    cleaned = clean_identifier(value)
    if not cleaned:
        return []
    indexes = secret.blind_indexes(cleaned, "identifier")
    return list(Person.objects.filter(identifiers__value_index__in=indexes).distinct().order_by("pk")[:20])


def find_by_phone(value: str) -> list[Person]:
    """Persons reached at this number, the last changed first."""
    cleaned = clean_phone(value)
    if not cleaned:
        return []
    indexes = secret.blind_indexes(cleaned, "phone")
    return list(Person.objects.filter(phone_index__in=indexes).order_by("-changed_at", "-pk")[:50])


def find_name_conflict(id_number: str, full_name: str) -> str:
    """The masked name this number is kept under when it is not the name given; else an empty string."""
    asked = words_of(fold(full_name))
    for person in find_by_identifier(id_number):
        if words_of(fold(person.full_name)) != asked:
            return mask_name(person.full_name)
    return ""


def find_name_ids(query: str, limit: int = 1000) -> NameHits:
    """Ids of the names that hold all the words, in any order, the last word perhaps unfinished.

    The rarest word is looked up in the index of turned names and the others are tested in the same index entry.
    """
    words = _read_words(query)
    if not words:
        return NameHits((), ())
    counts = _count_names(words)
    # Among words equally common the last one leads: given names are rarer than family names.
    rarest = min(reversed(words), key=lambda word: counts[word])
    if len(words) == 1 and counts[rarest] > limit:
        return NameHits((), words, is_too_common=True)
    ids = _read_ids(rarest, [word for word in words if word != rarest], limit)
    return NameHits((), words, is_too_common=True) if ids is None else NameHits(tuple(ids), words)


def find_common_words(query: str) -> tuple[str, ...]:
    """The words when so many names hold each of them that the newest are looked at before any index; none otherwise."""
    words = _read_words(query)
    counts = _count_names(words)
    return words if all(counts[word] >= _COMMON for word in words) else ()


def _read_words(query: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(words_of(fold(query))))[:_MOST_WORDS]


_RANGE = "suffix ~>=~ %s AND suffix ~<~ %s"
SEARCH_PREFIX = f"SELECT name_id FROM people_namesuffix WHERE {_RANGE}"


def _bounds(word: str) -> list[str]:
    """The stretch of the index that holds a prefix: up to the last letter there is."""
    return [word, word + "\U0010ffff"]


# How common a word is changes slowly and only decides which word leads, so it is remembered for a while.
_known_counts: dict[str, int] = {}
_COUNTS_REMEMBERED = 2000


def _count_names(words: tuple[str, ...]) -> dict[str, int]:
    """How many names hold each word, counted no further than `_COMMON`."""
    if unknown := [word for word in words if word not in _known_counts]:
        if len(_known_counts) > _COUNTS_REMEMBERED:
            _known_counts.clear()
            unknown = list(words)
        _known_counts.update(_ask_counts(unknown))
    return {word: _known_counts.get(word, 0) for word in words}


def _ask_counts(words: list[str]) -> dict[str, int]:
    one = f"SELECT %s, count(*) FROM (SELECT 1 FROM people_namesuffix WHERE {_RANGE} LIMIT {_COMMON}) counted"
    values = [value for word in words for value in (word, *_bounds(word))]
    with open_cursor() as cursor:
        cursor.execute(" UNION ALL ".join([one] * len(words)), values)
        return dict(cursor.fetchall())


def _read_ids(leading: str, others: list[str], limit: int) -> list[int] | None:
    """The ids in at most `limit` entries, None when there are more; a name has two when two of its words begin alike."""
    tests = "".join(" AND strpos(suffix, %s) > 0" for _word in others)
    found = f"{SEARCH_PREFIX}{tests} LIMIT %s"
    with open_cursor() as cursor:
        cursor.execute(
            f"SELECT count(*), array_agg(DISTINCT name_id) FROM ({found}) AS found",  # noqa: S608
            [*_bounds(leading), *(f" {word}" for word in others), limit + 1],
        )
        entries, ids = cursor.fetchone()
    return None if entries > limit else ids or []


def name_of(name_id: int) -> str:
    """The folded name behind an id."""
    return Name.objects.values_list("folded", flat=True).get(pk=name_id)
