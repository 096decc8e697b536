"""What becomes of the points when there was nothing to count, and when nobody knows."""

from datetime import date
from decimal import Decimal

from motcua.indices import sets
from motcua.indices.rules import Figure, score

ON = date(2026, 11, 1)
INDICATORS = sets.get_indicators(ON)


def _score(**told: tuple[int, int]):
    figures = [Figure(code, Decimal(n), Decimal(of)) for code, (n, of) in told.items()]
    return score(INDICATORS, figures, (), sets.get_spread(ON))


def test_nothing_to_count_goes_to_the_others_in_proportion() -> None:
    made = _score(**{"2.1": (1, 1), "5.4": (1, 2), "3.x": (0, 0)})
    assert made.given == Decimal("23.33") and made.applying_most == 88
    assert made.total == Decimal("26.51") and made.known_most == Decimal("29.55")
    assert "3.x" not in {line.indicator.code for line in made.missing}


def test_what_nobody_knows_gets_nothing_and_goes_to_nobody() -> None:
    made = _score(**{"2.1": (1, 1)})
    assert made.total == 20 and not made.out and "3.x" in {line.indicator.code for line in made.missing}


def test_dossiers_told_to_the_portal_without_any_are_zero_by_the_source() -> None:
    rules = sets.get_empty_rules(ON)
    assert rules["1.4"].is_verified and not rules["*"].is_verified
    made = _score(**{"2.1": (1, 1), "1.4": (0, 0)})
    assert made.total == 20 and not made.out


def test_figures_from_elsewhere_are_not_converted() -> None:
    made = score(INDICATORS, [Figure("2.1", Decimal(1), Decimal(1)), Figure("3.x", Decimal(0), Decimal(0))])
    assert made.total == 20 and not made.out
