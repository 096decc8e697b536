"""Bring every encrypted column under the first of MOTCUA_FIELD_KEYS."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from motcua.accounts import actions as accounts
from motcua.audit import actions as audit
from motcua.core.rekeying import EncryptedColumn, rekey
from motcua.dossiers.actions.encrypted import ENCRYPTED as DOSSIERS
from motcua.feedback.actions import ENCRYPTED as FEEDBACK
from motcua.integrations.actions.inbox import ENCRYPTED as INTEGRATIONS
from motcua.people.actions import ENCRYPTED as PEOPLE

COLUMNS: tuple[EncryptedColumn, ...] = (*FEEDBACK, *PEOPLE, *DOSSIERS, *accounts.ENCRYPTED, *INTEGRATIONS)


class Command(BaseCommand):
    """`manage.py rekey`: safe to cut short and to repeat; ends with a fault when something could not be read."""

    help = (
        "Mã hóa lại số định danh, điện thoại… bằng khóa đầu tiên của MOTCUA_FIELD_KEYS; chạy lại không sao."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        """Column after column, telling how many rows were written and which could not be."""
        left = 0
        for column in COLUMNS:
            result = rekey(column)
            left += len(result.left)
            self.stdout.write(f"  {column.table}.{column.column}: {result.done}")
            for pk in result.left[:20]:
                self.stderr.write(f"  {column.table}.{column.column} id={pk}: không đọc hoặc không ghi được")
        audit.record("core.rekeyed", actor="system", note=f"left {left}", at=timezone.now())
        if left:
            raise CommandError(f"{left} dòng còn dùng khóa cũ: giữ khóa cũ lại, đừng bỏ.")
