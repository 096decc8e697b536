"""Evidence is written with the act; it is sealed and stamped afterwards, by jobs."""

from motcua.audit.actions.recording import Done, record, record_all, record_reading
from motcua.audit.actions.sealing import close_day, keep_stamp, seal_next

__all__ = ["Done", "close_day", "keep_stamp", "record", "record_all", "record_reading", "seal_next"]
