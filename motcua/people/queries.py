"""What we ask about people."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations

from motcua.core import secret
from motcua.core.prepared import open_cursor
from motcua.core.text import fold
from motcua.people.models import Identifier, Name, Person
from motcua.people.rules import (
    ALONE,
    LONG,
    clean_identifier,
    clean_phone,
    gather_initials,
    mask_identifier,
    mask_name,
    mask_phone,
    words_of,
)

__all__ = [
    "GOES_ON",
    "NameWords",
    "SoughtNames",
    "find_by_identifier",
    "find_by_phone",
    "find_name_conflict",
    "get_identifiers",
    "get_person",
    "get_phone",
    "mask_identifier",
    "mask_name",
    "mask_phone",
    "read_words",
    "seek_names",
]

_MOST_WORDS = 8


@dataclass(frozen=True, slots=True)
class NameWords:
    """Words of a name asked for: these as they stand, and these of which more letters may follow."""

    whole: tuple[str, ...]
    unfinished: tuple[str, ...]

    def __bool__(self) -> bool:
        return bool(self.whole or self.unfinished)

    @property
    def written(self) -> tuple[str, ...]:
        """As they stand in turned names: a space ends a whole word."""
        return (*(f"{word} " for word in self.whole), *self.unfinished)

    @property
    def initials(self) -> int:
        """The bits that every name with these words has."""
        return gather_initials(self.whole, self.unfinished)

    def loosen(self) -> "NameWords | None":
        """The same words, of which the last may go on, then each of them; None when they can say no less."""
        if not self.whole:
            return None
        if not self.unfinished:
            return NameWords(self.whole[:-1], self.whole[-1:])
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


GOES_ON = "*"


def read_words(query: str) -> NameWords:
    """The words of a question, each whole; a star says that more letters may follow the last."""
    words = tuple(dict.fromkeys(words_of(fold(query))))[:_MOST_WORDS]
    asked = NameWords(words, ())
    return (asked.loosen() or asked) if query.rstrip().endswith(GOES_ON) else asked


@dataclass(frozen=True, slots=True)
class SoughtNames:
    """Names that hold words asked for: where they stand in the index, about how many they are, and the words that tell most.

    The number is of last night and knows only words that many hold (`models.CommonWords`): 0 stands for few.
    """

    leads: tuple["_Lead", ...]
    count: int
    leading: tuple[str, ...]
    others: tuple[str, ...]

    def write_ids(self) -> tuple[str, dict[str, str]]:
        """A statement of their `name_id`s, some more than once, and its values.

        The rarest two words are looked up in the index of turned names and the others are tested in the same entry.
        """
        values: dict[str, str] = {}
        parts = [_write_entries(lead, f"lead{place}", values) for place, lead in enumerate(self.leads)]
        return " UNION ALL ".join(parts), values

    def are_any(self) -> bool:
        """Whether anybody at all bears such a name."""
        sql, values = self.write_ids()
        with open_cursor() as cursor:
            cursor.execute(f"SELECT EXISTS ({sql})", values)
            return bool(cursor.fetchone()[0])


def seek_names(words: NameWords) -> SoughtNames:
    """The names that hold all the words, in any order."""
    written = words.written
    kinds = (_lead_by_pairs(words), _lead_by_word(written, LONG))
    counts = _read_counts({*(lead.counted for leads in kinds for lead in leads), *map(_alone, written)})
    rarest = [min(reversed(leads), key=lambda lead: counts[lead.counted]) for leads in kinds]
    count = sum(_estimate(lead, written, counts) for lead in rarest)
    return SoughtNames(tuple(rarest), count, *_part_words(written, counts, count))


# A word that so many names hold tells little: to pass its rows by takes longer than to read the few that are not meant.
_TELLING = 100_000
# Two words that so many names hold, and twice as many as the others too, leave more rows to look at than passing by takes.
_MANY = 1_500


def _part_words(
    written: Sequence[str], counts: dict[str, int], count: int
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The words that tell much, two at least, and the others: these are tested where the first have led."""
    ordered = tuple(sorted(written, key=lambda word: counts[_alone(word)]))
    pair = "".join(sorted(ordered[:2], key=written.index))
    if counts.get(pair, 0) >= max(_MANY, 2 * count):
        return ordered, ()
    leading = max(2, sum(counts[_alone(word)] < _TELLING for word in ordered))
    return ordered[:leading], ordered[leading:]


# The ends of the stretch stand aside (the OFFSET): seen, they would be planned anew each time; unseen where they are compared,
# the stretch would seem so long that other processes are called to help.
SEARCH = """
SELECT entry.name_id
FROM (SELECT (SELECT %(from)s::text) AS low, (SELECT %(to)s::text) AS high OFFSET 0) AS sought
CROSS JOIN LATERAL (
    SELECT name_id FROM people_namesuffix WHERE suffix ~>=~ sought.low AND suffix ~<~ sought.high
    AND suffix LIKE ALL ((SELECT string_to_array(%(tests)s::text, E'\\n'))::text[]) OFFSET 0
) AS entry"""
_LAST_LETTER = "\U0010ffff"


@dataclass(frozen=True, slots=True)
class _Lead:
    """Where in the index names with some of the words stand together: behind this prefix. The others are to be tested."""

    prefix: str
    words: tuple[str, ...]
    tests: tuple[str, ...]
    counted: str


def _lead_by_pairs(words: NameWords) -> list[_Lead]:
    """Two words of which the first is whole; a word alone, where no other is, or none is whole."""
    if not words.whole or len(words.written) < 2:
        return _lead_by_word(words.written, "")
    return [_lead(pair, words.written) for pair in combinations(words.written, 2)]


def _lead_by_word(written: Sequence[str], mark: str) -> list[_Lead]:
    return [_lead((word,), written, mark) for word in written]


def _lead(words: tuple[str, ...], written: Sequence[str], mark: str = "") -> _Lead:
    prefix = mark + "".join(words)
    tests = tuple(f"% {word}%" for word in written if word not in words)
    return _Lead(prefix, words, tests, prefix if mark or len(words) > 1 else _alone(prefix))


def _alone(word: str) -> str:
    return ALONE + word


def _write_entries(lead: _Lead, place: str, values: dict[str, str]) -> str:
    """The stretch of the index that holds the prefix, up to the last letter there is; one text for any number of tests."""
    values |= {f"{place}_from": lead.prefix, f"{place}_to": lead.prefix + _LAST_LETTER}
    values[f"{place}_tests"] = "\n".join(lead.tests)
    return SEARCH.replace("%(", f"%({place}_")


def _estimate(lead: _Lead, written: Sequence[str], counts: dict[str, int]) -> int:
    """How many of the names behind a lead hold the other words too, if these go with its words as they do elsewhere."""
    if len(lead.words) < 2:
        return counts[lead.counted]
    share = 1.0
    for word in written:
        if word not in lead.words:
            share *= max(_share(word, beside, written, counts) for beside in lead.words)
    return round(counts[lead.counted] * share)


def _share(word: str, beside: str, written: Sequence[str], counts: dict[str, int]) -> float:
    """Of the names with the one word, the share of those that hold the other too."""
    pair = sorted((word, beside), key=written.index)
    return min(1.0, counts["".join(pair)] / max(1, counts[_alone(beside)]))


# Fixed and with one value, so that it is planned once however many words are asked for.
_COUNTS = f"""
SELECT asked.words, coalesce(kept.names, 0)
FROM unnest(string_to_array((SELECT %s::text), E'\n')) AS asked(words) CROSS JOIN LATERAL (
    SELECT sum(c.names)::bigint FROM people_commonwords c
    WHERE c.words ~>=~ asked.words AND c.words ~<~ (asked.words || '{_LAST_LETTER}')
) AS kept(names)
"""


def _read_counts(asked: Iterable[str]) -> dict[str, int]:
    """How many names stand behind each of these, as last counted; 0 for few."""
    with open_cursor() as cursor:
        cursor.execute(_COUNTS, ["\n".join(asked)])
        return dict(cursor.fetchall())


def name_of(name_id: int) -> str:
    """The folded name behind an id."""
    return Name.objects.values_list("folded", flat=True).get(pk=name_id)
