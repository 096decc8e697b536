"""From an older major version to the present one, by dump and restore; the old folder is kept."""

import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Protocol

from motcua.embedded.binaries import MAJOR, get_programs, is_known
from motcua.embedded.cluster import make_cluster, require_room
from motcua.embedded.place import Place
from motcua.embedded.trouble import Trouble


class Running(Protocol):
    """The part of a server this room needs."""

    def get_url(self, role: str = ..., database: str = ...) -> str: ...

    def stop(self) -> None: ...


def upgrade_cluster(place: Place, major: int, start_on: Callable[..., Running]) -> None:
    """Dump with the old programs, restore with the new ones, and only then change the folder's name.

    :raises Trouble: no programs for that version, or one of the two steps failed; the old folder is then untouched.
    """
    if not is_known(major):
        raise Trouble(
            f"Cơ sở dữ liệu thuộc PostgreSQL {major}, bản đi kèm là {MAJOR}. Hãy dùng bản phần mềm cũ để "
            "./run backup TỆP rồi ./run restore TỆP bằng bản này.",
            f"The database belongs to PostgreSQL {major}; ours is {MAJOR}. Use the earlier release for "
            "./run backup FILE, then ./run restore FILE with this one.",
        )
    require_room(place.cluster)
    dump = place.data / "upgrade.dump"
    kept = place.cluster.with_name(f"pg.{major}")
    _dump(place, major, start_on, dump)
    place.cluster.rename(kept)
    try:
        make_cluster(place)
        _restore(place, start_on, dump)
    except BaseException:
        _put_back(place, kept)
        raise
    dump.unlink()


def _dump(place: Place, major: int, start_on: Callable[..., Running], dump: Path) -> None:
    server = start_on(place, None, major)
    try:
        # The newer program reads older servers; the reverse does not hold.
        _run([get_programs() / "pg_dump", "--format=custom", f"--file={dump}", server.get_url("postgres")])
    finally:
        server.stop()


def _restore(place: Place, start_on: Callable[..., Running], dump: Path) -> None:
    server = start_on(place)
    try:
        _run(
            [get_programs() / "pg_restore", "--exit-on-error", f"--dbname={server.get_url('postgres')}", dump]
        )
    finally:
        server.stop()


def _put_back(place: Place, kept: Path) -> None:
    if place.cluster.exists():
        place.cluster.rename(place.cluster.with_name("pg.failed"))
    kept.rename(place.cluster)


def _run(command: list[object]) -> None:
    done = subprocess.run([str(part) for part in command], capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise Trouble(
            f"Không chuyển được cơ sở dữ liệu sang PostgreSQL {MAJOR}: {done.stderr.strip()[-300:]}",
            f"The database could not be moved to PostgreSQL {MAJOR}: {done.stderr.strip()[-300:]}",
        )
