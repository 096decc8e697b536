"""What we do with people: keep what is known of one of them."""

from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db import connection, transaction
from django.db.models import ProtectedError
from django.utils.translation import gettext as _

from motcua.core import secret
from motcua.core.prepared import open_cursor
from motcua.core.reading import make
from motcua.core.refusal import Refused
from motcua.core.rekeying import EncryptedColumn
from motcua.core.text import clean_line, fold, sort_key
from motcua.people.models import Name, Person
from motcua.people.rules import (
    ALONE,
    LONG,
    IdentifierKind,
    clean_identifier,
    clean_phone,
    turn_name,
    words_of,
)

ENCRYPTED = (
    EncryptedColumn("people_person", "phone_enc", "phone_index", "phone"),
    EncryptedColumn("people_identifier", "value_enc", "value_index", "identifier"),
)
_LONGEST_NAME = 250
_TRIES = 4


@dataclass(frozen=True, slots=True)
class PersonFacts:
    """What the desk knows of an applicant, a submitter or an authorising person."""

    full_name: str
    kind: str = "person"
    id_number: str = ""
    id_kind: str = ""
    old_id: str = ""
    birth_on: date | None = None
    birth_text: str = ""
    sex: str = ""
    address: str = ""
    phone: str = ""
    email: str = ""
    more_identifiers: tuple[tuple[str, str], ...] = field(default=())


def keep_person(facts: PersonFacts, *, at: datetime) -> Person:
    """Find the person by number (else by name and phone) or keep a new one, and bring the contact up to date.

    One statement. A number already kept under another name gives that person back with the kept name: the dossier has
    its own copy of what was said, and the page asks about the difference (`queries.find_name_conflict`).

    :raises Refused: no name, or a name longer than the column.
    """
    values = _to_values(facts, at)
    if secret.is_rotating():
        _bring_under_first_key(facts)
    for _attempt in range(_TRIES):
        if person := _upsert(values):
            return person
    raise Refused("busy", _("Hồ sơ của người này đang được người khác ghi. Thử lại sau giây lát."))


def _bring_under_first_key(facts: PersonFacts) -> None:
    """While keys change: what this person is found by is written anew first, so that nobody is kept twice."""
    numbers = [(value, "people_identifier", "value", "identifier") for _kind, value in _identifiers(facts)]
    numbers += [(clean_phone(facts.phone), "people_person", "phone", "phone")] if facts.phone else []
    for value, table, column, purpose in numbers:
        current, *older = secret.blind_indexes(value, purpose)
        sql = f"UPDATE {table} SET {column}_index = %s, {column}_enc = %s WHERE {column}_index = ANY(%s)"  # noqa: S608
        with open_cursor() as cursor:
            cursor.execute(sql, [current, secret.encrypt(value), older])


def _to_values(facts: PersonFacts, at: datetime) -> dict[str, Any]:
    full_name = clean_line(facts.full_name)
    words = words_of(fold(full_name))
    if not words:
        raise Refused("name_missing", _("Chưa có họ tên."), field="full_name")
    if len(full_name) > _LONGEST_NAME:
        raise Refused("name_too_long", _("Họ tên dài quá 250 ký tự."), field="full_name")
    folded = " ".join(words)[:300]
    phone = clean_phone(facts.phone)
    identifiers = _identifiers(facts)
    return {
        "full_name": full_name,
        "kind": facts.kind,
        "folded": folded,
        "sort_key": sort_key(full_name)[:600],
        "turned": "\n".join(turn_name(folded)),
        "birth_on": facts.birth_on,
        "birth_text": facts.birth_text[:20],
        "sex": facts.sex[:10],
        "address": clean_line(facts.address)[:500],
        "email": clean_line(facts.email)[:254],
        "phone_enc": secret.encrypt(phone) if phone else None,
        "phone_index": secret.blind_index(phone, "phone") if phone else None,
        "at": at,
        "kinds": ",".join(kind for kind, _value in identifiers),
        "encs": ",".join(secret.encrypt(value).hex() for _kind, value in identifiers),
        "indexes": ",".join(secret.blind_index(value, "identifier").hex() for _kind, value in identifiers),
    }


def _identifiers(facts: PersonFacts) -> list[tuple[str, str]]:
    """The numbers given, the surest first, each kind once."""
    main_kind = facts.id_kind or (
        IdentifierKind.TAX_CODE if facts.kind == "organisation" else IdentifierKind.CITIZEN_ID
    )
    given = [(main_kind, facts.id_number), *facts.more_identifiers, (IdentifierKind.OLD_ID, facts.old_id)]
    cleaned: dict[str, str] = {}
    for kind, value in given:
        if number := clean_identifier(value)[:40]:
            cleaned.setdefault(str(kind), number)
    return list(cleaned.items())


def get_nobody(*, at: datetime) -> Person:
    """Who stands where a person was forgotten: one row without name or number, found by no search."""
    name, _new = Name.objects.get_or_create(folded="", defaults={"sort_key": ""})
    person = Person.objects.filter(name=name, full_name="").order_by("pk").first()
    return person or Person.objects.create(name=name, full_name="", kept_at=at, changed_at=at)


def forget_people(*, person_ids: Iterable[int]) -> int:
    """Take these people and their numbers away for good, and the searched names nobody else bears.

    The caller knows that nothing refers to them any more; a reference left is an error of the database.
    """
    rows = Person.objects.filter(pk__in=list(person_ids)).exclude(full_name="")
    names = set(rows.values_list("name_id", flat=True))
    count = rows.count()
    rows.delete()
    for name in Name.objects.filter(pk__in=names, people=None):
        with suppress(ProtectedError):
            name.delete()
    return count


def count_common_words() -> int:
    """Count anew how many names hold each word and each two words, where many do; how many counts are kept."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM people_commonwords")
        for sql in COUNT_COMMON:
            cursor.execute(sql, [COMMON])
        cursor.execute("SELECT count(*) FROM people_commonwords")
        return int(cursor.fetchone()[0])


# With fewer names each is looked up sooner than anything else is found out about them.
COMMON = 300
_KEEP = "INSERT INTO people_commonwords (words, names) SELECT counted.words, count(*)"
COUNT_COMMON = (
    f"""{_KEEP} FROM people_namesuffix s CROSS JOIN LATERAL (
        SELECT split_part(s.suffix, ' ', 1) || ' ' || CASE WHEN left(s.suffix, 1) = '{LONG}' THEN ''
               WHEN split_part(s.suffix, ' ', 2) = '' THEN '' ELSE split_part(s.suffix, ' ', 2) || ' ' END
    ) AS counted(words) GROUP BY 1 HAVING count(*) >= %s""",
    f"""{_KEEP} FROM (
        SELECT '{ALONE}' || unnest(string_to_array(folded, ' ')) || ' ' FROM people_name
    ) AS counted(words) GROUP BY 1 HAVING count(*) >= %s""",
)

_NAMES = tuple(column.attname for column in Person._meta.concrete_fields)
# An old nine-digit number counts only together with the same name: it was not unique between provinces.
# Lists come as one text each: the driver looks through a list value by value.
_UPSERT = """
WITH given AS (
    SELECT kind, decode(enc, 'hex') AS enc, decode(value_index, 'hex') AS value_index, place
    FROM unnest(string_to_array(%(kinds)s, ','), string_to_array(%(encs)s, ','), string_to_array(%(indexes)s, ','))
         WITH ORDINALITY AS g(kind, enc, value_index, place)
), old_name AS (
    SELECT id FROM people_name WHERE folded = %(folded)s
), new_name AS (
    INSERT INTO people_name (folded, sort_key)
    SELECT %(folded)s, %(sort_key)s WHERE NOT EXISTS (SELECT 1 FROM old_name)
    ON CONFLICT (folded) DO NOTHING RETURNING id
), suffixes AS (
    INSERT INTO people_namesuffix (suffix, name_id)
    SELECT t, new_name.id FROM new_name, unnest(string_to_array(%(turned)s, E'\n')) AS t
), name_row AS (
    SELECT id FROM old_name UNION ALL SELECT id FROM new_name
), found AS (
    SELECT person_id FROM (
        SELECT i.person_id, g.place::int AS place
        FROM given g JOIN people_identifier i ON i.value_index = g.value_index AND i.kind = g.kind
        WHERE i.bearer = CASE WHEN g.kind = 'old_id' THEN (SELECT id FROM old_name) ELSE 0 END
        UNION ALL
        SELECT id, 100 FROM people_person
        WHERE phone_index = %(phone_index)s::bytea AND name_id = (SELECT id FROM old_name)
          AND kind = %(kind)s AND NOT EXISTS (SELECT 1 FROM given)
    ) candidates ORDER BY place, person_id LIMIT 1
), kept AS (
    INSERT INTO people_person (kind, full_name, name_id, birth_on, birth_text, sex, address,
                               phone_enc, phone_index, email, kept_at, changed_at)
    SELECT %(kind)s, %(full_name)s, name_row.id, %(birth_on)s::date, %(birth_text)s, %(sex)s, %(address)s,
           %(phone_enc)s::bytea, %(phone_index)s::bytea, %(email)s, %(at)s, %(at)s
    FROM name_row WHERE NOT EXISTS (SELECT 1 FROM found) RETURNING *
), changed AS (
    UPDATE people_person p SET
        full_name = CASE WHEN p.name_id = (SELECT id FROM old_name) THEN %(full_name)s ELSE p.full_name END,
        birth_on = COALESCE(p.birth_on, %(birth_on)s::date),
        birth_text = COALESCE(NULLIF(p.birth_text, ''), %(birth_text)s),
        sex = COALESCE(NULLIF(p.sex, ''), %(sex)s),
        address = COALESCE(NULLIF(%(address)s, ''), p.address),
        email = COALESCE(NULLIF(%(email)s, ''), p.email),
        phone_enc = COALESCE(%(phone_enc)s::bytea, p.phone_enc),
        phone_index = COALESCE(%(phone_index)s::bytea, p.phone_index),
        changed_at = %(at)s
    WHERE p.id = (SELECT person_id FROM found)
    RETURNING p.*
), person AS (
    SELECT * FROM kept UNION ALL SELECT * FROM changed
), numbers AS (
    INSERT INTO people_identifier (person_id, kind, value_enc, value_index, bearer)
    SELECT person.id, g.kind, g.enc, g.value_index,
           CASE WHEN g.kind = 'old_id' THEN (SELECT id FROM name_row) ELSE 0 END
    FROM person, given g
    ON CONFLICT (value_index, kind, bearer) DO NOTHING RETURNING kind
)
SELECT {columns}, EXISTS (SELECT 1 FROM kept) AND (SELECT count(*) FROM numbers) < (SELECT count(*) FROM given)
FROM person
""".format(columns=", ".join(f"person.{name}" for name in _NAMES))


def _upsert(values: dict[str, Any]) -> Person | None:
    """None when another officer kept the same name or number a moment ago: asking again will find it."""
    with open_cursor() as cursor:
        cursor.execute(_UPSERT, values)
        row = cursor.fetchone()
        if row is None:
            return None
        *read, has_lost_race = row
        person = make(Person, dict(zip(_NAMES, read, strict=True)), is_kept=True)
        if has_lost_race:
            cursor.execute("DELETE FROM people_identifier WHERE person_id = %s", [person.pk])
            cursor.execute("DELETE FROM people_person WHERE id = %s", [person.pk])
            return None
    return person
