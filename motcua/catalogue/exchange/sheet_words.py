"""What the codes of a procedure are called in the workbook that people edit: Vietnamese words, whatever language one reads in.

A file with the codes themselves is read as well: earlier ones had them.
"""

from collections.abc import Mapping

from motcua.catalogue.rules import (
    CHANNEL_WORDS,
    FEE_WORDS,
    LEVEL_WORDS,
    BlockKind,
    LimitUnit,
    ProcedureKind,
)

KINDS: Mapping[str, str] = {
    "Chuẩn toàn quốc": ProcedureKind.STANDARD,
    "Đặc thù": ProcedureKind.SPECIFIC,
    "Nội bộ": ProcedureKind.INTERNAL,
}
BLOCKS: Mapping[str, str] = {
    "Trường hợp": BlockKind.CASE,
    "Đề mục": BlockKind.HEADING,
    "Ghi chú": BlockKind.NOTE,
}
CHANNELS: Mapping[str, str] = CHANNEL_WORDS
FEES: Mapping[str, str] = FEE_WORDS
LEVELS: Mapping[str, str] = LEVEL_WORDS
UNITS: Mapping[str, str] = {
    "Giờ làm việc": LimitUnit.WORKING_HOUR,
    "Ngày làm việc": LimitUnit.WORKING_DAY,
    "Ngày": LimitUnit.CALENDAR_DAY,
    "Tháng": LimitUnit.MONTH,
    "Trong ngày": LimitUnit.SAME_DAY,
    "Không nêu": LimitUnit.NONE,
}


def say_code(words: Mapping[str, str], code: str) -> str:
    """The word of a code; a code without one stays."""
    return next((word for word, one in words.items() if one == code), code)
