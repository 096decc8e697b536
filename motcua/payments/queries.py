"""What is to be paid for a dossier, what was, and by whom it was taken."""

from dataclasses import dataclass

from motcua.core.reading import read_rows
from motcua.payments.models import Charge, Collection, Method

METHODS = Method.choices


@dataclass(frozen=True, slots=True)
class Account:
    """The money of one dossier: lines charged, sums taken, what is still owed."""

    charges: tuple[Charge, ...]
    collections: tuple[Collection, ...]

    @property
    def charged_vnd(self) -> int:
        """What is to be paid; waived lines are not."""
        return sum(line.amount_vnd for line in self.charges if line.waived_at is None)

    @property
    def collected_vnd(self) -> int:
        """What was taken; voided collections were not."""
        return sum(taken.amount_vnd for taken in self.collections if taken.voided_at is None)

    @property
    def owed_vnd(self) -> int:
        """What is still to be paid."""
        return self.charged_vnd - self.collected_vnd

    @property
    def receipt_numbers(self) -> tuple[str, ...]:
        """Numbers of the receipts given, voided ones left out."""
        return tuple(t.receipt_number for t in self.collections if t.receipt_number and t.voided_at is None)

    @property
    def is_settled(self) -> bool:
        """Whether nothing is owed."""
        return self.owed_vnd <= 0


def get_charges(reference: str) -> list[Charge]:
    """The lines charged for a dossier, in their order."""
    return read_rows(Charge, "reference = %s ORDER BY no", [reference])


def get_account(reference: str) -> Account:
    """Charges and collections of a dossier: two statements."""
    collections = read_rows(Collection, "reference = %s ORDER BY collected_at, id", [reference])
    return Account(tuple(get_charges(reference)), tuple(collections))
