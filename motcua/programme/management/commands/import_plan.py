"""Read a plan's file for a unit; the reading waits on the page for confirmation."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import ProgrammingError
from django.utils import timezone

from motcua.core.refusal import Refused
from motcua.organisations import queries as organisations
from motcua.organisations.rules import SYSTEM
from motcua.programme.actions import importing, keeping


class Command(BaseCommand):
    """`import_plan FILE --unit CODE [--year YYYY] [--confirm]`."""

    help = "Đọc kế hoạch từ tệp; bản đọc chờ xác nhận trên trang / read a plan's file"
    # The checks load every address of the project, which takes longer than reading a plan.
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--unit", required=True)
        parser.add_argument("--year", type=int, default=None)
        parser.add_argument("--confirm", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        at = timezone.now()
        try:
            unit = organisations.get_identity(options["unit"])
            reading = importing.read_file(
                actor=SYSTEM,
                content=options["file"].read_bytes(),
                name=options["file"].name,
                year=options["year"],
                unit_id=unit.pk,
                at=at,
            )
            rows = reading.read["rows"]
            unsure = sum(1 for row in rows if row["unsure"])
            self.stdout.write(f"{len(rows)} dòng / rows, {unsure} cần xem / to look at.")
            if options["confirm"]:
                plan = keeping.confirm(actor=SYSTEM, reading_id=reading.pk, revision=reading.revision, at=at)
                self.stdout.write(f"Đã nhập / kept: /ke-hoach/{plan.pk}/")
            else:
                self.stdout.write(f"Chờ xác nhận / waiting: /ke-hoach/ban-doc/{reading.pk}/")
        except OSError as fault:
            raise CommandError(f"Không mở được tệp / cannot open the file: {fault}") from fault
        except Refused as refusal:
            raise CommandError(refusal.message) from refusal
        except ProgrammingError as fault:
            raise CommandError(
                "Cơ sở dữ liệu chưa được chuẩn bị cho bản này; chạy ./run hoặc ./run serve một lần rồi nhập lại. / "
                "The database is not prepared for this version; start ./run or ./run serve once, then import again."
            ) from fault
