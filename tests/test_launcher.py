"""The whole as a person starts it: real processes, a real database, real signals."""

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from motcua.embedded import server as embedded
from motcua.embedded.cluster import read_major
from motcua.embedded.place import open_place
from motcua.embedded.trouble import Trouble
from motcua.supervisor import Household
from tests import launching
from tests.spreading import LAUNCHER

ROOT = launching.ROOT
# One process of the suite runs them all: they share a prepared folder.
pytestmark = pytest.mark.xdist_group(LAUNCHER)


@pytest.fixture
def folder() -> Iterator[Path]:
    """A short path: the address of a socket has 107 bytes at most."""
    made = Path(tempfile.mkdtemp(prefix="motcua-"))
    made.chmod(0o711)
    yield made
    shutil.rmtree(made, ignore_errors=True)


def test_help_lists_the_commands() -> None:
    done = launching.command("help")
    assert done.returncode == 0
    assert all(f"./run {name}" in done.stdout for name in ("test", "serve", "check", "backup", "restore"))


def test_an_unknown_command_is_refused_in_words() -> None:
    done = launching.command("chay")
    assert done.returncode == 2 or "Không có lệnh" in done.stdout
    assert "Traceback" not in done.stdout


def test_the_shell_names_the_package_when_python_is_missing(folder: Path) -> None:
    done = subprocess.run(
        ["/bin/sh", str(ROOT / "run"), "help"],
        env={"PATH": str(folder)},
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode == 0:
        pytest.skip("this checkout is already installed and needs no other Python")
    assert done.returncode != 0


def test_a_named_python_is_the_only_one_looked_at(folder: Path) -> None:
    shutil.copy(ROOT / "run", folder)
    named = {"PATH": os.environ["PATH"], "MOTCUA_PYTHON": str(folder / "none")}
    done = subprocess.run(
        ["/bin/sh", str(folder / "run"), "help"], env=named, capture_output=True, text=True, check=False
    )
    assert done.returncode == 1
    assert "Cần Python 3.11 hoặc 3.12" in done.stderr


@pytest.mark.parametrize(
    ("one", "other", "is_quicker"),
    [
        ((1200, 1200, 2500, 1200, 1200), (1700, 1700, 1700, 1700, 1700), True),
        ((2500, 2500, 1200, 1200, 1200), (3400, 1700, 1700, 1700, 1700), True),
        ((1600, 1600, 1600, 1600, 1600), (1700, 1700, 1700, 1700, 1700), False),
        ((1200, 1200, 1700, 1700, 1700), (1700, 1700, 1700, 1700, 1700), False),
    ],
)
def test_the_quicker_python_is_found_on_a_machine_that_others_use_too(
    tmp_path: Path, one: tuple[int, ...], other: tuple[int, ...], is_quicker: bool
) -> None:
    """What each says of itself in turn is read from a file here, line by line."""
    for name, said in (("one", one), ("other", other)):
        (tmp_path / name).write_text("".join(f"{pace}\n" for pace in said))
    pace = 'pace() { sed -n 1p "$1"; sed -i 1d "$1"; }'
    asked = re.search(r"^is_quicker\(\) \{.*?^\}", (ROOT / "run").read_text(), re.MULTILINE | re.DOTALL)
    assert asked
    script = f"set -eu\n{pace}\n{asked[0]}\nif is_quicker one other; then echo yes; fi"
    done = subprocess.run(["/bin/sh", "-c", script], cwd=tmp_path, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == ("yes" if is_quicker else "")


def test_code_is_compiled_once_even_where_python_may_not_write_beside_the_sources(folder: Path) -> None:
    if not (ROOT / ".venv" / ".lock-run").exists():
        pytest.skip("this checkout was started without the environment ./run makes")
    kept = {"PYTHONDONTWRITEBYTECODE": "1", "PYTHONPYCACHEPREFIX": str(folder)}
    subprocess.run(
        [ROOT / "run", "help"], env={**launching.environment(), **kept}, check=True, capture_output=True
    )
    assert [path.name for path in folder.rglob("speech*.pyc")]


def _stop_by(number: signal.Signals, process: subprocess.Popen[str], data: Path, port: int) -> None:
    """Asked to stop, it ends well and leaves no process behind."""
    process.send_signal(number)
    assert process.wait(30) == 0
    assert launching.await_nothing(data, port) == []


def test_a_second_start_prepares_nothing_again_and_keeps_the_data(prepared: Path) -> None:
    secret, port = (prepared / "secret-key").read_text(), launching.find_port()
    [compiled] = (prepared / "compiled").iterdir()
    pages = {page: page.stat().st_mtime_ns for page in compiled.iterdir()}
    (prepared / "compiled" / "of-older-code").mkdir()
    process = launching.launch("serve", "--data", prepared, "--port", str(port))
    said = launching.await_address(process)
    _stop_by(signal.SIGTERM, process, prepared, port)
    assert "Tạo bảng" not in said
    assert [*(prepared / "compiled").iterdir()] == [compiled] and len(pages) > 50
    assert all(page.stat().st_mtime_ns == at for page, at in pages.items())
    assert (prepared / "secret-key").read_text() == secret


def test_ctrl_c_leaves_no_process_behind(prepared: Path) -> None:
    with launching.running(prepared) as (process, port):
        _stop_by(signal.SIGINT, process, prepared, port)


def test_the_children_follow_a_killed_parent_and_the_next_start_works(prepared: Path) -> None:
    with launching.running(prepared) as (process, port):
        process.kill()
        process.wait(10)
        assert launching.await_nothing(prepared, port) == []
    with launching.running(prepared) as (_, port):
        assert launching.fetch(port, "/readyz") == 200


def test_a_database_that_ends_under_way_ends_the_whole_and_says_so(prepared: Path) -> None:
    with launching.running(prepared) as (process, port):
        place = open_place(prepared)
        os.kill(int((place.cluster / "postmaster.pid").read_text().split()[0]), signal.SIGINT)
        assert process.wait(40) == 1
        assert launching.await_nothing(prepared, port) == []


def test_what_ended_is_said_with_what_to_do() -> None:
    ended = subprocess.Popen(["true"])
    for gone in ({"database": ended}, {"web": ended}):
        vietnamese, english = Household({}, "127.0.0.1", 1, **gone).watch()
        assert "Hãy chạy lại ./run" in vietnamese and "Start ./run again" in english


def test_a_killed_database_leaves_a_lock_that_does_not_hinder(prepared: Path) -> None:
    place = open_place(prepared)
    server = embedded.start(prepared)
    assert server.process is not None
    server.process.kill()
    server.process.wait()
    assert (place.cluster / "postmaster.pid").exists()
    again = embedded.start(prepared)
    with psycopg.connect(again.get_url()) as connection:
        assert connection.execute("SELECT 1").fetchone() == (1,)
    again.stop()


def test_a_lock_whose_number_now_belongs_to_another_program_is_removed(prepared: Path) -> None:
    place = open_place(prepared)
    (place.cluster / "postmaster.pid").write_text(f"{os.getpid()}\n{place.cluster}\n")
    embedded.start(prepared).stop()


def test_a_taken_port_is_told_with_another_to_try(folder: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        done = launching.command("--data", folder / "data", "--port", str(port))
    assert done.returncode == 1
    assert f"--port {port + 1}" in done.stdout and "Cổng" in done.stdout and "Traceback" not in done.stdout


def test_two_starts_on_one_folder_the_second_names_the_first_and_a_lost_terminal_stops_it(
    prepared: Path,
) -> None:
    with launching.running(prepared) as (process, port):
        done = launching.command("serve", "--data", prepared, "--port", str(launching.find_port()))
        assert done.returncode == 1
        assert f":{port}/" in done.stdout and "Traceback" not in done.stdout
        _stop_by(signal.SIGHUP, process, prepared, port)


@pytest.mark.parametrize("version", ["", "x"], ids=["empty", "scribbled over"])
def test_a_database_without_its_version_is_told_with_a_way_out(folder: Path, version: str) -> None:
    cluster = folder / "pg"
    cluster.mkdir()
    (cluster / "PG_VERSION").write_text(version)
    with pytest.raises(Trouble, match="--fresh"):
        read_major(cluster)


def test_a_broken_database_folder_is_told_with_a_way_out(folder: Path) -> None:
    broken = folder / "data" / "pg"
    broken.mkdir(parents=True)
    (broken / "something").write_text("else")
    done = launching.command("--data", folder / "data", "--port", str(launching.find_port()))
    assert done.returncode == 1
    assert "--fresh" in done.stdout and "Traceback" not in done.stdout


def test_a_database_that_lost_a_part_is_told_with_a_way_out(folder: Path) -> None:
    embedded.start(folder / "data").stop()
    place = open_place(folder / "data")
    (place.cluster / "global" / "pg_control").unlink()
    with pytest.raises(Trouble, match="--fresh"):
        embedded.start(folder / "data")


def test_a_full_disk_is_told_before_anything_is_written(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    full = shutil._ntuple_diskusage(100, 100, 0)  # type: ignore[attr-defined]
    monkeypatch.setattr(shutil, "disk_usage", lambda path: full)
    with pytest.raises(Trouble, match="nearly full"):
        embedded.start(folder / "data")
    assert not (folder / "data" / "pg").exists()


def test_a_data_folder_that_is_a_file_is_told(folder: Path) -> None:
    (folder / "data").write_text("")
    done = launching.command("--data", folder / "data", "--port", str(launching.find_port()))
    assert done.returncode == 1 and "--data" in done.stdout and "Traceback" not in done.stdout


def test_the_application_role_owns_nothing_and_cannot_change_what_is_permanent(prepared: Path) -> None:
    server = embedded.start(prepared)
    try:
        with psycopg.connect(server.get_url(embedded.APP), autocommit=True) as connection:
            owned = connection.execute(
                "SELECT count(*) FROM pg_class WHERE relowner = current_user::regrole"
            ).fetchone()
            assert owned == (0,)
            for statement in (
                "UPDATE audit_entry SET what = ''",
                "DELETE FROM audit_entry",
                "TRUNCATE audit_entry",
            ):
                with pytest.raises(psycopg.errors.InsufficientPrivilege):
                    connection.execute(statement)
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                connection.execute("CREATE TABLE mine (id int)")
    finally:
        server.stop()


def test_nothing_listens_on_the_network_and_the_socket_is_private(prepared: Path) -> None:
    server = embedded.start(prepared)
    try:
        assert server.place.sockets.stat().st_mode & 0o777 == 0o700
        with psycopg.connect(server.get_url()) as connection:
            assert connection.execute("SHOW listen_addresses").fetchone() == ("",)
            assert connection.execute("SHOW io_method").fetchone() == ("sync",), (
                "pages are read by who waits for them"
            )
    finally:
        server.stop()


def test_secrets_are_readable_by_their_owner_alone(prepared: Path) -> None:
    assert (prepared / "secret-key").stat().st_mode & 0o777 == 0o600
    assert open_place(prepared).cluster.stat().st_mode & 0o777 == 0o700


@pytest.mark.skipif(os.geteuid() != 0, reason="only root runs the server as another user")
def test_a_closed_home_folder_keeps_its_permissions(folder: Path) -> None:
    home = folder / "home"
    home.mkdir()
    home.chmod(0o700)
    server = embedded.start(home / "data")
    try:
        assert server.place.is_elsewhere
        assert home.stat().st_mode & 0o777 == 0o700
        assert folder.stat().st_mode & 0o777 == 0o711
        with psycopg.connect(server.get_url()) as connection:
            assert connection.execute("SELECT current_user").fetchone() == (embedded.APP,)
    finally:
        server.stop()
        shutil.rmtree(server.place.cluster.parent)


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can become an ordinary user here")
def test_an_ordinary_user_starts_it_too(folder: Path) -> None:
    os.chown(folder, 65534, 65534)
    script = "from pathlib import Path; from motcua.embedded import server; s = server.start(Path('data')); s.stop(); print('ok')"
    done = subprocess.run(
        ["/bin/sh", "-c", 'exec "$0" -P -c "$1"', sys.executable, script],
        cwd=folder, env=launching.environment(HOME=str(folder)), user=65534, group=65534, capture_output=True, text=True, check=False,
    )  # fmt: skip
    if "Permission denied" in done.stderr or "ModuleNotFoundError" in done.stderr:
        pytest.skip("this checkout lies where an ordinary user cannot read it")
    assert done.stdout.strip() == "ok", done.stderr


def test_an_older_major_version_is_upgraded_by_dump_and_restore(folder: Path) -> None:
    data = folder / "data"
    place = open_place(data)
    _make_cluster_of(16, place)
    old = embedded.start_on(place, None, 16)
    with psycopg.connect(old.get_url(embedded.OWNER), autocommit=True) as connection:
        connection.execute(
            "CREATE TABLE kept AS SELECT n, 'Nguyễn ' || n AS name FROM generate_series(1, 1000) n"
        )
    old.stop()
    new = embedded.start(data)
    try:
        with psycopg.connect(new.get_url(embedded.OWNER)) as connection:
            assert connection.execute("SELECT count(*), max(name) FROM kept").fetchone() == (
                1000,
                "Nguyễn 999",
            )
            version = connection.execute(
                "SELECT current_setting('server_version_num')::int / 10000"
            ).fetchone()
            assert version == (18,)
        assert (place.cluster.with_name("pg.16") / "PG_VERSION").exists()
    finally:
        new.stop()


def _make_cluster_of(major: int, place: object) -> None:
    """A database as an earlier release of ours left it."""
    from motcua.embedded.binaries import get_server_programs
    from motcua.embedded.place import Place, own

    assert isinstance(place, Place)
    place.cluster.mkdir(mode=0o700)
    own(place.cluster, place.account)
    initdb = get_server_programs(place.account, major) / "initdb"
    words = [
        str(initdb),
        f"--pgdata={place.cluster}",
        "--username=postgres",
        "--auth=trust",
        "--encoding=UTF8",
    ]
    subprocess.run(
        [*words, "--locale=C"], cwd="/", check=True, capture_output=True,
        **(place.account.as_popen() if place.account else {}),
    )  # fmt: skip
