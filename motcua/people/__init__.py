"""Persons and organisations served, their identifiers, found by folded name."""
