"""What the tables of articles share: a row named by its article, the working week they are counted by."""

import pytest

from motcua.core.refusal import Refused
from motcua.dossiers.rules import acceptance
from motcua.worktime.tests.factories import EIGHT_HOURS, make_calendar

CALENDAR = make_calendar(segments=EIGHT_HOURS)
HOURS = acceptance.Hours(alert=2, answer=8, complete_days=15)
D61, D118, D297, D63 = "NĐ 61/2018", "NĐ 118/2025", "NĐ 297/2025", "NĐ 63/2024"


def row(article, what, *facts):
    """A row of a table, known by its article and what is hard about it."""
    return pytest.param(*facts, id=f"{article}: {what}")


def refused_with(code, act):
    """The act is refused by this code, or done where there is none."""
    if code is None:
        act()
        return
    with pytest.raises(Refused) as no:
        act()
    assert no.value.code == code
