"""Where a neighbour says something else than we told it: kept until both say the same."""

from collections.abc import Collection, Iterable
from datetime import datetime

from django.db import transaction

from motcua.integrations.actions.outbox import replay
from motcua.integrations.models import Difference


@transaction.atomic
def keep_difference(
    *, destination: str, reference: str, agency_id: int, ours: int, theirs: int | None, at: datetime
) -> Difference:
    """Both say different things: found now, or seen once more."""
    now = {"agency_id": agency_id, "ours": ours, "theirs": theirs, "seen_at": at}
    row, _is_new = Difference.objects.update_or_create(
        destination=destination,
        reference=reference,
        settled_at=None,
        defaults=now,
        create_defaults={**now, "found_at": at},
    )
    return row


def settle(*, destination: str, references: Iterable[str], at: datetime) -> int:
    """Both say the same again; how many differences ended."""
    open_ = Difference.objects.filter(
        destination=destination, settled_at=None, reference__in=list(references)
    )
    return open_.update(settled_at=at)


@transaction.atomic
def replay_difference(*, difference_id: int, agency_ids: Collection[int] | None = None, at: datetime) -> bool:
    """Tell the neighbour again what we told it last; False when it is settled, or of an agency not looked after."""
    row = Difference.objects.select_for_update().filter(pk=difference_id, settled_at=None).first()
    if row is None or (agency_ids is not None and row.agency_id not in agency_ids):
        return False
    if replay(destination=row.destination, reference=row.reference, at=at) is None:
        return False
    row.replayed_at = at
    row.save(update_fields=["replayed_at"])
    return True
