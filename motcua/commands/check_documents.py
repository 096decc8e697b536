"""Every link between the documents leads somewhere."""

import re
import sys
from collections.abc import Iterator
from pathlib import Path

from motcua.commands.options import ROOT
from motcua.commands.speech import say

_LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)\)")
_HEADING = re.compile(r"^#+\s+(.*)$", re.M)


def find_broken() -> Iterator[str]:
    """Links to files or headings that are not there; addresses on the web are left alone."""
    for page in sorted(
        [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), *(ROOT / "deploy").rglob("*.md")]
    ):
        for target in _LINK.findall(page.read_text(encoding="utf-8")):
            if re.match(r"[a-z]+:", target):
                continue
            name, _, anchor = target.partition("#")
            path = (page.parent / name).resolve() if name else page
            if not path.exists():
                yield f"{page.relative_to(ROOT)}: {target}"
            elif anchor and path.suffix == ".md" and anchor not in _find_anchors(path):
                yield f"{page.relative_to(ROOT)}: {target} (no such heading)"


def _find_anchors(page: Path) -> set[str]:
    headings = _HEADING.findall(page.read_text(encoding="utf-8"))
    return {re.sub(r"[^\w\- ]", "", heading.lower()).strip().replace(" ", "-") for heading in headings}


def main() -> int:
    """Say which links are broken; the status is 1 when one is."""
    broken = list(find_broken())
    for link in broken:
        say(link)
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main())
