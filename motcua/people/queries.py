"""What we ask about people."""

from dataclasses import dataclass
from itertools import combinations, pairwise

from motcua.core import secret
from motcua.core.prepared import open_cursor
from motcua.core.text import fold
from motcua.people.models import Identifier, Name, Person
from motcua.people.rules import (
    LONG,
    MOST_PAIRED,
    clean_identifier,
    clean_phone,
    gather_initials,
    mask_identifier,
    mask_name,
    mask_phone,
    words_of,
)

__all__ = [
    "NameWords",
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
    "read_words",
]

_MOST_WORDS = 8
# Counting the names of two words stops here at first, and further on when nothing rarer is among them.
STEPS = (300, 1500, 5000)


@dataclass(frozen=True, slots=True)
class NameWords:
    """Words of a name asked for: these as they stand, and these of which more letters may follow."""

    whole: tuple[str, ...]
    unfinished: tuple[str, ...]

    def __bool__(self) -> bool:
        return bool(self.whole or self.unfinished)

    @property
    def initials(self) -> int:
        """The bits that every name with these words has."""
        return gather_initials(self.whole, self.unfinished)

    def loosen(self) -> "NameWords":
        """The same words, each perhaps unfinished."""
        return NameWords((), (*self.whole, *self.unfinished))


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


def read_words(query: str) -> NameWords:
    """The words of a question; the last one may be unfinished."""
    *whole, last = tuple(dict.fromkeys(words_of(fold(query))))[:_MOST_WORDS] or ("",)
    return NameWords(tuple(whole), (last,) if last else ())


def find_name_ids(words: NameWords, limit: int = 1000) -> tuple[int, ...] | None:
    """Ids of the names that hold all the words, in any order; None when there are more than the limit, or too many to look.

    The rarest two words are looked up in the index of turned names and the others are tested in the same index entry.
    """
    leads = _choose_leads(words)
    if any(count >= STEPS[-1] for _lead, count in leads):
        return None
    return _read_ids([lead for lead, _count in leads], limit)


SEARCH_PREFIX = "SELECT name_id FROM people_namesuffix WHERE suffix ~>=~ %s AND suffix ~<~ %s"


@dataclass(frozen=True, slots=True)
class _Lead:
    """Where in the index names with some of the words stand together: behind this prefix. The others are to be tested."""

    prefix: str
    tests: tuple[str, ...]

    @property
    def bounds(self) -> tuple[str, str]:
        """The stretch of the index that holds the prefix: up to the last letter there is."""
        return self.prefix, self.prefix + "\U0010ffff"


def _choose_leads(words: NameWords) -> list[tuple[_Lead, int]]:
    """Of either kind of entry the rarest lead with its count. Among equals the last leads: given names are rarer."""
    kinds = (_lead_by_pairs(words), _lead_by_word(words, LONG))
    counts: dict[str, int] = {}
    rarest = []
    for before, limit in pairwise((0, *STEPS)):
        many = [lead for leads in kinds for lead in leads if counts.get(lead.prefix, before) >= before]
        counts |= _count_entries(many, limit)
        rarest = [min(reversed(leads), key=lambda lead: counts[lead.prefix]) for leads in kinds]
        if all(counts[lead.prefix] < limit for lead in rarest):
            break
    return [(lead, counts[lead.prefix]) for lead in rarest]


def _lead_by_pairs(words: NameWords) -> list[_Lead]:
    """Two words of which the first is whole; a word alone, where no other is whole."""
    if not words.whole:
        return _lead_by_word(words, "")
    written = [*(f"{word} " for word in words.whole), *words.unfinished]
    return [
        _Lead(first + second, tuple(f" {word}" for word in written if word not in (first, second)))
        for first, second in combinations(written, 2)
    ]


def _lead_by_word(words: NameWords, mark: str) -> list[_Lead]:
    written = [*(f"{word} " for word in words.whole), *words.unfinished]
    return [
        _Lead(mark + leading, tuple(f" {word}" for word in written if word != leading)) for leading in written
    ]


# What is common stays so, and takes longest to count: it is remembered. The rare is counted anew, as it may have grown.
_common_counts: dict[str, int] = {}
_MOST_REMEMBERED = 5000


def _count_entries(leads: list[_Lead], limit: int) -> dict[str, int]:
    """How many entries stand behind each lead, counted no further than the limit (a step); more where it is remembered."""
    known = {lead.prefix: _common_counts.get(lead.prefix, 0) for lead in leads}
    # Where counting stopped at a step, there are as many at least; anything else was counted to the end.
    asked = [lead for lead in leads if known[lead.prefix] < limit and known[lead.prefix] in (0, *STEPS)]
    counts = _ask_counts(asked, limit) if asked else {}
    if len(_common_counts) > _MOST_REMEMBERED:
        _common_counts.clear()
    _common_counts.update({prefix: count for prefix, count in counts.items() if count >= STEPS[0]})
    return known | counts


def _ask_counts(leads: list[_Lead], limit: int) -> dict[str, int]:
    one = f"SELECT %s, count(*) FROM ({SEARCH_PREFIX} LIMIT {limit}) counted"
    values = [value for lead in leads for value in (lead.prefix, *lead.bounds)]
    with open_cursor() as cursor:
        cursor.execute(" UNION ALL ".join([one] * len(leads)), values)
        return dict(cursor.fetchall())


def _read_ids(leads: list[_Lead], limit: int) -> tuple[int, ...] | None:
    """A name has as many entries behind one word alone as it has other words, behind two of them one."""
    most = limit * MOST_PAIRED + 1
    found = " UNION ALL ".join(
        f"({SEARCH_PREFIX}{' AND strpos(suffix, %s) > 0' * len(lead.tests)} LIMIT {most})" for lead in leads
    )
    values = [value for lead in leads for value in (*lead.bounds, *lead.tests)]
    with open_cursor() as cursor:
        cursor.execute(f"SELECT array_agg(DISTINCT name_id) FROM ({found}) AS found", values)  # noqa: S608
        ids = cursor.fetchone()[0] or []
    return None if len(ids) > limit else tuple(ids)


def name_of(name_id: int) -> str:
    """The folded name behind an id."""
    return Name.objects.values_list("folded", flat=True).get(pk=name_id)
