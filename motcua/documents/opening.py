"""A file is taken only when a reader of its kind opens it; how many pages it has comes out of the same reading."""

import warnings
import zipfile
from pathlib import Path

import pikepdf
from django.utils.translation import gettext as _
from PIL import Image, UnidentifiedImageError

from motcua.core.refusal import Refused
from motcua.documents.rules import DOCX, IMAGES, OFFICE, PDF, Kind

# A4 at 1,200 dots per inch is 139 million; more than that is a trap.
_MOST_PIXELS = 150_000_000
_MOST_PAGES = 2_000
_MOST_UNPACKED_BYTES = 300 * 1024 * 1024
_MOST_MEMBERS = 10_000
# Words and drawings pack to a fortieth at most; what packs far tighter holds nothing anybody wrote.
_HARMLESS_BYTES = 20 * 1024 * 1024
_MOST_PACKED = 200
_MAIN_PARTS = {DOCX: "word/document.xml"}


def refuse(code: str, message: str) -> Refused:
    """A refusal at the field of the file."""
    return Refused(code, message, field="file")


def open_and_count(path: Path, kind: Kind) -> int | None:
    """Pages of a PDF or image; None where pages are not known before printing.

    :raises Refused: it does not open, has a password, or unpacks to more than is sane.
    """
    if kind is PDF:
        return _open_pdf(path)
    if kind in IMAGES:
        return _open_image(path)
    if kind in OFFICE:
        _open_office(path, kind)
    return None


def _open_pdf(path: Path) -> int:
    try:
        with pikepdf.open(path) as pdf:
            if pdf.is_encrypted:
                raise _locked()
            pages = len(pdf.pages)
    except pikepdf.PasswordError as fault:
        raise _locked() from fault
    except (pikepdf.PdfError, RuntimeError, ValueError) as fault:
        raise _damaged() from fault
    if not 1 <= pages <= _MOST_PAGES:
        raise refuse(
            "file_pages", _("Tệp PDF không có trang nào hoặc quá %(most)d trang.") % {"most": _MOST_PAGES}
        )
    return pages


def _open_image(path: Path) -> int:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            with Image.open(path) as image:
                if image.width * image.height > _MOST_PIXELS:
                    raise _too_large_inside()
                pages = int(getattr(image, "n_frames", 1))
                image.load()
    except Image.DecompressionBombError as fault:
        raise _too_large_inside() from fault
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, EOFError) as fault:
        raise _damaged() from fault
    return pages


def _open_office(path: Path, kind: Kind) -> None:
    try:
        with zipfile.ZipFile(path) as package:
            members = package.infolist()
            if len(members) > _MOST_MEMBERS or _is_trap(sum(each.file_size for each in members), path):
                raise _package_too_large()
            _check_members(package, {each.filename for each in members}, kind)
    # The library's own words for a packing it does not know, and for a locked member (RuntimeError).
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError) as fault:
        raise _damaged() from fault


def _is_trap(unpacked_bytes: int, path: Path) -> bool:
    """Known from the table of contents; reading a member stops by itself where that said it ends."""
    if unpacked_bytes > _MOST_UNPACKED_BYTES:
        return True
    return unpacked_bytes > _HARMLESS_BYTES and unpacked_bytes > _MOST_PACKED * path.stat().st_size


def _check_members(package: zipfile.ZipFile, names: set[str], kind: Kind) -> None:
    if any(name.lower().endswith("vbaproject.bin") for name in names):
        raise refuse("file_macros", _("Tệp có chứa macro nên không được nhận. Lưu lại dạng không có macro."))
    main = _MAIN_PARTS.get(kind, "xl/workbook.xml")
    if "[Content_Types].xml" not in names or main not in names or package.testzip() is not None:
        raise _damaged()


def _locked() -> Refused:
    return refuse("file_encrypted", _("Tệp đang đặt mật khẩu hoặc bị khóa. Bỏ khóa rồi tải lên lại."))


def _damaged() -> Refused:
    return refuse("file_damaged", _("Tệp bị hỏng, không mở được. Kiểm tra lại tệp gốc rồi tải lên lại."))


def _package_too_large() -> Refused:
    return refuse("file_bomb", _("Nội dung tệp bung ra quá lớn. Lưu lại thành PDF rồi tải lên."))


def _too_large_inside() -> Refused:
    return refuse("file_bomb", _("Nội dung tệp bung ra quá lớn. Quét lại ở độ phân giải 300 dpi."))
