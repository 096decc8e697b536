import threading
from dataclasses import replace
from datetime import UTC, date, datetime
from importlib import import_module

import pytest
from django.db import connection, connections

from motcua.core.refusal import Refused
from motcua.people import actions as people
from motcua.people import jobs, queries
from motcua.people.models import CommonWords, Identifier, Name, NameSuffix, Person
from motcua.people.rules import ALONE, gather_initials, turn_name

AT = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)
AN = people.PersonFacts(
    full_name="Nguyễn Văn An",
    id_number="001090123456",
    old_id="012345678",
    birth_on=date(1990, 1, 1),
    sex="Nam",
    address="Thôn 3",
    phone="0912 345 678",
)
pytestmark = pytest.mark.django_db


def test_a_new_person_is_kept_in_one_statement(django_assert_num_queries):
    with django_assert_num_queries(1):
        person = people.keep_person(AN, at=AT)
    person.refresh_from_db()
    assert person.full_name == "Nguyễn Văn An"
    assert person.name.folded == "nguyen van an"
    assert queries.get_phone(person) == "0912345678"
    assert queries.get_identifiers(person) == [("citizen_id", "001090123456"), ("old_id", "012345678")]


def test_numbers_are_not_readable_in_the_database():
    people.keep_person(AN, at=AT)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT p::text || i::text FROM people_person p JOIN people_identifier i ON i.person_id = p.id"
        )
        rows = " ".join(row[0] for row in cursor.fetchall())
    for number in ("001090123456", "012345678", "912345678"):
        assert number not in rows
        assert number.encode().hex() not in rows


def test_the_same_number_is_the_same_person_with_the_newest_contact(django_assert_num_queries):
    first = people.keep_person(AN, at=AT)
    with django_assert_num_queries(1):
        again = people.keep_person(
            replace(AN, address="Thôn 5", phone="", id_number="001.090.123.456"), at=AT
        )
    assert again.pk == first.pk
    assert again.address == "Thôn 5"
    assert queries.get_phone(again) == "0912345678"
    assert Identifier.objects.count() == 2


def test_a_number_under_another_name_keeps_the_kept_name_and_says_so():
    people.keep_person(AN, at=AT)
    other = people.keep_person(replace(AN, full_name="Trần Thị Bình", old_id=""), at=AT)
    assert other.full_name == "Nguyễn Văn An"
    assert queries.find_name_conflict("001090123456", "Trần Thị Bình") == "Nguyễn V. A."
    assert queries.find_name_conflict("001090123456", "NGUYỄN VĂN AN") == ""
    assert queries.find_name_conflict("001090999999", "Trần Thị Bình") == ""


def test_an_old_number_is_the_same_person_only_under_the_same_name():
    old = people.keep_person(replace(AN, id_number=""), at=AT)
    assert people.keep_person(AN, at=AT).pk == old.pk
    other = people.keep_person(replace(AN, id_number="", full_name="Lê Thị Hoa"), at=AT)
    assert other.pk != old.pk
    assert {person.pk for person in queries.find_by_identifier("012345678")} == {old.pk, other.pk}


def test_without_a_number_name_and_phone_together_are_the_same_person():
    facts = people.PersonFacts(full_name="Lò Thị Mai", phone="0987654321")
    first = people.keep_person(facts, at=AT)
    assert people.keep_person(replace(facts, phone="+84 987 654 321"), at=AT).pk == first.pk
    assert people.keep_person(replace(facts, phone=""), at=AT).pk != first.pk
    assert people.keep_person(replace(facts, full_name="Lò Văn Mai"), at=AT).pk != first.pk


def test_an_organisation_is_known_by_its_tax_code():
    facts = people.PersonFacts(
        full_name="Công ty TNHH Một thành viên Sông Hồng", kind="organisation", id_number="0101234567"
    )
    firm = people.keep_person(facts, at=AT)
    assert firm.kind == "organisation"
    assert queries.find_by_identifier("0101234567") == [firm]
    assert find("song hong cong ty") == {firm.name_id}


@pytest.mark.parametrize("name", ["", "   ", "…", "\u200b"])
def test_no_name_is_refused_at_its_field(name):
    with pytest.raises(Refused) as refusal:
        people.keep_person(people.PersonFacts(full_name=name), at=AT)
    assert refusal.value.field == "full_name"
    assert not Person.objects.exists()


def test_a_name_of_ten_thousand_letters_is_refused_at_its_field():
    with pytest.raises(Refused) as refusal:
        people.keep_person(replace(AN, full_name="Nguyễn " * 1500), at=AT)
    assert refusal.value.code == "name_too_long"
    assert refusal.value.field == "full_name"


def test_html_in_a_name_and_decomposed_letters_are_kept_as_text():
    person = people.keep_person(replace(AN, full_name="<b>Nguyê\u0303n</b> An"), at=AT)
    assert person.full_name == "<b>Nguyễn</b> An"


def test_phone_and_number_find_the_person_however_typed():
    person = people.keep_person(AN, at=AT)
    assert queries.find_by_phone("+84 912.345.678") == [person]
    assert queries.find_by_identifier("001 090 123 456") == [person]
    assert queries.find_by_identifier("") == queries.find_by_phone("") == []


def find(words: str | queries.NameWords) -> set[int]:
    asked = queries.read_words(words) if isinstance(words, str) else words
    sql, values = queries.seek_names(asked).write_ids()
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return {row[0] for row in cursor.fetchall()}


@pytest.mark.parametrize(
    "question", ["an", "nguyen an", "AN NGUYỄN", "văn an nguyễn", "nguyen a*", "an v*", "nguyen van", "ng*"]
)
def test_a_name_is_found_by_its_words_in_any_order(question):
    person = people.keep_person(AN, at=AT)
    people.keep_person(people.PersonFacts(full_name="Trần Thị Bình"), at=AT)
    assert find(question) == {person.name_id}


def test_words_are_whole_unless_one_says_otherwise():
    an = people.keep_person(AN, at=AT).name_id
    anh = people.keep_person(people.PersonFacts(full_name="Nguyễn Văn Anh"), at=AT).name_id
    assert find("an nguyen") == find("nguyen an") == {an}
    assert find("nguyen an*") == find("an*") == {an, anh}
    assert find("nguyen v a") == find("nguyen v a*") == set()
    freer = queries.read_words("nguyen v a").loosen()
    assert freer == queries.read_words("nguyen v a *")
    assert find(freer.loosen()) == {an, anh}
    assert freer.loosen().loosen() is None


@pytest.mark.parametrize("words", [1, 2, 6, 7, 12])
def test_a_name_of_any_length_is_found_by_each_two_of_its_words(words):
    said = [f"tu{chr(97 + n)}" for n in range(words)]
    person = people.keep_person(people.PersonFacts(full_name=" ".join(said)), at=AT)
    people.keep_person(people.PersonFacts(full_name="Tu Khac"), at=AT)
    for first in said:
        assert find(first) == {person.name_id}
        assert all(find(f"{first} {second}") == {person.name_id} for second in said)
    assert find(" ".join(reversed(said[:8]))) == {person.name_id}
    assert find(f"{said[0]} khac") == set()


@pytest.mark.parametrize("question", ["", "%", "_ _", "'; drop table people_name; --", "an\\"])
def test_a_strange_question_finds_nothing_or_something_and_breaks_nothing(question):
    people.keep_person(AN, at=AT)
    if words := queries.read_words(question):
        assert queries.seek_names(words).are_any() == bool(find(words))
    assert Name.objects.count() == 1


def test_how_many_bear_some_words_is_known_from_last_night(monkeypatch):
    monkeypatch.setattr(people, "COMMON", 2)
    for name in ("Nguyễn Thị An", "Nguyễn Thị Bình", "Nguyễn Văn An", "Trần Thị An", "Lê Hà"):
        people.keep_person(people.PersonFacts(full_name=name), at=AT)
    long = "Công ty Trách nhiệm Hữu hạn Dịch vụ Số"
    for number in ("một", "hai"):
        people.keep_person(people.PersonFacts(full_name=f"{long} {number}", kind="organisation"), at=AT)

    def count(question: str) -> int:
        return queries.seek_names(queries.read_words(question)).count

    assert count("nguyen thi") == 0, "nothing was counted yet"
    assert jobs.count_common_words(AT) == people.count_common_words() == CommonWords.objects.count()
    assert [count(q) for q in ("nguyen thi", "an nguyen", "an", "nguy*", "nguyen th*")] == [2, 2, 3, 3, 2]
    assert count("le ha") == count("le") == 0, "few"
    assert count("cong ty so") == 2
    # Two of three with Nguyễn are Thị, so two of the two with Nguyễn and An are taken for that, or the two of three An.
    assert count("nguyen thi an") == round(2 * 2 / 3)


@pytest.mark.parametrize(
    ("together", "told"),
    [(100, ("minh ", "hoang ")), (1_600, ("minh ", "hoang ", "van "))],
    ids=["few go together", "many go together"],
)
def test_a_word_that_tells_little_leads_only_where_the_others_leave_many(
    together: int, told: tuple[str, ...]
) -> None:
    alone = {"minh ": 20_000, "hoang ": 30_000, "van ": 200_000}
    pairs = {"hoang minh ": together, "hoang van ": 3_000, "van minh ": 2_000}
    counted = {f"{ALONE}{word}": names for word, names in alone.items()} | pairs
    CommonWords.objects.bulk_create(CommonWords(words=words, names=n) for words, n in counted.items())
    sought = queries.seek_names(queries.read_words("Hoàng Văn Minh"))
    assert sought.leading == told
    assert {*sought.leading, *sought.others} == alone.keys()
    assert sought.count < together / 2, "three words together are rarer"


def test_an_upgrade_counts_as_the_night_does():
    upgrade = import_module("motcua.people.migrations.0003_common_words")
    every_night = [sql % people.COMMON for sql in people.COUNT_COMMON]
    assert [sql.split() for sql in upgrade.COUNT] == [sql.split() for sql in every_night]


def test_the_search_reads_the_index_of_turned_names():
    names = [Name(folded=f"nguyen van {n:05}", sort_key="") for n in range(3000)]
    Name.objects.bulk_create(names)
    NameSuffix.objects.bulk_create(
        NameSuffix(suffix=turned, name=name) for name in names for turned in turn_name(name.folded)
    )
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE people_namesuffix")
        between = {"from": "00042 nguyen ", "to": "00042 nguyen ~", "tests": ""}
        cursor.execute(f"EXPLAIN {queries.SEARCH} LIMIT 20", between)
        plan = "\n".join(row[0] for row in cursor.fetchall())
    assert "people_name_by_words" in plan
    assert "Seq Scan" not in plan
    assert len(find("nguyen 00042")) == 1


@pytest.mark.django_db(transaction=True)
def test_two_counters_keep_one_person():
    kept, start = [], threading.Barrier(6)

    def work() -> None:
        start.wait()
        kept.append(people.keep_person(AN, at=AT).pk)
        connections.close_all()

    threads = [threading.Thread(target=work) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(kept) == 6
    assert len(set(kept)) == 1
    assert Person.objects.count() == Name.objects.count() == 1
    assert Identifier.objects.count() == 2


def test_the_commonest_beginnings_are_told_apart():
    """A walk for `le` that stops at every `van` reads a quarter of all dossiers."""
    common = ("nguyen", "van", "thi", "tran", "le", "pham", "hoang")
    for word in common:
        asked = gather_initials((), (word,))
        others = [other for other in common if other != word]
        assert not any(gather_initials((other,)) & asked == asked for other in others), word
