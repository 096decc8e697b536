"""What is kept safe comes back the same, and what is not whole is refused before anything is touched."""

import shutil
import tarfile
import tempfile
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from motcua.commands.archive import read_archive
from motcua.commands.clients import count_rows
from motcua.embedded import server as embedded
from motcua.embedded.trouble import Trouble
from tests import launching
from tests.spreading import LAUNCHER

# Beside the tests of the launcher, whose prepared installation is kept here too.
pytestmark = pytest.mark.xdist_group(LAUNCHER)


@pytest.fixture(scope="module")
def folder() -> Iterator[Path]:
    made = Path(tempfile.mkdtemp(prefix="motcua-"))
    made.chmod(0o711)
    yield made
    shutil.rmtree(made, ignore_errors=True)


@pytest.fixture(scope="module")
def kept(folder: Path, prepared: Path) -> Path:
    """An installation with a paper in it, backed up while it serves and nobody works on it."""
    paper = prepared / "files" / "ab" / "abcd"
    paper.parent.mkdir(parents=True)
    paper.write_bytes("Giấy khai sinh".encode() * 1000)
    with launching.running(prepared):
        done = launching.command("backup", folder / "kept.tar", "--data", prepared)
        assert done.returncode == 0, done.stdout
    return folder / "kept.tar"


def _figures(data: Path) -> dict[str, int]:
    with embedded.running(data) as server, psycopg.connect(server.get_url(embedded.OWNER)) as connection:
        return count_rows(connection)


def test_a_backup_is_restored_into_an_empty_place_with_identical_figures(
    folder: Path, prepared: Path, kept: Path
) -> None:
    done = launching.command("restore", kept, "--data", folder / "second")
    assert done.returncode == 0, done.stdout
    assert _figures(folder / "second") == read_archive(kept).rows
    first, second = (place / "files" / "ab" / "abcd" for place in (prepared, folder / "second"))
    assert first.read_bytes() == second.read_bytes()
    assert (prepared / "secret-key").read_text() == (folder / "second" / "secret-key").read_text()
    mark = (folder / "second" / "prepared").read_text()
    with launching.running(folder / "second") as (_, port):
        assert launching.fetch(port, "/readyz") == 200
    assert (folder / "second" / "prepared").read_text() == mark, "the first start prepared it a second time"


def test_a_backup_is_readable_by_its_owner_alone(kept: Path) -> None:
    assert kept.stat().st_mode & 0o777 == 0o600


def test_a_place_that_holds_data_is_refused(prepared: Path, kept: Path) -> None:
    done = launching.command("restore", kept, "--data", prepared)
    assert done.returncode == 1
    assert "nơi trống" in done.stdout and "Traceback" not in done.stdout


def test_a_backup_overwrites_nothing(prepared: Path, kept: Path) -> None:
    done = launching.command("backup", kept, "--data", prepared)
    assert done.returncode == 1 and "không ghi đè" in done.stdout


@pytest.mark.parametrize("harm", ["a changed byte", "cut short", "another file"])
def test_a_backup_that_is_not_whole_is_refused_and_leaves_nothing(
    folder: Path, kept: Path, harm: str
) -> None:
    hurt = folder / f"{harm.replace(' ', '-')}.tar"
    _hurt(kept, hurt, harm)
    place = folder / hurt.stem
    done = launching.command("restore", hurt, "--data", place)
    assert done.returncode == 1, done.stdout
    assert "không nguyên vẹn" in done.stdout and "Traceback" not in done.stdout
    assert not (place / "pg").exists()


def _hurt(whole: Path, hurt: Path, harm: str) -> None:
    content = bytearray(whole.read_bytes())
    if harm == "a changed byte":
        with tarfile.open(whole) as tar:
            content[tar.getmember("database.dump").offset_data + 2000] ^= 1
    elif harm == "cut short":
        del content[len(content) // 2 :]
    else:
        content = bytearray("không phải bản sao lưu".encode() * 100)
    hurt.write_bytes(content)


def test_a_missing_backup_is_told(tmp_path: Path) -> None:
    with pytest.raises(Trouble, match="no file"):
        read_archive(tmp_path / "none.tar")
