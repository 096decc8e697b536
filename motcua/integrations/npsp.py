"""The National Public Service Portal in its own words: sign in, tell a status, look dossiers up.

The shape follows what is known from open code (session, ``service``, ``error_code``); the portal publishes no
specification. The words are kept here alone, so that a true one can take their place.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from http.client import HTTPException
from typing import Any
from urllib.parse import urlsplit
from urllib.request import urlopen

from motcua.integrations import rules
from motcua.integrations.line import Line, NoAnswer

_OK, _KNOWN, _NO_SESSION, _NEWER_THERE = "00", "01", "03", "04"
SOURCE = "npsp"
TOPICS = {
    "NopHoSo": "dossier.filed",
    "BoSungHoSo": "dossier.supplemented",
    "RutHoSo": "dossier.withdrawal_requested",
    "ThanhToan": "payment.made",
}
"""What the portal tells us, in its words and in ours."""


class Refusal(Exception):
    """The portal heard it and will not take it: saying it again changes nothing."""


@dataclass(frozen=True, slots=True)
class Told:
    """One status of one dossier, ready to be told."""

    key: str
    reference: str
    sequence: int
    payload: Mapping[str, Any]
    words: str = ""
    """What an officer wrote for the applicant: what to complete, why it was not accepted."""


@dataclass(frozen=True, slots=True)
class Standing:
    """What the portal says of a dossier."""

    status: int
    sequence: int


class Portal:
    """A conversation with the portal, signed in once."""

    def __init__(
        self, address: str, *, user: str, password: str, unit_code: str, timeout: float = 15
    ) -> None:
        self._line = Line(address, timeout=timeout)
        self._account = {"username": user, "password": password}
        self._unit_code = unit_code
        self._session = ""

    def tell(self, told: Told) -> str:
        """Tell one status; what the portal said of it, empty when it was new.

        :raises Refusal: an unmapped status, or the portal will not have it.
        """
        answer = self._call("DongBoHoSoMC", {"isUpdating": "True", "data": [_write(told)]})
        code = str(answer.get("error_code"))
        if code in (_OK, "0"):
            return ""
        if code in (_KNOWN, _NEWER_THERE):
            return "đã tồn tại" if code == _KNOWN else "đã có trạng thái mới hơn"
        raise Refusal(f"error_code {code}")

    def look_up(self, references: Sequence[str]) -> dict[str, Standing]:
        """What the portal says of these dossiers; those it does not know are left out."""
        answer = self._call("TraCuuHoSo", {"data": [{"MaHoSo": code} for code in references]})
        found: dict[str, Standing] = {}
        for row in answer.get("data") or []:
            found[str(row["MaHoSo"])] = Standing(int(row["TrangThaiHoSo"]), int(row.get("ThuTu") or 0))
        return found

    def close(self) -> None:
        """Hang up."""
        self._line.close()

    def _call(self, service: str, body: Mapping[str, Any]) -> dict[str, Any]:
        """One call; a session that ended is begun anew once."""
        for _attempt in range(2):
            if not self._session:
                self._session = str(self._line.post("/adapter/dang-nhap", self._account).get("session") or "")
            asked = {"session": self._session, "madonvi": self._unit_code, "service": service, **body}
            answer = self._line.post("/adapter", asked)
            if str(answer.get("error_code")) != _NO_SESSION:
                return answer
            self._session = ""
        raise Refusal("the portal does not let us in")


@dataclass(frozen=True, slots=True)
class Paper:
    """A paper put in with a filing, and where the portal keeps it."""

    name: str
    address: str


@dataclass(frozen=True, slots=True)
class Filing:
    """A dossier filed online, in our words; what was typed, not yet judged."""

    procedure_code: str
    agency_code: str
    request: str
    full_name: str
    id_number: str
    birth_text: str
    phone: str
    email: str
    address: str
    papers: tuple[Paper, ...]
    bundle_code: str = ""
    """The group of procedures filed under one form; empty for a single one."""


def read_filing(body: Mapping[str, Any]) -> Filing:
    """A ``NopHoSo`` message in our words.

    :raises ValueError: no procedure or no applicant is named: nothing can be received from it.
    """
    identities = [row for row in _list(body.get("DinhDanhCHS")) if row.get("SoDinhDanh")]
    filing = Filing(
        procedure_code=_text(body, "MaTTHC"),
        bundle_code=_text(body, "MaNhomTTHC"),
        agency_code=_text(body, "DonViTiepNhan"),
        request=_text(body, "TrichYeuHoSo"),
        full_name=_text(body, "ChuHoSo"),
        id_number=_text(identities[0], "SoDinhDanh") if identities else "",
        birth_text=_text(body, "NgaySinh"),
        phone=_text(body, "SoDienThoai"),
        email=_text(body, "Email"),
        address=_text(body, "DiaChi"),
        papers=tuple(_read_paper(row) for row in _list(body.get("TaiLieuNop"))),
    )
    if not (filing.procedure_code or filing.bundle_code) or not filing.full_name:
        raise ValueError("the filing names no procedure or no applicant")
    return filing


@dataclass(frozen=True, slots=True)
class Completion:
    """What an applicant sent after being asked to complete a dossier, or said when taking it back."""

    words: str
    papers: tuple[Paper, ...]


def read_completion(body: Mapping[str, Any]) -> Completion:
    """A ``BoSungHoSo`` or ``RutHoSo`` message in our words."""
    papers = tuple(_read_paper(row) for row in _list(body.get("TaiLieuNop")))
    return Completion(_text(body, "LyDo"), papers)


def _read_paper(row: Mapping[str, Any]) -> Paper:
    return Paper(_text(row, "TenTepDinhKem"), _text(row, "DuongDanTaiTepTin"))


LARGEST_PAPER = 30_000_000


def fetch_paper(paper_address: str, portal_address: str, *, timeout: float) -> bytes:
    """The content of a paper; only from the portal itself, whatever address a message names.

    :raises ValueError: the address is not the portal's.
    :raises NoAnswer: it did not come, or it is larger than thirty million bytes.
    """
    wanted, own = urlsplit(paper_address), urlsplit(portal_address)
    if not portal_address or (wanted.scheme, wanted.netloc) != (own.scheme, own.netloc):
        raise ValueError("the address of the paper is not the portal's")
    try:
        with urlopen(paper_address, timeout=timeout) as answer:  # noqa: S310 - the portal's own address
            content: bytes = answer.read(LARGEST_PAPER + 1)
    except (OSError, HTTPException) as fault:
        raise NoAnswer(type(fault).__name__) from fault
    if len(content) > LARGEST_PAPER:
        raise NoAnswer("the paper is too large")
    return content


def _list(value: object) -> list[dict[str, Any]]:
    return [row for row in value if isinstance(row, dict)] if isinstance(value, list) else []


def _text(body: Mapping[str, Any], name: str) -> str:
    value = body.get(name)
    return value.strip() if isinstance(value, str) else ""


def _write(told: Told) -> dict[str, Any]:
    """A status in the portal's fields.

    :raises Refusal: a status without a national code; a blank is never sent.
    """
    try:
        status = rules.require_status(told.payload.get("status"))
    except ValueError as fault:
        raise Refusal(str(fault)) from fault
    return {
        "MaThongDiep": told.key,
        "ThuTu": told.sequence,
        "MaHoSo": told.reference,
        "MaTTHC": told.payload.get("procedure_code", ""),
        "MaHoSoLienThong": told.payload.get("whole", ""),
        "TrangThaiHoSo": str(status),
        "KenhThucHien": str(told.payload.get("channel", "")),
        "NgayHenTra": _write_moment(told.payload.get("due_at")),
        "ThoiDiem": _write_moment(told.payload.get("at")),
        "NoiDung": told.words,
    }


def _write_moment(text: object) -> str:
    """``yyyyMMddHHmmss`` on the clock of Viet Nam, as the portal writes moments."""
    if not text:
        return ""
    return datetime.fromisoformat(str(text)).astimezone(rules.ZONE).strftime("%Y%m%d%H%M%S")
