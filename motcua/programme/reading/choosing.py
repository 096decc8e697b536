"""Which reader a file needs: told by its first bytes, not by its name."""

from motcua.programme.reading.docx import read_docx
from motcua.programme.reading.faults import refuse
from motcua.programme.reading.pdf import count_slow_pages, read_pdf, read_picture
from motcua.programme.reading.recognising import Heed
from motcua.programme.reading.text import read_text
from motcua.programme.reading.xlsx import read_xlsx
from motcua.programme.rules.blocks import Source

_MOST_BYTES = 60 * 1024 * 1024
_OLD_OFFICE = b"\xd0\xcf\x11\xe0"
_PICTURES = (b"\x89PNG", b"\xff\xd8\xff", b"II*\x00", b"MM\x00*")
_NOT_TEXT = frozenset(range(32)) - set(b"\t\n\r\f\x1b")


def open_source(content: bytes, name: str = "", heed: Heed | None = None) -> Source:
    """The blocks of a file; `heed` is told of each scanned page, which takes seconds.

    :raises Refused: at field `file`: empty, too large, locked, damaged or of a kind that is not read.
    """
    if not content.strip(b"\x00 \t\r\n\xef\xbb\xbf"):
        raise refuse("plan_empty")
    if len(content) > _MOST_BYTES:
        raise refuse("plan_too_large")
    if content.startswith(_OLD_OFFICE):
        raise refuse("plan_old_word")
    if content.startswith(b"PK"):
        return _open_package(content)
    if content[:1024].lstrip().startswith(b"%PDF"):
        return read_pdf(content, heed)
    if content.startswith(_PICTURES):
        return read_picture(content, heed)
    if _is_binary(content):
        raise refuse("plan_kind")
    return read_text(content)


def count_slow(content: bytes) -> int:
    """How many pages a reading in the background will tell of; 0 when the file is read while a person waits."""
    if content.startswith(_PICTURES):
        return 1
    return count_slow_pages(content) if content[:1024].lstrip().startswith(b"%PDF") else 0


def _open_package(content: bytes) -> Source:
    if b"word/" in content:
        return read_docx(content)
    if b"xl/" in content:
        return read_xlsx(content)
    raise refuse("plan_kind" if b"[Content_Types]" in content else "plan_damaged")


def _is_binary(content: bytes) -> bool:
    head = content[:4096]
    if head[:2] in {b"\xff\xfe", b"\xfe\xff"}:
        return False
    return sum(byte in _NOT_TEXT for byte in head) > len(head) // 100
