"""Give a neighbouring system a token for the API."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from motcua.organisations.actions.tokens import SCOPES, issue_token
from motcua.organisations.models import Assignment
from motcua.organisations.rules import SYSTEM


class Command(BaseCommand):
    """`manage.py issue_token TÊN-ĐĂNG-NHẬP "Tên hệ thống" [--scope …]`"""

    help = "Cấp khóa cho hệ thống ngoài, làm việc theo phân công của một tài khoản; khóa chỉ hiện một lần."

    def add_arguments(self, parser: CommandParser) -> None:
        """Whose posting, which system, how far."""
        parser.add_argument("username")
        parser.add_argument("name")
        parser.add_argument("--scope", action="append", choices=SCOPES)

    def handle(self, *args: Any, **options: Any) -> None:
        """Issue and show once."""
        at = timezone.now()
        on = timezone.localdate(at)
        held = (
            Assignment.objects.on(on).filter(user__username=options["username"]).order_by("is_reserve", "pk")
        )
        assignment = held.first()
        if assignment is None:
            raise CommandError("Tài khoản này không có phân công nào còn hiệu lực hôm nay.")
        text = issue_token(
            actor=SYSTEM,
            assignment_id=assignment.pk,
            name=options["name"],
            scopes=options["scope"] or SCOPES[:1],
            valid_from=on,
            at=at,
        )
        self.stdout.write(text)
