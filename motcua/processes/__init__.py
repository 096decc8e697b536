"""Internal processes: the steps of a procedure and their share of its time."""
