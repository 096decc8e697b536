"""What the scenarios stand on, read once from the filled database: officers, codes, names, places in lists."""

import base64
import json
from dataclasses import dataclass, field
from datetime import date
from random import Random
from typing import Any

import psycopg

from motcua.bench.people import get_number, get_phone
from motcua.catalogue import queries as catalogue
from motcua.demo.province import PASSWORD as PASSWORD

CLERK, OVERSEER = "huongphung.tiepnhan1", "tinh.kiemsoat1"
CLIENTS = 8
PAGE = 50
COMMON_PAIRS = (
    "nguyễn văn",
    "nguyen thi",
    "Trần Thị",
    "van hung",
    "thi huong",
    "nguyễn anh",
    "le van",
    "pham thi",
)
COMMON_WORDS = ("nguyen", "Nguyễn", "tran", "lê", "thi", "van", "huong", "phạm", "anh", "hoang")


@dataclass(slots=True)
class Ground:
    """Facts for the scenarios; lists are in a fixed random order."""

    receivers: list[str]
    sheet: catalogue.IntakeSheet
    case: catalogue.Case
    pool_officer: str
    pool_size: int
    cursors: dict[str, str]
    own_codes: list[str]
    tracked: list[tuple[str, str]]
    names: list[str]
    numbers: list[str]
    phones: list[str]
    open_tasks: int
    distinct_names: int
    handed: dict[int, list[str]] = field(default_factory=dict)


def read_ground(url: str, on: date) -> Ground:
    """Look the facts up as the owner of the tables; none of it is measured."""
    random = Random(3)
    with psycopg.connect(url) as db:
        db.execute("SET enable_seqscan = on")
        last = _one(db, "SELECT max(id) FROM dossiers_dossier")
        unit = _one(db, _UNIT_OF, [CLERK, on, on])
        pool_unit, pool_size = db.execute(_POOL).fetchone() or (0, 0)
        people = _one(db, "SELECT max(id) FROM people_person WHERE kept_at = '2025-07-01 00:00+00'")
        chosen = [random.randint(1, people) for _ in range(400)]
        sheet, case = _choose_sheet(db, on)
        return Ground(
            receivers=[row[0] for row in db.execute(_RECEIVERS, [on, on]).fetchall()][:CLIENTS],
            sheet=sheet,
            case=case,
            pool_officer=_one(db, _OFFICER_OF, [pool_unit, on, on]),
            pool_size=pool_size,
            cursors={
                "later": _make_cursor(db, pool_unit, min(39 * PAGE, max(pool_size - PAGE, 1)) - 1),
                "last": _make_cursor(db, pool_unit, max(pool_size - PAGE - 1, 0)),
            },
            own_codes=_shuffle(random, db.execute(_OWN, [unit]).fetchall()),
            tracked=[_find_tracked(db, random.randint(1, last)) for _ in range(1500)],
            names=[_find_name(db, n) for n in chosen],
            numbers=[get_number(n) for n in chosen],
            phones=[get_phone(n) for n in chosen],
            open_tasks=_one(db, "SELECT count(*) FROM dossiers_task WHERE done_at IS NULL"),
            distinct_names=_one(db, "SELECT reltuples::bigint FROM pg_class WHERE relname = 'people_name'"),
        )


_UNIT_OF = """
SELECT a.unit_id FROM organisations_assignment a JOIN accounts_user u ON u.id = a.user_id
WHERE u.username = %s AND a.valid_from <= %s AND (a.valid_to IS NULL OR a.valid_to > %s)
"""
_RECEIVERS = """
SELECT min(u.username) FROM organisations_assignment a
JOIN accounts_user u ON u.id = a.user_id JOIN organisations_unit o ON o.id = a.unit_id
WHERE a.post = 'intake_officer' AND o.kind = 'centre' AND o.code LIKE '2025-X%%' AND NOT a.is_reserve
  AND a.valid_from <= %s AND (a.valid_to IS NULL OR a.valid_to > %s)
GROUP BY a.unit_id ORDER BY 1
"""
_OFFICER_OF = """
SELECT min(u.username) FROM organisations_assignment a JOIN accounts_user u ON u.id = a.user_id
WHERE a.unit_id = %s AND a.post = 'case_officer' AND a.valid_from <= %s AND (a.valid_to IS NULL OR a.valid_to > %s)
"""
_POOL = """
SELECT unit_id, count(*) FROM dossiers_task WHERE done_at IS NULL AND assignee_id IS NULL AND post = 'case_officer'
GROUP BY 1 ORDER BY 2 DESC LIMIT 1
"""
_PLACE = """
SELECT due_at, id FROM dossiers_task WHERE done_at IS NULL AND assignee_id IS NULL AND unit_id = %s
ORDER BY due_at, id LIMIT 1 OFFSET %s
"""
_OWN = """
SELECT d.code FROM dossiers_involvement i JOIN dossiers_dossier d ON d.id = i.dossier_id
WHERE i.unit_id = %s AND d.code LIKE 'H50.%%' AND d.state <> 'not_accepted' ORDER BY i.received_at DESC LIMIT 20000
"""


def _one(db: psycopg.Connection, statement: str, parameters: list[object] | None = None) -> Any:
    row = db.execute(statement, parameters).fetchone()
    return row[0] if row else None


def _shuffle(random: Random, rows: list[tuple[Any, ...]]) -> list[str]:
    codes = [row[0] for row in rows]
    random.shuffle(codes)
    return codes[:1500]


def _find_tracked(db: psycopg.Connection, pk: int) -> tuple[str, str]:
    """The dossier of this number or the next before it; behind the last one stand the rows of the raw floor."""
    row = db.execute(
        "SELECT code, token FROM dossiers_dossier WHERE id <= %s AND code LIKE 'H50.%%' ORDER BY id DESC LIMIT 1",
        [pk],
    ).fetchone()
    return (row[0], row[1]) if row else ("", "")


def _find_name(db: psycopg.Connection, person: int) -> str:
    """A person as somebody remembers them: two words of the name at least, not always in its order."""
    words = str(_one(db, "SELECT full_name FROM people_person WHERE id = %s", [person])).split()
    return " ".join(words if person % 3 else [words[-1], *words[:-1]])


def _make_cursor(db: psycopg.Connection, unit_id: int, offset: int) -> str:
    """The place of a page, as the page before it would write it."""
    row = db.execute(_PLACE, [unit_id, max(offset, 0)]).fetchone()
    if row is None:
        return ""
    text = json.dumps([0, row[0].isoformat(), row[1]])
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def _choose_sheet(db: psycopg.Connection, on: date) -> tuple[catalogue.IntakeSheet, catalogue.Case]:
    """A commune's procedure with three papers and no fee: what the target of receiving speaks of."""
    rows = db.execute(
        "SELECT p.code, p.portal_id FROM catalogue_operation o JOIN catalogue_procedure p ON p.id = o.procedure_id"
        " WHERE o.agency_level = 'commune' AND o.valid_to IS NULL AND o.limit_unit <> 'none' ORDER BY p.code"
    ).fetchall()
    for code, portal_id in rows:
        sheet = catalogue.get_intake_sheet(code, on, portal_id)
        if sheet.cases and len(sheet.cases[0].components) >= 3 and not any(fee.amount for fee in sheet.fees):
            return sheet, sheet.cases[0]
    raise LookupError("no commune procedure with three papers")
