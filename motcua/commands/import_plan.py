"""`./run import-plan FILE`: read the plan of the year; `--dry-run --json` shows what was read and keeps nothing."""

import argparse
import json
import os
import sys
from pathlib import Path

from motcua.commands import manage
from motcua.commands.options import new_parser
from motcua.commands.speech import say
from motcua.core.refusal import Refused
from motcua.embedded.trouble import Trouble
from motcua.programme.reading import open_source
from motcua.programme.reading.faults import in_english
from motcua.programme.rules.plan import ReadPlan, as_json, read_plan


def run(arguments: list[str]) -> int:
    """Read one file. Without `--dry-run` the plan is kept as a draft that waits for a person's confirmation."""
    options = _read(arguments)
    if not options.dry_run:
        if not options.unit:
            raise Trouble(
                "Cần ghi --unit MÃ-ĐƠN-VỊ của cơ quan ban hành, hoặc --dry-run để chỉ đọc.",
                "Say whose plan it is with --unit CODE, or --dry-run to read only.",
            )
        return manage.run(["import_plan", *_as_words(options)])
    plan = _read_file(options.file)
    if options.as_json:
        sys.stdout.write(json.dumps(as_json(plan), ensure_ascii=False, indent=1) + "\n")
        return 0
    say(*_describe(plan))
    return 0


def _read(arguments: list[str]) -> argparse.Namespace:
    parser = new_parser("import-plan", "Nhập kế hoạch / read the plan of the year")
    parser.add_argument("file", type=Path, metavar="FILE", help=".docx .pdf .xlsx .txt .png .jpg")
    parser.add_argument("--unit", default="", metavar="CODE", help="mã đơn vị / whose plan it is")
    parser.add_argument("--year", type=int, default=None, metavar="YYYY", help="năm / its year")
    parser.add_argument("--confirm", action="store_true", help="nhập luôn / make it a plan at once")
    parser.add_argument("--dry-run", action="store_true", help="chỉ đọc, không lưu / read, keep nothing")
    parser.add_argument("--json", action="store_true", dest="as_json", help="in JSON / print JSON")
    return parser.parse_args(arguments)


def _as_words(options: argparse.Namespace) -> list[str]:
    words = [os.path.abspath(options.file)]
    words += ["--unit", options.unit] if options.unit else []
    words += ["--confirm"] if options.confirm else []
    return words + (["--year", str(options.year)] if options.year else [])


def _read_file(path: Path) -> ReadPlan:
    """Read the file.

    :raises Trouble: it is not there or cannot be read.
    """
    try:
        return read_plan(open_source(path.read_bytes(), path.name))
    except OSError as fault:
        raise Trouble(f"Không mở được tệp {path}.", f"The file {path} cannot be opened.") from fault
    except Refused as refusal:
        raise Trouble(refusal.message, in_english(refusal.code)) from refusal


def _describe(plan: ReadPlan) -> list[str]:
    """A few lines for a person: what it is, how many rows, what to look at."""
    letter = plan.letter
    unsure = [task for task in plan.tasks if task.unsure]
    return [
        letter.title or "(không có tên / no title)",
        f"{letter.number or 'dự thảo / draft'} · {letter.dated or '—'} · {letter.issuer or '—'} · {letter.signer or '—'}",
        f"{len(plan.tasks)} dòng / rows, {len(unsure)} cần xem / to look at:",
        *(
            f"  {t.appendix} {t.section.number} {t.number} (dòng {t.line}): {', '.join(t.unsure)}"
            for t in unsure
        ),
    ]
