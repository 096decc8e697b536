"""What we do with files: keep one as it was handed in."""

from collections.abc import Collection, Iterable
from datetime import datetime
from functools import partial
from typing import Protocol

from django.db import transaction
from django.utils.translation import gettext as _

from motcua.documents import storage
from motcua.documents.models import StoredFile
from motcua.documents.opening import open_and_count, refuse
from motcua.documents.rules import (
    KINDS,
    OFFICE,
    Kind,
    clean_file_name,
    extension_of,
    find_kind,
    is_markup,
    is_old_container,
)

_CHUNK_BYTES = 1024 * 1024


class Stream(Protocol):
    """Anything that is read piece by piece: an upload, an open file."""

    def read(self, size: int = ..., /) -> bytes: ...


def keep_file(
    *,
    stream: Stream | bytes,
    name: str,
    user_id: int | None,
    kinds: Collection[Kind] = tuple(KINDS.values()),
    at: datetime,
) -> StoredFile:
    """Keep a file unaltered, its kind read from its content.

    :param kinds: the kinds taken here, where not every one is
    :raises Refused: at field `file`: empty, too large, locked, damaged, disguised or of a kind that is not taken.
    """
    kept_name = clean_file_name(name) or "tep"
    with storage.receive(_chunks(stream)) as arrival:
        kind = _require_kind(arrival.head, kept_name, kinds)
        page_count = open_and_count(arrival.path, kind)
        storage.keep(arrival)
    return StoredFile.objects.create(
        sha256=arrival.sha256,
        size=arrival.size,
        media_type=kind.media_type,
        original_name=kept_name,
        page_count=page_count,
        stored_at=at,
        uploaded_by_id=user_id,
    )


def keep_text(*, content: bytes, name: str, user_id: int | None, at: datetime) -> StoredFile:
    """Keep a plain text unaltered. Whoever calls has read it as text; it is only ever given out as an attachment."""
    with storage.receive(_chunks(content)) as arrival:
        storage.keep(arrival)
    return StoredFile.objects.create(
        sha256=arrival.sha256,
        size=arrival.size,
        media_type="text/plain",
        original_name=clean_file_name(name) or "tep.txt",
        stored_at=at,
        uploaded_by_id=user_id,
    )


def take_over(*, file_id: int, user_id: int, at: datetime) -> StoredFile:
    """A kept file under the name of who takes it into a dossier: the content is the same and lies where it lay.

    :raises StoredFile.DoesNotExist: there is none.
    """
    file = StoredFile.objects.get(pk=file_id)
    file.pk, file.uploaded_by_id, file.stored_at = None, user_id, at
    file._state.adding = True
    file.save(force_insert=True)
    return file


def destroy_files(*, file_ids: Iterable[int]) -> int:
    """Forget files for good: their records now, their content once the transaction is kept and nobody else has it.

    :raises ProtectedError: something still refers to one of them.
    """
    rows = StoredFile.objects.filter(pk__in=list(file_ids))
    digests = set(rows.values_list("sha256", flat=True))
    count, _each = rows.delete()
    left = set(StoredFile.objects.filter(sha256__in=digests).values_list("sha256", flat=True))
    for digest in digests - left:
        transaction.on_commit(partial(storage.destroy, digest))
    return count


def _chunks(stream: Stream | bytes) -> Iterable[bytes]:
    if isinstance(stream, bytes):
        yield stream
        return
    while chunk := stream.read(_CHUNK_BYTES):
        yield chunk


def _require_kind(head: bytes, name: str, kinds: Collection[Kind]) -> Kind:
    """The kind inside, which must be taken and be what the name's ending says."""
    kind = find_kind(head)
    if kind is None or kind not in kinds:
        raise _not_taken(head, kinds)
    ending = extension_of(name)
    if ending not in kind.extensions:
        raise refuse(
            "file_mislabelled",
            _("Tên tệp có đuôi “%(ending)s” nhưng nội dung là %(kind)s. Kiểm tra lại tệp.")
            % {"ending": ending or "—", "kind": kind.name},
        )
    return kind


def _not_taken(head: bytes, kinds: Collection[Kind]) -> Exception:
    if is_old_container(head) and not OFFICE.isdisjoint(kinds):
        return refuse(
            "file_encrypted",
            _("Tệp Word/Excel kiểu cũ hoặc đang đặt mật khẩu. Bỏ mật khẩu, lưu dạng .docx/.xlsx."),
        )
    if is_markup(head):
        return refuse(
            "file_markup", _("Đây là trang web (HTML), không phải giấy tờ. Lưu hoặc quét thành PDF.")
        )
    taken = ", ".join(kind.name for kind in kinds)
    return refuse("file_kind", _("Loại tệp này không được nhận. Chỉ nhận: %(taken)s.") % {"taken": taken})
