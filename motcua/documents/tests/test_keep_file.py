import errno
import hashlib
import io
import unicodedata

import pytest
from PIL import Image

from motcua.core.refusal import Refused
from motcua.documents import actions as documents
from motcua.documents import queries, storage
from motcua.documents.models import StoredFile
from motcua.documents.tests.factories import AT, image, package, pdf

pytestmark = pytest.mark.django_db
HTML = b"<!DOCTYPE html><html><body><script>alert(1)</script></body></html>"


@pytest.fixture(autouse=True)
def files_dir(settings, tmp_path):
    settings.FILES_DIR = tmp_path / "files"
    return settings.FILES_DIR


def keep(content: bytes, name: str) -> StoredFile:
    return documents.keep_file(stream=io.BytesIO(content), name=name, user_id=7, at=AT)


@pytest.mark.parametrize(
    ("content", "name", "media_type", "pages"),
    [
        (pdf(3), "don.pdf", "application/pdf", 3),
        (image("JPEG"), "anh.jpg", "image/jpeg", 1),
        (image("JPEG"), "ANH.JPEG", "image/jpeg", 1),
        (image("PNG"), "anh.png", "image/png", 1),
        (image("TIFF", pages=3), "quet.tif", "image/tiff", 3),
        (
            package(),
            "don.docx",
            "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            None,
        ),
        (
            package("xl/workbook.xml"),
            "bang.xlsx",
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            None,
        ),
    ],
)
def test_each_kind_that_is_taken_is_kept_unaltered(content, name, media_type, pages):
    file = keep(content, name)
    assert (file.media_type, file.page_count, file.size) == (media_type, pages, len(content))
    assert file.sha256 == hashlib.sha256(content).hexdigest()
    with queries.open_file(file) as kept:
        assert kept.read() == content
    assert storage.path_of(file.sha256).parent.parent.name == file.sha256[:2]
    assert file.scan_state == "not_scanned"


@pytest.mark.parametrize(
    ("content", "name", "code"),
    [
        (b"", "rong.pdf", "file_empty"),
        (pdf(password="bi-mat"), "khoa.pdf", "file_encrypted"),
        (pdf(owner="chu"), "han-che.pdf", "file_encrypted"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600, "khoa.docx", "file_encrypted"),
        (b"%PDF-1.7\n" + b"rac" * 50, "hong.pdf", "file_damaged"),
        (pdf()[:200], "cut.pdf", "file_damaged"),
        (image("PNG", (300, 300))[:-40], "cut.png", "file_damaged"),
        (image("PNG"), "don.pdf", "file_mislabelled"),
        (pdf(), "don.jpg", "file_mislabelled"),
        (pdf(), "don", "file_mislabelled"),
        (package(), "bang.xlsx", "file_mislabelled"),
        (HTML, "don.pdf", "file_markup"),
        (b"\xef\xbb\xbf  <html>", "don.html", "file_markup"),
        (b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>', "hinh.png", "file_markup"),
        (b"MZ\x90\x00" + b"\x00" * 600, "don.pdf", "file_kind"),
        ("Đơn đề nghị".encode(), "don.txt", "file_kind"),
        (package(more={"word/vbaProject.bin": b"x"}), "macro.docx", "file_macros"),
    ],
)
def test_what_is_not_taken_is_refused_in_words_at_its_field_and_leaves_nothing(
    content, name, code, files_dir
):
    with pytest.raises(Refused) as refusal:
        keep(content, name)
    assert (refusal.value.code, refusal.value.field) == (code, "file")
    assert refusal.value.message.endswith(".")
    assert not StoredFile.objects.exists()
    assert [path for path in files_dir.rglob("*") if path.is_file()] == []


def test_a_file_over_the_limit_is_refused_while_it_arrives(settings, files_dir):
    settings.UPLOAD_MAX_BYTES = 1024 * 1024
    read = []

    class Endless:
        def read(self, size=-1, /):
            read.append(size)
            return b"x" * 600_000

    with pytest.raises(Refused) as refusal:
        documents.keep_file(stream=Endless(), name="to.pdf", user_id=1, at=AT)
    assert refusal.value.code == "file_too_large"
    assert len(read) == 2
    assert list((files_dir / "incoming").iterdir()) == []


def test_a_full_disk_is_a_sentence_at_the_file_and_leaves_nothing(files_dir):
    class Overflowing:
        def read(self, size=-1, /):
            raise OSError(errno.ENOSPC, "No space left on device")

    with pytest.raises(Refused) as refusal:
        documents.keep_file(stream=Overflowing(), name="to.pdf", user_id=1, at=AT)
    assert (refusal.value.code, refusal.value.field) == ("file_no_room", "file")
    assert "hết chỗ" in refusal.value.message and list((files_dir / "incoming").iterdir()) == []


def test_a_picture_that_unpacks_to_gigabytes_is_refused():
    header = image("PNG", (10, 10))
    huge = (60_000).to_bytes(4, "big") * 2
    import zlib

    ihdr = b"IHDR" + huge + header[24:29]
    forged = header[:12] + ihdr + zlib.crc32(ihdr).to_bytes(4, "big") + header[33:]
    with pytest.raises(Refused) as refusal:
        keep(forged, "bom.png")
    assert refusal.value.code == "file_bomb"


@pytest.mark.parametrize("megabytes", [21, 301])
def test_a_package_that_unpacks_far_beyond_its_size_is_refused(megabytes):
    with pytest.raises(Refused) as refusal:
        keep(package(more={"word/media/a.bin": b"\x00" * (megabytes * 1024 * 1024)}), "bom.docx")
    assert refusal.value.code == "file_bomb" and "PDF" in refusal.value.message


def test_the_same_content_lies_once_and_is_two_records(files_dir):
    content = pdf()
    first, second = keep(content, "a.pdf"), keep(content, "b.pdf")
    assert first.pk != second.pk
    assert first.sha256 == second.sha256
    assert len([path for path in files_dir.rglob("*") if path.is_file()]) == 1


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        (unicodedata.normalize("NFD", "Tờ khai.pdf"), "Tờ khai.pdf"),
        ("../../etc/passwd.pdf", "passwd.pdf"),
        ("C:\\Users\\An\\đơn.pdf", "đơn.pdf"),
        ("a\u202efdp.exe\x00.pdf", "afdp.exe.pdf"),
        ('<b>"x"</b>.pdf', "b_.pdf"),
        ("dài " * 200 + ".pdf", None),
    ],
)
def test_names_are_kept_composed_and_without_tricks(given, kept):
    name = keep(pdf(), given).original_name
    assert name == kept if kept else len(name) <= 150 and name.endswith(".pdf")


def test_a_download_is_kept_apart_from_our_pages():
    answer = queries.serve_file(keep(pdf(), 'Tờ khai; "x".pdf'))
    assert answer["Content-Disposition"].startswith("attachment; filename*=UTF-8''T%E1%BB%9D")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "default-src 'none'" in answer["Content-Security-Policy"]
    answer.file_to_stream.close()


def test_only_pdf_and_pictures_are_shown_in_the_browser():
    for content, name, way in ((pdf(), "a.pdf", "inline"), (package(), "a.docx", "attachment")):
        answer = queries.serve_file(keep(content, name), inline=True)
        assert answer["Content-Disposition"].startswith(way)
        answer.file_to_stream.close()


@pytest.mark.parametrize(("content", "name"), [(pdf(2), "a.pdf"), (image("TIFF", (1000, 1400), 2), "a.tif")])
def test_pages_are_shown_as_pictures_and_kept_for_the_next_reader(content, name, files_dir):
    file = keep(content, name)
    drawn = queries.render_page(file, 2, 480)
    assert Image.open(io.BytesIO(drawn)).format == "PNG"
    assert abs(Image.open(io.BytesIO(drawn)).width - 480) <= 2
    assert queries.render_page(file, 2, 400) == drawn
    assert len(list((files_dir / "pages").rglob("*.png"))) == 1
    for page in (0, 3):
        with pytest.raises(Refused):
            queries.render_page(file, page)


def test_a_lost_content_is_said_in_words():
    file = keep(pdf(), "a.pdf")
    storage.path_of(file.sha256).unlink()
    with pytest.raises(Refused) as refusal:
        queries.open_file(file)
    assert refusal.value.code == "not_found"
