"""Where content lies: under its own SHA-256, two folders deep, written whole or not at all."""

import errno
import os
import tempfile
from collections.abc import Generator, Iterable
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import BinaryIO

from django.conf import settings
from django.utils.translation import gettext as _

from motcua.documents.opening import refuse

_HEAD_BYTES = 8192


@dataclass(frozen=True, slots=True)
class Arrival:
    """A file on its way in: complete on disk, not yet kept."""

    path: Path
    sha256: str
    size: int
    head: bytes


def path_of(digest: str) -> Path:
    """Where the content with this fingerprint lies."""
    return Path(settings.FILES_DIR) / digest[:2] / digest[2:4] / digest


@contextmanager
def receive(chunks: Iterable[bytes]) -> Generator[Arrival, None, None]:
    """Write what arrives beside the kept files; it is gone afterwards unless it was kept.

    :raises Refused: nothing arrived, more than is allowed, or more than the disk has room for.
    """
    folder = Path(settings.FILES_DIR) / "incoming"
    folder.mkdir(parents=True, exist_ok=True)
    descriptor, name = tempfile.mkstemp(dir=folder)
    try:
        with _told_when_full(), os.fdopen(descriptor, "wb") as target:
            arrival = _write(chunks, target, Path(name))
        yield arrival
    finally:
        with suppress(FileNotFoundError):
            os.unlink(name)


@contextmanager
def _told_when_full() -> Generator[None, None, None]:
    """No room on the disk is a sentence at the file; every other fault of the disk stays one."""
    try:
        yield
    except OSError as fault:
        if fault.errno not in (errno.ENOSPC, errno.EDQUOT):
            raise
        raise refuse(
            "file_no_room", _("Máy chủ hết chỗ trống nên chưa giữ được tệp. Hãy báo người vận hành.")
        ) from fault


def _write(chunks: Iterable[bytes], target: BinaryIO, path: Path) -> Arrival:
    digest, size, head = sha256(), 0, b""
    for chunk in chunks:
        size += len(chunk)
        if size > settings.UPLOAD_MAX_BYTES:
            most = settings.UPLOAD_MAX_BYTES // (1024 * 1024)
            raise refuse(
                "file_too_large",
                _("Tệp lớn quá %(most)d MB. Chia nhỏ hoặc giảm độ phân giải.") % {"most": most},
            )
        digest.update(chunk)
        if len(head) < _HEAD_BYTES:
            head += chunk[: _HEAD_BYTES - len(head)]
        target.write(chunk)
    if size == 0:
        raise refuse("file_empty", _("Tệp rỗng (0 byte). Chọn lại tệp."))
    target.flush()
    os.fsync(target.fileno())
    return Arrival(path, digest.hexdigest(), size, head)


def keep(arrival: Arrival) -> Path:
    """Put the content in its place for good; the same content is kept once."""
    place = path_of(arrival.sha256)
    if place.exists():
        return place
    place.parent.mkdir(parents=True, exist_ok=True)
    os.chmod(arrival.path, 0o440)
    os.replace(arrival.path, place)
    for folder in (place.parent, place.parent.parent, place.parent.parent.parent):
        _sync_folder(folder)
    return place


def destroy(digest: str) -> None:
    """Take content away for good; what is not there any more is no fault."""
    place = path_of(digest)
    with suppress(FileNotFoundError):
        place.unlink()
        _sync_folder(place.parent)


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
