"""Where one installation keeps its database and its socket."""

import hashlib
import os
import secrets
import shutil
from dataclasses import dataclass
from pathlib import Path

from motcua.embedded.account import Account, find_account
from motcua.embedded.trouble import Trouble

_ELSEWHERE = Path("/var/lib/motcua")
_POINTER = "database-place"
# The kernel allows 107 bytes for the address of a socket; the server adds `/.s.PGSQL.5432.lock`.
_LONGEST_FOLDER = 80


@dataclass(frozen=True, slots=True)
class Place:
    """One data folder as the operator named it, and where its database really lies."""

    data: Path
    cluster: Path
    sockets: Path
    account: Account | None

    @property
    def is_elsewhere(self) -> bool:
        """Whether the database had to live outside the data folder because its account cannot reach it there."""
        return self.cluster.parent != self.data

    @property
    def log(self) -> Path:
        """The server's own log."""
        return self.data / "log" / "postgres.log"


def open_place(data: Path) -> Place:
    """Find or make the folders of one installation; permissions outside them are never touched."""
    account = find_account()
    data = _make_data(data, account)
    home = _find_home(data, account)
    cluster = home / "pg"
    account = _keep_owner(cluster, account)
    sockets = _make_sockets(home, account)
    (data / "log").mkdir(mode=0o700, exist_ok=True)
    return Place(data, cluster, sockets, account)


def erase(place: Place) -> None:
    """Begin anew: the database, kept files and settings of this data folder are removed, nothing else."""
    shutil.rmtree(place.cluster, ignore_errors=True)
    for name in ("files", "static", "log"):
        shutil.rmtree(place.data / name, ignore_errors=True)
    (place.data / "prepared").unlink(missing_ok=True)
    place.log.parent.mkdir(mode=0o700, exist_ok=True)


def own(path: Path, account: Account | None) -> None:
    """Give one folder of ours, mode 700, to the server's account."""
    path.chmod(0o700)
    if account is not None:
        os.chown(path, account.uid, account.gid)


def _keep_owner(cluster: Path, account: Account | None) -> Account | None:
    """Root serves a folder that an ordinary user made as that user, so that he can come back to it."""
    if account is None or not cluster.exists() or cluster.stat().st_uid in {0, account.uid}:
        return account
    status = cluster.stat()
    return Account(status.st_uid, status.st_gid, str(status.st_uid))


def _make_data(data: Path, account: Account | None) -> Path:
    data = Path(os.path.abspath(data))
    try:
        if not data.exists():
            data.mkdir(parents=True)
            data.chmod(0o700 if account is None else 0o711)
    except OSError as error:
        raise _unusable(data, error) from error
    if not data.is_dir() or not os.access(data, os.W_OK | os.X_OK):
        raise _unusable(data, None)
    return data


def _unusable(data: Path, error: OSError | None) -> Trouble:
    why = f" ({error.strerror})" if error else ""
    return Trouble(
        f"Không dùng được thư mục dữ liệu {data}{why}. Hãy chọn thư mục khác bằng --data THƯ_MỤC.",
        f"The data folder {data} cannot be used{why}. Choose another with --data FOLDER.",
    )


def _find_home(data: Path, account: Account | None) -> Path:
    pointer = data / _POINTER
    if pointer.exists():
        return _follow(pointer)
    if account is None or (data / "pg").exists() or account.can_enter(data):
        return data
    home = _ELSEWHERE / secrets.token_hex(4)
    try:
        _ELSEWHERE.mkdir(parents=True, exist_ok=True)
        _ELSEWHERE.chmod(0o755)
        home.mkdir(mode=0o700)
    except OSError as error:
        raise _unreachable(data, account) from error
    own(home, account)
    if not account.can_enter(home):
        raise _unreachable(data, account)
    pointer.write_text(f"{home}\n")
    return home


def _follow(pointer: Path) -> Path:
    home = Path(pointer.read_text().strip())
    if home.is_dir():
        return home
    raise Trouble(
        f"Cơ sở dữ liệu của {pointer.parent} nằm ở {home} nhưng thư mục này không còn. "
        f"Hãy trả lại thư mục, hoặc xoá tệp {pointer} để bắt đầu lại rồi khôi phục bằng ./run restore.",
        f"The database of {pointer.parent} lies in {home}, which is gone. "
        f"Put it back, or delete the file {pointer} to begin anew and use ./run restore.",
    )


def _unreachable(data: Path, account: Account) -> Trouble:
    return Trouble(
        f"Người dùng hệ thống {account.name} không vào được {data}. Hãy chọn nơi khác, ví dụ --data /srv/motcua.",
        f"The system user {account.name} cannot reach {data}. Choose another place, for example --data /srv/motcua.",
    )


def _make_sockets(home: Path, account: Account | None) -> Path:
    """A private folder for the socket; a long path would not fit, so it then lies in the temporary folder."""
    sockets = home / "socket"
    if len(os.fsencode(sockets)) > _LONGEST_FOLDER:
        digest = hashlib.sha256(os.fsencode(home)).hexdigest()[:12]
        sockets = Path(f"/tmp/motcua-{os.geteuid()}-{digest}")
    sockets.mkdir(mode=0o700, exist_ok=True)
    _refuse_foreign(sockets, account)
    own(sockets, account)
    return sockets


def _refuse_foreign(sockets: Path, account: Account | None) -> None:
    """Anyone may make a folder in the temporary folder first; we do not use what is not ours."""
    status = sockets.lstat()
    ours = {os.geteuid()} | ({account.uid} if account else set())
    if sockets.is_symlink() or status.st_uid not in ours:
        raise Trouble(
            f"Thư mục {sockets} thuộc người khác. Hãy xoá nó hoặc chọn --data ngắn hơn.",
            f"The folder {sockets} belongs to someone else. Remove it or choose a shorter --data.",
        )
