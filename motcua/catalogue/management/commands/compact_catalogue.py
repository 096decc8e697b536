"""compact_catalogue EXPORT: how `catalogue/data/procedures.jsonl.gz` was made from the national export (maintainers)."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from motcua.catalogue.actions.operating import DATA
from motcua.catalogue.exchange.facts import to_row
from motcua.catalogue.exchange.jsonl import read_jsonl, write_jsonl


class Command(BaseCommand):
    help = "Rút gọn bản xuất quốc gia thành tệp dữ kiện đi kèm sản phẩm (không có trình tự và ghi chú)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("export", type=Path)
        parser.add_argument("--to", type=Path, default=DATA / "procedures.jsonl.gz")

    def handle(self, *args: Any, **options: Any) -> None:
        reading = read_jsonl(options["export"])
        if reading.rejections:
            raise CommandError(f"{len(reading.rejections)} lỗi: {reading.rejections[0]}")
        rows = [to_row(facts) for facts in sorted(reading.procedures, key=lambda facts: facts.key)]
        write_jsonl(options["to"], rows)
        self.stdout.write(f"{len(rows)} thủ tục → {options['to']} ({options['to'].stat().st_size:,} byte)")
