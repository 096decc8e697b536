"""Events are sealed like evidence: a changed event is named by its table, number and day."""

import pytest
from django.db import connection, transaction

from motcua.audit import queries
from motcua.audit.tests.settling import seal
from motcua.dossiers.models import Event
from motcua.dossiers.tests.factories import NOON, TODAY, make_dossier, make_world


@pytest.mark.django_db(transaction=True)
def test_an_event_changed_by_the_owner_of_the_tables_is_named():
    make_dossier(make_world(), "processing")
    event = Event.objects.order_by("id")[1]
    assert seal(NOON) >= Event.objects.count()
    assert list(queries.find_faults()) == []
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT tableoid::regclass::text FROM dossiers_event WHERE id = %s", [event.pk])
        (leaf,) = cursor.fetchone()
        cursor.execute(f"ALTER TABLE {leaf} DISABLE TRIGGER USER")
        cursor.execute("UPDATE dossiers_event SET person_name = 'Người khác' WHERE id = %s", [event.pk])
        cursor.execute(f"ALTER TABLE {leaf} ENABLE TRIGGER USER")
    (fault,) = queries.find_faults()
    assert (fault.kind, fault.table, fault.id, fault.day) == ("altered", "dossiers_event", event.pk, TODAY)
