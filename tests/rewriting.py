"""Test files are rewritten for their asserts and compiled before they run. Where none of that is kept yet (a fresh checkout),
every process of the suite would do it for every file: each does its share first, and finds the others' done.
"""

import sys
from collections.abc import Iterable
from pathlib import Path

import pytest
from _pytest.assertion import rewrite

ROOT = Path(__file__).resolve().parent.parent


def share(config: pytest.Config) -> None:
    """Make ready this process's share; where nothing may be kept there is nothing to share."""
    if not sys.dont_write_bytecode:
        make_ready(find_share(config), config)


def find_share(config: pytest.Config) -> list[Path]:
    """This process's files of the whole suite; none where one process runs, or some of the tests."""
    worker = getattr(config, "workerinput", None)
    if worker is None or config.args_source != pytest.Config.ArgsSource.TESTPATHS:
        return []
    place, count = int(worker["workerid"].removeprefix("gw")), worker["workercount"]
    return _find_files()[place::count]


def make_ready(files: Iterable[Path], config: pytest.Config) -> None:
    """Rewrite what is not kept yet, and keep it where pytest looks for it."""
    for path in files:
        kept = get_place(path)
        kept.parent.mkdir(parents=True, exist_ok=True)
        if rewrite._read_pyc(path, kept) is None:
            status, code = rewrite._rewrite_test(path, config)
            rewrite._write_pyc(config.stash[rewrite.assertstate_key], code, status, kept)


def get_place(path: Path) -> Path:
    """Where a test file is kept as it is run."""
    return rewrite.get_cache_dir(path) / (path.stem + rewrite.PYC_TAIL)


def _find_files() -> list[Path]:
    return sorted(path for folder in ("tests", "motcua") for path in (ROOT / folder).rglob("test_*.py"))
