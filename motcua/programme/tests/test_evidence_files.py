"""The file that shows a target's value, as somebody hands it in: whatever is wrong with it is said at its field."""

import re
import unicodedata
from types import SimpleNamespace
from typing import Any

import pytest
from django.conf import LazySettings
from django.core.files.uploadedfile import SimpleUploadedFile

from motcua.documents.models import StoredFile
from motcua.documents.tests.factories import image, package, pdf
from motcua.programme.models import PlanTarget, TargetValue
from motcua.programme.tests.test_targets import plan, target

__all__ = ["plan", "target"]
HTML = b"<!DOCTYPE html><html><script>alert(1)</script></html>"
LOCKED_WORD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)
SWOLLEN = package(more={"word/media/x": b" " * 30_000_000})


@pytest.fixture(autouse=True)
def kept_here(settings: LazySettings, tmp_path: Any) -> None:
    settings.FILES_DIR = tmp_path / "files"
    settings.UPLOAD_MAX_BYTES = 1024 * 1024


@pytest.fixture
def send(sign_in: Any, province: SimpleNamespace, target: PlanTarget) -> Any:
    """Type a value with a file; the answer, and the page as one line."""
    client = sign_in("control")

    def post(content: bytes, name: str, **more: str) -> tuple[int, str]:
        typed = {
            "unit": province.units["P"].id,
            "as_of": "10/03/2026",
            "numerator": "8",
            "denominator": "10",
            "words": "",
        }
        file = SimpleUploadedFile(name, content, content_type="application/pdf")
        answer = client.post(f"/ke-hoach/chi-tieu/{target.pk}/so-lieu/", typed | more | {"file": file})
        return answer.status_code, re.sub(r"\s+", " ", answer.content.decode())

    return post


@pytest.mark.parametrize(
    ("content", "name", "words"),
    [
        pytest.param(b"", "rong.pdf", "rỗng", id="nothing in it"),
        pytest.param(
            image("PNG"), "bien-ban.pdf", "đuôi “pdf” nhưng nội dung là PNG", id="a picture called pdf"
        ),
        pytest.param(pdf(), "bien-ban", "đuôi “—”", id="no ending"),
        pytest.param(HTML, "bien-ban.pdf", "Đây là trang web (HTML)", id="a page called pdf"),
        pytest.param(b"MZ" + bytes(600), "bien-ban.pdf", "Loại tệp này không được nhận", id="a program"),
        pytest.param(pdf(password="bi-mat"), "khoa.pdf", "Tệp đang đặt mật khẩu", id="a locked pdf"),
        pytest.param(LOCKED_WORD, "khoa.docx", "đang đặt mật khẩu", id="a locked Word file"),
        pytest.param(pdf()[:200], "cut.pdf", "Tệp bị hỏng", id="cut off"),
        pytest.param(SWOLLEN, "bom.docx", "bung ra quá lớn", id="a bomb"),
        pytest.param(b"%PDF-1.7" + bytes(1_100_000), "to.pdf", "Tệp lớn quá 1 MB", id="too large"),
    ],
)
def test_a_bad_file_is_refused_at_its_field_and_nothing_is_kept(
    send: Any, content: bytes, name: str, words: str
) -> None:
    before = StoredFile.objects.count()
    status, page = send(content, name, words="Biên bản họp", numerator="7,5")
    assert status == 422
    field = (
        page.partition('id="id_file"')[0].rpartition("<label")[2] + page.partition('id="id_file"')[2][:600]
    )
    assert words in field, "said at the field"
    assert 'value="Biên bản họp"' in page and 'value="7,5"' in page and 'value="10/03/2026"' in page
    assert not TargetValue.objects.exists() and StoredFile.objects.count() == before


def test_a_link_beside_a_file_is_looked_at_too(send: Any) -> None:
    status, page = send(pdf(), "bien-ban.pdf", address="javascript:alert(1)")
    assert status == 422 and "bắt đầu bằng https://" in page and not TargetValue.objects.exists()
    assert send(pdf(), "bien-ban.pdf", address="https://example.vn/bien-ban")[0] == 302


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("../../etc/passwd.pdf", "passwd.pdf"),
        ("C:\\Users\\lan\\biên bản.pdf", "biên bản.pdf"),
        ('"><script>alert(1)</script>.pdf', "script_.pdf"),
        (unicodedata.normalize("NFD", "Biên bản họp.pdf"), "Biên bản họp.pdf"),
        ("a\u202efdp.exe.pdf", "afdp.exe.pdf"),
        ("x" * 400 + ".pdf", "x" * 146 + ".pdf"),
    ],
)
def test_a_hostile_name_is_kept_and_shown_harmless(send: Any, sign_in: Any, name: str, kept: str) -> None:
    status, _page = send(pdf(), name)
    assert status == 302
    (value,) = TargetValue.objects.all()
    assert value.file is not None and value.file.original_name == value.words == kept
    page = sign_in("control").get(f"/ke-hoach/chi-tieu/{value.target_id}/").content.decode()
    assert "<script>alert" not in page and "\u202e" not in page
    shown = sign_in("control").get(f"/ke-hoach/chi-tieu/so-lieu/{value.pk}/tep/")
    assert b"".join(shown.streaming_content) == pdf() or shown.status_code == 200
    assert shown.headers["X-Content-Type-Options"] == "nosniff"
