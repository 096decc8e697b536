"""Read a plan's file for a unit; the reading waits on the page for confirmation."""

from argparse import ArgumentParser
from datetime import date, datetime
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import ProgrammingError
from django.utils import timezone

from motcua.core.refusal import Refused
from motcua.organisations import queries as organisations
from motcua.organisations.rules import SYSTEM
from motcua.programme.actions import importing, keeping
from motcua.programme.queries.owners import find_issuers, has_people
from motcua.programme.words import say_file_doubts


class Command(BaseCommand):
    """`import_plan FILE [--unit CODE] [--year YYYY] [--confirm]`."""

    help = "Đọc kế hoạch từ tệp; bản đọc chờ xác nhận trên trang / read a plan's file"
    # The checks load every address of the project, which takes longer than reading a plan.
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--unit", default="")
        parser.add_argument("--year", type=int, default=None)
        parser.add_argument("--confirm", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            self._import(options, timezone.now())
        except OSError as fault:
            raise CommandError(f"Không mở được tệp / cannot open the file: {fault}") from fault
        except Refused as refusal:
            raise CommandError(refusal.message) from refusal
        except ProgrammingError as fault:
            raise CommandError(
                "Cơ sở dữ liệu chưa được chuẩn bị cho bản này; chạy ./run hoặc ./run serve một lần rồi nhập lại. / "
                "The database is not prepared for this version; start ./run or ./run serve once, then import again."
            ) from fault

    def _import(self, options: dict[str, Any], at: datetime) -> None:
        opened = importing.open_file(options["file"].read_bytes(), options["file"].name, self._say_page)
        unit_id = (
            organisations.get_identity(options["unit"]).pk if options["unit"] else self._tell_unit(opened, at)
        )
        reading = importing.keep_reading(
            actor=SYSTEM, opened=opened, year=options["year"], unit_id=unit_id, at=at
        )
        rows = reading.read["rows"]
        unsure = sum(1 for row in rows if row["unsure"])
        self.stdout.write(f"{len(rows)} dòng / rows, {unsure} cần xem / to look at.")
        for words in say_file_doubts(reading.read["doubts"]):
            self.stdout.write(words)
        if not has_people(unit_id, timezone.localdate(at)):
            self.stdout.write(
                "Chưa ai của đơn vị này có tài khoản ở đây để mở bản đọc; thêm người, hoặc chọn đơn vị khác bằng --unit. / "
                "Nobody of this unit has an account here to open it; add somebody, or choose another unit with --unit."
            )
        if options["confirm"]:
            plan = keeping.confirm(actor=SYSTEM, reading_id=reading.pk, revision=reading.revision, at=at)
            self.stdout.write(f"Đã nhập / kept: /ke-hoach/{plan.pk}/")
        else:
            self.stdout.write(f"Chờ xác nhận / waiting: /ke-hoach/ban-doc/{reading.pk}/")

    def _say_page(self, done: int, total: int) -> None:
        self.stderr.write(f"Bản quét / scan: {done}/{total}")

    def _tell_unit(self, opened: importing.Opened, at: datetime) -> int:
        """The unit that issued the plan, by its name on the plan's day."""
        letter = opened.plan.letter
        today = timezone.localdate(at)
        on = letter.dated or (min(date(letter.year, 1, 1), today) if letter.year else today)
        found = find_issuers(letter.issuer, on)
        if len(found) == 1:
            unit = found[0][0]
            self.stdout.write(f"{unit.name} ({unit.code})")
            return unit.id
        named = "".join(f"\n  --unit {unit.code}  {unit.name}, {above}" for unit, above in found[:20])
        raise CommandError(
            f"Cần ghi --unit MÃ-ĐƠN-VỊ của cơ quan ban hành ({letter.issuer or 'không ghi trong tệp'}). / "
            f"Say whose plan it is with --unit CODE.{named}"
        )
