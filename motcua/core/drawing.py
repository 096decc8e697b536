"""Small drawings: icons, tags, the bar of a clock. Made at once and not by macros: fifty of them are the cost of a page."""

import json
from datetime import datetime
from functools import cache, lru_cache
from pathlib import Path

from markupsafe import Markup

from motcua.core.clock import SHAPES, ClockView
from motcua.core.marked import mark
from motcua.core.writing import iso, moment, short_moment

ICONS = Path(__file__).with_name("icons.json")
_SHAPES = {
    "ok": "check-circle-fill",
    "due": "exclamation-diamond-fill",
    "late": "exclamation-triangle-fill",
    "wait": "pause-circle-fill",
    "info": "circle-fill",
    "brand": "diamond-fill",
}


@cache
def _drawings() -> dict[str, str]:
    drawings: dict[str, str] = json.loads(ICONS.read_text(encoding="utf-8"))
    return drawings


@cache
def icon(name: str, label: str = "") -> Markup:
    """A vendored drawing, inline; without a label it is decoration. A missing one (tested) leaves its place empty."""
    said = Markup('role="img" aria-label="{}"').format(label) if label else Markup('aria-hidden="true"')
    return Markup(
        '<svg class="icon" viewBox="0 0 16 16" width="16" height="16" fill="currentColor" {}>{}</svg>'
    ).format(said, Markup(_drawings().get(name, "")))


# Sentences of a clock are plain text; a label may be markup already, which is left as it is.
def draw_tag(label: str, tone: str = "plain") -> Markup:
    """A word and a shape. tone: ok | due | late | wait | info | brand | plain."""
    drawing = icon(_SHAPES.get(tone, "circle"))
    return Markup(f'<span class="tag tag-{mark(tone)}">{drawing}{mark(label)}</span>')  # noqa: S704


def draw_bar(view: ClockView, language: str | None = None) -> Markup:
    """How far, with the due mark once it is passed and the pauses hatched; said in words for whoever does not see it."""
    return Markup(_write_bar(view, mark(view.say(language))))  # noqa: S704 - figures, and words that are escaped


_share = lru_cache(maxsize=2048)(str)
"""A thousandth of a bar: there are a thousand and one of them, and writing a fraction takes long."""


def _write_bar(view: ClockView, label: str) -> str:
    passed, due, over, hatches = view.bar
    more = ""
    if over:
        more = f'<rect class="clock-over" x="{_share(due)}%" width="{_share(over)}%" height="100%"/>'
    for x, width in hatches:
        more += f'<rect x="{_share(x)}%" width="{_share(width)}%" height="100%" fill="url(#hatch)"/>'
    if due:
        more += f'<rect class="clock-mark" x="{_share(due)}%" width="2" height="100%"/>'
    return (
        f'<svg class="clock-bar" role="img" aria-label="{label}">'
        '<rect class="clock-track" width="100%" height="100%"/>'
        f'<rect class="clock-passed" width="{_share(passed)}%" height="100%"/>{more}</svg>'
    )


def draw_row(view: ClockView, language: str | None = None) -> Markup:
    """Bar, words and date on one line, the year where it is not this one; a matter without a limit has its words alone."""
    return Markup(write_row(view, language))  # noqa: S704 - as above


def write_row(view: ClockView, language: str | None) -> str:
    """The same as plain text, for lists: a copy of fifty drawings is a page of its own."""
    tone, due, words = view.tone, view.due_at, view.words
    said = f'<span class="clock-words">{icon(SHAPES[tone])}{mark(words)}</span>'
    if due is None:
        return f'<span class="clock clock-row clock-{tone}">{said}</span>'
    bar, date = _write_bar(view, mark(view.say(language, words))), _write_date(due, view.now.year)
    return f'<span class="clock clock-row clock-{tone}">{bar}{said}{date}</span>'


@lru_cache(maxsize=2048)
def _write_date(due: datetime, this_year: int) -> str:
    """Most of what a list shows is due at a closing hour it shares."""
    said = short_moment(due) if due.year == this_year else moment(due)
    return f'<time class="clock-date" datetime="{iso(due)}">{said}</time>'
