"""Whole days at the counter, walked in a browser with the keyboard alone."""
