"""The web server: everything is read once, then the workers are forked, so that they share in memory what they share.

Started by the supervisor as `python -m motcua.web` with the options of granian.
"""

import gc
import os
from importlib import import_module

import django
from django.conf import settings
from django.db import connections
from django.urls import get_resolver

# Pages officers and visitors have open all day; compiling the others would only make the start longer.
EVERY_DAY = frozenset({"core", "desk", "dossiers", "portal"})


def load() -> None:
    """Read the code, the addresses and the pages of every day; what is read lies still from then on."""
    import_module("motcua.wsgi")
    assert get_resolver().url_patterns
    _compile_pages()
    connections.close_all()
    gc.collect()
    # Counted references would be written to, and a page that is written to is no longer shared.
    gc.freeze()


def _compile_pages() -> None:
    from django.template import engines
    from django.utils import translation

    with translation.override(settings.LANGUAGE_CODE):
        pages = engines["jinja2"].env.speak(settings.LANGUAGE_CODE)  # type: ignore[attr-defined]
        for name in pages.list_templates(filter_func=_is_of_every_day):
            pages.get_template(name)


def _is_of_every_day(name: str) -> bool:
    return name.endswith(".html") and name.split("/")[0] in EVERY_DAY


if __name__ == "__main__":
    from granian.cli import entrypoint

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "motcua.settings")
    django.setup()
    load()
    entrypoint()  # type: ignore[no-untyped-call]
