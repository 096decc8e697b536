"""The browser of the machine, if there is one."""

import os
import shutil

# The first has no window to draw: a third of the work.
_NAMES = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome", "chrome")
# People who visit one page after the other need no process for each. The compilers stay: pages with thousands of elements pay
# for what they leave out.
_FOR_SHORT_VISITS = ["--process-per-site"]
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", *_FOR_SHORT_VISITS]


def find_chromium() -> str | None:
    """Where a Chromium lies; MOTCUA_CHROMIUM names one that lies elsewhere."""
    named = os.environ.get("MOTCUA_CHROMIUM")
    return named or next((found for name in _NAMES if (found := shutil.which(name))), None)
