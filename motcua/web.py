"""The web server: everything is read once, then the workers are forked, so that they share in memory what they share.

Started by the supervisor as `python -m motcua.web --host H --port P --workers N --threads N`. What has read everything
does not stay beside its workers: a third copy of the code that nobody asks anything. It becomes their watcher
(`motcua.watcher`), the same process with next to nothing in it.
"""

import argparse
import gc
import multiprocessing
import os
import signal
import sys
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path
from typing import Any

import django
from django.conf import settings
from django.db import connections
from django.urls import get_resolver
from granian.constants import Interfaces
from granian.log import LogLevels
from granian.server.mp import MPServer
from PIL import Image

from motcua.embedded.children import die_with
from motcua.watcher import web_command

# Pages officers and visitors have open all day; compiling the others would only make the start longer.
EVERY_DAY = frozenset({"core", "desk", "dossiers", "portal"})
# Found by name with the first page that needs them: by then each worker would read them for itself.
FOUND_LATER = (
    "_strptime", "django.conf.locale.vi.formats", "django.contrib.messages.storage.fallback",
    "django.contrib.sessions.serializers", "django.core.cache.backends.locmem", "motcua.core.formats.vi.formats",
)  # fmt: skip
_WATCHER = Path(__file__).with_name("watcher.py")


def load() -> None:
    """Read the code, the addresses and the pages of every day; what is read lies still from then on."""
    # All of it stays: until it is read nothing need be looked through for what could be let go.
    gc.disable()
    for module in ("motcua.wsgi", *FOUND_LATER):
        import_module(module)
    Image.preinit()
    assert get_resolver().url_patterns
    _compile_pages()
    connections.close_all()
    gc.collect()
    # Counted references would be written to, and a page that is written to is no longer shared.
    gc.freeze()
    gc.enable()


def _compile_pages() -> None:
    from django.template import engines
    from django.utils import translation

    with translation.override(settings.LANGUAGE_CODE):
        pages = engines["jinja2"].env.speak(settings.LANGUAGE_CODE)  # type: ignore[attr-defined]
        for name in pages.list_templates(filter_func=_is_of_every_day):
            pages.get_template(name)


def _is_of_every_day(name: str) -> bool:
    return name.endswith(".html") and name.split("/")[0] in EVERY_DAY


class Sharing(MPServer):
    """Granian whose first process forks the workers and then becomes their watcher."""

    def _serve_loop(self, spawn_target: Any, target_loader: Any) -> None:
        # Who is asked to stop between here and the watcher's first breath is asked then.
        signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGTERM, signal.SIGINT})
        if self.interrupt_signal:
            return
        workers = ",".join(str(worker.inner.pid) for worker in self.wrks)
        again = web_command(self.bind_addr, self.bind_port, 1, self.blocking_threads)
        os.execv(sys.executable, [sys.executable, "-I", "-S", str(_WATCHER), workers, *again])


def serve(arguments: Sequence[str]) -> None:
    """Load, fork and watch until asked to stop."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--host")
    for name in ("--port", "--workers", "--threads"):
        parser.add_argument(name, type=int)
    options = parser.parse_args(arguments)
    django.setup()
    load()
    Sharing(
        "motcua.wsgi:application", options.host, options.port,
        interface=Interfaces.WSGI, websockets=False, log_level=LogLevels.warning,
        workers=options.workers, workers_kill_timeout=10,
        blocking_threads=options.threads, blocking_threads_idle_timeout=600,
    ).serve(_serve_as_child)  # fmt: skip


def _serve_as_child(*facts: Any) -> None:
    parent = multiprocessing.parent_process()
    assert parent is not None and parent.pid is not None
    die_with(parent.pid)
    MPServer._spawn_wsgi_worker(*facts)


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "motcua.settings")
    die_with(os.getppid())
    serve(sys.argv[1:])
