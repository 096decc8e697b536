"""Indicators of procedures: what is offered, what is used, what is whole."""

from decimal import Decimal

from motcua.catalogue.queries import PublishedFacts
from motcua.figures.queries import Received
from motcua.indices.queries.live import Known, merge_units
from motcua.indices.rules import Figure
from motcua.indices.rules.counting import Offered, read_offered


def test_procedures_with_dossiers_make_four_indicators() -> None:
    told = [
        Offered(1, 1, 10, 4, is_whole=True, is_online=True, is_full_online=True),
        Offered(1, 0, 5, 0, is_whole=True, is_online=True, is_full_online=False),
        Offered(1, 0, 3, 0, is_whole=False, is_online=False, is_full_online=False),
    ]
    figures = {figure.code: figure for figure in read_offered(told)}
    assert figures["1.3"] == Figure("1.3", Decimal(2), Decimal(3))
    assert figures["3.1"] == Figure("3.1", Decimal(2), Decimal(3))
    assert figures["3.2"] == Figure("3.2", Decimal(1), Decimal(2))
    assert figures["3.x"] == Figure("3.x", Decimal(4), Decimal(10))


def test_a_procedure_of_two_units_is_one_procedure() -> None:
    facts = PublishedFacts(is_whole=True, is_online=True, is_full_online=True)
    known = [Known(Received(1, "1.001193", 3, 0), facts), Known(Received(2, "1.001193", 4, 2), facts)]
    assert [one.row for one in merge_units(known)] == [Received(0, "1.001193", 7, 2)]
