"""The pretended national portal: takes statuses in, shows them, and lets a citizen file, supplement, withdraw and pay."""

import json
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from email.message import Message
from email.parser import BytesParser
from email.policy import HTTP
from typing import Any, ClassVar
from zoneinfo import ZoneInfo

from motcua.pretend.pages import render, style
from motcua.pretend.portal_book import STATUSES, Book
from motcua.pretend.serving import Answer, Neighbour, Request, answer_json, go_to
from motcua.pretend.weather import LABELS, Trouble, Weather

_ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
_LARGEST_FILE = 5_000_000
# What a citizen may ask for, in which statuses, and under which kind it is told.
ASKS = {
    "bo-sung": ("BoSungHoSo", frozenset({5})),
    "rut": ("RutHoSo", frozenset({1, 2, 4, 5, 6})),
    "thanh-toan": ("ThanhToan", frozenset({6})),
}


@dataclass(frozen=True, slots=True)
class Upload:
    """A paper put in with the form."""

    name: str
    media_type: str
    content: bytes


class NationalPortal(Neighbour):
    """Machines speak to ``/adapter``; people open the other pages."""

    name = "npsp"
    troubled: ClassVar[frozenset[str]] = frozenset({"/adapter", "/adapter/dang-nhap"})

    def __init__(self, book: Book | None = None, weather: Weather | None = None, *, url: str = "") -> None:
        super().__init__(weather)
        self.book = book or Book()
        self.own_url = url
        self._sessions: set[str] = set()

    def routes(self) -> Mapping[tuple[str, str], Callable[[Request], Answer]]:
        return {
            ("POST", "/adapter/dang-nhap"): self._sign_in,
            ("POST", "/adapter"): self._serve,
            ("GET", "/"): self._list,
            ("GET", "/ho-so"): self._show,
            ("POST", "/ho-so"): self._ask,
            ("GET", "/nop-ho-so"): self._form,
            ("POST", "/nop-ho-so"): self._file,
            ("GET", "/thu-gui-di"): self._letters,
            ("GET", "/tep"): self._open_file,
            ("POST", "/che-do"): self._set_mode,
            ("GET", "/style.css"): style,
        }

    def forget_sessions(self) -> None:
        """As after a restart: everybody has to sign in again."""
        self._sessions.clear()

    # What machines ask

    def _sign_in(self, request: Request) -> Answer:
        session = secrets.token_hex(16)
        self._sessions.add(session)
        return answer_json({"session": session, "error_code": "00"})

    def _serve(self, request: Request) -> Answer:
        return self._serve_as(request, keep_as=None)

    def _serve_as(self, request: Request, keep_as: int | None) -> Answer:
        asked = request.read_json()
        if asked.get("session") not in self._sessions:
            return answer_json({"error_code": "03"})
        if asked.get("service") == "DongBoHoSoMC":
            codes = [self.book.tell(row, _now(), keep_as=keep_as) for row in _rows(asked)]
            return answer_json({"error_code": codes[0] if codes else "02"})
        if asked.get("service") == "TraCuuHoSo":
            found = [self.book.find_standing(str(row.get("MaHoSo"))) for row in _rows(asked)]
            return answer_json(
                {"error_code": "00", "data": [_as_row(row) for row in found if row is not None]}
            )
        return answer_json({"error_code": "02"})

    def _answer_in(
        self, trouble: Trouble, act: Callable[[Request], Answer], request: Request
    ) -> Answer | None:
        if trouble == Trouble.CONTRADICTORY and request.path == "/adapter":
            # Seen in the field: 5, 6 and 8 turned into 9 on the way.
            return self._serve_as(request, keep_as=9)
        return super()._answer_in(trouble, act, request)

    # What people open

    def _list(self, request: Request) -> Answer:
        return render(
            "portal.html",
            rows=self.book.list_standings(),
            statuses=STATUSES,
            modes=LABELS,
            mode=self.weather.usual,
        )

    def _show(self, request: Request) -> Answer:
        reference = request.query.get("ma", "")
        standing = self.book.find_standing(reference)
        if standing is None:
            return Answer("Không có hồ sơ này.".encode(), 404)
        may = [name for name, (_kind, statuses) in ASKS.items() if standing["status"] in statuses]
        facts: dict[str, Any] = {
            "told": (told := self.book.list_told(reference)),
            "said": {row["key"]: json.loads(row["body"]).get("NoiDung", "") for row in told},
            "letters": self.book.list_letters(reference),
            "parts": self.book.list_parts(reference),
        }
        return render("portal_dossier.html", standing=standing, statuses=STATUSES, may=may, **facts)

    def _ask(self, request: Request) -> Answer:
        asked, uploads = read_parts(request)
        kind, statuses = ASKS.get(asked.get("viec", ""), ("", frozenset()))
        standing = self.book.find_standing(asked.get("ma", ""))
        if standing is None or standing["status"] not in statuses:
            return Answer("Hồ sơ không ở trạng thái cho phép việc này.".encode(), 409)
        said: dict[str, Any] = {"LyDo": asked.get("noi_dung", "")[:2000]}
        if papers := [self._keep(upload) for upload in uploads if upload.name]:
            said["TaiLieuNop"] = papers
        self.book.write(kind, asked["ma"], said, _now())
        return go_to(f"/ho-so?ma={asked['ma']}")

    def _form(self, request: Request) -> Answer:
        return render("portal_form.html", faults={}, typed={})

    def _file(self, request: Request) -> Answer:
        typed, uploads = read_parts(request)
        faults = _find_faults(typed)
        if faults:
            return render("portal_form.html", faults=faults, typed=typed)
        papers = [self._keep(upload) for upload in uploads if upload.name]
        reference = self.file(typed, papers)
        return go_to(f"/ho-so?ma={reference}")

    def file(self, typed: Mapping[str, str], papers: list[dict[str, Any]] | None = None) -> str:
        """A citizen files; the portal's code of the dossier. The office is told by the postman."""
        at = _now()
        reference = self.book.next_code(at)
        self.book.file(reference, at)
        self.book.write("NopHoSo", reference, _make_filing(typed, papers or []), at)
        return reference

    def _keep(self, upload: Upload) -> dict[str, Any]:
        number = self.book.keep_file(upload.name, upload.media_type, upload.content)
        return {
            "TepDinhKemId": number,
            "TenTepDinhKem": upload.name,
            "DuongDanTaiTepTin": f"{self.own_url}/tep?so={number}",
        }

    def _letters(self, request: Request) -> Answer:
        return render("portal_letters.html", letters=self.book.list_letters())

    def _open_file(self, request: Request) -> Answer:
        number = request.query.get("so", "")
        found = self.book.find_file(int(number)) if number.isdigit() else None
        if found is None:
            return Answer("Không có tệp này.".encode(), 404)
        headers = {"Content-Disposition": "attachment", "X-Content-Type-Options": "nosniff"}
        return Answer(found["content"], 200, "application/octet-stream", headers)

    def _set_mode(self, request: Request) -> Answer:
        chosen = request.read_form().get("che_do", "")
        if chosen in {trouble.value for trouble in Trouble}:
            self.weather.usual = Trouble(chosen)
        return go_to("/")


def read_parts(request: Request) -> tuple[dict[str, str], list[Upload]]:
    """The fields and files of a form; files only where it was sent as multipart."""
    if "multipart" not in request.headers.get("content-type", ""):
        return request.read_form(), []
    head = f"Content-Type: {request.headers.get('content-type', '')}\r\n\r\n".encode()
    read = BytesParser(policy=HTTP).parsebytes(head + request.body)
    typed: dict[str, str] = {}
    uploads: list[Upload] = []
    for part in read.iter_parts() if read.is_multipart() else ():
        content = part.get_payload(decode=True)
        body = content if isinstance(content, bytes) else b""
        name = _get_param(part, "name")
        if (filename := _get_param(part, "filename")) or name == "tep":
            uploads.append(Upload(filename, part.get_content_type(), body[:_LARGEST_FILE]))
        else:
            typed[name] = body.decode("utf-8", "replace").strip()
    return typed, uploads


def _get_param(part: Message, name: str) -> str:
    found = part.get_param(name, "", "content-disposition")
    return found if isinstance(found, str) else str(found[-1])


def _rows(asked: Mapping[str, Any]) -> list[dict[str, Any]]:
    data = asked.get("data")
    return [row for row in data if isinstance(row, dict)] if isinstance(data, list) else []


def _as_row(standing: Any) -> dict[str, Any]:
    return {
        "MaHoSo": standing["reference"],
        "TrangThaiHoSo": str(standing["status"]),
        "ThuTu": standing["sequence"],
    }


def _find_faults(typed: Mapping[str, str]) -> dict[str, str]:
    needed = {"ho_ten": "Ghi họ tên.", "so_dinh_danh": "Ghi số định danh."}
    faults = {name: words for name, words in needed.items() if not typed.get(name)}
    if not typed.get("ma_tthc") and not typed.get("ma_nhom"):
        faults["ma_tthc"] = "Chọn thủ tục, hoặc nhóm thủ tục liên thông."
    number = typed.get("so_dinh_danh", "")
    if number and not (number.isdigit() and len(number) == 12):
        faults["so_dinh_danh"] = "Số định danh có 12 chữ số."
    return faults


def _make_filing(typed: Mapping[str, str], papers: list[dict[str, Any]]) -> dict[str, Any]:
    return {
        "MaTTHC": typed.get("ma_tthc", ""),
        "MaNhomTTHC": typed.get("ma_nhom", ""),
        "DonViTiepNhan": typed.get("don_vi", ""),
        "TrichYeuHoSo": typed.get("noi_dung", ""),
        "ChuHoSo": typed.get("ho_ten", ""),
        "DinhDanhCHS": [{"LoaiDinhDanh": "1", "SoDinhDanh": typed.get("so_dinh_danh", "")}],
        "NgaySinh": typed.get("ngay_sinh", ""),
        "SoDienThoai": typed.get("dien_thoai", ""),
        "Email": typed.get("email", ""),
        "DiaChi": typed.get("dia_chi", ""),
        "TaiLieuNop": papers,
    }


def make_envelope(
    kind: str, key: str, reference: str, sequence: int, at: str, body: Mapping[str, Any]
) -> bytes:
    """A message to the office, as it goes over the wire."""
    said = {
        "MaThongDiep": key,
        "Loai": kind,
        "MaHoSo": reference,
        "ThuTu": sequence,
        "ThoiDiem": at,
        "NoiDung": dict(body),
    }
    return json.dumps(said, ensure_ascii=False).encode()


def _now() -> datetime:
    return datetime.now(_ZONE)
