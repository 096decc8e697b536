"""What is left of the web server's first process once its workers stand: it waits for them and does nothing else.

`python -I -S watcher.py PID,PID COMMAND…`: the workers it has, and how another is started when one of them falls.
It reads nothing of ours and little of Python's, because it lies in memory beside them all day.
"""

import os
import signal
import sys
import time
from types import FrameType

# A worker that falls so soon after one was started again would fall for ever.
_TOO_SOON = 5.5
_PATIENCE = 10


def web_command(host: str, port: int, workers: int, threads: int) -> list[str]:
    """How a web server of so many workers is started."""
    options = f"--host {host} --port {port} --workers {workers} --threads {threads}"
    return [sys.executable, "-P", "-m", "motcua.web", *options.split()]


class Watcher:
    """The workers of one web server, from their start to the last one's end."""

    def __init__(self, workers: set[int], command: list[str]) -> None:
        self.workers, self.command = workers, command
        self.status = 0
        self.ending = False
        # When those that took another's place were started; the first ones stood before anybody watched.
        self.started: dict[int, float] = {}

    def watch(self) -> int:
        """Stay until nobody is left; 0 when that was asked for."""
        signal.signal(signal.SIGTERM, self._heed)
        signal.signal(signal.SIGINT, self._heed)
        signal.signal(signal.SIGALRM, self._insist)
        signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGTERM, signal.SIGINT})
        while self.workers:
            fallen, _status = os.wait()
            self.workers.discard(fallen)
            if not self.ending:
                self._replace(fallen)
        return self.status

    def _replace(self, fallen: int) -> None:
        """Start another for one that fell. Several that fall at once each did once; only who was just started keeps falling."""
        now = time.monotonic()
        if now - self.started.pop(fallen, float("-inf")) < _TOO_SOON:
            _say("workers keep falling: the web server stops")
            self.status = 1
            self._end()
            return
        _say("a worker fell; another is started")
        started = os.posix_spawn(self.command[0], self.command, os.environ)
        self.started[started] = now
        self.workers.add(started)

    def _end(self) -> None:
        self.ending = True
        self._tell(signal.SIGTERM)
        signal.alarm(_PATIENCE)

    def _tell(self, what: signal.Signals) -> None:
        for worker in self.workers:
            try:
                os.kill(worker, what)
            except ProcessLookupError:
                continue  # it ended this very moment

    def _heed(self, number: int, frame: FrameType | None) -> None:
        self._end()

    def _insist(self, number: int, frame: FrameType | None) -> None:
        self._tell(signal.SIGKILL)


def _say(what: str) -> None:
    sys.stderr.write(f'{{"level": "error", "from": "motcua.watcher", "what": "{what}"}}\n')


if __name__ == "__main__":
    sys.exit(Watcher({int(pid) for pid in sys.argv[1].split(",")}, sys.argv[2:]).watch())
