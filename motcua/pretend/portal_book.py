"""What the pretended national portal remembers: what it was told, where each dossier stands, what it has to tell."""

import json
import sqlite3
import threading
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

STATUSES = {
    1: "Mới đăng ký",
    2: "Được tiếp nhận",
    3: "Không được tiếp nhận",
    4: "Đang xử lý",
    5: "Yêu cầu bổ sung giấy tờ",
    6: "Yêu cầu thực hiện nghĩa vụ tài chính",
    7: "Công dân yêu cầu rút hồ sơ",
    8: "Dừng xử lý",
    9: "Đã xử lý xong",
    10: "Đã trả kết quả",
}
# What the portal expects to follow what; anything else is kept all the same and marked.
FOLLOWS = {
    0: {1, 2, 3},
    1: {2, 3, 5, 7},
    2: {4, 5, 6, 7, 8, 9},
    4: {5, 6, 7, 8, 9},
    5: {1, 2, 4, 7, 8},
    6: {4, 7, 8, 9},
    7: {4, 8},
    9: {4, 10},
}
_TABLES = """
CREATE TABLE IF NOT EXISTS told (key TEXT PRIMARY KEY, reference TEXT, sequence INTEGER, status INTEGER, body TEXT, at TEXT);
CREATE INDEX IF NOT EXISTS told_of ON told (reference, sequence);
CREATE TABLE IF NOT EXISTS standing (reference TEXT PRIMARY KEY, status INTEGER, sequence INTEGER, warning TEXT, at TEXT);
CREATE TABLE IF NOT EXISTS letters (id INTEGER PRIMARY KEY, key TEXT UNIQUE, kind TEXT, reference TEXT, sequence INTEGER,
    body TEXT, at TEXT, state TEXT DEFAULT 'waiting', tries INTEGER DEFAULT 0, answer TEXT DEFAULT '');
CREATE TABLE IF NOT EXISTS files (id INTEGER PRIMARY KEY, name TEXT, media_type TEXT, content BLOB);
"""


@dataclass(frozen=True, slots=True)
class Letter:
    """Something the portal has to tell the office, and what became of it."""

    id: int
    key: str
    kind: str
    reference: str
    sequence: int
    body: dict[str, Any]
    at: str
    state: str
    tries: int
    answer: str


class Book:
    """The portal's memory, in a file or, without one, for as long as it runs."""

    def __init__(self, path: Path | None = None) -> None:
        if path is not None:
            path.parent.mkdir(parents=True, exist_ok=True)
        self._db = sqlite3.connect(path or ":memory:", check_same_thread=False, isolation_level=None)
        self._db.row_factory = sqlite3.Row
        # For training: quick rather than safe against a power cut.
        self._db.executescript(f"PRAGMA journal_mode=WAL; PRAGMA synchronous=OFF; {_TABLES}")
        self._lock = threading.RLock()

    def tell(self, row: Mapping[str, Any], at: datetime, *, keep_as: int | None = None) -> str:
        """Take a status in; the code of the answer. ``keep_as`` is what a portal gone wrong keeps instead.

        00 new · 01 known by its key · 02 not one of the ten · 04 older than what is here.
        """
        text = str(row.get("TrangThaiHoSo", ""))
        status = int(text) if text.isascii() and text.isdigit() else 0
        key, reference = str(row.get("MaThongDiep", "")), str(row.get("MaHoSo", ""))
        if status not in STATUSES or not key or not reference:
            return "02"
        with self._lock, self._db:
            if self._find("SELECT 1 FROM told WHERE key = ?", key):
                return "01"
            sequence = int(row.get("ThuTu") or 0)
            kept = (
                key,
                reference,
                sequence,
                status,
                json.dumps(dict(row), ensure_ascii=False),
                f"{at:%H:%M:%S %d/%m/%Y}",
            )
            self._db.execute("INSERT INTO told VALUES (?, ?, ?, ?, ?, ?)", kept)
            return self._stand(reference, sequence, keep_as or status, kept[-1])

    def _stand(self, reference: str, sequence: int, status: int, at: str) -> str:
        before = self._find("SELECT status, sequence FROM standing WHERE reference = ?", reference)
        if before and before[0]["sequence"] > sequence:
            return "04"
        last = before[0]["status"] if before else 0
        is_expected = status == last or status in FOLLOWS.get(last, set())
        warning = "" if is_expected else f"{last} → {status}: trái thứ tự"
        self._db.execute(
            "INSERT OR REPLACE INTO standing VALUES (?, ?, ?, ?, ?)",
            (reference, status, sequence, warning, at),
        )
        return "00"

    def find_standing(self, reference: str) -> sqlite3.Row | None:
        """Where a dossier stands."""
        found = self._find("SELECT * FROM standing WHERE reference = ?", reference)
        return found[0] if found else None

    def list_standings(self, limit: int = 200) -> list[sqlite3.Row]:
        """The dossiers heard of last."""
        return self._find("SELECT * FROM standing ORDER BY rowid DESC LIMIT ?", limit)

    def list_told(self, reference: str) -> list[sqlite3.Row]:
        """Everything told of a dossier, in its order."""
        return self._find("SELECT * FROM told WHERE reference = ? ORDER BY sequence, rowid", reference)

    def list_parts(self, whole: str) -> list[sqlite3.Row]:
        """Where the parts of a form filed for a group stand, each under its own code."""
        return self._find(
            "SELECT s.* FROM standing s WHERE s.reference IN (SELECT reference FROM told"
            " WHERE json_extract(body, '$.MaHoSoLienThong') = ?) ORDER BY s.rowid",
            whole,
        )

    def file(self, reference: str, at: datetime) -> None:
        """A dossier filed here: known, and not yet received."""
        with self._lock, self._db:
            self._stand(reference, 0, 1, f"{at:%H:%M:%S %d/%m/%Y}")

    def next_code(self, at: datetime) -> str:
        """A code of the portal's own, for a dossier filed here."""
        (row,) = self._find("SELECT count(*) AS n FROM letters WHERE kind = 'NopHoSo'")
        return f"DVC{at:%y%m%d}-{row['n'] + 1:05}"

    def write(self, kind: str, reference: str, body: Mapping[str, Any], at: datetime) -> Letter:
        """Something to tell the office; the words of one dossier are numbered from one."""
        with self._lock, self._db:
            (row,) = self._find("SELECT count(*) AS n FROM letters WHERE reference = ?", reference)
            sequence = row["n"] + 1
            words = json.dumps(dict(body), ensure_ascii=False)
            facts = (f"{reference}/{sequence}", kind, reference, sequence, words, f"{at:%Y%m%d%H%M%S}")
            self._db.execute(
                "INSERT INTO letters (key, kind, reference, sequence, body, at) VALUES (?, ?, ?, ?, ?, ?)",
                facts,
            )
        return self.list_letters(reference)[-1]

    def list_letters(self, reference: str = "", state: str = "") -> list[Letter]:
        """What the portal has to tell or told, in the order it was written."""
        rows = self._find(
            "SELECT * FROM letters WHERE (? = '' OR reference = ?) AND (? = '' OR state = ?) ORDER BY id",
            reference, reference, state, state,
        )  # fmt: skip
        return [Letter(**{**dict(row), "body": json.loads(row["body"])}) for row in rows]

    def mark(self, letter: Letter, state: str, answer: str) -> None:
        """What became of a letter at this try."""
        with self._lock, self._db:
            self._db.execute(
                "UPDATE letters SET state = ?, answer = ?, tries = tries + 1 WHERE id = ?",
                (state, answer, letter.id),
            )

    def keep_file(self, name: str, media_type: str, content: bytes) -> int:
        """A paper put in with the form; its number."""
        with self._lock, self._db:
            row = (name, media_type, content)
            made = self._db.execute("INSERT INTO files (name, media_type, content) VALUES (?, ?, ?)", row)
            return int(made.lastrowid or 0)

    def find_file(self, number: int) -> sqlite3.Row | None:
        """A paper by its number."""
        found = self._find("SELECT * FROM files WHERE id = ?", number)
        return found[0] if found else None

    def _find(self, question: str, *values: object) -> list[sqlite3.Row]:
        with self._lock:
            return self._db.execute(question, values).fetchall()
