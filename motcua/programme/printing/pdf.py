"""A paper as a PDF."""

import json
from dataclasses import asdict
from pathlib import Path

from motcua.documents.typesetting import typeset
from motcua.programme.printing.papers import Paper

_HERE = Path(__file__).parent


def write_pdf(paper: Paper) -> bytes:
    """The paper as PDF/A-2b."""
    return typeset(
        _HERE, '#include "/paper.typ"', {"data.json": json.dumps(asdict(paper), ensure_ascii=False)}
    )
