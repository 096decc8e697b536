"""Small drawings: icons, tags, the bar of a clock. Made at once and not by macros: fifty of them are the cost of a page."""

import json
from functools import cache
from html import escape as escape_plain
from pathlib import Path

from markupsafe import Markup, escape

from motcua.core.clock import SHAPES, ClockView
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
    return Markup(f'<span class="tag tag-{escape(tone)}">{drawing}{escape(label)}</span>')  # noqa: S704


def draw_bar(view: ClockView, language: str | None = None) -> Markup:
    """How far, with the due mark once it is passed and the pauses hatched; said in words for whoever does not see it."""
    return Markup(_write_bar(view, language))  # noqa: S704 - figures, and words that are escaped


def _write_bar(view: ClockView, language: str | None) -> str:
    passed, mark, over, hatches = view.bar
    parts = [
        f'<svg class="clock-bar" role="img" aria-label="{escape_plain(view.say(language))}">'
        '<rect class="clock-track" width="100%" height="100%"/>'
        f'<rect class="clock-passed" width="{passed}%" height="100%"/>'
    ]
    if over:
        parts.append(f'<rect class="clock-over" x="{mark}%" width="{over}%" height="100%"/>')
    parts += [f'<rect x="{x}%" width="{width}%" height="100%" fill="url(#hatch)"/>' for x, width in hatches]
    if mark:
        parts.append(f'<rect class="clock-mark" x="{mark}%" width="2" height="100%"/>')
    parts.append("</svg>")
    return "".join(parts)


def draw_row(view: ClockView, language: str | None = None) -> Markup:
    """Bar, words and date on one line, the year where it is not this one; a matter without a limit has its words alone."""
    tone, due = view.tone, view.due_at
    words = f'<span class="clock-words">{icon(SHAPES[tone])}{escape_plain(view.words)}</span>'
    bar = date = ""
    if due:
        bar = _write_bar(view, language)
        said = short_moment(due) if due.year == view.now.year else moment(due)
        date = f'<time class="clock-date" datetime="{iso(due)}">{said}</time>'
    return Markup(f'<span class="clock clock-row clock-{tone}">{bar}{words}{date}</span>')  # noqa: S704 - as above
