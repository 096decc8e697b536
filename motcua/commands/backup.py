"""`./run backup FILE`: database, kept files and secret in one file, from one moment, checked after writing."""

import argparse
import os
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from motcua.commands.archive import DUMP, SECRET, Manifest, read_archive, write_archive
from motcua.commands.clients import connect, count_rows, run_client
from motcua.commands.installed import installation
from motcua.commands.options import add_data, new_parser
from motcua.commands.speech import say
from motcua.embedded.cluster import require_room
from motcua.embedded.trouble import Trouble


def run(arguments: list[str]) -> int:
    """Make the backup while work goes on; nobody waits for it."""
    parser = new_parser("backup", "Sao lưu / back up")
    parser.add_argument(
        "file",
        type=Path,
        metavar="FILE",
        help="tệp sẽ ghi bản sao lưu, chưa có sẵn / the file to write, not there yet",
    )
    add_data(parser)
    options = parser.parse_args(arguments)
    target = _check(options)
    with installation(options.data) as environment:
        rows = back_up(environment, target)
    say(f"Đã sao lưu {sum(rows.values())} dòng vào {target}, đã kiểm tra. / {target} is written and checked.")
    say(
        "Tệp này chứa dữ liệu cá nhân và khoá giải mã: hãy cất kín. / It holds personal data and the key: keep it locked away."
    )
    return 0


def _check(options: argparse.Namespace) -> Path:
    target = Path(os.path.abspath(options.file))
    if target.exists():
        raise Trouble(
            f"Tệp {target} đã có. Hãy chọn tên khác; bản sao lưu không ghi đè.",
            f"The file {target} exists. Choose another name; a backup overwrites nothing.",
        )
    if not target.parent.is_dir() or not os.access(target.parent, os.W_OK):
        raise Trouble(
            f"Không ghi được vào {target.parent}.", f"The folder {target.parent} cannot be written."
        )
    require_room(target.parent, 64 * 1024 * 1024)
    return target


def back_up(environment: dict[str, str], target: Path) -> dict[str, int]:
    """Write the backup and read it back; the number of rows of each table at that moment."""
    data = Path(environment["MOTCUA_DATA"])
    url = environment["MOTCUA_OWNER_URL"]
    with tempfile.TemporaryDirectory(dir=target.parent, prefix=".backup-") as folder:
        dump = Path(folder) / DUMP
        manifest = _dump(url, dump)
        write_archive(target, manifest, _find_members(data, environment, dump))
    read_archive(target)
    return manifest.rows


def _dump(url: str, dump: Path) -> Manifest:
    """Dump and count in one snapshot, so that the figures belong to these very rows."""
    with connect(url) as connection:
        connection.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
        row = connection.execute("SELECT pg_export_snapshot(), current_setting('server_version')").fetchone()
        assert row is not None
        rows = count_rows(connection)
        run_client("pg_dump", ["--format=custom", f"--snapshot={row[0]}", f"--file={dump}", url])
    return Manifest(datetime.now(UTC).isoformat(timespec="seconds"), _get_release(), row[1], rows)


def _find_members(data: Path, environment: dict[str, str], dump: Path) -> Iterator[tuple[str, Path]]:
    """Files come after the dump: they are only ever added, so every file a row names is already there."""
    yield DUMP, dump
    # A secret given by the environment is the operator's to keep, and stays out.
    if (data / SECRET).exists() and (data / SECRET).read_text().strip() == environment["MOTCUA_SECRET_KEY"]:
        yield SECRET, data / SECRET
    files = Path(environment.get("MOTCUA_FILES") or data / "files")
    for path in sorted(files.rglob("*")):
        if path.is_file():
            yield f"files/{path.relative_to(files)}", path


def _get_release() -> str:
    try:
        return version("motcua")
    except PackageNotFoundError:
        return "0.1.0"
