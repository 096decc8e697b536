"""A paper as a PDF."""

import json
import threading
from dataclasses import asdict
from functools import cache
from pathlib import Path
from typing import cast

import typst

import motcua.documents
from motcua.programme.printing.papers import Paper

_HERE = Path(__file__).parent
_FONTS = Path(motcua.documents.__file__).parent / "fonts"
_lock = threading.Lock()


def write_pdf(paper: Paper) -> bytes:
    """The paper as PDF/A-2b."""
    with _lock:
        printed = _compiler().compile(
            input=str(_HERE / "paper.typ"),
            sys_inputs={"paper": json.dumps(asdict(paper), ensure_ascii=False)},
            format="pdf",
            pdf_standards="a-2b",
        )
    return cast(bytes, printed)


@cache
def _compiler() -> typst.Compiler:
    return typst.Compiler(root=str(_HERE), font_paths=[str(_FONTS)], ignore_system_fonts=True)
