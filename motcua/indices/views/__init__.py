"""Pages of the quality index."""
