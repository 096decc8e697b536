"""Step tables on their way in and out of Excel."""
