"""Messages to people and the proof of their delivery."""
