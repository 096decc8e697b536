"""What the kernel says of processes: CPU time of a tree, memory it does not share twice, how busy the machine is."""

import os
import time
from dataclasses import dataclass
from pathlib import Path

_TICKS = os.sysconf("SC_CLK_TCK")
_PROC = Path("/proc")


def list_tree(pid: int) -> list[int]:
    """A process and everything below it."""
    children: dict[int, list[int]] = {}
    for entry in _PROC.iterdir():
        if entry.name.isdigit() and (fields := _read_stat(int(entry.name))):
            children.setdefault(int(fields[1]), []).append(int(entry.name))
    found, waiting = [], [pid]
    while waiting:
        current = waiting.pop()
        found.append(current)
        waiting += children.get(current, [])
    return found


def read_cpu(pid: int) -> float:
    """Seconds of CPU a tree has used, its ended children included."""
    total = 0
    for member in list_tree(pid):
        if fields := _read_stat(member):
            total += sum(int(value) for value in fields[11:15])
    return total / _TICKS


def read_memory(pid: int) -> int:
    """Bytes of a tree, each shared page counted by its share (PSS)."""
    total = 0
    for member in list_tree(pid):
        try:
            lines = (_PROC / str(member) / "smaps_rollup").read_text().splitlines()
        except OSError:
            continue
        total += sum(int(line.split()[1]) for line in lines if line.startswith("Pss:"))
    return total * 1024


def _read_stat(pid: int) -> list[str]:
    """Fields of a process from its state on; nothing when it is gone."""
    try:
        return (_PROC / str(pid) / "stat").read_text().rpartition(") ")[2].split()
    except OSError:
        return []


@dataclass(frozen=True, slots=True)
class Machine:
    """What the figures were taken on."""

    processor: str
    cores: int
    memory_gib: float
    load: str


def measure_pace() -> float:
    """CPU milliseconds of a fixed piece of work: other work on the same cores makes the same instructions cost more."""
    begun, total = time.process_time(), 0
    for number in range(1_000_000):
        total += number * number
    return (time.process_time() - begun) * 1000


def describe_machine() -> Machine:
    """This machine, and how many processes wait for its cores just now."""
    names = [
        line.partition(":")[2].strip()
        for line in (_PROC / "cpuinfo").read_text().splitlines()
        if line.startswith("model name")
    ]
    kib = int((_PROC / "meminfo").read_text().split()[1])
    load = " ".join((_PROC / "loadavg").read_text().split()[:3])
    return Machine(names[0] if names else "?", os.cpu_count() or 1, round(kib / 1024**2, 1), load)
