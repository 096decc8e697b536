"""The demonstration province: units, officers, procedures operated, and some months of work."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from motcua.demo import (
    absences,
    answers,
    consignments,
    dossiers,
    earlier,
    filings,
    joints,
    mergers,
    numbers,
    plans,
    processes,
    province,
    turns,
)

SIGN_IN_FILE = "sign-in.txt"


class Command(BaseCommand):
    """`manage.py load_demonstration [--count N]`"""

    help = "Nạp tỉnh trình diễn; chạy lại không sao. Không dùng ở nơi làm việc thật."

    def add_arguments(self, parser: CommandParser) -> None:
        """How many dossiers."""
        parser.add_argument("--count", type=int, default=300)

    def handle(self, *args: Any, **options: Any) -> None:
        """Load step by step, telling what was done; the names to sign in with go where the launcher prints them from."""
        at = timezone.now()
        province.load(at)
        self.stdout.write("  Đơn vị và cán bộ: xong")
        operated, tables = processes.load_operations(province_code="44", at=at)
        self.stdout.write(f"  Thủ tục được thực hiện: {operated}, quy trình nội bộ: {tables}")
        made = dossiers.load(at, options["count"], tell=lambda line: self.stdout.write(f"  (bỏ qua) {line}"))
        self.stdout.write(f"  Hồ sơ: {made}")
        if made and options["count"]:
            self.stdout.write(f"  Hồ sơ cũ hết thời hạn lưu: {earlier.load(at)}")
        self.stdout.write(f"  Hồ sơ nộp trực tuyến: {filings.load(at)}")
        self.stdout.write(f"  Hồ sơ liên thông: {joints.load(at) if made else 0}")
        self.stdout.write(f"  Bảng kê bưu chính: {consignments.load(at)}")
        self.stdout.write(f"  Vắng mặt: {absences.load(at)}")
        self.stdout.write(f"  Sắp xếp tổ chức: {mergers.load(at)}")
        if made:
            told = turns.remind_and_publish(at)
            self.stdout.write(f"  Lời nhắc: {told['reminders']}, hồ sơ trễ hẹn công khai: {told['late']}")
        self.stdout.write(f"  Đánh giá mức độ hài lòng: {answers.load(at)}")
        self.stdout.write(f"  Đơn vị được hỏi số liệu: {numbers.load(at)}")
        self.stdout.write(f"  Kế hoạch: {plans.load(at)}")
        self._write_sign_ins()

    def _write_sign_ins(self) -> None:
        width = max(len(name) for name, _post, _unit in province.SIGN_INS)
        lines = [f"  {name.ljust(width)}  {post} – {unit}" for name, post, unit in province.SIGN_INS]
        head = f"  Mật khẩu chung của bản trình diễn / password of the demonstration: {province.PASSWORD}"
        settings.DATA_DIR.mkdir(parents=True, exist_ok=True)
        (settings.DATA_DIR / SIGN_IN_FILE).write_text("\n".join([head, *lines]) + "\n", encoding="utf-8")
