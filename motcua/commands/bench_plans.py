"""`./run bench plans`: how well the five plans of the reference material are read, file by file."""

import argparse

from motcua.bench.plans import Score, find_reference, measure_plans
from motcua.commands.options import ROOT, new_parser
from motcua.commands.speech import say


def run(arguments: list[str]) -> int:
    """Print the figures; exit status 1 when a row, a deadline or more than one cell in a hundred is wrong."""
    options = _read(arguments)
    shared = find_reference(ROOT)
    if shared is None:
        say(
            "Không đo được: không có ../shared/plans và ../shared/reference bên cạnh mã nguồn.",
            "Nothing to measure: ../shared/plans and ../shared/reference are not beside the repository.",
        )
        return 0
    scores = measure_plans(shared)
    say(*_table(scores))
    if options.faults:
        say("", *(f"{score.name}: {fault}" for score in scores for fault in score.faults))
    return 0 if _reaches_goal(scores) else 1


def _read(arguments: list[str]) -> argparse.Namespace:
    parser = new_parser("bench plans", "Đo việc đọc kế hoạch / measure the reading of plans")
    parser.add_argument("--faults", action="store_true", help="in từng ô sai / print each cell that differs")
    return parser.parse_args(arguments)


def _table(scores: list[Score]) -> list[str]:
    head = f"{'tệp / file':<30}{'dòng / rows':>14}{'ô / cells':>14}{'hạn / kinds':>14}{'số / numbers':>14}{'giây / s':>10}"
    lines = [head, *(_line(score) for score in scores)]
    total = [sum(getattr(s, name) for s in scores) for name in Score.__slots__[1:8]]
    rows, found, cells, exact, kinds, numbers, seconds = total
    lines.append(_line(Score("tổng / total", rows, found, cells, exact, kinds, numbers, seconds)))
    lines.append(f"{'':<30}{'':>14}{100 * exact / max(cells, 1):>13.2f}%")
    return lines


def _line(score: Score) -> str:
    parts = (
        f"{score.rows_found}/{score.rows_expected}",
        f"{score.cells_exact}/{score.cells}",
        f"{score.kinds_right}/{score.rows_expected}",
        f"{score.numbers_right}/{score.rows_expected}",
    )
    return f"{score.name:<30}" + "".join(f"{part:>14}" for part in parts) + f"{score.seconds:>10.2f}"


def _reaches_goal(scores: list[Score]) -> bool:
    """All rows, all kinds, at least 99 of 100 cells."""
    cells = sum(s.cells for s in scores)
    exact = sum(s.cells_exact for s in scores)
    whole = all(s.rows_found == s.kinds_right == s.rows_expected for s in scores)
    return whole and exact * 100 >= cells * 99
