"""The figures as people and machines read them."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from motcua.bench.database import Size
from motcua.bench.figures import Load, Verdict
from motcua.bench.machine import Machine


@dataclass(slots=True)
class Figures:
    """Everything one run measured."""

    dossiers: int
    machine: Machine
    facts: dict[str, Any] = field(default_factory=dict)
    sizes: list[Size] = field(default_factory=list)
    loads: dict[str, list[Load]] = field(default_factory=dict)
    statements: dict[str, int] = field(default_factory=dict)
    verdicts: list[Verdict] = field(default_factory=list)

    def write(self, path: Path) -> None:
        """As JSON, one object."""
        plain = asdict(self)
        plain["verdicts"] = [
            {"scenario": v.scenario, "target": v.target.words, "limit": v.target.limit, "unit": v.target.unit,
             "figure": v.figure, "paced": v.paced, "is_met": v.is_met}
            for v in self.verdicts
        ]  # fmt: skip
        path.write_text(json.dumps(plain, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


HEAD = f"{'':<17}{'kh':>3}{'số lượt':>9}{'p50 ms':>9}{'p95 ms':>9}{'lượt/s':>9}{'CPU máy chủ':>13}{'CPU CSDL':>10}{'tổng':>8}{'nhịp':>6}{'SQL':>5}"


def write_load(name: str, load: Load, statements: int | None = None) -> str:
    """One line of the table: clients, requests, p50, p95, requests a second, CPU of server, of database, pace, SQL."""
    pace = "" if load.pace == 1.0 else f"{load.pace:.2f}"
    return (
        f"{name:<17}{load.clients:>3}{load.requests:>9}{load.p50:>9.2f}{load.p95:>9.2f}{load.per_second:>9.0f}"
        f"{load.server_cpu:>13.2f}{load.database_cpu:>10.2f}{load.cpu:>8.2f}{pace:>6}{'' if statements is None else statements:>5}"
    )


def write_sizes(sizes: Sequence[Size]) -> list[str]:
    """Tables with rows and megabytes of heap and of indexes."""
    lines = [f"{'bảng / table':<30}{'dòng / rows':>14}{'dữ liệu MB':>12}{'chỉ mục MB':>12}"]
    for one in sizes:
        lines.append(f"{one.table:<30}{one.rows:>14}{one.heap / 2**20:>12.0f}{one.indexes / 2**20:>12.0f}")
    total = sum(one.heap + one.indexes for one in sizes) / 2**30
    return [*lines, f"{'cộng / together, GB':<30}{total:>14.1f}"]


def write_verdict(verdict: Verdict) -> str:
    """One target beside its figure, as measured and, where it is CPU, at the pace of the machine of the promise."""
    sign = "≥" if verdict.target.is_floor else "≤"
    word = "đạt / met" if verdict.is_met else "KHÔNG ĐẠT / NOT MET"
    target = f"{verdict.scenario:<16}{verdict.target.words:<44}{sign} {verdict.target.limit:g} {verdict.target.unit}"
    paced = f" → {verdict.paced:.4g}" if verdict.paced != verdict.figure else ""
    return f"{target.ljust(76)}{_write_figure(verdict.figure):>10}{paced:<9}  {word}"


def _write_figure(figure: float) -> str:
    return f"{figure:,.4g}" if figure < 1000 else f"{figure:,.0f}"
