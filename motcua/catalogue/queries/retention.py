"""For how long dossiers of a procedure are kept, as the province laid down with its dates and basis."""

from datetime import date
from typing import NamedTuple

from motcua.catalogue.models import Operation


class KeptFor(NamedTuple):
    """One rule: dossiers of a procedure received from `since` until before `until` are kept for these years."""

    procedure_code: str
    since: date
    until: date | None
    years: int | None
    basis: str


def find_retentions() -> list[KeptFor]:
    """Every rule of the operated procedures; `years` is None where nothing was laid down yet."""
    rows = Operation.objects.order_by("procedure__code", "valid_from").values_list(
        "procedure__code", "valid_from", "valid_to", "retention_years", "retention_basis"
    )
    return [KeptFor(*row) for row in rows]
