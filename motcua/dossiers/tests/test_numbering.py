"""Codes of both generations, read and written."""

from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from motcua.core.refusal import Refused
from motcua.dossiers.rules.numbering import DossierCode, make_code, make_result_number, parse_code


@pytest.mark.parametrize(
    ("agency", "on", "serial", "code"),
    [
        ("H22.12", date(2019, 8, 15), 3, "000.00.12.H22-190815-0003"),
        ("H22.1.2", date(2019, 8, 15), 3, "000.02.01.H22-190815-0003"),
        ("H50", date(2025, 6, 30), 1, "000.00.00.H50-250630-0001"),
        ("H50.12", date(2025, 7, 1), 1, "H50.12-250701-0001"),
        ("H50.12", date(2026, 3, 10), 12345, "H50.12-260310-12345"),
    ],
)
def test_a_code_is_written_as_its_day_writes_it(agency: str, on: date, serial: int, code: str) -> None:
    assert make_code(agency, on, serial) == code


@pytest.mark.parametrize(
    ("text", "agency", "on", "serial"),
    [
        ("000.00.01.H22-190815-0003", "000.00.01.H22", date(2019, 8, 15), 3),
        ("H50.12-250701-0001", "H50.12", date(2025, 7, 1), 1),
        (" h50.12-250701-0001 ", "H50.12", date(2025, 7, 1), 1),
        ("G09.20-20260609-0092637", "G09.20", date(2026, 6, 9), 92637),
    ],
)
def test_any_known_generation_is_read(text: str, agency: str, on: date, serial: int) -> None:
    assert parse_code(text) == DossierCode(agency, on, serial)


@pytest.mark.parametrize(
    "text", ["", "H50.12", "H50.12-251399-0001", "H50.12-250701-001", "'; drop table", "Nguyễn Văn A"]
)
def test_what_is_no_code_is_not_read_as_one(text: str) -> None:
    assert parse_code(text) is None


# A busy machine is no fault of the rule.
@settings(suppress_health_check=[HealthCheck.too_slow])
@given(
    st.from_regex(r"[A-Y][0-9]{2}(\.[0-9A-Z]{2}){0,3}", fullmatch=True),
    st.dates(date(2018, 1, 1), date(2099, 12, 31)),
    st.integers(1, 999_999),
)
def test_every_code_written_is_read_back(agency: str, on: date, serial: int) -> None:
    read = parse_code(make_code(agency, on, serial))
    assert read is not None and (read.on, read.serial) == (on, serial)


def test_a_result_number_follows_the_pattern_of_its_series() -> None:
    assert make_result_number("{n}/{year}/TLKS", 7, 2026) == "7/2026/TLKS"
    assert make_result_number("{nn}/GP-UBND", 7, 2026) == "07/GP-UBND"
    with pytest.raises(Refused):
        make_result_number("{what}", 7, 2026)


def test_an_agency_without_an_identifier_gets_no_code() -> None:
    with pytest.raises(Refused, match="mã định danh") as refused:
        make_code("", date(2026, 3, 10), 1)
    assert refused.value.code == "no_agency_code"
