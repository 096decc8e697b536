"""A job of the timetable, now and once: for an operator who does not want to wait for its turn."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone


class Command(BaseCommand):
    """`manage.py run_job NAME`"""

    help = "Chạy ngay một việc định kỳ; không tên thì in danh sách."

    def add_arguments(self, parser: CommandParser) -> None:
        """Which one."""
        parser.add_argument("names", nargs="*")

    def handle(self, *args: Any, **options: Any) -> None:
        """Run them in the order they are named and say how much each did."""
        from motcua.schedule import JOBS

        jobs = {job.name: job for job in JOBS}
        if unknown := [name for name in options["names"] if name not in jobs]:
            raise CommandError(f"Không có việc {', '.join(unknown)}. Có: {', '.join(jobs)}")
        for name in options["names"]:
            self.stdout.write(f"{name}: {jobs[name].act(timezone.now())}")
        if not options["names"]:
            self.stdout.write("\n".join(f"{job.name}  {job.cron}" for job in JOBS))
