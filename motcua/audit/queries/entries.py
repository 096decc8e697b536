"""Evidence of use, read by administrators and inspectors; never by rules."""

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
    size: int = 50,
) -> Page:
    """A page of entries, the last kept first; ``what`` by its beginning, ``person`` by a part of the name."""
    asked = {
        "what__startswith": what,
        "person_name__icontains": person,
        "subject": subject,
        "unit_id": unit_id,
        "user_id": user_id,
    }
    given = {name: value for name, value in asked.items() if value}
    return page(Entry.objects.filter(**given), order=("-id",), cursor=cursor, size=size)
