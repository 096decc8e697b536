"""A process by day, for an agency or its whole level, and the database keeping what was published."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from motcua.core.refusal import Refused
from motcua.organisations.models import Unit
from motcua.processes import queries
from motcua.processes.models import ProcessVersion, Step
from motcua.processes.tests.factories import PARALLEL_STEPS, make_process

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 20)


def test_the_published_steps_are_answered_once_and_then_from_memory(django_assert_max_num_queries):
    version = make_process()
    with django_assert_max_num_queries(3):
        view = queries.get_process("1.001193", 5, TODAY)
    assert (view.version_id, len(view.steps), view.steps[1].runs_after) == (version.pk, 5, (1,))
    with django_assert_max_num_queries(0):
        assert queries.get_process("1.001193", 5, TODAY) is view


def test_an_agency_has_its_own_process_before_the_one_of_its_level():
    commune = Unit.objects.create(code="xa-1", kind="commune")
    make_process()
    own = make_process(agency_id=commune.pk, steps=PARALLEL_STEPS)
    assert queries.get_process("1.001193", commune.pk, TODAY).version_id == own.pk
    assert queries.get_process("1.001193", commune.pk + 1, TODAY).version_id != own.pk


def test_a_draft_or_a_later_publication_does_not_hold_today():
    make_process(published_on=None)
    make_process("2.000815", published_on=date(2027, 1, 1))
    for code in ("1.001193", "2.000815"):
        with pytest.raises(Refused) as refusal:
            queries.get_process(code, None, TODAY)
        assert refusal.value.code == "no_process"


def test_the_database_refuses_to_change_a_published_version():
    version = make_process()
    for change in (
        lambda: ProcessVersion.objects.filter(pk=version.pk).update(decision_number="x"),
        lambda: Step.objects.filter(version=version).update(hours=1),
        lambda: Step.objects.filter(version=version).delete(),
        lambda: Step.objects.create(
            version=version, no=9, name="x", post="clerk", unit_role="competent", hours=1
        ),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            change()
    ProcessVersion.objects.filter(pk=version.pk).update(state="replaced", replaced_on=TODAY)
