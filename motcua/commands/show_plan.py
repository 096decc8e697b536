"""What a plan's file says, shown to a person or as JSON; nothing is kept and no database is needed."""

import json
import sys
from pathlib import Path

from motcua.commands.speech import say
from motcua.core.refusal import Refused
from motcua.embedded.trouble import Trouble
from motcua.programme.reading import open_source
from motcua.programme.reading.faults import in_english, name_no_rows, refuse
from motcua.programme.rules import plan as plans
from motcua.programme.rules.plan import ReadPlan, read_plan


def run(path: Path, *, as_json: bool) -> int:
    """Read one file and print what it says."""
    plan = _read_file(path)
    if as_json:
        sys.stdout.write(json.dumps(plans.as_json(plan), ensure_ascii=False, indent=1) + "\n")
    else:
        say(*_describe(plan))
    if plan.tasks:
        _warn_of_part(plan)
        return 0
    refusal = refuse(name_no_rows(plan.doubts))
    sys.stderr.write(f"{refusal.message}\n{in_english(refusal.code)}\n")
    return 1


def _warn_of_part(plan: ReadPlan) -> None:
    """Some table could not be told into columns: what was read is not the whole."""
    if "columns untold" in plan.doubts:
        words = refuse("plan_columns").message
        sys.stderr.write(f"Chỉ đọc được một phần. {words}\nRead in part. {in_english('plan_columns')}\n")


def _read_file(path: Path) -> ReadPlan:
    """Read the file.

    :raises Trouble: it is not there or cannot be read.
    """
    try:
        return read_plan(open_source(path.read_bytes(), path.name, say_page))
    except OSError as fault:
        raise Trouble(f"Không mở được tệp {path}.", f"The file {path} cannot be opened.") from fault
    except Refused as refusal:
        raise Trouble(refusal.message, in_english(refusal.code)) from refusal


def say_page(done: int, total: int) -> None:
    """Tell, beside what is printed, how far a scan is read."""
    sys.stderr.write(f"Bản quét / scan: {done}/{total}\n")


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
