"""The browser of the machine, if there is one."""

import os
import shutil

# The first has no window to draw: a third of the work.
_NAMES = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome", "chrome")
# A page lives for a second or two: what the compilers that take their time and a process for every page would save later
# never comes. A fifth of the work.
_FOR_SHORT_VISITS = ["--js-flags=--no-opt --no-maglev", "--process-per-site"]
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", *_FOR_SHORT_VISITS]


def find_chromium() -> str | None:
    """Where a Chromium lies; MOTCUA_CHROMIUM names one that lies elsewhere."""
    named = os.environ.get("MOTCUA_CHROMIUM")
    return named or next((found for name in _NAMES if (found := shutil.which(name))), None)
