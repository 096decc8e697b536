"""export-catalogue FILE: the catalogue in force as an Excel workbook, or as our own compact file."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from motcua.catalogue.exchange.facts import to_row
from motcua.catalogue.exchange.jsonl import write_jsonl
from motcua.catalogue.exchange.workbook import write_workbook
from motcua.catalogue.queries.held import read_facts


class Command(BaseCommand):
    help = "Xuất danh mục thủ tục hành chính ra tệp .xlsx hoặc .jsonl.gz."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--operated", action="store_true", help="chỉ các thủ tục tỉnh đang tiếp nhận")

    def handle(self, *args: Any, **options: Any) -> None:
        path: Path = options["file"]
        procedures = list(read_facts(operated_only=options["operated"]))
        if path.suffix == ".xlsx":
            path.write_bytes(write_workbook(procedures))
        elif path.name.endswith(".jsonl.gz"):
            write_jsonl(path, map(to_row, procedures))
        else:
            raise CommandError("Tên tệp phải kết thúc bằng .xlsx hoặc .jsonl.gz")
        self.stdout.write(f"{len(procedures)} thủ tục → {path}")
