"""Who may write and publish processes: those who keep the catalogue."""

from motcua.catalogue.access import may_curate, require_curator

__all__ = ["may_curate", "require_curator"]
