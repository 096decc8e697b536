"""What a new value of a legal number may look like: as the one before it. Pure.

A word where rules count would stop every dossier from the day it is to hold.
"""

import re
from collections.abc import Callable

from motcua.core.marking import _
from motcua.core.refusal import Refused

_WHOLE = re.compile(r"\d{1,15}")
_GROUPED = re.compile(r"\d{1,3}(?:[. ]\d{3})+")
_NUMBER = re.compile(r"\d{1,15}(?:[.,]\d{1,6})?")
_MONTH_DAY = re.compile(r"(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])")


def read_value(text: str, before: str, *, say: Callable[[str], str] = str) -> str:
    """The value as it is kept.

    :raises Refused: at field `value`: the one before was a number, or a day of the year, and this is none.
    """
    text = " ".join(text.split())
    if _WHOLE.fullmatch(before):
        value = re.sub(r"[. ]", "", text) if _GROUPED.fullmatch(text) else text
        return _require(
            _WHOLE, value, say(_("Giá trị này là số nguyên, viết bằng chữ số, ví dụ {before}.")), before
        )
    if _NUMBER.fullmatch(before):
        sentence = say(_("Giá trị này là một số, viết bằng chữ số, ví dụ {before}."))
        return _require(_NUMBER, text, sentence, before).replace(",", ".")
    if _MONTH_DAY.fullmatch(before):
        sentence = say(_("Giá trị này là tháng-ngày trong năm, ví dụ {before}."))
        return _require(_MONTH_DAY, text, sentence, before)
    return text


def _require(shape: re.Pattern[str], value: str, sentence: str, before: str) -> str:
    if not shape.fullmatch(value):
        raise Refused("bad_value", sentence.format(before=before), field="value")
    return value
