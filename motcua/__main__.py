"""The command line of the project: `./run` hands every word over to the functions named here."""

import os
import sys
from importlib import import_module
from importlib.util import find_spec

from motcua.commands.speech import complain, say
from motcua.embedded.trouble import Trouble

# name: (module of motcua.commands, Vietnamese, English); a name is listed once its module is there.
COMMANDS = {
    "": ("demonstration", "chạy bản trình diễn", "run the demonstration (--port, --data DIR, --fresh)"),
    "test": ("test", "chạy mọi kiểm thử", "run every test; further words go to pytest"),
    "serve": ("serve", "chạy thật", "run for real: DATABASE_URL and MOTCUA_* (docs/guides/operator.md)"),
    "check": (
        "check",
        "kiểm tra mã nguồn",
        "format, lint, types, contracts, migrations, templates, translations",
    ),
    "translations": (
        "translations",
        "cập nhật bản dịch",
        "bring the English catalogue up to date and compile it",
    ),
    "bench": ("bench", "đo tốc độ", "measure the running server"),
    "screens": ("screens", "chụp màn hình vào docs/screens", "pictures of the pages into docs/screens"),
    "backup": ("backup", "sao lưu ra TỆP", "keep database and files in FILE"),
    "restore": ("restore", "khôi phục từ TỆP", "bring FILE back into an empty place"),
    "administrator": (
        "administrator",
        "quản trị viên đầu tiên",
        "the first administrator: USERNAME NAME UNIT",
    ),
    "rekey": ("rekey", "đổi khóa mã hóa", "encrypt fields anew under the first of MOTCUA_FIELD_KEYS"),
    "import-catalogue": (
        "import_catalogue",
        "nhập danh mục thủ tục",
        "import procedures from FILE [--dry-run]",
    ),
    "export-catalogue": ("export_catalogue", "xuất danh mục thủ tục", "export procedures to FILE.xlsx"),
    "import-plan": (
        "import_plan",
        "nhập kế hoạch năm",
        "read the plan of the year from FILE [--unit CODE] [--year YYYY] [--dry-run] [--json]",
    ),
    "index-score": (
        "index_score",
        "chấm điểm chỉ số 766",
        "points by Decision 766 for FILE.csv; needs no database",
    ),
    "verify-history": (
        "verify_history",
        "kiểm tra lịch sử",
        "name the first row that is not as it was sealed",
    ),
    "pretend": (
        "pretend",
        "hệ thống bạn giả lập",
        "a pretended neighbour: npsp, sms, mail or tsa (--port, --mode)",
    ),
    "manage": ("manage", "lệnh quản trị", "Django's own commands on this installation"),
    "worker": ("worker", "chạy việc nền", "the background worker alone"),
    "lock": ("lock", "khoá lại thư viện", "make the lock files anew from requirements*.in"),
    "help": ("", "trang này", "this page"),
}
# What these write belongs to whoever works on the project; everything else writes people's data.
_OPEN_COMMANDS = {"test", "check", "bench", "screens", "lock"}


def main(words: list[str]) -> int:
    """Find the command and run it; a person's trouble is told in two sentences, with its exit status."""
    name, rest = (words[0], words[1:]) if words and not words[0].startswith("-") else ("", words)
    if name == "help" or words in (["-h"], ["--help"]):
        return show_help()
    if name not in COMMANDS or not is_there(name):
        say(f"Không có lệnh “{name}”. / There is no command “{name}”.", "")
        return show_help() or 2
    if name not in _OPEN_COMMANDS:
        os.umask(0o077)
    try:
        return int(import_module(f"motcua.commands.{COMMANDS[name][0]}").run(rest))
    except Trouble as trouble:
        complain(trouble)
        return trouble.status
    except KeyboardInterrupt:
        return 130


def is_there(name: str) -> bool:
    """Whether the module of a command exists."""
    return bool(COMMANDS[name][0]) and find_spec(f"motcua.commands.{COMMANDS[name][0]}") is not None


def show_help() -> int:
    """List the commands that exist."""
    listed = [name for name in COMMANDS if name == "help" or is_there(name)]
    rows = [f"  ./run {name:<18}{COMMANDS[name][1]} / {COMMANDS[name][2]}" for name in listed]
    say("Một cửa – điều khiển / commands:", "", *rows)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
