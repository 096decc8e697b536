"""One scenario under load: clients in threads, each with its own connection, and the CPU of both trees meanwhile."""

import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from motcua.bench.client import Answer, Client
from motcua.bench.figures import Load, summarise
from motcua.bench.ground import PASSWORD, Ground
from motcua.bench.machine import read_cpu
from motcua.bench.scenarios import Scenario, Send
from motcua.bench.yardstick import Yardstick

WARM = 12
SLICES = 5


@dataclass(frozen=True, slots=True)
class Server:
    """Where the pages answer, and the processes whose work is counted; a database elsewhere has no number."""

    host: str
    port: int
    pid: int
    database_pid: int | None

    def read_cpu(self) -> tuple[float, float]:
        """Seconds of CPU used so far by the web server and by the database."""
        return read_cpu(self.pid), read_cpu(self.database_pid) if self.database_pid else 0.0


class Door:
    """Signed-in clients by user and place, so that nobody signs in twice."""

    def __init__(self, server: Server) -> None:
        self.server = server
        self._known: dict[tuple[str, int], Client] = {}

    def open(self, scenario: Scenario, ground: Ground, number: int) -> Client:
        """The client that plays this scenario's person at this place."""
        user = scenario.user(ground, number) if scenario.user else ""
        client = self._known.get((user, number))
        if client is None:
            client = self._known[user, number] = Client(self.server.host, self.server.port)
            if user:
                client.sign_in(user, PASSWORD)
        return client


def measure(
    door: Door,
    ground: Ground,
    scenario: Scenario,
    clients: int,
    seconds: float,
    plain: Yardstick | None = None,
) -> Load:
    """Let the clients send one request after the other for so long.

    :param plain: asked in turn with them, a slice of the time each, so that both meet the machine at the same pace
    """
    sends = [scenario.make(door.open(scenario, ground, n), ground, n) for n in range(clients)]
    sends = [_require(send, scenario) for send in sends]
    for send in sends:
        for n in range(WARM):
            send(-1 - n)
    taken = Taken([[] for _ in sends])
    slices = SLICES if plain is not None else 1
    if plain is not None:
        plain.forget()
    for _slice in range(slices):
        _measure_slice(door.server, sends, seconds / slices, taken)
        if plain is not None:
            plain.read()
    times = [one for each in taken.times for one in each]
    return summarise(clients, times, taken.elapsed, taken.cpu, plain.pace if plain is not None else 1.0)


@dataclass(slots=True)
class Taken:
    """What one scenario has taken so far: the times of each client, seconds of wall, seconds of CPU of both sides."""

    times: list[list[float]]
    elapsed: float = 0.0
    cpu: tuple[float, float] = (0.0, 0.0)


def _measure_slice(server: Server, sends: Sequence[Send], seconds: float, taken: Taken) -> None:
    before, begun = server.read_cpu(), time.perf_counter()
    run_together(
        [
            partial(_repeat, send, times, begun + seconds)
            for send, times in zip(sends, taken.times, strict=True)
        ]
    )
    taken.elapsed += time.perf_counter() - begun
    after = server.read_cpu()
    taken.cpu = taken.cpu[0] + after[0] - before[0], taken.cpu[1] + after[1] - before[1]


def _require(send: Send, scenario: Scenario) -> Send:
    """A request that is not answered as it should be ends the measurement: its time would mean nothing."""

    def checked(n: int) -> Answer:
        answer = send(n)
        if answer.status != scenario.status:
            raise RuntimeError(f"{scenario.name}: {answer.status} {answer.body[:300]!r}")
        return answer

    return checked


def _repeat(send: Send, times: list[float], until: float) -> None:
    n = len(times)
    clock = time.perf_counter
    while (begun := clock()) < until:
        try:
            send(n)
        except StopIteration:
            return
        times.append(clock() - begun)
        n += 1


def run_together(works: Sequence[Callable[[], None]]) -> None:
    """Every work in a thread of its own; the first fault of any is raised here."""
    faults: list[BaseException] = []

    def run(work: Callable[[], None]) -> None:
        try:
            work()
        except BaseException as fault:  # noqa: BLE001 - raised below, in the caller's thread
            faults.append(fault)

    threads = [threading.Thread(target=run, args=(work,)) for work in works]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if faults:
        raise faults[0]
