"""Work on an installation that is there: a command that needs its tables says so instead of failing for want of one."""

import contextlib
import os
from collections.abc import Iterator
from pathlib import Path

from motcua.commands.clients import connect, find_tables
from motcua.commands.options import surroundings
from motcua.embedded.trouble import Trouble


@contextlib.contextmanager
def installation(data: Path) -> Iterator[dict[str, str]]:
    """The environment for work on what an installation holds, with its database running for as long as it takes.

    :raises Trouble: nothing was ever prepared there; nothing is made either, so that a backup may still be restored
    """
    if not os.environ.get("DATABASE_URL") and not is_begun(data):
        raise _nothing_at(str(data))
    with surroundings(data) as environment:
        with connect(environment["MOTCUA_OWNER_URL"]) as connection:
            is_prepared = bool(find_tables(connection))
        if not is_prepared:
            raise _nothing_at("DATABASE_URL" if os.environ.get("DATABASE_URL") else str(data))
        yield environment


def is_begun(data: Path) -> bool:
    """Whether a database lies in this folder or is named by it."""
    return (data / "pg").exists() or (data / "database-place").exists()


def _nothing_at(place: str) -> Trouble:
    return Trouble(
        f"Ở {place} chưa có dữ liệu nào. Chạy ./run serve một lần trước (hoặc ./run để có bản trình diễn), hay chỉ đúng thư mục"
        " bằng --data hoặc MOTCUA_DATA.",
        f"There is no data at {place} yet. Run ./run serve once first (or ./run for the demonstration), or name the right folder"
        " by --data or MOTCUA_DATA.",
    )
