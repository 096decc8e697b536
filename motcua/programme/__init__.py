"""The plan of the year: read from its document, kept as tasks with dates, followed to its last evidence."""
