"""A province ready to be filled: tables, reference data, units, officers and procedures, and no dossier yet."""

import os
from datetime import date, timedelta

from django.core.management import call_command
from django.db import connection
from django.utils import timezone

from motcua.bench import database
from motcua.bench.filling import WORKING_DAYS, fill
from motcua.commands.grants import grant_app_role
from motcua.commands.prepare import prepare
from motcua.commands.speech import say
from motcua.core.partitions import ensure_partitions


def prepare_model() -> None:
    """Everything of an installation and of the demonstration but its dossiers, with months for the past."""
    prepare(with_demonstration=False)
    call_command("load_demonstration", count=0, verbosity=0)
    first = timezone.localdate() - timedelta(days=WORKING_DAYS * 7 // 5 + 31)
    ensure_partitions(first, _count_months(first, timezone.localdate()) + 3)
    grant_app_role(connection)


def fill_named(count: int) -> None:
    """Fill the database of the environment, preparing it first when it is empty; nothing when it is filled already."""
    url = os.environ["DATABASE_URL"]
    if "dossiers_dossier" not in connection.introspection.table_names():
        prepare_model()
    call_command("migrate", verbosity=0, interactive=False)
    grant_app_role(connection)
    if database.read_made(url) == count:
        return
    connection.close()
    say(f"Tạo {count:,} hồ sơ… / making {count:,} dossiers…".replace(",", "."))
    fill(url, count, timezone.localdate(), say)
    grant_app_role(connection)


def _count_months(first: date, last: date) -> int:
    return (last.year - first.year) * 12 + last.month - first.month + 1
