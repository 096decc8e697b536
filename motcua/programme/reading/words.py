"""Words on a page and the lines they stand in. Coordinates are points from the top left corner."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

_BROKEN_WORD = re.compile(r"\w[-–]$|\S+://\S+$")
# `107/2021/` with `NĐ-CP` on the next line.
_BROKEN_NUMBER = re.compile(r"\d/$")
_REST_OF_NUMBER = re.compile(r"\d{1,4}\b|[A-ZĐ]{2,}[A-ZĐ-]*\b")


@dataclass(frozen=True, slots=True)
class Word:
    """A word and its box; `sure` is False where a scan was hard to read."""

    text: str
    x0: float
    y0: float
    x1: float
    y1: float
    sure: bool = True

    @property
    def middle(self) -> tuple[float, float]:
        """The middle of the box."""
        return (self.x0 + self.x1) / 2, (self.y0 + self.y1) / 2


def group_lines(words: Iterable[Word]) -> list[list[Word]]:
    """Words that share a base line, from left to right; lines from top to bottom."""
    lines: list[list[Word]] = []
    for word in sorted(words, key=lambda w: (w.middle[1], w.x0)):
        height = max(word.y1 - word.y0, 4.0)
        if lines and abs(_middle(lines[-1]) - word.middle[1]) < height * 0.55:
            lines[-1].append(word)
        else:
            lines.append([word])
    return [sorted(line, key=lambda w: w.x0) for line in lines]


def _middle(line: Sequence[Word]) -> float:
    return sum(w.middle[1] for w in line) / len(line)


def join_words(words: Iterable[Word]) -> str:
    """The words of a line with a space between them."""
    return " ".join(word.text for word in words)


def join_cell(words: Iterable[Word]) -> str:
    """The words of a cell, line by line."""
    return join_lines([join_words(line) for line in group_lines(words)])


def join_lines(lines: Sequence[str]) -> str:
    """The lines of a cell; a word broken at its hyphen, or an address, is joined again."""
    joined = ""
    for line in lines:
        whole = bool(_BROKEN_WORD.search(joined)) and line[:1].isalnum()
        whole = whole or (bool(_BROKEN_NUMBER.search(joined)) and bool(_REST_OF_NUMBER.match(line)))
        joined += line if whole or not joined else f"\n{line}"
    return joined
