"""The database folder on disk: made once, whole or not at all."""

import os
import shutil
import subprocess
from pathlib import Path

from motcua.embedded.binaries import get_server_programs
from motcua.embedded.place import Place, own
from motcua.embedded.trouble import Trouble

_NEEDED_BYTES = 400 * 1024 * 1024


def read_major(cluster: Path) -> int | None:
    """The major version that wrote the folder; None when there is no database yet."""
    version = cluster / "PG_VERSION"
    written = version.read_text(errors="replace").strip() if version.exists() else ""
    if written.isdecimal():
        return int(written)
    if cluster.exists() and any(cluster.iterdir()):
        raise Trouble(
            f"Thư mục {cluster} không phải cơ sở dữ liệu nguyên vẹn. Hãy đổi tên nó rồi chạy lại, "
            "sau đó ./run restore TỆP để lấy lại dữ liệu; hoặc ./run --fresh để bắt đầu lại từ đầu.",
            f"The folder {cluster} is not a whole database. Rename it and start again, "
            "then ./run restore FILE to bring the data back; or ./run --fresh to begin anew.",
        )
    return None


def require_room(folder: Path, needed: int = _NEEDED_BYTES) -> None:
    """Refuse to begin on a disk that is nearly full, before anything is half written."""
    free = shutil.disk_usage(folder).free
    if free < needed:
        raise full_disk(folder, free // 1024 // 1024)


def full_disk(folder: Path, free_megabytes: int) -> Trouble:
    """The sentence for a disk without room."""
    return Trouble(
        f"Đĩa chứa {folder} gần đầy (còn {free_megabytes} MB). Hãy dọn chỗ hoặc chọn đĩa khác bằng --data THƯ_MỤC.",
        f"The disk of {folder} is nearly full ({free_megabytes} MB left). Make room or choose another with --data FOLDER.",
    )


def make_cluster(place: Place) -> None:
    """Make an empty database beside its final name and move it there when it is complete."""
    require_room(place.cluster.parent)
    draft = place.cluster.with_name("pg.new")
    shutil.rmtree(draft, ignore_errors=True)
    draft.mkdir(mode=0o700)
    own(draft, place.account)
    _initialise(place, draft)
    if place.cluster.exists():
        place.cluster.rmdir()
    draft.rename(place.cluster)


def _initialise(place: Place, folder: Path) -> None:
    account = place.account
    made = subprocess.run(
        [
            str(get_server_programs(account) / "initdb"),
            f"--pgdata={folder}",
            "--username=postgres",
            "--auth=trust",
            "--encoding=UTF8",
            "--locale-provider=builtin",
            "--builtin-locale=C.UTF-8",
            "--locale=C",
            "--no-instructions",
        ],
        cwd="/",
        env={"PATH": os.environ.get("PATH", "/usr/bin:/bin"), "LC_ALL": "C", "TZ": "UTC"},
        capture_output=True,
        text=True,
        check=False,
        **(account.as_popen() if account else {}),
    )
    if made.returncode != 0:
        shutil.rmtree(folder, ignore_errors=True)
        raise _explain(place, made.stderr or made.stdout)


def _explain(place: Place, words: str) -> Trouble:
    if "No space left" in words:
        return full_disk(place.cluster.parent, shutil.disk_usage(place.cluster.parent).free // 1024 // 1024)
    last = next(
        (line for line in reversed(words.splitlines()) if "error" in line.lower()), words.strip()[-200:]
    )
    return Trouble(
        f"Không tạo được cơ sở dữ liệu trong {place.cluster}: {last}",
        f"The database could not be made in {place.cluster}: {last}",
    )
