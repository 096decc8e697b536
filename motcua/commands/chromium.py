"""The browser of the machine, if there is one."""

import os
import shutil

# The first has no window to draw: a third of the work.
_NAMES = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome", "chrome")
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]


def find_chromium() -> str | None:
    """Where a Chromium lies; MOTCUA_CHROMIUM names one that lies elsewhere."""
    named = os.environ.get("MOTCUA_CHROMIUM")
    return named or next((found for name in _NAMES if (found := shutil.which(name))), None)
