"""Files become blocks: text, Word, PDF, Excel, and pictures read by machine."""

from motcua.programme.reading.choosing import open_source

__all__ = ["open_source"]
