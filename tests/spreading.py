"""How the suite is spread over processes: what shares a thing that is dear to make stands together, in one process."""

from pathlib import Path

import pytest
from xdist.scheduler import LoadGroupScheduling

from tests import ground

OFFICE, SECOND_OFFICE, LAUNCHER = "office", "second office", "launcher"
_GROUPS = (OFFICE, SECOND_OFFICE, LAUNCHER)
# Files without a database that take ten seconds: they would come last, and the others would wait for them.
_FILES = {"test_reading_files", "test_spreadsheet", "test_gallery", "test_translations", "test_clock_events"}


class ByFile(LoadGroupScheduling):
    """Marked groups as they are, and of the rest each file in one process: what its tests begin with is made once.

    xdist itself would deal out the tests without a group one by one, and every process would lay every ground.
    """

    def _split_scope(self, nodeid: str) -> str:
        group = super()._split_scope(nodeid)
        return nodeid.partition("::")[0] if group == nodeid else group


def spread(items: list[pytest.Item]) -> None:
    """What takes longest begins first: the other processes do the small ones meanwhile, and all end together.

    Tests that commit stay behind those that do not, where Django puts them, and apart from the others of their file. Files
    that begin on the same ground follow one another: it is laid once for several of them.
    """
    laid: dict[Path, str] = {}
    for item in items:
        if ground.commits(item) and not item.get_closest_marker("xdist_group"):
            item.add_marker(pytest.mark.xdist_group(f"{item.path.stem} committing"))
        laid[item.path] = laid.get(item.path) or ground.get_name(item)
    items.sort(key=lambda item: (_rank(item), ground.commits(item), laid[item.path]))


def _rank(item: pytest.Item) -> int:
    marker = item.get_closest_marker("xdist_group")
    name = marker.args[0] if marker else ""
    if name in _GROUPS:
        return _GROUPS.index(name)
    return len(_GROUPS) + (item.path.stem not in _FILES)
