"""Indicators of procedures: what is offered, what is used, what is whole."""

from decimal import Decimal

from motcua.indices.rules import Figure
from motcua.indices.rules.counting import Offered, read_offered


def test_procedures_with_dossiers_make_four_indicators() -> None:
    told = [
        Offered(10, 4, is_whole=True, is_online=True, is_full_online=True),
        Offered(5, 0, is_whole=True, is_online=True, is_full_online=False),
        Offered(3, 0, is_whole=False, is_online=False, is_full_online=False),
    ]
    figures = {figure.code: figure for figure in read_offered(told)}
    assert figures["1.3"] == Figure("1.3", Decimal(2), Decimal(3))
    assert figures["3.1"] == Figure("3.1", Decimal(2), Decimal(3))
    assert figures["3.2"] == Figure("3.2", Decimal(1), Decimal(2))
    assert figures["3.x"] == Figure("3.x", Decimal(4), Decimal(10))
