"""One installation at a time on one data folder."""

import contextlib
import fcntl
import os
from collections.abc import Iterator
from pathlib import Path

from motcua.embedded.trouble import Trouble


@contextlib.contextmanager
def occupy(data: Path, address: str) -> Iterator[None]:
    """Hold the folder for this process; the kernel lets go when the process is gone, however it went.

    :raises Trouble: another start holds it; the sentence says where it answers.
    """
    path = data / "run.lock"
    with path.open("a+") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            file.seek(0)
            raise _held(data, file.read().split()) from error
        file.truncate(0)
        file.write(f"{os.getpid()} {address}\n")
        file.flush()
        yield


def _held(data: Path, found: list[str]) -> Trouble:
    pid, address = (found + ["?", "?"])[:2]
    return Trouble(
        f"Thư mục dữ liệu {data} đang chạy ở {address} (tiến trình {pid}). Hãy dừng nó (Ctrl-C) hoặc chọn --data khác.",
        f"The data folder {data} is already running at {address} (process {pid}). Stop it (Ctrl-C) or choose another --data.",
    )
