"""How a run of the suite ends before its time: in order when it is asked to, and without anything left when it is killed."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import psutil

from tests import launching

_KEEPS = """
import time
from pathlib import Path
import pytest

HERE = Path(__file__).parent

@pytest.fixture(scope="session")
def office():
    yield
    (HERE / "closed").touch()

def test_long(office):
    (HERE / "begun").touch()
    time.sleep(120)
"""
_BEGINS_AS_THE_HOUSE = f"""
from runpy import run_path
house = run_path({str(launching.ROOT / "conftest.py")!r})
pytest_configure, pytest_unconfigure = house["pytest_configure"], house["pytest_unconfigure"]
"""
_LAUNCHES = """
import time
from tests import launching
launched = launching.launch("0", "--bind", "127.0.0.1", module="http.server", PYTHONUNBUFFERED="1")
launched.stdout.readline()
print(launched.pid, flush=True)
time.sleep(120)
"""


def _await(path: Path, process: subprocess.Popen[str]) -> None:
    until = time.monotonic() + 60
    while not path.exists():
        assert process.poll() is None and time.monotonic() < until, process.communicate()
        time.sleep(0.05)


def test_asked_to_end_the_suite_closes_what_it_opened(tmp_path: Path) -> None:
    (tmp_path / "test_long.py").write_text(_KEEPS)
    (tmp_path / "conftest.py").write_text(_BEGINS_AS_THE_HOUSE)
    words = (
        "-c",
        launching.ROOT / "pyproject.toml",
        "--rootdir",
        tmp_path,
        "-p",
        "no:cacheprovider",
        tmp_path,
    )
    process = launching.launch(*words, module="pytest", DATABASE_URL=os.environ["DATABASE_URL"])
    try:
        _await(tmp_path / "begun", process)
        process.terminate()
        said, _ = process.communicate(timeout=30)
    finally:
        process.kill()
    assert (tmp_path / "closed").exists() and "KeyboardInterrupt" in said
    assert process.returncode == 2, "interrupted, as pytest counts"


def test_what_was_launched_follows_a_process_that_was_killed() -> None:
    process = subprocess.Popen(
        [sys.executable, "-P", "-c", _LAUNCHES],
        env=launching.environment(),
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    launched = psutil.Process(int(process.stdout.readline()))
    assert launched.is_running()
    os.kill(process.pid, signal.SIGKILL)
    process.wait(10)
    gone, _left = psutil.wait_procs([launched], timeout=10)
    assert gone
