"""Lines drawn at once say the same as the rule asked day by day."""

from datetime import date, timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from motcua.figures.rules import Succession
from motcua.figures.rules.standing_in import draw_lines
from motcua.figures.rules.stays import get_unit_on

FIRST = date(2025, 1, 1)
# A unit is followed only by one with a higher number: nobody is followed by somebody it followed.
successions = st.lists(
    st.tuples(st.integers(1, 6), st.integers(1, 6), st.integers(0, 40))
    .filter(lambda told: told[0] < told[1])
    .map(lambda told: Succession(told[0], told[1], FIRST + timedelta(days=told[2]))),
    max_size=6,
    unique_by=lambda one: one.from_unit_id,
)


# Drawing is slow where the machine is: that says nothing of the rule.
@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(successions)
def test_every_day_has_its_unit(told: list[Succession]) -> None:
    lines = draw_lines(told)
    assert {line.agency_id for line in lines} == {one.from_unit_id for one in told}
    for agency_id in {one.from_unit_id for one in told}:
        for number in range(-1, 45):
            day = FIRST + timedelta(days=number)
            [found] = [
                line.unit_id
                for line in lines
                if line.agency_id == agency_id
                and line.first_on <= day
                and (line.end_on is None or day < line.end_on)
            ]
            assert found == get_unit_on(agency_id, day, told)


def test_ten_thousand_mergers_take_no_time() -> None:
    many = [Succession(n, 20_000 + n // 3, FIRST) for n in range(10_000)]
    assert len(draw_lines(many)) == 20_000
