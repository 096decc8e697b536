"""Small drawings: icons, tags, the bar of a clock. Made at once and not by macros: fifty of them are the cost of a page."""

import json
from functools import cache
from pathlib import Path

from markupsafe import Markup, escape

from motcua.core.clock import SHAPES, ClockView
from motcua.core.writing import iso, short_moment

ICONS = Path(__file__).with_name("icons.json")
_SHAPES = {
    "ok": "check-circle-fill",
    "due": "exclamation-diamond-fill",
    "late": "exclamation-triangle-fill",
    "wait": "pause-circle-fill",
    "info": "circle-fill",
    "brand": "diamond-fill",
}
_TRACK = (
    '<svg class="clock-bar" role="img" aria-label="{}"><rect class="clock-track" width="100%" height="100%"/>'
)
_PASSED = '<rect class="clock-passed" width="{}%" height="100%"/>'
_OVER = '<rect class="clock-over" x="{}%" width="{}%" height="100%"/>'
_HATCH = '<rect x="{}%" width="{}%" height="100%" fill="url(#hatch)"/>'
_MARK = '<rect class="clock-mark" x="{}%" width="2" height="100%"/>'
_ROW = '<span class="clock clock-row clock-{}">{}<span class="clock-words">{}{}</span>{}</span>'
_DATE = '<time class="clock-date" datetime="{}">{}</time>'


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


def draw_tag(label: str, tone: str = "plain") -> Markup:
    """A word and a shape. tone: ok | due | late | wait | info | brand | plain."""
    drawing = icon(_SHAPES.get(tone, "circle"))
    return Markup(f'<span class="tag tag-{escape(tone)}">{drawing}{escape(label)}</span>')  # noqa: S704


def draw_bar(view: ClockView) -> Markup:
    """How far, with the due mark once it is passed and the pauses hatched; said in words for whoever does not see it."""
    passed, mark, over, hatches = view.bar
    parts = [_TRACK.format(escape(view.said)), _PASSED.format(passed)]
    if over:
        parts.append(_OVER.format(mark, over))
    parts += [_HATCH.format(x, width) for x, width in hatches]
    if mark:
        parts.append(_MARK.format(mark))
    return Markup("".join(parts) + "</svg>")


def draw_row(view: ClockView) -> Markup:
    """Bar, words and date on one line; a matter without a limit has its words alone."""
    tone = view.tone
    words = icon(SHAPES[tone]), escape(view.words)
    if view.due_at is None:
        return Markup(_ROW.format(tone, "", *words, ""))
    date = _DATE.format(iso(view.due_at), short_moment(view.due_at))
    return Markup(_ROW.format(tone, draw_bar(view), *words, date))
