"""Sheets to look at in the viewer: a page of PDF that says it is a sample, with lines where a real one is written."""

from pathlib import Path

from motcua.documents.typesetting import typeset

_HERE = Path(__file__).resolve().parent


def make_sample(title: str, *lines: str) -> bytes:
    """One page with the word MẪU in its corner, a title and some lines; set by the compiler and fonts of real papers."""
    return typeset(_HERE, '#include "/sample.typ"', {"title.txt": title, "lines.txt": "\n".join(lines)})
