"""One whole run over a filled database: the server, the scenarios, the floors, the storm, the memory, the targets."""

import os
from pathlib import Path

import psycopg
from django.utils import timezone

from motcua.bench import floors, receipts, report, storm
from motcua.bench.counting import count_statements
from motcua.bench.database import count_received, read_made, read_sizes
from motcua.bench.figures import Load, Target, Verdict
from motcua.bench.ground import CLERK, CLIENTS, Ground, read_ground
from motcua.bench.machine import describe_machine, measure_pace, read_memory
from motcua.bench.measuring import WARM, Door, Server, measure
from motcua.bench.scenarios import Scenario, _open, as_clerk, list_scenarios
from motcua.bench.yardstick import HOST, Yardstick, serving, yardstick
from motcua.commands.speech import say
from motcua.organisations.actions import tokens
from motcua.organisations.models import Assignment
from motcua.organisations.rules import SYSTEM

STORM_SECONDS = 60.0
# More than one client ever handed over in a second: by itself, and as one of eight.
ALONE, AMONG = 200, 60
_FLOORS = (
    ("plain", "motcua.bench.plain_settings", "/bare-open/", None),
    ("bare_open", "motcua.bench.floor_settings", "/bare-open/", None),
    ("bare", "motcua.bench.floor_settings", "/bare/", as_clerk),
)
# A database just started meets its pages for the first time, and the server its statements: nobody is measured by that.
WARMING = 2.0
AT_WORK = ("inbox", "dossier", "register", "receive", "name")


def drive(count: int, port: int, seconds: float, only: str, json: Path | None) -> int:
    """Measure, print as it goes, and say of each target whether it is met; 0 also when one is not."""
    run = _Run(count, port, seconds, {name for name in only.split(",") if name})
    run.measure_all()
    if json is not None:
        run.figures.write(json)
    return 0


class _Run:
    """One run: what it stands on and what it has measured so far."""

    def __init__(self, count: int, port: int, seconds: float, only: set[str]) -> None:
        self.owner_url = os.environ["MOTCUA_OWNER_URL"]
        self.app_url = os.environ["DATABASE_URL"]
        self.port, self.seconds, self.only = port, seconds, only
        self.figures = report.Figures(count, describe_machine())
        self.ground: Ground = read_ground(self.owner_url, timezone.localdate())
        self.scenarios = list_scenarios(_issue_token())
        self.database_pid = _find_database(self.owner_url)

    def wants(self, name: str) -> bool:
        """Whether a part was asked for."""
        return not self.only or name in self.only

    def measure_all(self) -> None:
        """Every part in order, the server started and stopped in between."""
        self._introduce()
        self._count()
        with yardstick(self.port + 1) as plain:
            self._measure_served(plain)
            self._measure_floors()
            if self.wants("receipt"):
                self._measure_receipt(plain)
        self._judge()

    def _measure_served(self, plain: Yardstick) -> None:
        with serving(self.port, "motcua.settings") as pid:
            server = Server(HOST, self.port, pid, self.database_pid)
            self._drive(server, plain)
            self._pace()
            self._weigh(pid)
            if self.wants("storm"):
                self._storm(server)
        if self.wants("bare"):
            self._measure_bare()

    def _introduce(self) -> None:
        machine, ground = self.figures.machine, self.ground
        self.figures.sizes = read_sizes(self.owner_url)
        self.figures.facts |= {
            "made": read_made(self.owner_url), "received_before": count_received(self.owner_url),
            "open_tasks": ground.open_tasks, "queue": ground.pool_size,
            "distinct_names": ground.distinct_names, "procedure": ground.sheet.code, "load_at_start": machine.load,
        }  # fmt: skip
        say(
            "",
            f"{machine.processor}, {machine.cores} nhân / cores, {machine.memory_gib} GiB, tải / load {machine.load}",
        )
        say(*report.write_sizes(self.figures.sizes))
        say(f"việc đang mở / open tasks {ground.open_tasks}, hàng đợi dài nhất / longest queue {ground.pool_size},"
            f" họ tên / names {ground.distinct_names}", "")  # fmt: skip
        self._name_earlier(self.figures.facts["received_before"])

    def _name_earlier(self, received: int) -> None:
        """What runs on a database that was kept have left lies before every walk through the newest of the province."""
        if received:
            say(
                f"{received} hồ sơ do các lần đo trước nhận, họ tên na ná nhau: tìm toàn tỉnh phải đi qua chúng;"
                " --fresh để tạo lại",
                f"{received} dossiers received by earlier runs, much alike by name: searches over the province go through them;"
                " --fresh fills anew",
                "",
            )

    def _pace(self) -> None:
        """How dear an instruction is just now: said before and after, so that runs can be told apart."""
        self.figures.facts.setdefault("pace_ms", []).append(round(measure_pace(), 1))
        say(f"nhịp máy / pace of the machine: {self.figures.facts['pace_ms'][-1]} ms")

    def _count(self) -> None:
        for scenario in self.scenarios:
            if self.wants(scenario.name) or (scenario.name == "receive" and self.wants("hand_over")):
                self.figures.statements[scenario.name], _sql = count_statements(scenario, self.ground)
        # Those received in this process carry no place of a client; the server receives its own.
        self.ground.handed.clear()

    def _drive(self, server: Server, plain: Yardstick) -> None:
        door = Door(server)
        say(report.HEAD)
        for scenario in self.scenarios:
            if not self.wants(scenario.name):
                continue
            if scenario.name == "hand_over":
                self._receive_for_later(door)
            else:
                measure(door, self.ground, scenario, 1, WARMING)
            alone = measure(door, self.ground, scenario, 1, self.seconds, plain)
            self._note(scenario.name, alone)
            self._note(scenario.name, measure(door, self.ground, scenario, CLIENTS, self.seconds))

    def _receive_for_later(self, door: Door) -> None:
        """Enough to hand over for every client, warming up included; the first works alone as well as among the others."""
        receive = next(s for s in self.scenarios if s.name == "receive")
        for number in range(CLIENTS):
            send = receive.make(door.open(receive, self.ground, number), self.ground, number)
            wanted = int(self.seconds * (ALONE + AMONG if number == 0 else AMONG)) + 2 * WARM
            for n in range(max(wanted - len(self.ground.handed[number]), 0)):
                send(n)

    def _note(self, name: str, load: Load) -> None:
        self.figures.loads.setdefault(name, []).append(load)
        statements = self.figures.statements.get(name) if load.clients == 1 else None
        say(report.write_load(name, load, statements))

    def _weigh(self, pid: int) -> None:
        self.figures.facts["memory_mb"] = read_memory(pid) / 1e6
        say("", f"bộ nhớ hai tiến trình đã chạy nóng / memory of two warmed workers, PSS: "
                f"{self.figures.facts['memory_mb']:.0f} MB")  # fmt: skip

    def _storm(self, server: Server) -> None:
        chosen = [s for s in self.scenarios if s.name in AT_WORK]
        seen = storm.blow(server, self.ground, chosen, self.owner_url, STORM_SECONDS)
        self.figures.facts["storm"] = {name: getattr(seen, name) for name in seen.__slots__}
        say(f"buổi sáng / the morning: {seen.sign_ins} lần đăng nhập / sign-ins (p50 {seen.sign_in_p50:.0f} ms, chậm nhất / "
            f"slowest {seen.sign_in_slowest:.0f}), việc khác / work p95 {seen.work_p95:.0f}, chậm nhất / slowest "
            f"{seen.work_slowest:.0f} ms, trên / over 300 ms: {seen.over_300} / {seen.requests}")  # fmt: skip

    def _measure_bare(self) -> None:
        for name, settings, path, user in _FLOORS:
            with serving(self.port, settings) as pid:
                server = Server(HOST, self.port, pid, self.database_pid)
                scenario = Scenario(name, "", _open(path), user)
                door = Door(server)
                for clients in (1, CLIENTS):
                    self._note(name, measure(door, self.ground, scenario, clients, self.seconds))

    def _measure_floors(self) -> None:
        if self.wants("receive"):
            code = _find_received(self.owner_url)
            rows = floors.read_rows(self.owner_url, code)
            self.figures.facts["rows_of_a_receipt"] = len(rows)
            for processes in (1, CLIENTS):
                self._note(
                    "raw_receive",
                    floors.measure_rows(self.owner_url, rows, processes, self.seconds, self.database_pid),
                )
        if self.wants("inbox"):
            inbox = next(s for s in self.scenarios if s.name == "inbox")
            _n, statements = count_statements(inbox, self.ground)
            longest = next(asked for asked in statements if "applicant_name" in asked[0])
            self._note(
                "raw_inbox", floors.measure_statement(self.app_url, *longest, self.seconds, self.database_pid)
            )

    def _measure_receipt(self, plain: Yardstick) -> None:
        p50, p95 = receipts.measure_receipt(self.ground, plain)
        self.figures.facts |= {"receipt_file_cpu_ms": [p50, p95], "receipt_file_pace": plain.pace}
        say(
            f"tệp giấy tiếp nhận / the file of a receipt: CPU p50 {p50:.1f}, p95 {p95:.1f} ms, × {plain.pace:.2f}"
        )

    def _judge(self) -> None:
        for scenario in self.scenarios:
            if scenario.name in self.figures.loads:
                self._judge_one(scenario, self.figures.loads[scenario.name][0])
        self._judge_whole()
        say("", *map(report.write_verdict, self.figures.verdicts))

    def _judge_one(self, scenario: Scenario, alone: Load) -> None:
        add = self._promise
        for target in scenario.targets:
            figure = alone.p95 if target.words.startswith("p95") else alone.cpu
            add(scenario.name, target, figure, alone.pace)
        if scenario.statements is not None:
            add(
                scenario.name,
                Target("câu lệnh SQL / statements", scenario.statements, ""),
                self.figures.statements[scenario.name],
            )
        if scenario.compared_to and (first := self.figures.loads.get(scenario.compared_to)):
            add(
                scenario.name,
                Target("so với trang 1 / against page 1, p50", 1.3, "×"),
                alone.p50 / first[0].p50,
            )

    def _judge_whole(self) -> None:
        loads, said, add = self.figures.loads, self.figures.facts, self._promise
        if "receive" in loads and "raw_receive" in loads:
            share = loads["receive"][1].per_second / loads["raw_receive"][1].per_second
            add("receive", Target("so với sàn / share of the raw floor", 0.05, "", is_floor=True), share)
        add("memory", Target("hai tiến trình / two workers, PSS", 250, "MB"), said["memory_mb"])
        if file := said.get("receipt_file_cpu_ms"):
            add(
                "receipt_file",
                Target("CPU của tệp / of the file", 8, is_paced=True),
                file[0],
                said["receipt_file_pace"],
            )
        if seen := said.get("storm"):
            slowest = max(seen["sign_in_slowest"], seen["work_slowest"])
            add("storm", Target("chậm nhất / slowest request", 1000), slowest)

    def _promise(self, name: str, target: Target, figure: float, pace: float = 1.0) -> None:
        self.figures.verdicts.append(Verdict(name, target, figure, pace))


def _issue_token() -> str:
    """A neighbouring system's token in the post of the commune's officer."""
    on = timezone.localdate()
    assignment = Assignment.objects.on(on).get(user__username=CLERK)
    return tokens.issue_token(
        actor=SYSTEM, assignment_id=assignment.pk, name="bench", scopes=["dossiers:write"], valid_from=on,
        calls_per_minute=tokens.MOST_CALLS_PER_MINUTE, at=timezone.now(),
    )  # fmt: skip


def _find_database(url: str) -> int | None:
    """The process of the database server when it runs on this machine."""
    with psycopg.connect(url) as db:
        backend = db.info.backend_pid
        try:
            parent = Path(f"/proc/{backend}/stat").read_text().rpartition(") ")[2].split()[1]
            name = Path(f"/proc/{parent}/comm").read_text().strip()
        except OSError:
            return None
        return int(parent) if name.startswith("postgres") else None


def _find_received(url: str) -> str:
    """The newest dossier received over the page in this run."""
    with psycopg.connect(url) as db:
        row = db.execute(
            "SELECT code FROM dossiers_dossier WHERE state = 'received' AND revision = 1 AND code LIKE 'H50.%' ORDER BY id DESC LIMIT 1"
        ).fetchone()
        assert row is not None
        return str(row[0])
