"""Procedures on their way in and out: one shape of facts, read from the national export, our own file, or Excel."""
