"""Many scanned pages at once: each core reads a page of its own, and they come back in their order."""

import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor

from PIL import Image

from motcua.programme.reading import ocr
from motcua.programme.reading.pages import Page

Heed = Callable[[int, int], None]
"""Told after each page: how many are read, of how many."""
_MOST_AT_ONCE = 4


def recognise_all(
    pictures: Iterable[tuple[Image.Image, int | None]], total: int, heed: Heed | None = None
) -> Iterator[Page]:
    """The pages of pictures, each with its resolution where it is known. No more pictures wait than there are cores.

    Threads are enough: the reader of scans lets go of the interpreter while it reads.
    """
    cores = max(1, min(_MOST_AT_ONCE, len(os.sched_getaffinity(0)), total))
    with ThreadPoolExecutor(cores, thread_name_prefix="scan") as pool:
        waiting: deque[Future[Page]] = deque()
        done = 0
        for picture, dpi in pictures:
            waiting.append(pool.submit(ocr.recognise, picture, dpi))
            if len(waiting) > cores:
                page = waiting.popleft().result()
                done += 1
                _tell(heed, done, total)
                yield page
        while waiting:
            page = waiting.popleft().result()
            done += 1
            _tell(heed, done, total)
            yield page


def _tell(heed: Heed | None, done: int, total: int) -> None:
    if heed is not None:
        heed(done, total)
