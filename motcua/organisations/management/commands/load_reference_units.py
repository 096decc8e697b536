"""Load the provinces, districts and communes of the country, before and after 1 July 2025."""

from typing import Any

from django.core.management.base import BaseCommand

from motcua.organisations import actions


class Command(BaseCommand):
    """`manage.py load_reference_units`"""

    help = "Nạp đơn vị hành chính cả nước trước và sau 01/7/2025; chạy lại không sao."

    def handle(self, *args: Any, **options: Any) -> None:
        """Load and say how many came."""
        self.stdout.write(f"{actions.load_reference_units()} đơn vị mới.")
