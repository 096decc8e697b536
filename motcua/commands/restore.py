"""`./run restore FILE`: a backup into an empty place; nothing is changed before every sum is right."""

import os
import shutil
import tempfile
from pathlib import Path

from motcua.commands.archive import DUMP, SECRET, Manifest, read_archive
from motcua.commands.clients import connect, count_rows, find_tables, restore_dump
from motcua.commands.installed import is_begun
from motcua.commands.options import add_data, new_parser, surroundings
from motcua.commands.prepare import run_prepare
from motcua.commands.speech import say
from motcua.commands.stamp import compute_mark, write_stamp
from motcua.embedded.place import erase, open_place
from motcua.embedded.trouble import Trouble


def run(arguments: list[str]) -> int:
    """Unpack, check, restore, compare the figures, then bring the tables to the present release."""
    parser = new_parser("restore", "Khôi phục / restore")
    parser.add_argument(
        "file", type=Path, metavar="FILE", help="tệp sao lưu cần khôi phục / the backup to bring back"
    )
    add_data(parser)
    options = parser.parse_args(arguments)
    source = Path(os.path.abspath(options.file))
    data = Path(os.path.abspath(options.data))
    _require_empty_folder(data)
    with tempfile.TemporaryDirectory(prefix="motcua-restore-", dir=_near(data)) as folder:
        staging = Path(folder)
        manifest = read_archive(source, staging)
        _place_secret(staging, data)
        try:
            with surroundings(data) as environment:
                restore(environment, staging, manifest)
                _remember_prepared(environment, data)
        except BaseException:
            _leave_empty(data)
            raise
    say(
        f"Đã khôi phục {sum(manifest.rows.values())} dòng, đúng như bản sao lưu. / Restored; every figure agrees."
    )
    return 0


def restore(environment: dict[str, str], staging: Path, manifest: Manifest) -> None:
    """Put database and files in place.

    :raises Trouble: the database is not empty, or shows other figures than the backup's.
    """
    url = environment["MOTCUA_OWNER_URL"]
    with connect(url) as connection:
        if find_tables(connection):
            raise _not_empty("cơ sở dữ liệu", "the database")
    restore_dump(staging / DUMP, url)
    with connect(url) as connection:
        found = count_rows(connection)
    wrong = sorted(table for table in manifest.rows if found.get(table) != manifest.rows[table])
    if wrong:
        raise Trouble(
            f"Số dòng không khớp ở bảng {wrong[0]}.", f"The figures of the table {wrong[0]} differ."
        )
    _place_files(staging, environment)
    run_prepare(environment, with_demonstration=False)


def _remember_prepared(environment: dict[str, str], data: Path) -> None:
    """This very code has just prepared our own database: the first start need not do it again."""
    if not os.environ.get("DATABASE_URL"):
        write_stamp(environment, compute_mark(open_place(data).cluster, "serve"))


def _require_empty_folder(data: Path) -> None:
    files = Path(os.environ.get("MOTCUA_FILES") or data / "files")
    if files.exists() and any(files.iterdir()):
        raise _not_empty(str(files), str(files))
    if not os.environ.get("DATABASE_URL") and is_begun(data):
        raise _not_empty(str(data), str(data))


def _not_empty(vi: str, en: str) -> Trouble:
    return Trouble(
        f"Chỉ khôi phục vào nơi trống, nhưng {vi} đã có dữ liệu. Hãy chọn nơi khác, ví dụ --data THƯ_MỤC_MỚI.",
        f"A backup is restored into an empty place only, and {en} holds data. Choose another, for example --data NEW_FOLDER.",
    )


def _near(data: Path) -> Path:
    """The first folder that exists on the way to the data folder: the same disk, so files are moved, not copied."""
    return next(folder for folder in (data, *data.parents) if folder.is_dir())


def _place_secret(staging: Path, data: Path) -> None:
    if not (staging / SECRET).exists():
        return
    if not data.exists():
        data.mkdir(parents=True)
        data.chmod(0o700 if os.geteuid() else 0o711)
    shutil.move(staging / SECRET, data / SECRET)
    (data / SECRET).chmod(0o600)


def _leave_empty(data: Path) -> None:
    """What failed leaves nothing, so that it can be tried again; a named database undid its own transaction."""
    if not os.environ.get("DATABASE_URL"):
        erase(open_place(data))
    (data / SECRET).unlink(missing_ok=True)


def _place_files(staging: Path, environment: dict[str, str]) -> None:
    files = Path(environment.get("MOTCUA_FILES") or Path(environment["MOTCUA_DATA"]) / "files")
    if (staging / "files").exists():
        files.parent.mkdir(parents=True, exist_ok=True)
        if files.exists():
            files.rmdir()
        shutil.move(staging / "files", files)
        files.chmod(0o700)
