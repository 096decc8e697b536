"""Which files may be handed in, told by what is inside them and never by their name."""

import re
import unicodedata
from dataclasses import dataclass

import filetype


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of file that is taken."""

    media_type: str
    name: str
    extensions: tuple[str, ...]
    opens_in_browser: bool = False


PDF = Kind("application/pdf", "PDF", ("pdf",), opens_in_browser=True)
JPEG = Kind("image/jpeg", "JPEG", ("jpg", "jpeg", "jpe", "jfif"), opens_in_browser=True)
PNG = Kind("image/png", "PNG", ("png",), opens_in_browser=True)
TIFF = Kind("image/tiff", "TIFF", ("tif", "tiff"))
DOCX = Kind("application/vnd.openxmlformats-officedocument.wordprocessingml.document", "Word", ("docx",))
XLSX = Kind("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "Excel", ("xlsx",))

KINDS = {kind.media_type: kind for kind in (PDF, JPEG, PNG, TIFF, DOCX, XLSX)}
IMAGES = frozenset({JPEG, PNG, TIFF})
# What a signed or stamped paper is once it is scanned; a result is one of these, never a text that can still be written in.
SCANS = (PDF, JPEG, PNG, TIFF)
OFFICE = frozenset({DOCX, XLSX})

# Old Word and Excel files, and new ones with a password, are this container.
_OLD_CONTAINER = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_MARKUP = re.compile(rb"<\s*(!doctype|html|head|body|script|svg|iframe|\?xml)", re.IGNORECASE)
_LONGEST_NAME = 150


def find_kind(head: bytes) -> Kind | None:
    """The kind the first kilobytes speak for, or None when it is not one that is taken."""
    if head[:1024].lstrip().startswith(b"%PDF-"):
        return PDF
    guessed = filetype.guess(head)
    return KINDS.get(guessed.mime) if guessed else None


def is_markup(head: bytes) -> bool:
    """A web page, whatever it is called: it could run in the reader's browser."""
    return bool(_MARKUP.search(head[:2048].replace(b"\x00", b"")))


def is_old_container(head: bytes) -> bool:
    """An old Office file or a new one with a password."""
    return head.startswith(_OLD_CONTAINER)


def extension_of(name: str) -> str:
    """The ending of a name, small letters, without the dot."""
    _stem, dot, ending = name.rpartition(".")
    return ending.lower().strip() if dot else ""


def clean_file_name(name: str) -> str:
    """The name as it is kept: composed, no folders, no invisible letters, no letters that change direction."""
    last = re.split(r"[/\\]", unicodedata.normalize("NFC", name))[-1]
    seen = "".join(letter for letter in last if unicodedata.category(letter)[0] != "C")
    tidy = " ".join(re.sub(r'[<>:"|?*]', "_", seen).split()).strip(". ")
    ending = extension_of(tidy)
    stem = tidy[: -len(ending) - 1] if ending else tidy
    return (
        f"{stem[: _LONGEST_NAME - len(ending) - 1]}.{ending}"[:_LONGEST_NAME]
        if ending
        else tidy[:_LONGEST_NAME]
    )
