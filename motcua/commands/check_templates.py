"""Every page template compiles, and none carries script or style the browser would refuse."""

import os
import re
import sys
from pathlib import Path

import django

from motcua.commands.speech import say

_INLINE = re.compile(
    r"<script(?![^>]*\bsrc=)(?![^>]*type=.application/(?:ld\+)?json)[^>]*>|<style|\sstyle=|\son[a-z]+=[\"']",
    re.I,
)


def main() -> int:
    """Say which templates are wrong; the status is 1 when one is."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "motcua.settings")
    django.setup()
    from django.conf import settings
    from django.template import engines
    from jinja2 import TemplateError

    environment = engines["jinja2"].env  # type: ignore[attr-defined]
    faults: list[str] = []
    folders: list[Path] = settings.TEMPLATES[0]["DIRS"]  # type: ignore[assignment]
    for folder in folders:
        for path in sorted(folder.rglob("*.html")):
            text = path.read_text(encoding="utf-8")
            try:
                environment.compile(text, filename=str(path))
            except TemplateError as error:
                faults.append(f"{path}: {error}")
            faults += [f"{path}: inline {found.group().strip()}" for found in _INLINE.finditer(text)]
    for fault in faults:
        say(fault)
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
