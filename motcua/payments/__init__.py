"""Charges of a dossier and what was collected for them."""
