"""What a night may bring: units merged with their open work on board while others read, and a million promises watched."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from django.db import connection, transaction
from django.utils import timezone

from motcua.bench.client import Client
from motcua.bench.figures import Target, percentile
from motcua.bench.ground import CLERK, PASSWORD
from motcua.bench.yardstick import HOST, serving
from motcua.commands.speech import say
from motcua.desk.actions import reorganising
from motcua.dossiers.actions import reminding
from motcua.organisations import actions as organisations
from motcua.organisations import queries as units
from motcua.organisations.actions.reorganising import ReorganisationFacts
from motcua.organisations.models import Reorganisation
from motcua.organisations.queries.tree import SECONDS_BETWEEN_READINGS
from motcua.organisations.rules import SYSTEM
from motcua.worktime import queries as worktime
from motcua.worktime.rules import next_working_moment

WATCHED = 1_000_000
PAUSE = 0.05
READINGS = 40
REORGANISED = Target("chuyển xong / carried out, s", 60, "s")
REMINDED = Target("nhắc / reminders over 1.000.000 open dossiers", 10, "s")
# Communes at work with what lies open at them; the clerk's own stays, and takes the others in.
_COMMUNES = """
SELECT u.code, count(*) FROM dossiers_dossier d JOIN organisations_unit u ON u.id = d.competent_agency_id
WHERE d.finished_at IS NULL AND u.kind = 'commune' GROUP BY 1 ORDER BY 2 DESC
"""
_WATCH = """
INSERT INTO dossiers_dossier (code, due_at, state, finished_at, paused_at, outcome, {columns})
SELECT 'NHAC-' || g, %(at)s + ((g %% 400) - 20) * interval '1 day', 'processing', NULL, NULL, '', {columns}
FROM (SELECT * FROM dossiers_dossier WHERE state = 'processing' LIMIT 1) d, generate_series(1, {many}) g
"""
_TASKS = """
INSERT INTO dossiers_task (dossier_id, kind, name, post, unit_id, hours, opened_at, due_at, outcome)
SELECT id, 'handle', '', 'case_officer', competent_agency_id, 8, received_at, due_at, ''
FROM dossiers_dossier WHERE code LIKE 'NHAC-%%'
"""
_COLUMNS = """
SELECT string_agg(quote_ident(column_name), ', ') FROM information_schema.columns
WHERE table_name = 'dossiers_dossier' AND table_schema = 'public'
  AND column_name NOT IN ('id', 'code', 'due_at', 'state', 'finished_at', 'paused_at', 'outcome')
"""


def measure_night(count: int, port: int) -> int:
    """Both, on a filled database of `count` dossiers that is as it was afterwards; 0 also when a target is not met."""
    say(f"{count} hồ sơ / dossiers")
    with serving(port, "motcua.settings"):
        _reorganise(port)
    _remind()
    return 0


def _tell(words: str, figure: float, target: Target | None = None) -> None:
    verdict = (
        ""
        if target is None
        else f"(≤ {target.limit:g}: {'đạt / met' if target.is_met(figure) else 'KHÔNG / no'})"
    )
    say(f"  {words:<72} {figure:10.2f} {verdict}")


def _reorganise(port: int) -> None:
    """All communes but one merge into it; then it is taken back."""
    row, at = _plan(), timezone.now()
    begun = time.perf_counter()
    with _reader(port) as waits:
        done = reorganising.carry_out(actor=SYSTEM, reorganisation_id=row.pk, at=at)
        taken = time.perf_counter() - begun
    moved = int(done.tally["dossiers"])
    _tell("đơn vị chấm dứt / units ended", float(done.tally["units_ended"]))
    _tell("hồ sơ đang mở được chuyển / open dossiers moved", float(moved))
    _tell(REORGANISED.words, taken, REORGANISED)
    _tell("trong lúc đó, trang việc / the inbox meanwhile: pages read", float(len(waits)))
    _tell("  p95, ms", percentile(waits, 0.95) * 1000)
    _tell("  chậm nhất / slowest, ms", max(waits) * 1000)
    _read_all(port)
    begun = time.perf_counter()
    reorganising.undo(actor=SYSTEM, reorganisation_id=row.pk, reason="đo", at=timezone.now())
    _tell("hoàn tác / taken back, s", time.perf_counter() - begun)


def _read_all(port: int) -> None:
    """The register of whoever took everything over: its own and what ended in all the others."""
    time.sleep(SECONDS_BETWEEN_READINGS + 1)
    client, waits = Client(HOST, port), []
    client.sign_in(CLERK, PASSWORD)
    for _time in range(READINGS):
        begun = time.perf_counter()
        if client.get("/ho-so/so-theo-doi/").status != 200:
            raise RuntimeError("the register is not to be read")
        waits.append(time.perf_counter() - begun)
    _tell("sổ hồ sơ của đơn vị mới / the register of the heir, p95, ms", percentile(waits, 0.95) * 1000)


def _plan() -> Reorganisation:
    at = timezone.now()
    with connection.cursor() as cursor:
        cursor.execute(_COMMUNES)
        codes = [code for code, _many in cursor.fetchall()]
    keeper = _find_commune(at)
    facts = ReorganisationFacts(
        kind="merge", title="Đo việc sáp nhập", decision_number="đo", first_day=timezone.localdate(at),
        sources=tuple(code for code in codes if code != keeper), targets=(keeper,),
    )  # fmt: skip
    return organisations.plan_reorganisation(actor=SYSTEM, facts=facts, at=at)


def _find_commune(at: datetime) -> str:
    """The commune of the clerk who goes on reading."""
    from motcua.accounts.models import User

    actor = units.get_actor(User.objects.get(username=CLERK), None, timezone.localdate(at))
    assert actor is not None
    return units.get_tree(timezone.localdate(at)).units[actor.agency_id].code


@contextmanager
def _reader(port: int) -> Iterator[list[float]]:
    """Somebody opens the inbox again and again; seconds each page took."""
    waits: list[float] = []
    stop = threading.Event()
    client = Client(HOST, port)
    client.sign_in(CLERK, PASSWORD)

    def read() -> None:
        while not stop.wait(PAUSE):
            begun = time.perf_counter()
            if client.get("/ho-so/viec/").status != 200:
                raise RuntimeError("the inbox is not to be read")
            waits.append(time.perf_counter() - begun)

    reader = threading.Thread(target=read)
    reader.start()
    try:
        yield waits
    finally:
        stop.set()
        reader.join()


def _remind() -> None:
    """A million open dossiers beside the others, reminded of twice, and gone again."""
    at = next_working_moment(timezone.now(), worktime.get_calendar("default"))
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(_COLUMNS)
        columns = cursor.fetchone()[0]
        begun = time.perf_counter()
        cursor.execute(_WATCH.format(columns=columns, many=WATCHED), {"at": at})
        cursor.execute(_TASKS, {})
        cursor.execute("ANALYZE dossiers_dossier, dossiers_task")
        _tell("thêm hồ sơ / added, s", time.perf_counter() - begun)
        for words in (REMINDED.words, "lần nữa, không còn gì mới / again, nothing new"):
            begun = time.perf_counter()
            made = reminding.remind(calendar_code="default", at=at)
            _tell(words, time.perf_counter() - begun, REMINDED)
            _tell("  nhắc mới / new reminders", float(made))
        transaction.set_rollback(True)
