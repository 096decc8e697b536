"""Real files of each kind, good and bad, and the data of a form."""

import io
import zipfile
from datetime import UTC, date, datetime
from typing import Any

import pikepdf
from PIL import Image

from motcua.documents.forms_data import (
    ComponentLine,
    FeeLine,
    Head,
    Principal,
    ReceiptData,
)

AT = datetime(2026, 11, 23, 2, 5, tzinfo=UTC)
DUE = datetime(2026, 11, 25, 10, 0, tzinfo=UTC)
HEAD = Head(
    parent_body="Ủy ban nhân dân xã Triệu Phong",
    unit_name="Trung tâm Phục vụ hành chính công",
    number="152/GTN-TTPVHCC",
    place="Triệu Phong",
    issued_on=date(2026, 11, 23),
)


def pdf(pages: int = 2, password: str = "", owner: str = "") -> bytes:
    document = pikepdf.new()
    for _page in range(pages):
        document.add_blank_page(page_size=(420, 595))
    buffer = io.BytesIO()
    locked = pikepdf.Encryption(user=password, owner=owner or password) if password or owner else False
    document.save(buffer, encryption=locked)
    return buffer.getvalue()


def image(form: str, size: tuple[int, int] = (60, 80), pages: int = 1) -> bytes:
    buffer = io.BytesIO()
    pictures = [Image.new("RGB", size, (250, 250, page * 10)) for page in range(pages)]
    more = {"save_all": True, "append_images": pictures[1:]} if pages > 1 else {}
    pictures[0].save(buffer, form, **more)
    return buffer.getvalue()


def package(main: str = "word/document.xml", more: dict[str, bytes] | None = None) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as target:
        target.writestr("[Content_Types].xml", "<Types/>")
        target.writestr("_rels/.rels", "<Relationships/>")
        target.writestr(main, "<w/>")
        for name, content in (more or {}).items():
            target.writestr(name, content)
    return buffer.getvalue()


def receipt(**changes: Any) -> ReceiptData:
    said: dict[str, Any] = {
        "head": HEAD,
        "dossier_code": "H50.12-261123-0007",
        "tracking_url": "https://motcua.example/tra-cuu/H50.12-261123-0007/0123456789abcdefghjk/",
        "token": "0123456789abcdefghjk",
        "applicant_name": "Nguyễn Thị Thu Hà",
        "applicant_id_no": "045198230382",
        "address": "Thôn 1, xã Triệu Phong",
        "phone": "0912 345 678",
        "email": "ha@example.vn",
        "principal": Principal(
            full_name="Trần Văn Bình", id_no="045086631268", paper="Giấy ủy quyền 20/11/2026"
        ),
        "request_content": "Đăng ký khai sinh",
        "components": (
            ComponentLine(name="Tờ khai đăng ký khai sinh", originals=1),
            ComponentLine(name="Giấy chứng sinh", originals=1, copies=2),
        ),
        "statutory_duration": "02 ngày làm việc",
        "received_at": AT,
        "due_at": DUE,
        "due_lines": ("nhận lúc 09:05 ngày 23/11/2026", "bỏ ngày nghỉ 24/11"),
        "fees": (FeeLine(name="Lệ phí", amount_vnd=8000),),
        "result_return_place": "Quầy số 3",
        "book_no": "01",
        "entry_no": "152",
        "submitter_name": "Lê Thị Hoa",
        "officer_name": "Phạm Văn Minh",
    }
    return ReceiptData(**(said | changes))
