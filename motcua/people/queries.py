"""What we ask about people."""

from dataclasses import dataclass

from django.db import connection

from motcua.core import secret
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
    "find_name_ids",
    "get_identifiers",
    "get_person",
    "get_phone",
    "mask_identifier",
    "mask_name",
    "mask_phone",
]

# Counting a word stops here: enough to tell the rare word from the common one.
_COMMON = 20_000
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
    words = tuple(dict.fromkeys(words_of(fold(query))))[:_MOST_WORDS]
    if not words:
        return NameHits((), ())
    counts = _count_names(words)
    rarest = min(words, key=lambda word: (counts[word], -len(word)))
    if len(words) == 1 and counts[rarest] > limit:
        return NameHits((), words, is_too_common=True)
    ids = _read_ids(rarest, [word for word in words if word != rarest], limit)
    return NameHits((), words, is_too_common=True) if len(ids) > limit else NameHits(ids, words)


_RANGE = "suffix ~>=~ %s AND suffix ~<~ %s"
SEARCH_PREFIX = f"SELECT DISTINCT name_id FROM people_namesuffix WHERE {_RANGE}"  # noqa: S608


def _bounds(word: str) -> list[str]:
    """The stretch of the index that holds a prefix: up to the last letter there is."""
    return [word, word + "\U0010ffff"]


def _count_names(words: tuple[str, ...]) -> dict[str, int]:
    """How many names hold each word, counted no further than `_COMMON`."""
    one = f"SELECT count(*) FROM (SELECT 1 FROM people_namesuffix WHERE {_RANGE} LIMIT {_COMMON}) counted"  # noqa: S608
    with connection.cursor() as cursor:
        cursor.execute(
            " UNION ALL ".join([one] * len(words)), [bound for word in words for bound in _bounds(word)]
        )
        return {word: row[0] for word, row in zip(words, cursor.fetchall(), strict=True)}


def _read_ids(rarest: str, others: list[str], limit: int) -> tuple[int, ...]:
    """One more than `limit` at most, so that the caller sees there are too many."""
    tests = "".join(" AND ' ' || suffix LIKE %s" for _word in others)
    sql = f"{SEARCH_PREFIX}{tests} LIMIT %s"
    with connection.cursor() as cursor:
        cursor.execute(sql, [*_bounds(rarest), *(f"% {word}%" for word in others), limit + 1])
        return tuple(row[0] for row in cursor.fetchall())


def name_of(name_id: int) -> str:
    """The folded name behind an id."""
    return Name.objects.values_list("folded", flat=True).get(pk=name_id)
