"""Where people answer, and where answers are read."""
