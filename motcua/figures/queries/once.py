"""What one page asks more than once is read once: for as long as the page is made, and no longer."""

from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TypeVar

Answer = TypeVar("Answer")
_read: ContextVar[dict[Hashable, object] | None] = ContextVar("figures_read_once", default=None)


@contextmanager
def reading_once() -> Iterator[None]:
    """Within it the same question gets the answer it got before; nothing is written inside."""
    token = _read.set({})
    try:
        yield
    finally:
        _read.reset(token)


def ask_once(key: Hashable, ask: Callable[[], Answer]) -> Answer:
    """The answer to a question, asked anew unless a page that is being made asked it already."""
    known = _read.get()
    if known is None:
        return ask()
    if key not in known:
        known[key] = ask()
    return known[key]  # type: ignore[return-value]
