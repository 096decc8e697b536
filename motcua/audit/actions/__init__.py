"""Evidence is written with the act; it is sealed and stamped afterwards, by jobs."""

from motcua.audit.actions.recording import Done, draft_all, record, record_reading
from motcua.audit.actions.sealing import close_day, keep_stamp, seal_next

__all__ = ["Done", "close_day", "draft_all", "keep_stamp", "record", "record_reading", "seal_next"]
