"""The arithmetic of a measurement: percentiles, rates, cost per request, and whether a target is met. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil


@dataclass(frozen=True, slots=True)
class Load:
    """What one scenario did with so many clients; times in milliseconds.

    `pace`: how many times what it takes where the targets were set an empty view took in the same moments.
    """

    clients: int
    requests: int
    p50: float
    p95: float
    slowest: float
    per_second: float
    server_cpu: float
    database_cpu: float
    pace: float = 1.0

    @property
    def cpu(self) -> float:
        """CPU of server and database for one request, in milliseconds."""
        return self.server_cpu + self.database_cpu


@dataclass(frozen=True, slots=True)
class Target:
    """A promise about one figure: no more than `limit`, or no less when `is_floor`.

    `is_paced`: CPU time, promised on the machine on which the floors were first taken.
    """

    words: str
    limit: float
    unit: str = "ms"
    is_floor: bool = False
    is_paced: bool = False

    def is_met(self, figure: float) -> bool:
        """Whether the figure keeps the promise."""
        return figure >= self.limit if self.is_floor else figure <= self.limit


@dataclass(frozen=True, slots=True)
class Verdict:
    """A figure beside its target; `pace` is how much dearer an empty view of Django is here than where it was promised."""

    scenario: str
    target: Target
    figure: float
    pace: float = 1.0

    @property
    def paced(self) -> float:
        """The figure as it would be on the machine of the promise."""
        return self.figure / self.pace if self.target.is_paced else self.figure

    @property
    def is_met(self) -> bool:
        """Whether the target is met."""
        return self.target.is_met(self.paced)


def percentile(times: Sequence[float], share: float) -> float:
    """The smallest time that so large a share of all does not exceed; 0 for none."""
    if not times:
        return 0.0
    ordered = sorted(times)
    return ordered[max(ceil(len(ordered) * share) - 1, 0)]


def summarise(
    clients: int, times: Sequence[float], seconds: float, cpu: tuple[float, float], pace: float = 1.0
) -> Load:
    """Figures of one load: `times` in seconds, `cpu` seconds of server and database."""
    count = max(len(times), 1)
    return Load(
        clients=clients,
        requests=len(times),
        p50=percentile(times, 0.5) * 1000,
        p95=percentile(times, 0.95) * 1000,
        slowest=max(times, default=0.0) * 1000,
        per_second=len(times) / seconds if seconds else 0.0,
        server_cpu=cpu[0] * 1000 / count,
        database_cpu=cpu[1] * 1000 / count,
        pace=pace,
    )
