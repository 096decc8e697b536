"""Markup that converters leave in plain text: taken away, its words kept."""

import html
import re

_INLINE = re.compile(r"</?(?:i|b|u|em|strong|span|sup|sub|font|a|small|s)(?:\s[^<>]*)?/?>", re.IGNORECASE)
_BLOCK = re.compile(
    r"</?(?:p|br|ol|ul|li|div|hr|center|h[1-6]|td|tr|th|table|tbody|thead)(?:\s[^<>]*)?/?>", re.IGNORECASE
)
_BOLD = re.compile(r"\*\*(?=\S)(.+?)(?<=\S)\*\*|__(?=\S)(.+?)(?<=\S)__")
_ITALIC = re.compile(r"(?<![\w*])\*(?=[^\s*])([^*\n]+?)(?<=[^\s*])\*(?![\w*])")
_HEADING = re.compile(r"^\s{0,3}#{1,6}\s+")


def strip_markup(text: str) -> str:
    """The text without tags, emphasis and entities."""
    plain = _BLOCK.sub(" ", _INLINE.sub("", text)) if "<" in text else text
    plain = html.unescape(plain) if "&" in plain else plain
    plain = _BOLD.sub(lambda m: m[1] or m[2], plain)
    return _HEADING.sub("", _ITALIC.sub(r"\1", plain))
