"""How many processes run the suite, and what stands together in one of them."""

import os
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from motcua.commands.test import count_processes
from tests.ground import begins_with
from tests.spreading import LAUNCHER, OFFICE, SECOND_OFFICE, ByFile, spread


@pytest.mark.parametrize(("cores", "processes"), [(1, 3), (2, 4), (3, 5), (4, 6), (64, 6)])
def test_two_processes_more_than_cores_and_not_many(
    monkeypatch: pytest.MonkeyPatch, cores: int, processes: int
) -> None:
    monkeypatch.setattr(os, "sched_getaffinity", lambda _own: set(range(cores)), raising=False)
    assert count_processes() == processes


@pytest.mark.parametrize(
    ("name", "together"),
    [
        ("tests/test_links.py::test_no_page@second office", "second office"),
        ("tests/journeys/test_pages.py::test_a_page[GET x@y]@office", "office"),
        ("motcua/people/tests/test_people.py::test_a_name", "motcua/people/tests/test_people.py"),
        ("motcua/people/tests/test_people.py::test_a_name[an@b.vn]", "motcua/people/tests/test_people.py"),
    ],
)
def test_a_group_stands_together_and_else_a_file(name: str, together: str) -> None:
    assert ByFile.__new__(ByFile)._split_scope(name) == together


class _Test:
    """As much of a test as spreading asks for."""

    def __init__(self, name: str, *marks: pytest.MarkDecorator) -> None:
        self.path, self.fixturenames, self.marks = Path(f"{name}.py"), ("db",), [mark.mark for mark in marks]

    def stand_on(self, make: Callable[[], Any]) -> None:
        fixture = SimpleNamespace(func=begins_with(make)(lambda: None))
        self._fixtureinfo = SimpleNamespace(name2fixturedefs={"world": [fixture]})

    def get_closest_marker(self, name: str) -> pytest.Mark | None:
        return next((mark for mark in self.marks if mark.name == name), None)

    def add_marker(self, mark: pytest.MarkDecorator) -> None:
        self.marks.append(mark.mark)


def test_what_takes_longest_begins_first_and_the_rest_keeps_its_order() -> None:
    groups = ["", "shipped", LAUNCHER, "", SECOND_OFFICE, OFFICE, SECOND_OFFICE]
    tests = [_Test("test_x", *([pytest.mark.xdist_group(name)] if name else [])) for name in groups]
    tests.append(_Test("test_spreadsheet"))
    first, shipped, launcher, last, second, office, third, long = tests
    spread(tests)  # type: ignore[arg-type]
    assert tests == [office, second, third, launcher, long, first, shipped, last]


def test_what_commits_stands_apart_from_its_file() -> None:
    """Those of a file that stand on common ground do not lay it anew in between."""
    undone = _Test("test_x", pytest.mark.django_db)
    committing = _Test("test_x", pytest.mark.django_db(transaction=True))
    spread([undone, committing])  # type: ignore[list-item]
    assert undone.get_closest_marker("xdist_group") is None
    assert committing.get_closest_marker("xdist_group") == pytest.mark.xdist_group("test_x committing").mark


def test_files_on_one_ground_follow_one_another() -> None:
    """What lies between them alphabetically would clear it, and it would be laid again."""
    tests = [_Test(f"test_{letter}", pytest.mark.django_db) for letter in "abc"]
    for test in (tests[0], tests[2]):
        test.stand_on(make_somewhere)
    first, between, second = tests
    spread(tests)  # type: ignore[arg-type]
    assert tests == [between, first, second]


def make_somewhere() -> None:
    """A ground to stand on; nobody lays it."""
