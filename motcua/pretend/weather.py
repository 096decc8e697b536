"""What goes wrong at a pretended neighbour, by choice: one mode for training, or a list of troubles for a test."""

import threading
from collections import deque
from collections.abc import Iterable
from enum import StrEnum


class Trouble(StrEnum):
    """How a neighbour behaves at one call."""

    FINE = "fine"
    SLOW = "slow"  # answers after a while
    DOWN = "down"  # hangs up before it has read anything
    BUSY = "busy"  # 503
    LOST_ANSWER = "lost-answer"  # does it, and hangs up before it says so
    DUPLICATE = "duplicate"  # tells the same thing twice
    OUT_OF_ORDER = "out-of-order"  # tells the later thing first
    CONTRADICTORY = "contradictory"  # tells one thing and then the opposite


LABELS = {
    Trouble.FINE: "bình thường",
    Trouble.SLOW: "chậm",
    Trouble.DOWN: "mất kết nối",
    Trouble.BUSY: "quá tải",
    Trouble.LOST_ANSWER: "làm xong nhưng không trả lời",
    Trouble.DUPLICATE: "gửi trùng",
    Trouble.OUT_OF_ORDER: "sai thứ tự",
    Trouble.CONTRADICTORY: "mâu thuẫn",
}


class Weather:
    """The usual mode, and the troubles that come first, one per call."""

    def __init__(self, usual: Trouble = Trouble.FINE, *, slow_seconds: float = 8.0) -> None:
        self.usual = usual
        self.slow_seconds = slow_seconds
        self._coming: deque[Trouble] = deque()
        self._lock = threading.Lock()

    def foretell(self, troubles: Iterable[Trouble]) -> None:
        """These happen at the next calls, in this order; then the usual mode again."""
        with self._lock:
            self._coming.extend(troubles)

    def clear(self) -> None:
        """Nothing more is to come, and all is fine."""
        with self._lock:
            self._coming.clear()
            self.usual = Trouble.FINE

    def next(self) -> Trouble:
        """What happens at this call."""
        with self._lock:
            return self._coming.popleft() if self._coming else self.usual
