"""Statutory reports: forms as dated data, filled from the figures, adjusted with a reason, signed, sent up, locked and amended."""
