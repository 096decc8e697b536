"""The shape of a backup: one tar with the database's dump, the kept files, the secret, and last a manifest of sums."""

import hashlib
import io
import json
import os
import tarfile
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import IO, Any

from motcua.embedded.trouble import Trouble

FORMAT = 1
DUMP = "database.dump"
SECRET = "secret-key"
_MANIFEST = "manifest.json"


@dataclass(slots=True)
class Manifest:
    """What a backup holds and how to know it is whole."""

    made_at: str
    release: str
    server: str
    rows: dict[str, int]
    sums: dict[str, str] = field(default_factory=dict)
    format: int = FORMAT


class _Summing(io.RawIOBase):
    """A file that sums what is read from it."""

    def __init__(self, file: IO[bytes]) -> None:
        self.file = file
        self.sum = hashlib.sha256()

    def read(self, size: int = -1) -> bytes:
        block = self.file.read(size)
        self.sum.update(block)
        return block


def write_archive(target: Path, manifest: Manifest, members: Iterator[tuple[str, Path]]) -> None:
    """Write everything beside the final name, then give it that name; readable by its owner alone."""
    draft = target.with_name(target.name + ".partial")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    try:
        with os.fdopen(descriptor, "wb") as file, tarfile.open(fileobj=file, mode="w") as tar:
            for name, path in members:
                manifest.sums[name] = _add(tar, name, path)
            words = json.dumps(asdict(manifest), ensure_ascii=False, indent=1).encode()
            entry = tarfile.TarInfo(_MANIFEST)
            entry.size, entry.mode = len(words), 0o600
            tar.addfile(entry, io.BytesIO(words))
        draft.rename(target)
    finally:
        draft.unlink(missing_ok=True)


def _add(tar: tarfile.TarFile, name: str, path: Path) -> str:
    with path.open("rb") as file:
        entry = tarfile.TarInfo(name)
        entry.size, entry.mode = path.stat().st_size, 0o600
        entry.mtime = int(path.stat().st_mtime)
        summing = _Summing(file)
        tar.addfile(entry, summing)
    return summing.sum.hexdigest()


def read_archive(source: Path, into: Path | None = None) -> Manifest:
    """Check every sum and, when a folder is given, unpack there.

    :raises Trouble: not a backup, cut short, or a byte differs.
    """
    try:
        with tarfile.open(source, mode="r:") as tar:
            return _read(tar, source, into)
    except FileNotFoundError as error:
        raise Trouble(f"Không có tệp {source}.", f"There is no file {source}.") from error
    except (tarfile.TarError, EOFError, ValueError, KeyError, TypeError) as error:
        raise _damaged(source, type(error).__name__) from error


def _read(tar: tarfile.TarFile, source: Path, into: Path | None) -> Manifest:
    sums: dict[str, str] = {}
    manifest: Manifest | None = None
    for entry in tar:
        file = tar.extractfile(entry)
        if file is None or not _is_ours(entry.name):
            raise _damaged(source, entry.name)
        if entry.name == _MANIFEST:
            manifest = _parse(json.loads(file.read()), source)
        else:
            sums[entry.name] = _unpack(file, None if into is None else into / entry.name)
    if manifest is None:
        raise _damaged(source, _MANIFEST)
    wrong = sorted(set(sums) ^ set(manifest.sums)) or sorted(n for n in sums if sums[n] != manifest.sums[n])
    if wrong:
        raise _damaged(source, wrong[0])
    return manifest


def _is_ours(name: str) -> bool:
    parts = Path(name).parts
    return name in {DUMP, SECRET, _MANIFEST} or (parts[0] == "files" and ".." not in parts)


def _parse(found: dict[str, Any], source: Path) -> Manifest:
    if found["format"] != FORMAT:
        raise Trouble(
            f"Bản sao lưu {source} do bản phần mềm mới hơn tạo ra. Hãy dùng bản phần mềm đó.",
            f"The backup {source} was made by a later release. Use that release.",
        )
    return Manifest(**found)


def _unpack(file: IO[bytes], target: Path | None) -> str:
    digest = hashlib.sha256()
    if target is not None:
        target.parent.mkdir(parents=True, exist_ok=True)
    with open(os.devnull if target is None else target, "wb") as out:
        while block := file.read(1 << 20):
            digest.update(block)
            out.write(block)
    return digest.hexdigest()


def _damaged(source: Path, where: str) -> Trouble:
    return Trouble(
        f"Tệp sao lưu {source} không nguyên vẹn ({where}). Chưa có gì bị thay đổi; hãy dùng bản sao khác.",
        f"The backup {source} is not whole ({where}). Nothing was changed; use another copy.",
    )
