"""A spreadsheet is read only when what it claims fits in memory: a kilobyte may ask for half a terabyte."""

import re
import subprocess
import zipfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest

from motcua.core.refusal import Refused
from motcua.core.spreadsheet import Spreadsheet
from motcua.core.workbook import answer_list

HOUSE = Path(__file__).parents[2]
_BOOK = answer_list("so", ["Một", "Hai"], [["a", "=b"], ["c", 3]]).content


def book(rows: str) -> bytes:
    """Our own workbook with other rows in its only sheet."""
    made = BytesIO()
    with (
        zipfile.ZipFile(BytesIO(_BOOK)) as given,
        zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as new,
    ):
        for name in given.namelist():
            text = given.read(name).decode()
            if "/sheet1" in name:
                text = re.sub("<sheetData>.*</sheetData>", lambda _m: f"<sheetData>{rows}</sheetData>", text)
            new.writestr(name, text)
    return made.getvalue()


def cell(place: str = "") -> str:
    return f"<c {place} t='n'><v>1</v></c>"


def row(place: str, *cells: str) -> str:
    return f"<row {place}>{''.join(cells)}</row>"


def test_what_we_write_is_read_from_its_corner() -> None:
    found = Spreadsheet(_BOOK)
    assert found.read() == [["Một", "Hai"], ["a", "=b"], ["c", 3.0]] and len(found.names) == 1


def test_a_line_as_wide_as_excel_goes_is_read() -> None:
    assert len(Spreadsheet(book(row("", cell() * 16_384))).read()[0]) == 16_384


def test_cells_without_a_place_stand_beside_each_other() -> None:
    assert Spreadsheet(book(f"<row>{cell()}{cell()}</row><row>{cell()}</row>")).read()[0] == [1.0, 1.0]


CORNERS = row('r="1"', cell('r="A1"')) + row('r="1048576"', cell('r="XFD1048576"'))
OTHERWISE = row("r='1'", cell("r = 'a1'")) + row("r='1048576'", cell("s='1' r='xfd1048576'"))
NO_PLACES = row("", cell() * 16_384) + row("") * 500 + row("", cell())
TOO_WIDE = row("", cell() * 16_385)
FAR_DOWN = row('r="900000"', cell()) + row("", cell('r="T900001"'))


@pytest.mark.parametrize(
    "rows",
    [
        pytest.param(CORNERS, id="opposite corners"),
        pytest.param(OTHERWISE, id="written otherwise"),
        pytest.param(NO_PLACES, id="no places at all"),
        pytest.param(TOO_WIDE, id="wider than Excel goes"),
        pytest.param(FAR_DOWN, id="a row far down"),
    ],
)
def test_cells_far_apart_are_refused_before_room_is_made_for_them(rows: str) -> None:
    with pytest.raises(Refused) as no:
        Spreadsheet(book(rows))
    assert no.value.field == "file" and "quá rộng" in no.value.message


def swell(content: bytes) -> bytes:
    """The workbook with two hundred million blanks in it."""
    made = BytesIO(content)
    with (
        zipfile.ZipFile(made, "a", zipfile.ZIP_DEFLATED, compresslevel=1) as package,
        package.open("xl/media/x", "w") as part,
    ):
        for _time in range(201):
            part.write(b" " * (1 << 20))
    return made.getvalue()


# Made by the test itself: files this large would be made in every process that only looks for its tests.
@pytest.mark.parametrize(
    ("make", "words"),
    [
        pytest.param(lambda: b"", "không phải là tệp Excel", id="empty"),
        pytest.param(lambda: b"MZ" + b"x" * 400, "không phải là tệp Excel", id="a program"),
        pytest.param(lambda: _BOOK[:-300], "không phải là tệp Excel", id="cut off"),
        pytest.param(
            lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "mật khẩu", id="locked or old"
        ),
        pytest.param(lambda: book(row("", cell() * 9_000_000)), "quá rộng", id="a bomb"),
        pytest.param(lambda: swell(_BOOK), "bung ra quá lớn", id="a bomb beside its sheets"),
    ],
)
def test_what_is_no_workbook_is_said_in_words_at_the_file(make: Callable[[], bytes], words: str) -> None:
    with pytest.raises(Refused) as no:
        Spreadsheet(make())
    assert no.value.field == "file" and words in no.value.message


def test_nobody_else_opens_a_workbook() -> None:
    found = subprocess.run(
        ["grep", "-rl", "--include=*.py", "CalamineWorkbook", str(HOUSE)], capture_output=True, text=True
    )
    named = {Path(line).relative_to(HOUSE).as_posix() for line in found.stdout.split()}
    assert {one for one in named if "/tests/" not in one} == {"core/spreadsheet.py"}
