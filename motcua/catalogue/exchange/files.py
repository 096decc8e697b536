"""The right reader for a file."""

from pathlib import Path

from django.utils.translation import gettext as _

from motcua.catalogue.exchange.facts import Reading
from motcua.catalogue.exchange.jsonl import read_jsonl
from motcua.catalogue.exchange.workbook import read_workbook


def read_file(path: Path) -> Reading:
    """Procedures from a .xlsx, .jsonl or .jsonl.gz file.

    :raises ValueError: the file is none of these, or damaged.
    """
    if path.suffix.lower() == ".xlsx":
        return read_workbook(path.read_bytes())
    if path.name.lower().endswith((".jsonl", ".jsonl.gz")):
        return read_jsonl(path)
    raise ValueError(_("Tên tệp phải kết thúc bằng .xlsx, .jsonl hoặc .jsonl.gz."))
