"""How much of the disk a benchmark may take."""

import shutil
from pathlib import Path

# Measured: tables and indexes of one dossier with everything about it, and what sorting needs beside.
BYTES_PER_DOSSIER = 5_750
BYTES_LEFT = 15_000_000_000


def find_largest(folder: Path, wanted: int) -> int:
    """The largest number of dossiers, ten times fewer each time, for which the disk has room."""
    free = shutil.disk_usage(folder).free - BYTES_LEFT
    while wanted > 10_000 and wanted * BYTES_PER_DOSSIER > free:
        wanted //= 10
    return wanted
