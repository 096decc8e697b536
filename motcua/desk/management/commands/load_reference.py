"""What every installation needs before the first dossier; may be repeated."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from motcua.demo import processes
from motcua.legal import actions as legal
from motcua.organisations import actions as organisations
from motcua.reports import actions as reports
from motcua.worktime import actions as worktime


class Command(BaseCommand):
    """`manage.py load_reference`"""

    help = "Nạp ngày nghỉ, con số pháp lý, đơn vị hành chính và danh mục thủ tục; chạy lại không sao."

    def handle(self, *args: Any, **options: Any) -> None:
        """Load each kind and say how much was new."""
        at = timezone.now()
        self.stdout.write(f"  Ngày nghỉ: {worktime.load_holidays()}")
        self.stdout.write(f"  Con số pháp lý: {legal.load_parameters()}")
        self.stdout.write(f"  Đơn vị hành chính: {organisations.load_reference_units()}")
        self.stdout.write(f"  Biểu mẫu báo cáo: {reports.load_forms()}")
        self.stdout.write(f"  Thủ tục: {processes.load_catalogue(at=at)}")
