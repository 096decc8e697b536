"""Products of tasks that come into being in this house, and which words of a plan seem to mean them."""

import re
from collections.abc import Iterable
from datetime import date
from enum import StrEnum

from motcua.programme.rules.standing import Days
from motcua.programme.rules.words import flatten


class Product(StrEnum):
    """What a task is to bring forth, where the house sees it itself."""

    PROCESS = "process"
    OFFICER_LIST = "officer_list"
    UNIT_PLAN = "unit_plan"
    STATUTORY_REPORT = "statutory_report"


_HINTS: tuple[tuple[Product, str], ...] = (
    (
        Product.OFFICER_LIST,
        r"(?:danh sach|kien toan).{0,40}(?:can bo|cong chuc).{0,20}dau moi|can bo dau moi",
    ),
    (Product.PROCESS, r"quy trinh (?:noi bo|dien tu)"),
    (Product.STATUTORY_REPORT, r"bao cao.{0,60}(?:dinh ky|hang quy|kiem soat thu tuc|kiem soat tthc)"),
    (Product.UNIT_PLAN, r"ke hoach (?:kiem soat|cua (?:don vi|cac))"),
)


def suggest_product(content: str, product: str) -> Product | None:
    """What the words of a task seem to ask for; a person decides."""
    flat = flatten(f"{product} {content}")
    return next((name for name, words in _HINTS if re.search(words, flat)), None)


def choose_occurrence(periods: Iterable[tuple[int, Days]], on: date) -> int | None:
    """Which open period a product of a day belongs to: the one the day lies in, else the last that was missed."""
    held = [(pk, days, days.due_on or days.review_on or days.first_on) for pk, days in periods]
    inside = [(end, pk) for pk, days, end in held if days.first_on <= on <= end]
    missed = [(end, pk) for pk, _days, end in held if end < on]
    if inside:
        return min(inside)[1]
    return max(missed)[1] if missed else None
