"""Which counts of dossiers make which indicator of Decision 766."""

from decimal import Decimal

from motcua.figures.rules import Counts
from motcua.indices.rules.reading import Figure


def read_counts(counts: Counts, disliked: int = 0, repeated: int = 0) -> list[Figure]:
    """2.1: ended or still running in time, of all ended and running; 3.3: filed online, of all received;
    5.4: not late and not disliked, of the same.

    :param disliked: dossiers with a low answer that are not late as well
    :param repeated: dossiers whose applicant was asked to complete them more than once, and that are not late by the clock
    """
    late = counts.late + counts.pending_overdue + repeated
    all_of_them = counts.resolved + counts.withdrawn + counts.stopped + counts.pending
    online = counts.new_online + counts.new_assisted
    return [
        _figure("2.1", max(all_of_them - late, 0), all_of_them),
        _figure("3.3", online, counts.new),
        _figure("5.4", max(all_of_them - late - disliked, 0), all_of_them),
    ]


def _figure(code: str, numerator: int, denominator: int) -> Figure:
    return Figure(code, Decimal(numerator), Decimal(denominator))
