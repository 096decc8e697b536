"""Sheets to look at in the viewer: a page of PDF that says it is a sample, with lines where a real one is written."""

from functools import cache
from pathlib import Path
from typing import cast

import typst

from motcua.documents import printing

_SHEET = Path(__file__).with_name("sample.typ")
_FONTS = Path(printing.__file__).with_name("fonts")


def make_sample(title: str, *lines: str) -> bytes:
    """One page with the word MẪU in its corner, a title and some lines."""
    inputs = {"title": title, "lines": "\n".join(lines)}
    return cast(bytes, _compiler().compile(input=str(_SHEET), sys_inputs=inputs, format="pdf"))


@cache
def _compiler() -> typst.Compiler:
    return typst.Compiler(input=str(_SHEET), font_paths=[str(_FONTS)], ignore_system_fonts=True)
