"""Files become blocks: text, Word, PDF, Excel, and pictures read by machine."""

from motcua.programme.reading.choosing import count_slow, open_source
from motcua.programme.reading.pdf import MOST_SCANNED

__all__ = ["MOST_SCANNED", "count_slow", "open_source"]
