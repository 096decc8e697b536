"""A dossier by the end of its code, as people read it out over the telephone: `261123-0028`."""

import re
from datetime import date

from motcua.dossiers import access
from motcua.dossiers.models import Dossier
from motcua.dossiers.queries.walking import SHOWN
from motcua.organisations import queries as organisations
from motcua.organisations.rules import Actor

_TAIL = re.compile(r"(\d{6})\s*[-–/. ]\s*(\d{4,6})")


def find_by_tail(actor: Actor, text: str, on: date) -> list[Dossier]:
    """Those one may see whose code ends so, newest first; none where the text is no end of a code.

    Every agency that gives codes begins them with its own: the whole codes are looked up, and no other index is kept.
    """
    found = _TAIL.fullmatch(text.strip())
    if found is None:
        return []
    units = organisations.get_tree(on).units.values()
    codes = {f"{unit.agency_code}-{found[1]}-{found[2]}" for unit in units if unit.agency_code}
    seen = access.visible_to(actor).filter(code__in=sorted(codes)).only(*SHOWN)
    return list(seen.order_by("-received_at", "-pk"))
