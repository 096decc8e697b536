"""Formulas as forms print them, and nothing else."""

import contextlib
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.reports.rules.formula import BadFormula, compute, find_references, holds, order

ROW = {
    "3": Decimal(10),
    "7": Decimal(6),
    "11": Decimal(4),
    "13": Decimal(8),
    "14": Decimal(6),
    "15": Decimal(0),
}


@pytest.mark.parametrize(
    ("text", "value"),
    [("(7)+(11)", "10"), ("((13)-(14))*100/(13)", "25"), ("(7)/(3)", "0.60"), ("(3)/((13)*1000)", "0.00"), ("(3)/((13)*10)", "0.13"), ("(3)/(15)", None), ("(3)+(99)", "10"),
        ("(98)+(99)", None), ("-(7)", "-6")],
)  # fmt: skip
def test_values(text: str, value: str | None) -> None:
    assert compute(text, ROW) == (None if value is None else Decimal(value))


def test_checks() -> None:
    assert holds("(3) = (7) + (11)", ROW) is True
    assert holds("(13) <= (14)", ROW) is False
    assert holds("(98) >= (99)", ROW) is None
    assert holds("(99) >= (3)", ROW) is False


@pytest.mark.parametrize(
    "text", ["__import__('os')", "(3)**9", "a+b", "(3) if 1 else 2", "", "(3)(7)", "[1]", "(3).real"]
)
def test_nothing_else_is_understood(text: str) -> None:
    with pytest.raises(BadFormula):
        compute(text, ROW)


@given(st.text(alphabet="0123456789()+-*/. abcđ_'[]=", max_size=40))
def test_any_text_is_a_value_or_refused(text: str) -> None:
    with contextlib.suppress(BadFormula):
        compute(text, ROW)


def test_columns_come_after_those_they_need() -> None:
    assert order({"3": "(4)+(7)", "7": "(8)+(9)"}) == ["7", "3"]
    with pytest.raises(BadFormula):
        order({"3": "(4)", "4": "(3)"})
    assert find_references("(4)+(5)+(4)") == ("4", "5")
