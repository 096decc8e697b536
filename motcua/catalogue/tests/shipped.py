"""The shipped catalogue, read once for all tests that ask for it."""

from functools import cache
from pathlib import Path

import pytest

from motcua.catalogue.exchange.facts import Reading
from motcua.catalogue.exchange.jsonl import read_jsonl

SHIPPED = Path(__file__).resolve().parents[1] / "data" / "procedures.jsonl.gz"

# One process of the suite runs them all: reading takes longer than most of what is tried with it.
in_one_process = pytest.mark.xdist_group("shipped")


@cache
def read_shipped() -> Reading:
    """Every procedure of the file; nobody changes the list."""
    return read_jsonl(SHIPPED)
