"""Legal documents and the numbers they set, with dates."""
