"""`./run import-catalogue FILE`: procedures from the national export or an edited workbook."""

import os
from pathlib import Path

from motcua.commands import manage


def run(arguments: list[str]) -> int:
    """Hand over to the catalogue's own command; `--dry-run` shows the difference and keeps nothing."""
    return manage.run(["import_catalogue", *(_absolute(word) for word in arguments)])


def _absolute(word: str) -> str:
    return word if word.startswith("-") else os.path.abspath(Path(word))
