"""Every page of figures and of the index, drawn in this process: once with nothing kept, then again."""

import sys
import time
from statistics import median
from types import SimpleNamespace
from typing import Any

import psutil
from django.db import connection
from django.test import RequestFactory
from django.urls import resolve, reverse

from motcua.bench.growth import Drawn
from motcua.organisations.rules import Actor

PAGES = (
    ("tình hình / board", "figures:overview", (), ""),
    ("thống kê theo đơn vị / statistics by unit", "figures:statistics", (), "theo=don-vi"),
    ("thống kê theo lĩnh vực / statistics by field", "figures:statistics", (), "theo=linh-vuc"),
    ("thống kê theo thủ tục / statistics by procedure", "figures:statistics", (), "theo=thu-tuc"),
    ("thống kê theo kênh / statistics by channel", "figures:statistics", (), "theo=kenh"),
    ("hồ sơ quá hạn / dossiers behind a figure", "figures:behind", (), "so-lieu=late,pending_overdue"),
    ("công việc / the work of an agency", "figures:work", (), ""),
    ("chỉ số / index", "indices:index", (), ""),
    ("vì sao 2.1 / why 2.1", "indices:why", ("2.1",), ""),
    ("vì sao 3.x / why 3.x", "indices:why", ("3.x",), ""),
    ("vì sao 4.2 / why 4.2", "indices:why", ("4.2",), ""),
    ("nếu / what if", "indices:what_if", (), ""),
    ("chín chỉ số / nine indicators", "indices:nine", (), ""),
    ("công khai / public page", "indices:public", (), ""),
)
KEEPING = ("motcua.figures", "motcua.indices")
TIMES = 3


def draw_pages(actor: Actor, at: object) -> list[Drawn]:
    """Words, milliseconds with nothing kept, milliseconds of the quickest of the next."""
    return [Drawn(words, *_draw(_ask(name, args, query, actor, at))) for words, name, args, query in PAGES]


def _ask(name: str, args: tuple[str, ...], query: str, actor: Actor, at: object) -> Any:
    request: Any = RequestFactory().get(f"{reverse(name, args=args)}?{query}")
    request.actor, request.at, request.user = actor, at, SimpleNamespace(is_authenticated=False, pk=1, id=1)
    request.htmx, request.session, request._messages = False, {}, []
    return request


def _draw(request: Any) -> tuple[float, float, float]:
    """With nothing kept, the middle of several; with everything kept, the quickest. CPU of the first kind is the least."""
    cold = [_time(request, is_kept=False) for _n in range(TIMES)]
    warm = [_time(request, is_kept=True)[0] for _n in range(TIMES)]
    return median(wall for wall, _cpu in cold), min(warm), min(cpu for _wall, cpu in cold)


def _time(request: Any, *, is_kept: bool) -> tuple[float, float]:
    """Milliseconds on the wall, and of CPU of this process and of the database."""
    view, args, kwargs = resolve(request.path_info)
    if not is_kept:
        forget_kept()
    used, cpu, begun = read_cpu(), time.process_time(), time.perf_counter()
    view(request, *args, **kwargs)
    wall, cpu = time.perf_counter() - begun, time.process_time() - cpu
    return wall * 1000, (cpu + read_cpu() - used) * 1000


def read_cpu() -> float:
    """Seconds of CPU of the process that answers this connection; of the clock, where its server is elsewhere."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        pid = int(cursor.fetchone()[0])
    try:
        times = psutil.Process(pid).cpu_times()
    except psutil.Error:
        return time.perf_counter()
    return float(times.user + times.system)


def forget_kept() -> None:
    """What this process keeps for a state of the counting is asked anew."""
    for name, module in list(sys.modules.items()):
        if name.startswith(KEEPING):
            for value in list(vars(module).values()):
                if hasattr(value, "cache_clear") and hasattr(value, "__wrapped__"):
                    value.cache_clear()
