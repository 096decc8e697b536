"""`./run bench numbers`: what counting costs over N dossiers with lives, and that every way of counting says the same."""

import time
from collections.abc import Callable
from datetime import datetime
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory
from types import ModuleType, SimpleNamespace
from typing import Any

from django.db import connection, transaction
from django.test import RequestFactory

from motcua.bench import lives
from motcua.bench.growth import Drawn, Run, read_run, tell_pages, write_run
from motcua.bench.pages import draw_pages, read_cpu
from motcua.bench.published import publish
from motcua.bench.stated import check_sums
from motcua.commands.speech import say
from motcua.core.refusal import Refused
from motcua.figures import actions, queries
from motcua.figures.models import ClosedPeriod, store
from motcua.figures.models.sums import BY_FIELD, FINEST, GRAINS
from motcua.figures.queries import board as boards
from motcua.figures.queries import counting
from motcua.figures.rules import Counts, Period, add_up, find_break, find_current
from motcua.figures.rules.periods import previous
from motcua.figures.views import board
from motcua.indices import queries as indices
from motcua.legal import actions as legal
from motcua.organisations.rules import Actor, Post
from motcua.worktime.rules import ZONE

TIMES = 5
TABLES = (
    "figures_stay", *(grain.days for grain in GRAINS), *(grain.held for grain in GRAINS),
    "figures_monthcount", "figures_quartercount", "figures_markcount", "figures_officercount",
)  # fmt: skip
ACT_MS = 3.0  # CPU of a step through the running server, server and database together (`./run bench`)


def measure(
    count: int, *, is_again: bool = False, into: Path | None = None, beside: Path | None = None
) -> int:
    """Make the database, or ask one that was kept; count in every way, print figures beside targets.

    :param into: the figures of the pages are written there
    :param beside: such a file of another size, laid beside this run
    :returns: 1 when two ways differ
    """
    now = datetime.now(ZONE)
    bench = _Bench(count, now, read_run(beside) if beside else None)
    bench.find() if is_again else bench.make()
    bench.form()
    bench.others()
    bench.pages()
    bench.keeping()
    bench.yardstick()
    if into:
        write_run(into, Run(count, bench.drawn))
    say(
        "",
        *bench.lines,
        "",
        "Mọi cách đếm bằng nhau / all counts agree."
        if bench.agrees
        else "CÁC CÁCH ĐẾM KHÁC NHAU / COUNTS DIFFER.",
    )
    return 0 if bench.agrees else 1


class _Bench:
    """One run."""

    def __init__(self, count: int, now: datetime, beside: Run | None = None) -> None:
        self.count, self.now, self.lines, self.agrees = count, now, [f"{count} hồ sơ / dossiers"], True
        self.beside, self.drawn = beside, list[Drawn]()
        running = find_current(now.date())
        self.live, self.closed = running.until(now.date()), previous(running)
        self.recount_ms = 0.0

    def tell(self, words: str, figure: float, unit: str, limit: float | None = None) -> None:
        """A line: what, how much, and the target."""
        verdict = (
            "" if limit is None else f"  (≤ {limit:g}: {'đạt / met' if figure <= limit else 'KHÔNG / no'})"
        )
        self.lines.append(f"  {words:<72}{figure:>10.2f} {unit}{verdict}")
        say(self.lines[-1])

    def make(self) -> None:
        """Units, dossiers and events; then every stay and sum from the events."""
        legal.load_parameters()
        self.agencies = lives.make_units(self.now.date())
        begun = time.perf_counter()
        lives.fill(self.count, self.agencies, self.now.date())
        spent = time.perf_counter() - begun
        self.tell("tạo hồ sơ và diễn biến / fill, s per million", spent * 1e6 / self.count, "s", 60)
        begun = time.perf_counter()
        actions.recount_all(at=self.now)
        self.tell(
            "đếm lại tất cả từ diễn biến / stays and sums from the events", time.perf_counter() - begun, "s"
        )
        self._vacuum()

    def _vacuum(self) -> None:
        """As the server does it by itself after a while; and how large the tables are."""
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE " + ", ".join(TABLES))
            for table in TABLES:
                cursor.execute(
                    "SELECT pg_total_relation_size(%s), (SELECT count(*) FROM " + table + ")", [table]
                )
                size, rows = cursor.fetchone()
                self.lines.append(f"  {table}: {rows} dòng / rows, {size / 2**20:.0f} MB")

    def find(self) -> None:
        """The units of a database that was kept; what is counted since another way is told, with its progress."""
        begun = time.perf_counter()
        if actions.follow(at=self.now):
            self.tell("đếm tiếp hay đếm lại / counting on, or anew", time.perf_counter() - begun, "s")
            self._vacuum()
        self.agencies = lives.find_units()
        publish(lives.PROCEDURES, self.now.date())

    def form(self) -> None:
        """The quarter, all units and fields: closed, live from the sums, and told anew; all equal."""
        control = Actor(
            1, "Đo", 1, Post.CONTROL_OFFICER, 1, "", "office", 1, "", "", "default", sees_all=True
        )
        closed = self._close(control)
        if closed is None:
            for period in (self.closed, self.live):
                self._compare(period.key, None, period)
            return
        province = queries.find_above(self.agencies[0], self.closed.last_on)[-1]
        self.tell(
            "biểu quý đã chốt / form of the closed quarter",
            _best(lambda: queries.get_closed_rows(closed, province)),
            "ms",
            10,
        )
        self.tell(
            "biểu quý đang chạy từ số đếm / live quarter from the sums",
            _best(lambda: queries.count_by_sums(self.live)),
            "ms",
            400,
        )
        self.recount_ms = _best(lambda: queries.recount(self.live), times=2)
        self.tell("đếm lại quý từ từng hồ sơ / full recount of the quarter", self.recount_ms, "ms", 3000)
        kept = add_up(row.counts for row in queries.get_closed_rows(closed, province))
        self._compare("quý đã chốt / closed quarter", kept, self.closed)
        for period in (self.live, find_current(self.now.date(), "year").until(self.now.date())):
            self._compare(period.key, None, period)

        for words, holds in check_sums(closed, self.closed, self.live, province):
            self.agrees = self.agrees and holds
            self.lines.append(f"  {words}: {'đúng / holds' if holds else 'SAI / BROKEN'}")

    def _close(self, control: Actor) -> ClosedPeriod | None:
        """The last quarter, closed; None, with the reason told, where the checks that go before do not let it."""
        begun = time.perf_counter()
        try:
            closed = queries.find_closed(self.closed) or actions.close_period(
                actor=control, period=self.closed, at=self.now
            )
        except Refused as no:
            self.agrees = False
            self.lines.append(f"  quý không chốt được / the quarter cannot be closed: {no}")
            return None
        self.tell("chốt quý / closing a quarter with its checks", time.perf_counter() - begun, "s")
        return closed

    def _compare(self, words: str, kept: Counts | None, period: Period) -> None:
        told = queries.recount(period)
        counted = {_key(row): row.counts for row in told}
        same = all(
            {_key(row): row.counts for row in queries.count_by_sums(period, grain=one)} == counted
            for one in (FINEST, BY_FIELD)
        )
        same = same and not any(find_break(row.counts) for row in told)
        same = same and (kept is None or kept == add_up(row.counts for row in told))
        self.agrees = self.agrees and same
        self.lines.append(
            f"  {words}: {'bằng nhau / equal' if same else 'KHÁC / DIFFERENT'}, {len(told)} dòng / rows"
        )

    def others(self) -> None:
        """The index of every unit, and the page of the province."""
        begun = time.perf_counter()
        indices.find_ranks(self.live, self.agencies, self.now.date())
        self.tell(
            f"chỉ số của {len(self.agencies)} đơn vị / index of all units",
            time.perf_counter() - begun,
            "s",
            2,
        )
        actor = self._province()
        request: Any = RequestFactory().get("/so-lieu/")
        request.actor, request.at, request.user = actor, self.now, SimpleNamespace(is_authenticated=False)
        request.htmx, request.session, request._messages = False, {}, []
        board.overview(request)
        boards._count.cache_clear()
        first = time.perf_counter()
        board.overview(request)
        self.tell(
            "trang tình hình, lần đầu sau khi đếm / dashboard page, first after the counting went on",
            (time.perf_counter() - first) * 1000,
            "ms",
        )
        begun, wall = time.process_time(), time.perf_counter()
        for _n in range(TIMES):
            board.overview(request)
        self.tell(
            "trang tình hình, CPU của máy chủ trang / dashboard page, CPU of the page's process",
            (time.process_time() - begun) * 1000 / TIMES,
            "ms",
            30,
        )
        self.tell(
            "trang tình hình, thời gian chờ / dashboard page, wall",
            (time.perf_counter() - wall) * 1000 / TIMES,
            "ms",
        )

    def _province(self) -> Actor:
        """A control officer of the province."""
        top = queries.find_above(self.agencies[0], self.live.last_on)[-1]
        return Actor(
            1, "Đo", 1, Post.CONTROL_OFFICER, top, "", "office", top, "", "", "default", sees_all=True
        )

    def pages(self) -> None:
        """Every page of the province, to be laid beside the same of another size."""
        self.drawn = draw_pages(self._province(), self.now)
        self.lines += tell_pages(self.drawn, self.beside)

    def keeping(self) -> None:
        """What an act costs the counting: a share of dossiers told anew, the latest that have events in the past."""
        ids = list(range(max(self.count - store.SHARE, 1), self.count + 1))
        with transaction.atomic():
            store.take_turn()
            store.retell(ids[:100], 2**62)
            begun, cpu = time.perf_counter(), read_cpu()
            store.retell(ids, 2**62)
            store.add_acts(ids, 0, 2**62, self.now.date())
            spent, used = time.perf_counter() - begun, read_cpu() - cpu
        self.tell(
            "giữ số đếm, CPU của máy chủ dữ liệu / keeping the sums, CPU of the database, per dossier touched",
            used * 1000 / len(ids),
            "ms",
            ACT_MS / 10,
        )
        self.tell(
            "giữ số đếm, thời gian chờ / keeping the sums, wall, per dossier touched",
            spent * 1000 / len(ids),
            "ms",
        )

    def yardstick(self) -> None:
        """The same recount by DuckDB over the same stays, when it is there."""
        if find_spec("duckdb") is None:
            self.lines.append("  duckdb không có / duckdb is not installed: no yardstick")
            return
        spent = _measure_duckdb(self.live)
        self.tell("cùng phép đếm bằng DuckDB / the same recount by DuckDB", spent, "ms")
        self.tell("đếm lại so với DuckDB / recount over DuckDB", self.recount_ms / spent, "lần", 15)


def _key(row: queries.Row) -> tuple[int, str]:
    return row.agency_id, row.field_code


def _best(run: Callable[[], object], times: int = TIMES) -> float:
    """Milliseconds of the quickest of several runs."""
    spent = []
    for _n in range(times):
        begun = time.perf_counter()
        run()
        spent.append(time.perf_counter() - begun)
    return min(spent) * 1000


def _measure_duckdb(period: Period) -> float:
    import duckdb

    with TemporaryDirectory(prefix="motcua-numbers-") as folder:
        return _ask_duckdb(duckdb, Path(folder), period)


def _ask_duckdb(duckdb: ModuleType, folder: Path, period: Period) -> float:
    """Milliseconds of the recount; what does not fit into memory goes to the folder, which is thrown away."""
    other = duckdb.connect(config={"temp_directory": str(folder / "temp")})
    for table, columns in (("figures_stay", "dossier_id, enter, agency_id, category_id, entered_on, left_on, overdue_on, leave, is_waiting, is_electronic, is_digitised"),
                           ("figures_category", "id, procedure_code, field_code, channel, is_behalf")):  # fmt: skip
        path = _copy_out(folder, table, columns)
        other.execute(
            f"CREATE TABLE {table} AS SELECT * FROM read_csv('{path}', header = true, sample_size = -1)"
        )
    sql = counting._BY_STAYS.format(
        told="agency_id, k.field_code, '', '', false", grouped="1, 2, 3, 4, 5", narrowed=""
    )
    first, last = (f"DATE '{day}'" for day in (period.first_on, period.last_on))
    sql = sql.replace("%(first)s", first).replace("%(last)s", last)
    return _best(lambda: other.execute(sql).fetchall(), times=3)


def _copy_out(folder: Path, table: str, columns: str) -> Path:
    path = folder / f"{table}.csv"
    sql = f"COPY (SELECT {columns} FROM {table}) TO STDOUT WITH (FORMAT csv, HEADER)"
    with path.open("wb") as file, connection.cursor() as cursor, cursor.copy(sql) as copy:
        for piece in copy:
            file.write(piece)
    return path
