"""One application, from the counter to the answer."""
