"""Which days and hours count, and where a time limit ends."""
