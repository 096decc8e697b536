"""motcua: the one-stop desk of a Vietnamese province and the control of its procedures."""

__version__ = "0.1.0"
