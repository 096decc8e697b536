"""import-catalogue FILE [--dry-run]: the national export, our own file, or an Excel workbook."""

import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from motcua.catalogue import actions
from motcua.catalogue.exchange.difference import Difference
from motcua.catalogue.exchange.facts import Reading, Rejection
from motcua.catalogue.exchange.files import read_file
from motcua.organisations.rules import SYSTEM

SHOWN = 40
BAR = 40


class Command(BaseCommand):
    help = "Nhập danh mục thủ tục hành chính từ tệp .jsonl, .jsonl.gz hoặc .xlsx."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--dry-run", action="store_true", help="chỉ cho xem khác biệt, không ghi")
        parser.add_argument(
            "--close-missing", action="store_true", help="thủ tục không có trong tệp thì hết hiệu lực"
        )
        parser.add_argument("--all", action="store_true", help="in mọi dòng, không chỉ các dòng đầu")

    def handle(self, *args: Any, **options: Any) -> None:
        reading = self._read(options["file"])
        if options["close_missing"] and reading.rejections:
            self._show_rejections(reading, SHOWN)
        difference = actions.import_catalogue(
            actor=SYSTEM,
            procedures=reading.procedures,
            closes_missing=options["close_missing"],
            is_dry_run=options["dry_run"],
            progress=self._show_progress,
            at=timezone.now(),
        )
        most = sys.maxsize if options["all"] else SHOWN
        self._show_difference(difference, most, is_dry_run=options["dry_run"])
        self._show_rejections(reading, most)

    def _read(self, path: Path) -> Reading:
        if not path.is_file():
            raise CommandError(f"Không có tệp {path}")
        try:
            return read_file(path)
        except (ValueError, OSError, EOFError) as fault:
            raise CommandError(f"Không đọc được {path.name}: {fault}") from fault

    def _show_progress(self, done: int, total: int) -> None:
        if self.stderr.isatty() or done == total:
            filled = BAR * done // total
            self.stderr.write(
                f"\r[{'█' * filled}{'·' * (BAR - filled)}] {done}/{total}",
                ending="\n" if done == total else "",
            )

    def _show_difference(self, difference: Difference, most: int, *, is_dry_run: bool) -> None:
        for change in difference.changed[:most]:
            self.stdout.write(f"~ {change.code} {change.name[:80]}")
            for path, before, after in change.fields[:most]:
                self.stdout.write(f"    {path}: {before[:60]!r} → {after[:60]!r}")
        for code, _portal_id in difference.added[:most]:
            self.stdout.write(f"+ {code}")
        verb = "sẽ thêm" if is_dry_run else "đã thêm"
        self.stdout.write(
            f"{verb} {len(difference.added)} · thay đổi {len(difference.changed)} · giữ nguyên {difference.unchanged}"
            f" · không có trong tệp {len(difference.missing)} · hết hiệu lực {difference.closed}"
        )

    def _show_rejections(self, reading: Reading, most: int) -> None:
        for rejection in reading.warnings[: min(most, 5)]:
            self.stdout.write("lưu ý " + _say(rejection))
        for rejection in reading.rejections[:most]:
            self.stdout.write("bỏ qua " + _say(rejection))
        if reading.rejections:
            raise CommandError(f"{len(reading.rejections)} lỗi trong tệp; các dòng đúng đã được xử lý.")


def _say(rejection: Rejection) -> str:
    sheet = f"{rejection.sheet} " if rejection.sheet else ""
    return f"{sheet}dòng {rejection.row}, cột {rejection.column}: {rejection.value!r} {rejection.reason}"
