"""Events can be added and read; nothing else, whoever asks."""

import pytest
from django.db import IntegrityError, connection, transaction

from motcua.core.models import PermanentError
from motcua.dossiers.models import Event
from motcua.dossiers.tests.factories import World, make_dossier


def test_the_database_itself_refuses_to_change_or_forget_an_event(world: World) -> None:
    make_dossier(world)
    for sql in ("UPDATE dossiers_event SET act = 'x'", "DELETE FROM dossiers_event"):
        with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql)
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL motcua.may_empty = 'off'")
        cursor.execute("TRUNCATE dossiers_event")


def test_the_model_refuses_before_the_database_has_to(world: World) -> None:
    make_dossier(world)
    event = Event.objects.get()
    for attempt in (
        event.save,
        event.delete,
        Event.objects.all().delete,
        lambda: Event.objects.update(act="x"),
    ):
        with pytest.raises(PermanentError):
            attempt()


def test_events_are_partitioned_and_carry_their_transaction(world: World) -> None:
    make_dossier(world)
    with connection.cursor() as cursor:
        cursor.execute("SELECT relkind FROM pg_class WHERE oid = 'dossiers_event'::regclass")
        assert cursor.fetchone() == ("p",)
        cursor.execute("SELECT pg_current_xact_id()::text::bigint")
        assert Event.objects.get().xact_id == cursor.fetchone()[0]


def test_no_event_names_a_person_served(world: World) -> None:
    dossier = make_dossier(world, "returned")
    kept = " ".join(str(event.data) for event in Event.objects.all())
    assert dossier.applicant_name not in kept and "Nguyễn Văn Thử" not in kept
