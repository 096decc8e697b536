"""A new Excel workbook whose cells hold what they are given: text stays text, whatever it begins with."""

from io import BytesIO
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import xlsxwriter

# In memory: no file of a workbook is ever left on the disk. A name typed as "=1+1" is a name, an address no link.
_OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}


def open_workbook(content: BytesIO) -> "xlsxwriter.Workbook":
    """A workbook that is written into `content` when it is closed."""
    # Twenty megabytes that a process pays when its first workbook is asked for, not each from its start.
    import xlsxwriter

    return xlsxwriter.Workbook(content, dict(_OPTIONS))


def name_cell(row: int, column: int) -> str:
    """The name of a cell in formulas, counted from nought: (0, 1) is B1."""
    from xlsxwriter.utility import xl_rowcol_to_cell

    return str(xl_rowcol_to_cell(row, column))
