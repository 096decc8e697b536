"""Reading one value at a time, and saying which row and column could not be read, and why."""

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from django.utils.translation import gettext as _

from motcua.catalogue.exchange.facts import Rejection
from motcua.catalogue.rules import clean_text
from motcua.core.text import clean_line, fold

MOST = 10**15
_DAY_SHAPES = ("%Y-%m-%d", "%d/%m/%Y", "%d-%m-%Y")


class Cells:
    """The values of one row; what cannot be read is noted in `rejections` and given an empty value."""

    def __init__(
        self,
        row: int,
        values: Mapping[str, Any],
        rejections: list[Rejection],
        *,
        sheet: str = "",
        prefix: str = "",
    ) -> None:
        self.row, self._values, self._sheet, self._prefix = row, values, sheet, prefix
        self.rejections = rejections

    def inside(self, values: Mapping[str, Any], prefix: str) -> "Cells":
        """The same row, one level deeper."""
        return Cells(self.row, values, self.rejections, sheet=self._sheet, prefix=f"{self._prefix}{prefix}.")

    def raw(self, column: str) -> Any:
        return self._values.get(column)

    def reject(self, column: str, reason: str) -> None:
        value = str(self._values.get(column, "") or "")[:80]
        self.rejections.append(Rejection(self.row, self._prefix + column, value, reason, self._sheet))

    def line(self, column: str, *, longest: int = 300, required: bool = False) -> str:
        """One line of text, by its place in a table never longer than `longest`."""
        return self._text(column, clean_line(_as_text(self.raw(column))), longest, required)

    def text(self, column: str, *, longest: int = 20_000, required: bool = False) -> str:
        """Text that may run over several lines."""
        return self._text(column, clean_text(_as_text(self.raw(column))), longest, required)

    def _text(self, column: str, text: str, longest: int, required: bool) -> str:
        if required and not text:
            self.reject(column, _("không được để trống"))
        if len(text) > longest:
            self.reject(column, _("dài hơn %(longest)d ký tự") % {"longest": longest})
        return text

    def day(self, column: str) -> date | None:
        """A day as 2026-01-31 or 31/01/2026; empty is allowed."""
        value = self.raw(column)
        if isinstance(value, datetime):
            return value.date()
        if isinstance(value, date) or value in (None, ""):
            return value or None
        for shape in _DAY_SHAPES:
            try:
                return datetime.strptime(str(value).strip(), shape).date()  # noqa: DTZ007 - a day has no time zone
            except ValueError:
                continue
        self.reject(column, _("không phải ngày hợp lệ (dd/mm/yyyy)"))
        return None

    def number(self, column: str, most: int = MOST) -> Decimal:
        """A number that is not negative; empty is nought."""
        value = self.raw(column)
        if value in (None, ""):
            return Decimal(0)
        try:
            found = Decimal(str(value).strip().replace(",", "."))
        except InvalidOperation:
            found = Decimal(-1)
        if not found.is_finite() or not 0 <= found <= most:
            self.reject(column, _("phải là số từ 0 đến %(most)s") % {"most": most})
            return Decimal(0)
        return found

    def whole(self, column: str, most: int = MOST) -> int:
        """A whole number that is not negative; empty is nought."""
        found = self.number(column, most)
        if found != int(found):
            self.reject(column, _("phải là số nguyên"))
        return int(found)

    def choice(self, column: str, words: Mapping[str, str], default: str = "") -> str:
        """One of the words, as written by the source, by people in Excel, or as kept."""
        value = clean_line(_as_text(self.raw(column)))
        if not value and default:
            return default
        if value in words:
            return str(words[value])
        if value in set(words.values()):
            return value
        if found := {fold(word): code for word, code in words.items() if word}.get(fold(value)):
            return str(found)
        self.reject(
            column, _("không thuộc danh mục: %(words)s") % {"words": ", ".join(w for w in words if w)}
        )
        return default

    def flag(self, column: str) -> bool:
        """Yes or no, as the source or a person in Excel writes it."""
        return str(self.raw(column) or "").strip().lower() in {"true", "1", "1.0", "x", "có", "yes"}


def _as_text(value: Any) -> str:
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value) if value is not None else ""
