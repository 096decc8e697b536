"""Plans of other provinces, years and layouts, held to the same figures as the real ones."""

from pathlib import Path
from typing import Any

import pytest

from motcua.programme.reading import open_source
from motcua.programme.rules.plan import as_json, read_plan
from motcua.programme.tests import makers
from motcua.programme.tests.varied import EXPECTED

PLANS = Path(__file__).parent / "plans"
FIELDS = ("appendix", "section_no", "no", "content", "lead", "coordinating", "time", "product", "note")


def read(content: bytes) -> dict[str, Any]:
    return as_json(read_plan(open_source(content)))


def rows_of(plan: dict[str, Any]) -> list[tuple[str, ...]]:
    return [(*(row[name] for name in FIELDS), row["deadline"]["kind"]) for row in plan["rows"]]


@pytest.mark.parametrize("name", EXPECTED)
def test_every_row_and_cell_is_read(name: str) -> None:
    assert rows_of(read((PLANS / name).read_bytes())) == EXPECTED[name]["rows"]


@pytest.mark.parametrize("name", EXPECTED)
def test_the_letter_is_read(name: str) -> None:
    plan, want = read((PLANS / name).read_bytes()), EXPECTED[name]
    got = {key: plan[key] for key in ("title", "number", "date", "issuer", "signer", "year")}
    assert got == {key: want[key] for key in got}
    assert (len(plan["legal_bases"]), len(plan["recipients"])) == (want["bases"], want["recipients"])
    assert [(t["op"], t["value"]) for t in plan["targets"]] == want["targets"]


@pytest.mark.parametrize("make", [makers.as_docx, makers.as_xlsx, makers.as_pdf], ids=["docx", "xlsx", "pdf"])
@pytest.mark.parametrize("name", ["a_tinh_2024.txt", "b_xa_2025.txt", "d_huyen_2022.txt", "g_huyen_2020.txt"])
def test_the_same_plan_in_another_kind_of_file_says_the_same(name: str, make: Any) -> None:
    pieces = makers.from_blocks(open_source((PLANS / name).read_bytes()).blocks)
    assert rows_of(read(make(pieces))) == EXPECTED[name]["rows"]
