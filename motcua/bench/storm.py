"""The morning: seven hundred people sign in within a quarter of an hour while others work, at that rate for a while."""

import threading
import time
from dataclasses import dataclass
from itertools import cycle

import psycopg

from motcua.bench.client import Client
from motcua.bench.figures import percentile
from motcua.bench.ground import CLERK, PASSWORD, Ground
from motcua.bench.measuring import Server, run_together
from motcua.bench.scenarios import Scenario

PEOPLE, WITHIN_SECONDS = 700, 900.0
WORKERS, PAUSE = 4, 0.25
_USERS = """
SELECT u.username FROM accounts_user u JOIN organisations_assignment a ON a.user_id = u.id
WHERE u.is_active AND a.valid_to IS NULL GROUP BY 1 HAVING count(*) = 1 ORDER BY 1
"""


@dataclass(frozen=True, slots=True)
class Storm:
    """What was seen; times in milliseconds."""

    sign_ins: int
    requests: int
    sign_in_p50: float
    sign_in_slowest: float
    work_p95: float
    work_slowest: float
    over_300: int


def blow(server: Server, ground: Ground, scenarios: list[Scenario], url: str, seconds: float) -> Storm:
    """Sign people in at the morning's rate for `seconds` while officers open pages, receive and search."""
    with psycopg.connect(url) as db:
        users = [row[0] for row in db.execute(_USERS).fetchall()]
    entering: list[float] = []
    working: list[float] = []
    stop = threading.Event()

    def enter() -> None:
        every, begun = WITHIN_SECONDS / PEOPLE, time.perf_counter()
        visits: list[threading.Thread] = []
        for n, user in zip(range(int(seconds / every)), cycle(users), strict=False):
            time.sleep(max(0.0, begun + n * every - time.perf_counter()))
            visits.append(threading.Thread(target=_visit, args=(server, user, n, entering)))
            visits[-1].start()
        for visit in visits:
            visit.join()
        stop.set()

    def work(number: int) -> None:
        client = Client(server.host, server.port)
        client.sign_in(CLERK, PASSWORD)
        sends = [scenario.make(client, ground, 40 + number) for scenario in scenarios]
        for n, send in enumerate(cycle(sends)):
            if stop.wait(PAUSE):
                return
            begun = time.perf_counter()
            send(n)
            working.append(time.perf_counter() - begun)

    run_together([enter, *(lambda n=n: work(n) for n in range(WORKERS))])
    return Storm(
        sign_ins=len(entering) // 2,
        requests=len(entering) + len(working),
        sign_in_p50=percentile(entering[1::2], 0.5) * 1000,
        sign_in_slowest=max(entering, default=0.0) * 1000,
        work_p95=percentile(working, 0.95) * 1000,
        work_slowest=max(working, default=0.0) * 1000,
        over_300=sum(one > 0.3 for one in [*entering, *working]),
    )


def _visit(server: Server, user: str, n: int, times: list[float]) -> None:
    """The page of the door, then the password."""
    client = Client(server.host, server.port, f"127.240.{n // 250}.{1 + n % 250}")
    begun = time.perf_counter()
    client.get("/dang-nhap/")
    opened = time.perf_counter()
    answer = client.post("/dang-nhap/", {"username": user, "password": PASSWORD})
    times += [opened - begun, time.perf_counter() - opened]
    client.close()
    if answer.status != 302:
        raise RuntimeError(f"sign-in of {user}: {answer.status}")
