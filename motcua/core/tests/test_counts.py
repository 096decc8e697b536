"""Numbers somebody typed into an address or a hidden field."""

import pytest

from motcua.core.text import read_count


@pytest.mark.parametrize(
    ("text", "number"),
    [("0", 0), ("007", 7), ("12", 12), ("", None), ("-1", None), ("1.0", None), (" 1", None), ("²", None), ("٣", None),
     ("9" * 18, 10**18 - 1), ("9" * 19, None), ("9" * 5000, None), ("1\n", None)],
)  # fmt: skip
def test_what_counts_as_a_number(text: str, number: int | None) -> None:
    assert read_count(text) == number


def test_no_larger_than_it_may_be() -> None:
    assert read_count("9", 9) == 9 and read_count("10", 9) is None and read_count("10", 12) == 10
    assert read_count("13", 12) is None
