"""Decision 766: weights, thresholds, the worked example, and faults named by row and column."""

import csv
import io
import json
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.commands import index_score
from motcua.embedded.trouble import Trouble
from motcua.indices import sets
from motcua.indices.rules import Figure, rank, read_figures, score
from motcua.indices.rules.reading import read_number
from motcua.indices.rules.scoring import get_points

ON = date(2026, 11, 1)
RATES = {
    "1.1": "92", "1.2": "100", "1.3": "98", "1.4": "95", "2.1": "97.5", "3.x": "55", "3.5a": "70", "3.5b": "60",
    "3.6": "48", "4.1": "85", "4.2": "72", "4.c": "100", "4.3": "60", "4.4": "50", "4.5b": "90", "4.5a": "80",
    "5.2": "100", "5.3": "96", "5.4": "94",
}  # fmt: skip
EXAMPLE = "indicator,numerator,denominator\n" + "".join(
    f"{code},{rate},100\n" for code, rate in RATES.items()
)
CODES = [one.code for one in sets.get_indicators(ON)]


def _score(text: str):
    figures, faults = read_figures(text, CODES)
    assert not faults
    return score(sets.get_indicators(ON), figures, sets.get_bands(ON))


def test_the_worked_example() -> None:
    made = _score(EXAMPLE)
    points = {line.indicator.code: line.points for line in made.lines}
    told = {"1.1": "5.52", "1.3": "1.96", "1.4": "5.70", "2.1": "19.50", "3.x": "6.60", "3.5a": "1.75", "3.5b": "1.50",
            "3.6": "2.88", "4.1": "5.10", "4.2": "3.60", "4.3": "1.50", "4.4": "2", "4.5a": "1.60", "4.5b": "1.80",
            "5.3": "5.76", "5.4": "6"}  # fmt: skip
    assert {code: points[code] for code in told} == {code: Decimal(value) for code, value in told.items()}
    assert made.total == Decimal("84.77") and made.band and made.band.label == "Tốt"


@pytest.mark.parametrize("on", [date(2023, 6, 1), ON])
def test_groups_give_what_the_decision_says(on: date) -> None:
    made = score(sets.get_indicators(on), [])
    assert {group.code: group.most for group in made.groups} == {
        "transparency": 18, "progress": 20, "online": 12, "payment": 10, "digitisation": 22, "satisfaction": 18,
    }  # fmt: skip
    assert made.most == 100 and made.total == 0


@pytest.mark.parametrize("name", ["indicators.csv", "bands.csv", "limits.csv"])
def test_every_row_has_a_basis_and_none_overlaps(name: str) -> None:
    rows = list(csv.DictReader((sets.DATA / name).open(encoding="utf-8")))
    assert all(row["basis"] and row["is_verified"] in "01" for row in rows)
    held = [tuple(row.get(k) for k in ("set", "scope", "code", "floor", "key", "valid_from")) for row in rows]
    assert len(set(held)) == len(held)
    for on in (date(2022, 8, 1), date(2025, 12, 31), date(2026, 1, 1)):
        codes = [one.code for one in sets.get_indicators(on)]
        assert len(set(codes)) == len(codes)


def test_no_rules_before_the_first_day() -> None:
    with pytest.raises(sets.NoSetOfIndicators):
        sets.get_indicators(date(2022, 7, 31))


@given(low=st.integers(0, 10_000), high=st.integers(0, 10_000))
def test_a_better_rate_never_loses_points(low: int, high: int) -> None:
    low, high = sorted((low, high))
    for one in sets.get_indicators(ON):
        less, more = (get_points(one, Decimal(rate) / 100) for rate in (low, high))
        assert 0 <= less <= more <= one.points


def test_nothing_to_divide_by_gives_no_points_and_no_others_get_them() -> None:
    made = _score("indicator,numerator,denominator\n2.1,0,0\n1.3,10,10\n")
    assert made.total == 2 and "2.1" in {line.indicator.code for line in made.missing}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("indicator,numerator,denominator\n9.9,1,2\n", "Dòng 2, cột indicator: không có chỉ số “9.9”"),
        ("indicator,numerator,denominator\n1.1,1,2\n1.1,1,2\n", "Dòng 3, cột indicator: chỉ số 1.1 đã ghi ở dòng 2."),
        ("indicator,numerator,denominator\n\n1.1,x,2\n", "Dòng 3, cột numerator: “x” không phải là số."),
        ("indicator,numerator,denominator\n1.1,1,\n", "Dòng 2, cột denominator: còn trống"),
        ("indicator,numerator,denominator\n1.1,-1,2\n", "Dòng 2, cột numerator: “-1” là số âm."),
        ("indicator,numerator,denominator\n1.1,3,2\n", "Dòng 2, cột numerator: tử số 3 lớn hơn mẫu số 2."),
        ("indicator,numerator\n1.1,3\n", "Dòng 1: Dòng tiêu đề phải có đúng một cột “denominator”"),
        ("indicator,numerator,denominator\n", "Không có dòng số liệu nào"),
        ("", "Tệp trống."),
        (b"\xff\xfe1", "UTF-8"),
        (b"PK\x03\x04\x00\x00", "không phải tệp CSV"),
    ],
)  # fmt: skip
def test_a_fault_says_where(text: str | bytes, said: str) -> None:
    figures, faults = read_figures(text, CODES)
    assert said in faults[0].say()


def test_every_fault_is_told_at_once() -> None:
    _figures, faults = read_figures("indicator;numerator;denominator\n9.9;a;b\n1.1;2;1\n", CODES)
    assert [(fault.row, fault.column) for fault in faults] == [
        (2, "indicator"), (2, "numerator"), (2, "denominator"), (3, "numerator"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "value"),
    [("97.5", "97.5"), ("97,5", "97.5"), ("1.234.567", "1234567"), ("1.234,5", "1234.5"), ("1,234.5", "1234.5"), ("55%", "55")],
)  # fmt: skip
def test_numbers_as_offices_write_them(text: str, value: str) -> None:
    assert read_number(text) == Decimal(value)


@given(st.text(max_size=300))
def test_no_text_breaks_the_reader(text: str) -> None:
    figures, faults = read_figures(text, CODES)
    assert figures or faults
    assert all(fault.say() for fault in faults)


def test_columns_may_stand_in_any_order_and_language() -> None:
    figures, faults = read_figures("\ufeffMẫu số;Chỉ số;Tử số\n100;1.1;92,5\n", CODES)
    assert not faults and figures == [Figure("1.1", Decimal("92.5"), Decimal(100))]


def test_equals_share_a_place() -> None:
    assert rank({1: Decimal("80"), 2: Decimal("90"), 3: Decimal("80.0005"), 4: Decimal("70")}) == {
        2: 1,
        3: 2,
        1: 2,
        4: 4,
    }


def test_the_command_prints_the_total(tmp_path, capsys) -> None:
    path = tmp_path / "figures.csv"
    path.write_text(EXAMPLE, encoding="utf-8")
    assert index_score.run([str(path), "--on", ON.isoformat()]) == 0
    assert "84.77 / 100" in capsys.readouterr().out
    assert index_score.run([str(path), "--on", ON.isoformat(), "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["total"] == 84.77 and len(told["groups"]) == 6


def test_the_command_names_every_fault(tmp_path) -> None:
    path = tmp_path / "figures.csv"
    path.write_text("indicator,numerator,denominator\n7.7,1,1\n1.1,a,1\n", encoding="utf-8")
    with pytest.raises(Trouble) as told:
        index_score.run([str(path)])
    assert "Dòng 2" in told.value.vi and "Dòng 3" in told.value.vi and "Row 2" in told.value.en
    with pytest.raises(Trouble):
        index_score.run([str(tmp_path / "none.csv")])


def test_the_reader_keeps_what_the_writer_wrote() -> None:
    written = io.StringIO()
    csv.writer(written).writerows([("indicator", "numerator", "denominator"), ("1.1", "1.234,5", "2000")])
    figures, _faults = read_figures(written.getvalue(), CODES)
    assert figures[0].numerator == Decimal("1234.5")
