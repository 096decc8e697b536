"""`./run export-catalogue FILE.xlsx`: procedures as a workbook that can be edited and imported again."""

import os

from motcua.commands import manage


def run(arguments: list[str]) -> int:
    """Hand over to the catalogue's own command."""
    return manage.run(
        ["export_catalogue", *(word if word.startswith("-") else os.path.abspath(word) for word in arguments)]
    )
