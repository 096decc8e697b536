"""A list that was exported, as a test reads it back."""

from io import BytesIO
from typing import Any

from python_calamine import CalamineWorkbook


def read_list(content: bytes) -> list[list[Any]]:
    """The lines of the one sheet, the heading first."""
    book = CalamineWorkbook.from_filelike(BytesIO(content))
    (name,) = book.sheet_names
    return book.get_sheet_by_name(name).to_python()
