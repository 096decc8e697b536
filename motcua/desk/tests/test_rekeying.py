"""A change of keys: everything encrypted is written anew, found as before, and the old key may go."""

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from django.db.models import BinaryField

from motcua.core import secret
from motcua.core.rekeying import EncryptedColumn, rekey
from motcua.desk.management.commands.rekey import COLUMNS
from motcua.people import actions, queries
from motcua.people.models import Identifier, Person
from motcua.people.tests.test_people import AT

PEOPLE = [EncryptedColumn("people_person", "phone_enc", "phone_index", "phone"),
          EncryptedColumn("people_identifier", "value_enc", "value_index", "identifier")]  # fmt: skip


@pytest.fixture
def keys(settings):
    def use(*given):
        settings.MOTCUA_FIELD_KEYS = list(given)

    return use


def keep(number, phone, name="Nguyễn Văn Thử"):
    return actions.keep_person(
        actions.PersonFacts(full_name=name, id_number=number, id_kind="citizen_id", phone=phone), at=AT
    )


def test_every_encrypted_column_of_the_house_is_known_to_the_command():
    kept = {
        (model._meta.db_table, field.column)
        for model in apps.get_models()
        for field in model._meta.get_fields()
        if isinstance(field, BinaryField) and field.column.endswith("_enc")
    }
    assert kept == {(one.table, one.column) for one in COLUMNS}


def test_after_rekeying_the_old_key_may_go(db, keys):
    keys("old")
    for n in range(7):
        keep(f"04509000000{n}", f"091200000{n}")
    keys("new", "old")
    assert [rekey(column, batch=3).done for column in PEOPLE] == [7, 7]
    assert [rekey(column).done for column in PEOPLE] == [0, 0]
    keys("new")
    (person,) = queries.find_by_identifier("045090000003")
    assert queries.get_phone(person) == "0912000003"
    assert queries.find_by_phone("0912000003") == [person]


def test_while_keys_change_nobody_is_kept_twice(db, keys):
    keys("old")
    person = keep("045090000001", "0912000001")
    keys("new", "old")
    assert keep("045090000001", "0912000001").pk == person.pk
    assert Person.objects.count() == Identifier.objects.count() == 1
    keys("new")
    assert queries.find_by_identifier("045090000001") == [person]


def test_what_no_key_reads_is_named_and_left_alone(db, keys, capsys):
    keys("lost")
    person = keep("045090000001", "0912000001")
    keys("new")
    before = bytes(Person.objects.get().phone_enc)
    assert rekey(PEOPLE[0]).left == [person.pk]
    with pytest.raises(CommandError, match="giữ khóa cũ"):
        call_command("rekey")
    assert f"id={person.pk}" in capsys.readouterr().err
    assert bytes(Person.objects.get().phone_enc) == before


def test_the_command_writes_everything_anew(db, keys, capsys):
    keys("old")
    keep("045090000001", "0912000001")
    keys("new", "old")
    call_command("rekey")
    assert "people_identifier.value_enc: 1" in capsys.readouterr().out
    assert secret.is_current(Identifier.objects.get().value_enc)
