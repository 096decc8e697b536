"""The step table: what comes next, and what keeps a table from being published."""

from decimal import Decimal

import pytest

from motcua.processes.rules import StepView, check_table, longest_hours, next_steps
from motcua.processes.tests.factories import COMMUNE_STEPS, PARALLEL_STEPS


@pytest.mark.parametrize(
    ("done", "expected"),
    [(set(), (1,)), ({1}, (2, 3)), ({1, 2}, (3,)), ({1, 2, 3}, (4,)), ({1, 2, 3, 4, 5, 6}, ())],
)
def test_parallel_steps_open_together_and_a_join_waits_for_all(done, expected):
    assert next_steps(PARALLEL_STEPS, done) == expected


def test_parallel_steps_count_once_in_the_sum():
    assert longest_hours(PARALLEL_STEPS) == Decimal(80)


def test_a_sound_table_has_no_problem():
    assert check_table(COMMUNE_STEPS, Decimal(8)) == []
    assert check_table(PARALLEL_STEPS, Decimal(80)) == []


def _changed(index, **facts):
    steps = list(COMMUNE_STEPS)
    old = steps[index]
    values = {
        name: getattr(old, name)
        for name in ("no", "name", "post", "unit_role", "hours", "product", "runs_after")
    }
    steps[index] = StepView(**{**values, **facts})
    return steps


@pytest.mark.parametrize(
    ("steps", "code"),
    [
        ([], "empty"),
        (_changed(1, name=" "), "no_name"),
        (_changed(1, post="king"), "unknown_post"),
        (_changed(1, unit_role="palace"), "unknown_unit"),
        (_changed(1, unit_role="opinion"), "opinion_of_whom"),
        (_changed(1, hours=Decimal(-1)), "negative_hours"),
        (_changed(1, no=1), "number_twice"),
        (_changed(1, runs_after=(9,)), "runs_after_unknown"),
        (_changed(1, runs_after=(3,)), "circle"),
        (_changed(1, runs_after=()), "first_not_intake"),
        (_changed(3, runs_after=(2,)), "several_ends"),
        (_changed(4, unit_role="competent"), "last_not_return"),
        (_changed(2, post="case_officer"), "nobody_decides"),
        (_changed(1, hours=Decimal(5)), "hours_differ"),
    ],
)
def test_each_fault_is_named(steps, code):
    assert code in {problem.code for problem in check_table(steps, Decimal(8))}
