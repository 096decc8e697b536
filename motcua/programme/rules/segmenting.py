"""Lines without borders shared out among columns, by what each column usually holds."""

from collections.abc import Sequence

from motcua.core.text import clean_line
from motcua.programme.rules.columns import Field
from motcua.programme.rules.suiting import suits

# With no more lines than columns hardly any cell has two lines.
_DEAR_JOINT = 5.0
_EMPTY = {Field.CONTENT: -12.0, Field.TIME: -5.0, Field.LEAD: -5.0}


def divide(lines: Sequence[tuple[str, bool]], fields: Sequence[Field]) -> list[str]:
    """The texts of the columns, in order. Each line goes to one column; a column may stay empty.

    :param lines: words and whether an empty line stands before them
    """
    if len(lines) <= 1:
        return [clean_line(" ".join(text for text, _ in lines))] + [""] * (len(fields) - 1)
    best: list[dict[int, tuple[float, list[str]]]] = [{0: (0.0, [])}]
    dear = _DEAR_JOINT if len(lines) <= len(fields) else 0.0
    for name in fields:
        best.append(_extend(best[-1], lines, name, dear))
    return best[-1][len(lines)][1]


def _extend(
    before: dict[int, tuple[float, list[str]]], lines: Sequence[tuple[str, bool]], name: Field, dear: float
) -> dict[int, tuple[float, list[str]]]:
    """The best way to have used so many lines after one more column."""
    after: dict[int, tuple[float, list[str]]] = {}
    for used, (score, texts) in before.items():
        for end in range(used, len(lines) + 1):
            new = score + _weigh(lines[used:end], name, dear)
            if end not in after or new > after[end][0]:
                after[end] = (new, [*texts, clean_line(" ".join(text for text, _ in lines[used:end]))])
    return after


def _weigh(part: Sequence[tuple[str, bool]], name: Field, dear: float) -> float:
    """How well some lines together are one cell of a column."""
    if not part:
        return _EMPTY.get(name, -1.0)
    text = clean_line(" ".join(words for words, _ in part))
    joints = sum(_weigh_joint(part[n - 1][0], *part[n]) - dear for n in range(1, len(part)))
    return suits(name, text) + joints


def _weigh_joint(above: str, below: str, after_blank: bool) -> float:
    """Two lines are one cell rather when the second begins small or the first breaks off."""
    weight = -1.5 if after_blank else -0.5
    if below[:1].islower() or below[:1] in "-+(":
        weight += 2.0
    return weight + (0.5 if above[-1:] in ",;" else 0.0)
