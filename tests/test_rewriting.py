"""Every process of the suite makes ready its share of the test files, and pytest finds them so."""

from pathlib import Path
from types import SimpleNamespace

import pytest
from _pytest.assertion import rewrite

from tests import rewriting


def test_what_was_made_ready_is_found_and_tells_its_asserts(
    tmp_path: Path, pytestconfig: pytest.Config
) -> None:
    path = tmp_path / "test_one.py"
    path.write_text("def test_one():\n    assert 1 + 1 == 3\n")
    rewriting.make_ready([path], pytestconfig)
    code = rewrite._read_pyc(path, rewriting.get_place(path))
    assert code is not None and "@pytest_ar" in code.co_names
    before = rewriting.get_place(path).stat().st_ino
    rewriting.make_ready([path], pytestconfig)
    assert rewriting.get_place(path).stat().st_ino == before, "it was ready already"


def test_what_was_changed_is_made_ready_again(tmp_path: Path, pytestconfig: pytest.Config) -> None:
    path = tmp_path / "test_one.py"
    path.write_text("one = 1\n")
    rewriting.make_ready([path], pytestconfig)
    path.write_text("another = 1\n")
    rewriting.make_ready([path], pytestconfig)
    code = rewrite._read_pyc(path, rewriting.get_place(path))
    assert code is not None and "another" in code.co_names


def test_the_shares_are_the_whole_suite_and_none_twice() -> None:
    whole = pytest.Config.ArgsSource.TESTPATHS
    shares = [
        rewriting.find_share(SimpleNamespace(args_source=whole, workerinput=worker))
        for worker in ({"workerid": f"gw{place}", "workercount": 3} for place in range(3))
    ]
    files = [path for one in shares for path in one]
    assert len(files) == len(set(files)) > 200 and Path(__file__) in files
    assert min(map(len, shares)) + 1 >= max(map(len, shares))


def test_who_runs_alone_or_some_of_the_tests_makes_nothing_ready_first() -> None:
    some, worker = pytest.Config.ArgsSource.ARGS, {"workerid": "gw0", "workercount": 3}
    assert rewriting.find_share(SimpleNamespace(args_source=some, workerinput=worker)) == []
    assert rewriting.find_share(SimpleNamespace(args_source=pytest.Config.ArgsSource.TESTPATHS)) == []
