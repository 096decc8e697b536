"""`./run index-score FILE.csv`: points by Decision 766/QĐ-TTg for figures from anywhere; needs no database."""

import gettext
import json
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

from motcua.commands.options import ROOT, new_parser
from motcua.commands.speech import say
from motcua.embedded.trouble import Trouble
from motcua.indices import sets
from motcua.indices.rules import Fault, Score, read_figures, score
from motcua.worktime.rules import ZONE


def run(arguments: list[str]) -> int:
    """Read, score, print: each indicator, each group, the total.

    :raises Trouble: the file cannot be read, or a row of it is wrong.
    """
    parser = new_parser("index-score", "Chấm điểm theo Quyết định 766 / score by Decision 766/QĐ-TTg")
    parser.add_argument(
        "file",
        type=Path,
        metavar="FILE.csv",
        help="tệp CSV có các cột indicator,numerator,denominator / a CSV file with these columns",
    )
    parser.add_argument(
        "--on",
        type=date.fromisoformat,
        default=datetime.now(ZONE).date(),
        metavar="YYYY-MM-DD",
        help="ngày áp dụng / day of the rules",
    )
    parser.add_argument("--json", action="store_true", help="in dạng JSON / print JSON")
    options = parser.parse_args(arguments)
    try:
        indicators = sets.get_indicators(options.on)
    except sets.NoSetOfIndicators as fault:
        day = f"{options.on:%d/%m/%Y}"
        raise Trouble(f"Ngày {day} chưa có bộ chỉ số.", f"There is no set of indicators on {day}.") from fault
    figures, faults = read_figures(_read(options.file), [one.code for one in indicators])
    if faults:
        raise _to_trouble(options.file, faults)
    made = score(indicators, figures, sets.get_bands(options.on))
    say(json.dumps(_to_plain(made), ensure_ascii=False, indent=2) if options.json else _draw(made))
    return 0


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as fault:
        raise Trouble(
            f"Không đọc được tệp {path}: {fault.strerror}.",
            f"The file {path} cannot be read: {fault.strerror}.",
        ) from fault


def _to_trouble(path: Path, faults: list[Fault]) -> Trouble:
    english = gettext.translation("django", ROOT / "motcua" / "locale", ["en"], fallback=True).gettext
    return Trouble(
        "\n".join([f"Chưa chấm điểm được tệp {path}:", *(f"  {one.say()}" for one in faults)]),
        "\n".join([f"The file {path} was not scored:", *(f"  {one.say(english)}" for one in faults)]),
    )


def _draw(made: Score) -> str:
    lines = []
    for group in made.groups:
        lines.append(f"{group.name}: {group.points:.2f} / {group.most:g}")
        for line in group.lines:
            rate = "–" if line.rate is None else f"{line.rate:.2f}%"
            of = (
                f"{line.points:.2f} / {line.indicator.points:g}"
                if line.indicator.points
                else "(không tính điểm)"
            )
            lines.append(f"  {line.indicator.code:<5}{rate:>9}  {of:<18}{line.indicator.name}")
    word = f"  {made.band.label}" if made.band else ""
    lines += ["", f"Tổng điểm / Total: {made.total:.2f} / {made.most:g}{word}"]
    if made.missing:
        codes = ", ".join(line.indicator.code for line in made.missing)
        lines.append(f"Chưa có số liệu, không được điểm / without figures, no points: {codes}")
    return "\n".join(lines)


def _to_plain(made: Score) -> dict[str, object]:
    def write(value: Decimal | None) -> float | None:
        return None if value is None else round(float(value), 2)

    return {
        "total": write(made.total),
        "most": write(made.most),
        "band": made.band.label if made.band else None,
        "groups": [{"code": g.code, "name": g.name, "points": write(g.points), "most": write(g.most)} for g in made.groups],
        "indicators": [
            {"code": line.indicator.code, "name": line.indicator.name, "rate": write(line.rate),
             "points": write(line.points), "most": write(line.indicator.points)}
            for line in made.lines
        ],
    }  # fmt: skip
