"""Evidence of use, read by administrators and inspectors; never by rules."""

from collections.abc import Collection
from datetime import datetime

from django.db.models import Q

from motcua.audit.models import Entry
from motcua.core.paging import Page, page


def find_entries(
    cursor: str | None = None,
    *,
    what: str = "",
    person: str = "",
    subject: str = "",
    unit_id: int | None = None,
    user_id: int | None = None,
    unit_ids: Collection[int] | None = None,
    codes: Collection[str] = (),
    since: datetime | None = None,
    until: datetime | None = None,
    size: int = 50,
) -> Page:
    """A page of entries, the last kept first; ``what`` by its beginning, ``person`` by a part of the name.

    :param codes: entries of these codes as well as of those that begin with ``what``
    :param unit_ids: what was done in these units only; None is everywhere
    :param since: from this moment on, and before ``until``
    """
    asked = {
        "person_name__icontains": person,
        "subject": subject,
        "unit_id": unit_id,
        "user_id": user_id,
        "at__gte": since,
        "at__lt": until,
    }
    given = {name: value for name, value in asked.items() if value}
    found = Entry.objects.filter(**given)
    if what:
        found = found.filter(Q(what__startswith=what) | Q(what__in=list(codes)))
    if unit_ids is not None:
        found = found.filter(unit_id__in=list(unit_ids))
    return page(found, order=("-id",), cursor=cursor, size=size)
