"""How much of the disk a benchmark may take."""

import shutil
from pathlib import Path

# Measured: tables and indexes of one dossier with everything about it, and what sorting needs beside.
BYTES_PER_DOSSIER = 5_750
BYTES_LEFT = 15_000_000_000
# The same where only dossiers, their events and the figures are made: 3,100 measured, and room for sums and sorting.
BYTES_PER_LIFE = 4_500


def find_largest(folder: Path, wanted: int, each: int = BYTES_PER_DOSSIER) -> int:
    """The largest number of dossiers, ten times fewer each time, for which the disk has room.

    :param each: bytes of the disk one dossier takes
    """
    free = shutil.disk_usage(folder).free - BYTES_LEFT
    while wanted > 10_000 and wanted * each > free:
        wanted //= 10
    return wanted
