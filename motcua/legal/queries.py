"""What is asked of legal numbers. A number that is missing is an error, never a default in code."""

from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from functools import lru_cache

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from motcua.core.prepared import open_cursor
from motcua.core.refusal import Refused
from motcua.legal.models import LegalDocument, Parameter


class MissingParameter(LookupError):
    """A rule asked for a number nobody has laid down for that day: a fault of the installation, not a refusal."""


def get_parameter(key: str, on: date) -> Decimal | str:
    """The value of a key on a day: a number, or text where it is not one. :raises MissingParameter: none holds."""
    value = _read_values([key], on).get(key)
    if value is None:
        raise MissingParameter(f"no legal parameter {key!r} on {on:%d/%m/%Y}")
    try:
        return Decimal(value)
    except InvalidOperation:
        return value


_VALUES = """
SELECT key, value FROM legal_parameter
WHERE key = ANY(%s) AND valid_from <= %s AND (valid_to IS NULL OR valid_to > %s)
ORDER BY valid_from
"""


def _read_values(keys: Iterable[str], on: date) -> dict[str, str]:
    with open_cursor() as cursor:
        cursor.execute(_VALUES, [list(keys), on, on])
        return dict(cursor.fetchall())


def get_int(key: str, on: date) -> int:
    """A whole number. :raises MissingParameter: none holds, or it is not whole."""
    value = get_parameter(key, on)
    if isinstance(value, str) or value != int(value):
        raise MissingParameter(f"legal parameter {key!r} on {on:%d/%m/%Y} is {value}, not a whole number")
    return int(value)


def get_held_int(key: str, on: date, at: datetime) -> int:
    """The same for what every act of a counter asks: kept within a minute of the clock. :raises MissingParameter: none holds."""
    return _get_in_minute(key, on, at.replace(second=0, microsecond=0))


@lru_cache(maxsize=64)
def _get_in_minute(key: str, on: date, _minute: datetime) -> int:
    return get_int(key, on)


def get_ints(keys: Iterable[str], on: date) -> dict[str, int]:
    """Several whole numbers in one statement. :raises MissingParameter: one does not hold that day, or is not whole."""
    wanted = tuple(keys)
    found = _read_values(wanted, on)
    for key in wanted:
        if not found.get(key, "").isdecimal():
            raise MissingParameter(f"no whole number {key!r} on {on:%d/%m/%Y}")
    return {key: int(found[key]) for key in wanted}


def find_parameters(text: str = "", *, unverified_only: bool = False) -> QuerySet[Parameter]:
    """All rows, current and past, by key and day; `text` searches key, name and basis."""
    rows = Parameter.objects.select_related("document").order_by("key", "valid_from")
    if unverified_only:
        rows = rows.filter(is_verified=False)
    for word in text.split()[:5]:
        rows = rows.filter(Q(key__icontains=word) | Q(name__icontains=word) | Q(basis__icontains=word))
    return rows


def get_row(parameter_id: int) -> Parameter:
    """One row. :raises Refused: `not_found`."""
    row = Parameter.objects.select_related("document").filter(pk=parameter_id).first()
    if row is None:
        raise Refused("not_found", _("Không có tham số này."))
    return row


def find_history(key: str) -> list[Parameter]:
    """Every value a key has had, the latest first."""
    return list(Parameter.objects.filter(key=key).select_related("document").order_by("-valid_from"))


def count_unverified() -> int:
    """Rows nobody has compared with the text of the law yet."""
    return Parameter.objects.filter(is_verified=False).count()


def find_last(key: str, before: date) -> Parameter | None:
    """The value that held last and holds no more on a day; None where one still holds, or none ever did."""
    rows = Parameter.objects.filter(key=key, valid_from__lte=before)
    latest = rows.select_related("document").order_by("-valid_from").first()
    return latest if latest and latest.valid_to and latest.valid_to <= before else None


def find_documents() -> QuerySet[LegalDocument]:
    """Documents by day of issue, the latest first."""
    return LegalDocument.objects.order_by("-issued_on", "number")
