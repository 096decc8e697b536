"""Persons of the benchmark and the index of their names, exactly as `people` keeps them, written by COPY."""

from collections.abc import Callable
from dataclasses import dataclass, field
from random import Random

from psycopg import Connection, Copy

from motcua.bench.names import DrawnName, draw_names
from motcua.core import secret
from motcua.core.text import sort_key
from motcua.people.rules import gather_initials, turn_name

_COPY_PERSON = (
    "COPY people_person (id, kind, full_name, name_id, birth_text, sex, address, phone_enc, phone_index, email,"
    " kept_at, changed_at) FROM STDIN"
)
_COPY_IDENTIFIER = "COPY people_identifier (id, person_id, kind, value_enc, value_index, bearer) FROM STDIN"
_KEPT_AT = "2025-07-01 00:00:00+00"
TABLES = ("people_name", "people_namesuffix", "people_person", "people_identifier")


def get_number(person: int) -> str:
    """The identity number of a made-up person; no real place of birth has the code 000."""
    return f"000{person:09}"


def get_phone(person: int) -> str:
    """The telephone number of a made-up person; no real number begins so."""
    return f"00{person:08}"


@dataclass(slots=True)
class NameBook:
    """Distinct folded names with their numbers, in the order they were first met."""

    ids: dict[str, int] = field(default_factory=dict)
    firsts: list[DrawnName] = field(default_factory=list)

    def number(self, name: DrawnName) -> int:
        """The number of a name, a new one for a name not met before."""
        known = self.ids.get(name.folded)
        if known is None:
            known = self.ids[name.folded] = len(self.ids) + 1
            self.firsts.append(name)
        return known


def fill_people(connect: Callable[[], Connection], count: int, tell: Callable[[int], None]) -> int:
    """Write `count` persons with their numbers and names; how many distinct names there are."""
    book = NameBook()
    with connect() as one, connect() as other:
        with (
            one.cursor().copy(_COPY_PERSON) as persons,
            other.cursor().copy(_COPY_IDENTIFIER) as numbers,
        ):
            first = 1
            for block in draw_names(Random(7), count):
                _write_block(persons, numbers, block, book, first)
                first += len(block)
                tell(first - 1)
        _write_names(one, book)
    return len(book.ids)


def _write_block(persons: Copy, numbers: Copy, block: list[DrawnName], book: NameBook, first: int) -> None:
    rows, keys = [], []
    encrypt, index, number = secret.encrypt, secret.blind_index, book.number
    for person, name in enumerate(block, first):
        identity, phone = get_number(person), get_phone(person)
        sex = "female" if "Thị" in name.full else "male"
        rows.append(
            f"{person}\tperson\t{name.full}\t{number(name)}\t{1940 + person % 66}\t{sex}\tThôn {person % 17 + 1},"
            f" xã mẫu {person % 78 + 1}\t\\\\x{encrypt(phone).hex()}\t\\\\x{index(phone, 'phone').hex()}\t"
            f"\t{_KEPT_AT}\t{_KEPT_AT}\n"
        )
        keys.append(
            f"{person}\t{person}\tcitizen_id\t\\\\x{encrypt(identity).hex()}\t"
            f"\\\\x{index(identity, 'identifier').hex()}\t0\n"
        )
    persons.write("".join(rows))
    numbers.write("".join(keys))


def _write_names(connection: Connection, book: NameBook, block: int = 50_000) -> None:
    with connection.cursor().copy("COPY people_name (id, folded, sort_key) FROM STDIN") as names:
        for start in range(0, len(book.firsts), block):
            part = enumerate(book.firsts[start : start + block], start + 1)
            names.write("".join(f"{n}\t{x.folded}\t{sort_key(x.full)[:600]}\n" for n, x in part))
    with connection.cursor().copy("COPY bench.name (id, folded, initials) FROM STDIN") as names:
        for start in range(0, len(book.firsts), block):
            part = enumerate(book.firsts[start : start + block], start + 1)
            names.write("".join(f"{n}\t{x.folded}\t{gather_initials(x.folded.split())}\n" for n, x in part))
    connection.execute("ANALYZE bench.name")
    with connection.cursor().copy("COPY people_namesuffix (suffix, name_id) FROM STDIN") as suffixes:
        for start in range(0, len(book.firsts), block):
            part = enumerate(book.firsts[start : start + block], start + 1)
            suffixes.write("".join(f"{turned}\t{n}\n" for n, x in part for turned in turn_name(x.folded)))
