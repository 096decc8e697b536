"""Make the monthly partitions of the permanent tables."""

import argparse
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from motcua.core.partitions import ensure_partitions


class Command(BaseCommand):
    """``manage.py ensure_partitions [--first 2025-07] [--months 24]``; run by the owner of the tables."""

    help = "Makes the missing monthly partitions of the permanent tables."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--first", type=_month, help="first month, as 2025-07; this month when left out")
        parser.add_argument("--months", type=int, default=24)

    def handle(self, *args: Any, **options: Any) -> None:
        made = ensure_partitions(options["first"] or timezone.localdate(), options["months"])
        self.stdout.write(f"{len(made)} partitions made.")


def _month(text: str) -> date:
    try:
        return date.fromisoformat(f"{text}-01")
    except ValueError as fault:
        raise argparse.ArgumentTypeError("a month looks like 2025-07") from fault
