"""An Excel file somebody hands in, read only when its contents fit in memory: the reader itself asks for whatever a file
claims, and takes the whole process with it."""

import re
import zipfile
from collections.abc import Iterator
from io import BytesIO
from typing import IO

from django.utils.translation import gettext as _
from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook

from motcua.core.refusal import Refused

Grid = list[list[object]]
_MOST_UNPACKED_BYTES = 200 * 1024 * 1024
# A sheet is laid out from its first cell to its last: two cells at opposite corners are seventeen thousand million.
_MOST_CELLS = 5_000_000
# Excel itself has no more (its specifications and limits): XFD is the last.
_MOST_COLUMNS = 16_384
_OLD_CONTAINER = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_PLACE = re.compile(
    rb"""<(?:\w{1,20}:)?(row|c)\b(?:[^>]{0,300}?\br\s*=\s*["']([A-Za-z]{0,3})(\d{1,7})["'])?"""
)
_PIECE, _LONGEST_TAG = 1 << 20, 400
_FAULTS = (CalamineError, OSError, ValueError, IndexError)


class Spreadsheet:
    """The sheets of a file by name, in order."""

    def __init__(self, content: bytes) -> None:
        """:raises Refused: at field `file`: no Excel file, locked, damaged, or far larger inside than it looks."""
        _require_sane(content)
        try:
            self._book = CalamineWorkbook.from_filelike(BytesIO(content))
        except _FAULTS as fault:
            raise _unread() from fault
        self.names: tuple[str, ...] = tuple(self._book.sheet_names)
        if not self.names:
            raise _unread()

    def open(self, name: str = "") -> CalamineSheet:
        """One sheet, the first unless it is named."""
        try:
            return self._book.get_sheet_by_name(name or self.names[0])
        except _FAULTS as fault:
            raise _unread() from fault

    def read(self, name: str = "") -> Grid:
        """The cells of a sheet from its upper left corner."""
        return [list(line) for line in self.open(name).to_python(skip_empty_area=False)]


def _require_sane(content: bytes) -> None:
    if content.startswith(_OLD_CONTAINER):
        raise Refused(
            "bad_file", _("Tệp có mật khẩu hoặc là Excel đời cũ. Lưu lại thành .xlsx không mật khẩu."), "file"
        )
    try:
        with zipfile.ZipFile(BytesIO(content)) as package:
            members = [one for one in package.infolist() if one.filename.lower().endswith(".xml")]
            if sum(one.file_size for one in package.infolist()) > _MOST_UNPACKED_BYTES:
                raise _too_large_inside()
            for member in members:
                with package.open(member) as stream:
                    _measure(stream)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError) as fault:
        raise _unread() from fault


def _measure(stream: IO[bytes]) -> None:
    """The corner its cells reach; a cell without a place of its own stands beside the one before it."""
    last_row = last_column = row = column = 0
    for kind, letters, digits in _find_places(stream):
        if kind == b"row":
            row, column = int(digits or row + 1), 0
            continue
        column = _count_column(letters) if letters else column + 1
        last_row, last_column = max(last_row, row, int(digits or 0)), max(last_column, column)
        if last_column > _MOST_COLUMNS or last_row * last_column > _MOST_CELLS:
            raise _too_wide()


def _find_places(stream: IO[bytes]) -> Iterator[tuple[bytes, bytes, bytes]]:
    kept = b""
    while piece := stream.read(_PIECE):
        text = kept + piece
        # A tag cut in two is looked at with the next piece; a longer tail than any tag has is none.
        cut = text.rfind(b"<")
        cut = cut if cut >= 0 and len(text) - cut < _LONGEST_TAG else len(text)
        yield from _PLACE.findall(text[:cut])
        kept = text[cut:]
    yield from _PLACE.findall(kept)


def _count_column(letters: bytes) -> int:
    """A is 1, Z is 26, AA is 27."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - 64
    return number


def _unread() -> Refused:
    return Refused(
        "bad_file",
        _("Tệp này không phải là tệp Excel đọc được. Mở bằng Excel, lưu lại dạng .xlsx."),
        field="file",
    )


def _too_large_inside() -> Refused:
    return Refused(
        "too_large_inside",
        _(
            "Nội dung bên trong tệp bung ra quá lớn so với một bảng số liệu. Chép bảng cần dùng sang tệp mới rồi gửi tệp đó."
        ),
        field="file",
    )


def _too_wide() -> Refused:
    return Refused(
        "too_wide",
        _("Bảng trong tệp trải quá rộng hoặc quá dài. Xóa các ô thừa ở xa bảng rồi lưu lại."),
        field="file",
    )
